"""The networks of a lesson.toml: the lesson's own, or one for each variant, which may leave out what they share."""

from __future__ import annotations

from .outline import CellSource, LayerSource, Variant
from .table import MAX_SIZE, Table, named_numbers, unique

MAX_LAYERS = 16
DIRECTIONS = ("forward", "backward", "both")


def read_variants(top: Table) -> tuple[Variant, ...]:
    """The variants, or the only network under the id None. What a variant does not say, the lesson says for all."""
    own = _layers(top)
    readout, line = top.text("readout"), top.positions.first_line("readout")
    trained = top.text("trained")
    tables = top.tables("variants")
    if not tables:
        if not _has_network(top):
            top.fault("no-cell", "the lesson has no cell", 'name one, cell = "lstm", or write its equations')
        return (Variant(None, own, {}, readout, line, {}, trained, ()),) if own else ()
    found: list[Variant] = []
    for table in tables:
        id, layers = table.identifier("id"), _layers(table)
        over, over_line = table.text("readout"), table.positions.first_line(*table.path, "readout")
        sizes, weights, file = read_sizes(table), named_numbers(table, "weights"), table.text("trained")
        table.require("a variant", "id")
        if not _has_network(table) and not _has_network(top):
            table.fault("no-cell", "a variant has no cell", 'name one, cell = "lstm", or write its equations')
        table.close()
        unique(table, id, [each.id for each in found], "variant")
        layers = layers if _has_network(table) else own
        if id is not None and layers:
            said = (over, over_line) if table.has("readout") else (readout, line)
            found.append(Variant(id, layers, sizes, *said, weights, file or trained, table.path))
    return tuple(found)


def read_sizes(around: Table) -> dict[str, int]:
    """The numbers below [sizes]."""
    table = around.table("sizes")
    if table is None:
        return {}
    sizes = {key: table.whole(key, 1, MAX_SIZE) for key in table.names()}
    return {key: size for key, size in sizes.items() if size is not None}


def _has_network(table: Table) -> bool:
    return table.has("cell") or table.has("equations") or table.has("layers")


def _layers(table: Table) -> tuple[LayerSource, ...]:
    """A stack, from the lowest layer; a cell alone is a stack of one."""
    alone, tables = _cell(table), table.tables("layers")
    if not tables:
        return (LayerSource(alone),) if alone else ()
    if alone:
        key = "cell" if table.has("cell") else "equations"
        message = f"'{key}' and [[layers]] both say which cell is meant"
        table.fault("cell-twice", message, "keep one of them", key)
    if len(tables) > MAX_LAYERS:
        message = f"the network has {len(tables)} layers, {MAX_LAYERS} are allowed"
        tables[MAX_LAYERS].fault("too-many-layers", message, "leave some out", count=len(tables), limit=MAX_LAYERS)
        return ()
    found = [_layer(each) for each in tables]
    return tuple(each for each in found if each is not None)


def _layer(table: Table) -> LayerSource | None:
    cell, units, direction = _cell(table), table.whole("units", 1, MAX_SIZE), table.text("direction")
    if not table.has("cell") and not table.has("equations"):
        table.fault("no-cell", "a layer has no cell", 'name one, cell = "lstm", or write its equations')
    if direction is not None and direction not in DIRECTIONS:
        hint = 'write "forward", "backward" or "both"'
        message = f"unknown direction '{direction[:80]}'"
        table.fault("unknown-direction", message, hint, "direction", direction=direction[:80])
    table.close()
    return LayerSource(cell, units, direction or "forward") if cell else None


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
