"""lesson.toml to an outline: the form of everything is checked here, its meaning in `fitting`."""

from __future__ import annotations

import re
import tomllib

from .faults import Report
from .outline import Asked, CellSource, Outline, Preset, Rows, Variant, View
from .positions import locate
from .reading_beats import read_beats
from .table import FILE, MAX_SIZE, MAX_STEPS, Table, named_numbers, unique

LAST = 1000.0

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
    presets, names = _presets(top)
    return Outline(
        order=LAST if order is None else order,
        seed=seed or 0,
        sizes=_sizes(top.table("sizes")),
        readout=top.text("readout"),
        readout_line=top.positions.first_line("readout"),
        input_names=names,
        weights=named_numbers(top, "weights"),
        initial=named_numbers(top, "initial"),
        variants=_variants(top),
        presets=presets,
        beats=read_beats(top),
        view=_view(top.table("view")),
        positions=top.positions,
    )


def _sizes(table: Table | None) -> dict[str, int]:
    if table is None:
        return {}
    sizes = {key: table.whole(key, 1, MAX_SIZE) for key in table.names()}
    return {key: size for key, size in sizes.items() if size is not None}


def _variants(top: Table) -> tuple[Variant, ...]:
    own = _cell(top)
    tables = top.tables("variants")
    if not tables:
        if not _names_a_cell(top):
            top.fault("no-cell", "the lesson has no cell", 'name one, cell = "lstm", or write its equations')
        return (Variant(None, own),) if own else ()
    if _names_a_cell(top):
        key = "cell" if top.has("cell") else "equations"
        top.fault("cell-twice", f"'{key}' and [[variants]] both say which cell is meant", "keep one of them", key)
    found: list[Variant] = []
    for table in tables:
        id, cell = table.identifier("id"), _cell(table)
        table.require("a variant", "id")
        if not _names_a_cell(table):
            table.fault("no-cell", "a variant has no cell", 'name one, cell = "lstm", or write its equations')
        table.close()
        unique(table, id, [each.id for each in found], "variant")
        if id is not None and cell is not None:
            found.append(Variant(id, cell))
    return tuple(found)


def _names_a_cell(table: Table) -> bool:
    return table.has("cell") or table.has("equations")


def _cell(table: Table) -> CellSource | None:
    name, text = table.text("cell"), table.text("equations")
    if name is not None and text is not None:
        message = "'cell' and 'equations' both say which cell is meant"
        table.fault("cell-twice", message, "keep one of them", "equations")
    if name is not None:
        return CellSource(name[:80], None, table.line("cell"))
    if text is not None:
        return CellSource(None, text, table.positions.first_line(*table.path, "equations"))
    return None


def _presets(top: Table) -> tuple[tuple[Preset, ...], tuple[str, ...] | None]:
    """The sequences, and the names of the inputs."""
    sequence, tables = top.table("sequence"), top.tables("presets")
    asked = _asked(top.table("backward"))
    names, rows = (sequence.words("names"), _rows(sequence)) if sequence else (None, None)
    if sequence:
        sequence.close()
    if not tables:
        if not (sequence and sequence.has("inputs")):
            hint = "write [sequence] and below it inputs = [[1, 0], [0, 1]]"
            top.fault("no-sequence", "the lesson has no sequence", hint)
        return ((Preset(None, rows, asked, ("sequence", "inputs")),) if rows else ()), names
    if sequence and sequence.has("inputs"):
        hint = "move it into a preset of its own"
        sequence.fault("sequence-twice", "'inputs' stands in [sequence] and in [[presets]]", hint, "inputs")
    found: list[Preset] = []
    for table in tables:
        id, inputs = table.identifier("id"), _rows(table)
        own = _asked(table.table("backward"))
        table.require("a preset", "id", "inputs")
        table.close()
        unique(table, id, [each.id for each in found], "preset")
        if id is not None and inputs is not None:
            found.append(Preset(id, inputs, own or asked, (*table.path, "inputs")))
    return tuple(found), names


def _rows(table: Table) -> Rows | None:
    value = table.nested("inputs")
    if value is None:
        return None
    if not isinstance(value, list) or not value:
        table.wrong("inputs", "a list of steps, each a list of numbers")
        return None
    if len(value) > MAX_STEPS:
        message = f"'inputs' has {len(value)} steps, {MAX_STEPS} are allowed"
        table.fault("too-many-steps", message, "shorten it", "inputs", count=len(value), limit=MAX_STEPS)
        return None
    rows: list[tuple[float, ...]] = []
    for index, row in enumerate(value):
        numbers = [each for each in row if isinstance(each, float)] if isinstance(row, list) else []
        if not isinstance(row, list) or len(numbers) != len(row):
            hint = "write each step in brackets of its own: [[3, 1, 0], [4, 1, 0]]"
            message = f"step {index + 1} of 'inputs' is not a list of numbers"
            table.fault("bad-step", message, hint, "inputs", index, step=index + 1)
            return None
        rows.append(tuple(numbers))
    return tuple(rows)


def _asked(table: Table | None) -> Asked | None:
    if table is None:
        return None
    of, step, unit = table.text("of"), table.whole("step", 1, MAX_STEPS), table.whole("unit", 1, MAX_SIZE)
    table.require("[backward]", "of", "step")
    table.close()
    return Asked(of, step, unit, table.path) if of is not None and step is not None else None


def _view(table: Table | None) -> View:
    if table is None:
        return View(None, None, None, {})
    rows, gradients, spotlight = table.words("rows"), table.words("gradients"), table.words("spotlight")
    inner = table.table("ranges")
    flat = inner.flattened() if inner else None
    bounds = {name: flat.number(name, low=0) for name in flat.names()} if flat else {}
    table.close()
    return View(rows, gradients, spotlight, {name: bound for name, bound in bounds.items() if bound is not None})
