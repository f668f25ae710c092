"""Experiments of no lesson, as links: networks with several layers and directions, for the tests of what only these show."""

from __future__ import annotations

import base64
from typing import Any

from app.session import Limits
from app.session.cell_experiment import cell_experiment
from app.session.experiment import Experiment, LayerRecord
from app.session.report import Report
from app.session.report import report as session_report


def stacked(
    cell: str, layers: int = 1, direction: str = "forward", *, of: str = "main.1.forward.h", **changes: Any
) -> Experiment:
    """So many layers of a cell of the library, with its own sequence; all of `of` at the last step is the loss."""
    own = cell_experiment(cell)
    (part,) = own.network.parts
    record = own.model_dump() | {"cell": None}
    layer = LayerRecord.model_validate(part.layers[0].model_dump() | {"direction": direction}).model_dump()
    record["network"]["parts"][0]["layers"] = [layer] * layers
    record["backward"] = {"of": of, "step": len(own.sequence.inputs), "unit": None}
    return Experiment.model_validate(record | changes)


def address(experiment: Experiment) -> str:
    """What stands behind the # of a page that shows it."""
    packed = base64.urlsafe_b64encode(experiment.model_dump_json().encode())
    return f"e={packed.decode().rstrip('=')}"


def computed(experiment: Experiment) -> Report:
    """Every value and gradient of it, from the engine."""
    return session_report(experiment, True, Limits())
