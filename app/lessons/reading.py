"""lesson.toml to an outline: the form of everything is checked here, its meaning in `fitting`."""

from __future__ import annotations

import re
import tomllib

from .faults import Report
from .outline import Outline, View
from .positions import locate
from .reading_beats import read_beats
from .reading_losses import read_loss
from .reading_networks import read_sizes, read_variants
from .reading_sequences import read_sequences
from .studies import read_study, study_named
from .table import FILE, MAX_SIZE, Table, named_numbers

LAST = 1000.0
#: what a projector may show first
WALLS = ("cell", "strip")

_FORM = 'texts stand in quotes, lists in square brackets: cell = "lstm", b = [1, 2]'
_TWICE = "a name or a table stands twice: keep one of them"
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_outline(text: str, report: Report) -> Outline | None:
    """The outline, or None when the text is not TOML. Faulty parts are reported and left out."""
    try:
        data = tomllib.loads(text)
    except RecursionError:
        report.fault(FILE, None, "not-toml", "lesson.toml cannot be read: lists nested too deep", reason="depth")
        return None
    except ValueError as error:  # TOMLDecodeError, and Python's own limit on the digits of a number
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1 if place else None
        reason = _PLACE.sub("", str(error))[:200]
        report.fault(
            FILE,
            line,
            "not-toml",
            f"lesson.toml cannot be read: {reason[:1].lower()}{reason[1:]}",
            _TWICE if "overwrite" in reason or "declare" in reason else _FORM,
            reason=reason,
        )
        return None
    top = Table(data, (), locate(text), report)
    outline = _outline(top)
    top.close()
    return outline


def _outline(top: Table) -> Outline:
    order, seed = top.number("order"), top.whole("seed", 0, 2**32 - 1)
    sizes = read_sizes(top)
    loss = read_loss(top)
    sequences = read_sequences(top, sizes.get("inputs"), loss)
    view = _view(top.table("view"), top.table("study"))
    return Outline(
        order=LAST if order is None else order,
        seed=seed or 0,
        sizes=sizes,
        input_names=sequences.names,
        vocabulary=sequences.vocabulary,
        weights=named_numbers(top, "weights"),
        initial=named_numbers(top, "initial"),
        variants=read_variants(top),
        loss=loss,
        presets=sequences.presets,
        beats=read_beats(top, view.study.name if view.study else None),
        view=view,
        positions=top.positions,
    )


def _view(table: Table | None, study: Table | None) -> View:
    if table is None:
        read_study(study, None)
        return View(None, None, None, {})
    rows, gradients, spotlight = table.words("rows"), table.words("gradients"), table.words("spotlight")
    inner = table.table("ranges")
    flat = inner.flattened() if inner else None
    bounds = {name: flat.number(name, low=0) for name in flat.names()} if flat else {}
    shown, beside = read_study(study, study_named(table)), table.text("beside")
    unit, wall = table.whole("unit", 1, MAX_SIZE), table.text("wall")
    if wall not in (None, *WALLS):
        table.wrong("wall", '"cell" or "strip"')
    table.close()
    known = {name: bound for name, bound in bounds.items() if bound is not None}
    return View(rows, gradients, spotlight, known, shown, beside, unit, wall)
