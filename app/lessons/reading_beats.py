"""The beats of a lesson.toml and the predictions in them."""

from __future__ import annotations

from .outline import Beat, Guess
from .table import MAX_SIZE, MAX_STEPS, Table, named_numbers, unique

MAX_BEATS = 200
DIRECTIONS = ("forward", "backward")
#: how far from the true value a typed answer may lie
TOLERANCE = 0.05


def read_beats(top: Table) -> tuple[Beat, ...]:
    """All beats in order; what is wrong with one is reported and it is left out."""
    tables = top.tables("beats")
    if not top.data.get("beats"):
        top.fault("no-beats", "the lesson has no beats", "add at least one: [[beats]] with an id and a step")
    if len(tables) > MAX_BEATS:
        message = f"the lesson has {len(tables)} beats, {MAX_BEATS} are allowed"
        hint = "make two lessons of it"
        tables[MAX_BEATS].fault("too-many-beats", message, hint, count=len(tables), limit=MAX_BEATS)
        return ()
    found: list[Beat] = []
    for table in tables:
        beat = _beat(table)
        table.close()
        if beat is not None:
            unique(table, beat.id, [each.id for each in found], "beat")
            found.append(beat)
    return tuple(found)


def _beat(table: Table) -> Beat | None:
    table.require("a beat", "id", "step")
    id, step, preset = table.identifier("id"), table.whole("step", 1, MAX_STEPS), table.identifier("preset")
    direction = table.text("direction")
    if direction is not None and direction not in DIRECTIONS:
        message = f"unknown direction '{direction[:80]}'"
        hint = 'write "forward" or "backward"'
        table.fault("unknown-direction", message, hint, "direction", direction=direction[:80])
    spotlight, weights = table.words("spotlight"), named_numbers(table, "set")
    inner = table.table("prediction")
    guess = _guess(inner) if inner else None
    if inner:
        inner.close()
    if inner and direction == "backward":
        hint = "move the prediction to a beat that goes forward"
        inner.fault("backward-prediction", "a prediction asks for a value, and this beat goes backward", hint)
    if id is None or step is None:
        return None
    return Beat(id, step, direction or "forward", preset, spotlight, weights, guess, table.path)


def _guess(table: Table) -> Guess | None:
    table.require("a prediction", "of", "step")
    of, step = table.text("of"), table.whole("step", 1, MAX_STEPS)
    unit, tolerance = table.whole("unit", 1, MAX_SIZE), table.number("tolerance", low=0)
    choices = table.nested("choices")
    if choices is None:
        numbers = []
    else:
        numbers = [each for each in choices if isinstance(each, float)] if isinstance(choices, list) else []
        if not numbers or numbers != choices:
            table.wrong("choices", "a list of numbers")
            return None
    if of is None or step is None:
        return None
    return Guess(of, step, unit or 1, tuple(numbers), tolerance or TOLERANCE, table.path)
