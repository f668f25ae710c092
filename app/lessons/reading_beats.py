"""The beats of a lesson.toml and the predictions in them."""

from __future__ import annotations

from .faults import did_you_mean, listed
from .outline import Beat, Guess
from .studies import read_study, study_named
from .symbols import GRADIENT
from .table import MAX_SIZE, MAX_STEPS, Table, named_numbers, unique

MAX_BEATS = 200
DIRECTIONS = ("forward", "backward")
#: what can be counted: the numbers that the network learns, the steps of a sequence, the units of the lowest layer
COUNTS = ("parameters", "steps", "units")
#: how far from the true value a typed answer may lie
TOLERANCE = 0.05
#: what is counted is right or wrong
EXACT = 0.001


def read_beats(top: Table, study: str | None = None) -> tuple[Beat, ...]:
    """All beats in order; what is wrong with one is reported and it is left out. `study`: what the lesson opens with."""
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
        beat = _beat(table, study)
        table.close()
        if beat is not None:
            unique(table, beat.id, [each.id for each in found], "beat")
            found.append(beat)
    return tuple(found)


def _beat(table: Table, study: str | None) -> Beat | None:
    table.require("a beat", "id", "step")
    id, step = table.identifier("id"), table.whole("step", 1, MAX_STEPS)
    preset, variant = table.identifier("preset"), table.identifier("variant")
    direction = table.text("direction")
    if direction is not None and direction not in DIRECTIONS:
        message = f"unknown direction '{direction[:80]}'"
        hint = 'write "forward" or "backward"'
        table.fault("unknown-direction", message, hint, "direction", direction=direction[:80])
    spotlight, weights = table.words("spotlight"), named_numbers(table, "set")
    settings = table.table("study")
    shown = read_study(settings, study_named(settings, "name") or study) if settings else None
    inner = table.table("prediction")
    guess = _guess(inner) if inner else None
    if inner:
        inner.close()
    if inner and guess:
        _check_direction(inner, guess, direction)
    if id is None or step is None:
        return None
    return Beat(id, step, direction or "forward", preset, variant, spotlight, weights, shown, guess, table.path)


def _check_direction(table: Table, guess: Guess, direction: str | None) -> None:
    if direction == "backward" and not guess.gradient:
        hint = f'ask for a gradient, as in "{GRADIENT}{guess.of or "h"}", or move it to a beat that goes forward'
        table.fault("backward-prediction", "a prediction asks for a value, and this beat goes backward", hint)
    if direction != "backward" and guess.gradient:
        hint = 'give the beat a line: direction = "backward"'
        message = f"a prediction asks for the gradient '{GRADIENT}{guess.of}', and this beat goes forward"
        table.fault("forward-gradient", message, hint, name=f"{GRADIENT}{guess.of}")


def _guess(table: Table) -> Guess | None:
    of, step, count = table.text("of"), table.whole("step", 1, MAX_STEPS), table.text("count")
    curve, bounds = table.text("curve"), _range(table)
    preset, variant = table.identifier("preset"), table.identifier("variant")
    unit, tolerance = table.whole("unit", 1, MAX_SIZE), table.number("tolerance", low=0)
    if table.has("count"):
        _check_count(table, count)
    else:
        if table.has("curve"):
            _check_curve(table)
        else:
            table.require("a prediction", "of", "step")
        if table.has("range") and not table.has("curve"):
            table.fault("stray-key", "'range' belongs to a curve", "leave it out", "range", key="range")
        for key in ("preset", "variant"):
            if table.has(key):
                message = f"'{key}' belongs to a count; a value is asked for where its beat is"
                table.fault("stray-key", message, f"give the beat a '{key}'", key, key=key)
    choices = table.nested("choices")
    if choices is None:
        numbers = []
    else:
        numbers = [each for each in choices if isinstance(each, float)] if isinstance(choices, list) else []
        if not numbers or numbers != choices:
            table.wrong("choices", "a list of numbers")
            return None
    if count is None and curve is None and (of is None or step is None):
        return None
    name = (curve or of or "").strip() if not count else ""
    return Guess(
        of=name.removeprefix(GRADIENT).strip() or None,
        gradient=name.startswith(GRADIENT),
        step=None if count or curve else step,
        unit=unit or 1,
        curve=curve is not None and not count,
        range=bounds,
        count=count,
        preset=preset,
        variant=variant,
        choices=tuple(numbers),
        tolerance=tolerance or (EXACT if count else None if curve else TOLERANCE),
        path=table.path,
    )


def _range(table: Table) -> tuple[float, float] | None:
    """The lowest and the highest value that can be drawn."""
    bounds = table.nested("range")
    match bounds:
        case None:
            return None
        case [float(low), float(high)] if low < high:
            return low, high
    table.wrong("range", "two numbers, the lower one first")
    return None


def _check_curve(table: Table) -> None:
    for key, why in (
        ("of", "says what is asked for"),
        ("step", "belongs to a number"),
        ("choices", "belong to a number"),
    ):
        if table.has(key):
            message = f"'{key}' {why}, and 'curve' asks for all steps"
            table.fault("asked-twice", message, "leave it out", key, key=key)


def _check_count(table: Table, count: str | None) -> None:
    if count is not None and count not in COUNTS:
        message, hint = f"'{count[:80]}' cannot be counted", did_you_mean(count, COUNTS, listed(COUNTS))
        table.fault("unknown-count", message, hint, "count", count=count[:80])
    for key in ("of", "step", "unit", "curve", "range"):
        if table.has(key):
            message = f"'{key}' and 'count' both say what is asked for"
            table.fault("asked-twice", message, "keep one of them", key, key=key)
