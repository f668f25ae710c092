"""What a network is started with, checked: parameters, inputs and starting states for the run of each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .address import parse
from .check import as_inputs, as_lengths, as_named, unknown_parts, whole
from .free import Free, free_inputs
from .ops import Array
from .part import AS_VALUE
from .problems import NetworkError, Problem
from .run import Run
from .sizes import check_sizes
from .stack import Stack
from .wiring import Wires

Inputs = ArrayLike | Free


class Starting:
    """Makes the run of one part after the other, each from what those before it have left in `runs`."""

    def __init__(
        self,
        wires: Wires,
        parameters: Mapping[str, ArrayLike],
        xs: Inputs | Mapping[str, Inputs],
        initial: Mapping[str, ArrayLike] | None,
        lengths: Sequence[int] | Mapping[str, Sequence[int]] | None,
        networks: int | None,
        dtype: np.dtype[Any],
    ) -> None:
        self.wires, self.dtype, self.networks = wires, dtype, networks
        self.runs: dict[str, Run] = {}
        self._xs = self._by_part(xs)
        self._lengths = lengths if isinstance(lengths, Mapping) else dict.fromkeys(self._xs, lengths)
        unknown = unknown_parts(self._lengths, wires.stacks, "lengths")
        if unknown:
            raise NetworkError(unknown)
        if networks is not None:
            check_sizes({"networks": networks})
        many = () if networks is None else (int(networks),)
        self.parameters = as_named(
            parameters, wires.names, wires.parameters, "parameters", dtype,
            front=(lambda _: many) if many else None, shared=networks is not None, complete=True,
        )  # fmt: skip
        if many:
            self.parameters = {
                name: np.broadcast_to(array, (*many, *wires.parameters[name]))
                for name, array in self.parameters.items()
            }
        for name, source in wires.tied.items():
            self.parameters[name] = self.parameters[source]
        self._initial = initial

    def run(self, name: str) -> Run:
        """The run of a part, ready to go forward; all parts before it have been run."""
        stack, xs = self.wires.stacks[name], self._xs[name]
        free = xs if isinstance(xs, Free) else None
        inputs = self._first(stack, free) if free is not None else self._given(stack, xs)  # type: ignore[arg-type]
        lead = inputs.shape[1:-1] if self.networks is None else (self.networks,)
        if self._lengths.get(name) is not None:
            inputs = np.broadcast_to(inputs, (len(inputs), *lead, stack.inputs))
        initial, handed = self._states(stack, lead)
        lengths = self._lengths.get(name)
        if free is None:
            run = self._run(stack, inputs, initial, as_lengths(lengths, len(inputs), lead), handed=handed)
        else:
            if lengths is not None:
                said, hint = f"'{name}' runs freely and ends by itself", "leave its lengths out"
                raise NetworkError([Problem("free-lengths", said, {"name": name}, hint, field="lengths")])
            feed = self.wires.feeds[name]
            made, ends = free_inputs(lambda blank: self._run(stack, blank, initial, None), feed, inputs, free)
            fed = feed if stack.part.feed_as == AS_VALUE else None
            run = self._run(stack, made, initial, ends, fed=fed, handed=handed)
        self.runs[name] = run
        return run

    def _run(self, stack: Stack, xs: Array, initial: Mapping[str, Array], lengths: Array | None, **more: Any) -> Run:
        lead = None if self.networks is None else (self.networks,)
        return Run(
            stack, self.parameters, xs, initial, lengths, self.dtype, many=lead is not None, lead=lead, **more
        )

    def _by_part(self, xs: Inputs | Mapping[str, Inputs]) -> dict[str, Inputs]:
        wanted = list(self.wires.stacks)
        if not isinstance(xs, Mapping):
            if len(wanted) == 1:
                return {wanted[0]: xs}
            said, hint = "the network has several parts", f"give the inputs of each: {', '.join(wanted)}"
            raise NetworkError([Problem("inputs-by-part", said, {"parts": ", ".join(wanted)}, hint, field="xs")])
        problems = unknown_parts(xs, wanted, "xs")
        problems += [
            Problem("missing-inputs", f"no inputs for the part '{name}'", {"name": name},
                    "give a sequence, or let it run freely", field="xs")
            for name in wanted if name not in xs
        ]  # fmt: skip
        if problems:
            raise NetworkError(problems)
        return {name: xs[name] for name in wanted}

    def _given(self, stack: Stack, xs: ArrayLike) -> Array:
        field = "xs" if len(self.wires.stacks) == 1 else stack.name
        inputs = as_inputs(xs, stack.inputs, self.dtype, field)
        if self.networks is not None and inputs.ndim == 2:
            return inputs[:, None]
        if self.networks is not None and inputs.shape[1] != self.networks:
            raise NetworkError([_batch_problem(field, (self.networks,), inputs.shape[1:-1])])
        return inputs

    def _first(self, stack: Stack, free: Free) -> Array:
        """Zeros for every step that a part may make, the first input in front."""
        name = stack.name
        if name not in self.wires.feeds:
            said, hint = f"'{name}' is not fed its own output", "name the value that is fed back as feed"
            raise NetworkError([Problem("not-fed", said, {"name": name}, hint, field=name)])
        steps: object = free.steps
        if (whole(steps) or 0) < 1:
            said, hint = f"steps is {steps!r}, not a whole number of at least 1", "give a number such as 20"
            raise NetworkError([Problem("bad-steps", said, {"value": str(steps)}, hint, field=name)])
        lead = self._lead()
        if free.first is None:
            return np.zeros((free.steps, *lead, stack.inputs), self.dtype)
        first = as_inputs(np.asarray(free.first)[None], stack.inputs, self.dtype, name)[0]
        lead = first.shape[:-1] if lead == () else lead
        if first.shape[:-1] not in ((), lead):
            raise NetworkError([_batch_problem(name, lead, first.shape[:-1])])
        inputs = np.zeros((free.steps, *lead, stack.inputs), self.dtype)
        inputs[0] = first
        return inputs

    def _lead(self) -> tuple[int, ...]:
        """The axis of the parts before this one, or of the networks."""
        if self.networks is not None:
            return (self.networks,)
        return next((run.lead for run in self.runs.values()), ())

    def _states(self, stack: Stack, lead: tuple[int, ...]) -> tuple[dict[str, Array], list[str]]:
        """The starting states that are not 0 or learned, and which of them come from another part."""
        names, found, handed = self.wires.names, {}, []
        for each in self.wires.handed:
            if parse(each.target).part == stack.name:
                parts = [self.runs[parse(source).part].last(source) for source in each.sources]
                found[each.target] = np.concatenate(parts, axis=-1)
                if found[each.target].shape[:-1] != lead:
                    raise NetworkError([_batch_problem(stack.name, found[each.target].shape[:-1], lead)])
                handed.append(each.target)
        if self._initial is not None:
            given = as_named(
                self._initial, names, self.wires.states, "states", self.dtype, front=lambda _: lead, shared=True
            )
            own = {name: array for name, array in given.items() if name in stack.states}
            handed = [name for name in handed if name not in own]
            found |= own
        return found, handed


def _batch_problem(field: str, expected: tuple[int, ...], found: tuple[int, ...]) -> Problem:
    def count(lead: tuple[int, ...]) -> str:
        return f"{lead[0]} sequences" if lead else "one sequence"

    said = f"'{field}' holds {count(found)}, where {count(expected)} {'are' if expected else 'is'} needed"
    args: dict[str, str | int | float] = {"name": field, "expected": count(expected), "found": count(found)}
    return Problem("batch-differs", said, args, "give every part the same number of sequences", field=field)
