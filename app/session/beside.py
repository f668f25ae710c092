"""Another cell beside an experiment's own: the same inputs, as many units, the same readout where there is what it reads."""

from __future__ import annotations

from app import cells
from app.engine import Network, ProblemError

from .cell_experiment import SEED, cell_layer
from .experiment import Experiment, LaneRecord, NetworkRecord, ParametersRecord, PartRecord


def beside(experiment: Experiment, name: str) -> LaneRecord:
    """A network of one layer of that cell, with weights from a seed.

    Raises NetworkError when there is no such cell.
    """
    part = experiment.network.parts[0]
    layer = cell_layer(name, part.layers[0].units)
    bare = PartRecord(name=part.name, inputs=part.inputs, layers=[layer])
    read = bare.model_copy(update={"readout": part.readout, "sizes": part.sizes})
    fits = part.readout is not None and _can_be_built(NetworkRecord(parts=[read]))
    network = NetworkRecord(parts=[read if fits else bare])
    return LaneRecord(cell=name, network=network, parameters=ParametersRecord(seed=SEED))


def _can_be_built(network: NetworkRecord) -> bool:
    try:
        Network.from_description(network.model_dump(), cells.load)
    except ProblemError:
        return False
    return True
