"""Numbers that a text quotes and the engine computes: `=h@3` in backticks is the value of h after step 3.

    =h@3                 a value; all its units when they differ, [0.20, 0.50]
    =h[2]@3              one unit; =h_prev@3 before the step; =∂h@3 a gradient; =U[1,2] a weight
    =h@3 in order-two    in another preset; in a variant: `in /exact`, in both: `in order-two/exact`
    =h@3 .4              with four decimals; `=y@2 %` in per cent
    =loss@2              a step's loss; =loss that of the whole sequence; =probability@2 that of a step's target
    =parameters          how many numbers the network learns; =units, =steps

A number is computed where its beat is: in the beat's preset and variant, with the weights that it sets. What would differ
between those that it may mean is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.engine import Loss, Network, NetworkError, Objective, objective

from .answers import Data, counts, differentiated, numbers
from .faults import Place, did_you_mean, listed
from .fitting import Fitted
from .markup import Lookup
from .outline import Outline
from .spelling import spell
from .symbols import GRADIENT, INPUT, LOSS, PREVIOUS, Symbols

Array = np.ndarray[Any, np.dtype[Any]]

_QUOTE = re.compile(
    r"(?P<of>∂?(?:\w+\.)*[A-Za-z][\w:]*)(?:\[(?P<index>\d+(?:,\s*\d+)?)\])?(?:\s*@\s*(?P<step>\d+))?"
    r"(?:\s+in\s+(?P<preset>[\w-]+)?(?:/(?P<variant>[\w-]+))?)?(?:\s+(?P<form>%|\.\d))?\s*\Z"
)
_COUNTS = ("parameters", "units", "steps")
_LOSSES = (LOSS, "probability")


class Quotes:
    """All numbers of one lesson; each network runs over each sequence once."""

    def __init__(self, outline: Outline, fitted: Fitted, networks: Mapping[str | None, Network]) -> None:
        self.outline = outline
        self.fitted = fitted
        self.networks = networks
        self._runs: dict[tuple[str | None, str | None, str], Run] = {}

    def lookup(self, beat: Data | None) -> Lookup:
        """What a word stands for in the text of a beat, or of none."""
        scope: Symbols = self.fitted.scopes.of(beat["variant"] if beat else None)
        return scope.lookup(self.outline.input_names or self.outline.vocabulary or ())

    def number(self, text: str, beat: Data | None, place: Place) -> str:
        """The number in words; what is wrong with its name is reported."""
        found = _QUOTE.match(text.strip())
        if found is None:
            hint = "write =h@3, =h[2]@3, =h@3 in a-preset, =h@3 in /a-variant, =parameters"
            place.fault("bad-quote", f"'={text[:80]}' names no number", hint, text=text[:80])
            return ""
        where = found["preset"], found["variant"]
        if not self._known(*where, place):
            return ""
        try:
            said = {self._said(found, run) for run in self._meant(*where, beat)}
        except _Unknown as error:
            message = f"'={text[:80]}' names no number: {error}"
            place.fault("bad-quote", message, error.hint, text=text[:80])
            return ""
        if len(said) > 1:
            message = f"'={text[:80]}' is {' or '.join(sorted(said))}, depending on the preset or the variant"
            hint = "say which: =h@3 in a-preset, =h@3 in /a-variant"
            place.fault("doubtful-quote", message, hint, text=text[:80])
        return said.pop()

    def _known(self, preset: str | None, variant: str | None, place: Place) -> bool:
        presets = [each["id"] for each in self.fitted.presets]
        for what, id, known in (("preset", preset, presets), ("variant", variant, list(self.networks))):
            if id is not None and id not in known:
                ids = [each for each in known if each is not None]
                message = f"the lesson has no {what} '{id}'"
                place.fault(f"unknown-{what}", message, did_you_mean(id, ids, listed(ids)), id=id)
                return False
        return True

    def _meant(self, preset: str | None, variant: str | None, beat: Data | None) -> Iterator[Run]:
        preset = preset or (beat["preset"] if beat else None)
        variant = variant or (beat["variant"] if beat else None)
        changed = beat["set"] if beat else {}
        for id, network in self.networks.items():
            for each in self.fitted.presets:
                if variant in (None, id) and preset in (None, each["id"]):
                    key = (id, each["id"], repr(changed))
                    if key not in self._runs:
                        values = self.fitted.values[id] | changed
                        made = numbers(network, values, self.fitted.initial[id], self.outline.seed)
                        self._runs[key] = Run(network, *made, each)
                    yield self._runs[key]

    def _said(self, quote: re.Match[str], run: Run) -> str:
        form = quote["form"]
        index = [int(each) - 1 for each in quote["index"].split(",")] if quote["index"] else []
        values = run.values(quote["of"], int(quote["step"]) if quote["step"] else None, index)
        scale, digits = (100, 1) if form == "%" else (1, int(form[1:]) if form else None)
        said = [spell(scale * float(value), digits) + ("\u00a0%" if form == "%" else "") for value in np.ravel(values)]
        return said[0] if len(set(said)) == 1 else f"[{', '.join(said)}]"


class _Unknown(Exception):
    """Why a quote means nothing."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.hint = hint


