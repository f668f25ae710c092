"""A network's JSON form: its layers, the programs they run, and every symbol by full address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .place import START, Place
from .stack import Stack


def to_data(stacks: Mapping[str, Stack], tied: Mapping[str, str]) -> dict[str, object]:
    """The form of the stacks of all parts; a parameter in `tied` names the one that it is."""
    places = [place for stack in stacks.values() for place in stack.places]
    return {
        "version": 1,
        "layers": [
            {
                "address": f"{place.part}.{place.layer}.{place.direction}",
                "part": place.part,
                "layer": place.layer,
                "direction": place.direction,
                "program": place.program.name,
                "sizes": dict(place.sizes),
            }
            for place in places
        ],
        "programs": {place.program.name: place.program.to_data() for place in places},
        "symbols": {name: data for stack in stacks.values() for name, data in _of_stack(stack, tied)},
    }


def _of_stack(stack: Stack, tied: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    yield stack.input, {
        "symbol": "x", "kind": "input", "role": "input", "label": "input",
        "size": stack.inputs, "range": None,
    }  # fmt: skip
    for place in stack.places:
        yield from _values(place)
        yield from _parameters(place, tied)


def _values(place: Place) -> Iterator[tuple[str, dict[str, object]]]:
    for value in place.program.values:
        yield place.address(value.name), {
            "symbol": value.name, "kind": "value", "role": value.role,
            "label": value.label, "size": place.sizes[value.size],
            "range": list(value.range) if value.range else None,
            "derived": value.derived, "of": value.of,
            "state": value.name in place.program.states,
        }  # fmt: skip


def _parameters(place: Place, tied: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    used_by = {p.name: list(p.used_by) for p in place.program.parameters}
    used_by |= {state + START: [state] for state in place.learned}
    for symbol, targets in used_by.items():
        full = place.address(symbol)
        source = {"tied": tied[full]} if full in tied else {}
        yield full, {
            "symbol": symbol, "kind": "parameter", "role": "parameter", "label": "",
            "shape": list(place.parameters[full]), "range": None, "used_by": targets, **source,
        }  # fmt: skip