@dataclass
class Run:
    """One network over one sequence."""

    network: Network
    parameters: Mapping[str, Array]
    initial: Mapping[str, Array]
    preset: Data

    @cached_property
    def inputs(self) -> Array:
        return np.asarray(self.preset["inputs"], dtype=float)

    @cached_property
    def trace(self) -> Any:
        return self.network.run(self.parameters, self.inputs, initial=self.initial)

    @cached_property
    def objective(self) -> Objective:
        asked = self.preset["loss"]
        if asked is None:
            raise _Unknown("the lesson has no loss", "add [loss] to lesson.toml, and targets to its sequence")
        return objective(self.network, asked["kind"], asked["of"], asked["targets"])

    @cached_property
    def loss(self) -> Loss:
        return self.objective.loss(self.trace)

    @cached_property
    def gradient(self) -> Any:
        asked = self.preset["backward"]
        if asked is None:
            raise _Unknown("nothing is differentiated", "add [backward] to lesson.toml")
        if asked["of"] == LOSS:
            return self.trace.gradient(self.objective.outside(self.loss))
        return differentiated(self.trace, asked)

    def values(self, name: str, step: int | None, index: list[int]) -> Array:
        """Raises _Unknown, or NetworkError's own words, when there is no such number."""
        if name in _COUNTS and step is None:
            return np.asarray({**counts(self.network), "steps": len(self.inputs)}[name])
        if name in _LOSSES:
            return self._loss(name, step)
        gradient, word = name.startswith(GRADIENT), name.removeprefix(GRADIENT)
        before = word.endswith(PREVIOUS)
        try:
            address = self.network.full(word.removesuffix(PREVIOUS) if before else word)
        except NetworkError as error:
            raise _Unknown(error.problems[0].message, error.problems[0].hint) from None
        if address in self.network.parameters:
            array = self.gradient.parameters[address] if gradient else self.parameters[address]
            if step is not None:
                raise _Unknown(f"'{word}' is the same at every step", f"leave out @{step}")
        else:
            array = self._series(address, gradient, before)
            if step is None or not 1 <= step <= len(array):
                raise _Unknown(f"it needs a step from 1 to {len(array)}", f"write ={name}@1")
            array = array[step - 1]
        if len(index) > array.ndim or any(at < 0 or at >= size for at, size in zip(index, array.shape, strict=False)):
            raise _Unknown(f"'{word}' has the size {' × '.join(map(str, array.shape))}", "units count from 1")
        return np.asarray(array[tuple(index)])

    def _loss(self, name: str, step: int | None) -> Array:
        if step is None and name == LOSS:
            return np.asarray(self.loss.total)
        series = self.loss.steps if name == LOSS else self.loss.probability
        if series is None:
            raise _Unknown("only cross-entropy has a probability of the target")
        if step is None or not 1 <= step <= len(series):
            raise _Unknown(f"it needs a step from 1 to {len(series)}", f"write ={name}@1")
        return np.asarray(series[step - 1])

    def _series(self, address: str, gradient: bool, before: bool) -> Array:
        if before:
            if address == INPUT or address not in self.trace.before:
                raise _Unknown(
                    f"'{self.network.short(address)}' is no state", "only a state has a value before the step"
                )
            return np.asarray(self.trace.before[address])
        if address == INPUT:
            return np.asarray(self.gradient.inputs if gradient else self.inputs)
        return np.asarray(self.gradient[address] if gradient else self.trace[address])
