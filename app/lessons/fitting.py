"""An outline against its networks: every name, shape and step is checked, and put in the form that the wire has.

Addresses are written in full from here on, and units count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine import Network

from .answers import Data, check_choices
from .arrays import Numbers, filled
from .faults import Place, Report, did_you_mean, listed
from .outline import Asked, Beat, Guess, Outline, Preset
from .symbols import Kind, Symbols
from .table import FILE, Nested


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts of a lesson's document and of its experiments that no language changes, ready as JSON."""

    symbols: Symbols
    values: dict[str, Numbers]
    initial: dict[str, Numbers]
    presets: list[Data]
    beats: list[Data]
    view: Data


def fit(outline: Outline, networks: Mapping[str | None, Network], report: Report) -> Fitted:
    """Checks everything that an outline says about its networks, of which there is at least one."""
    return _Fitter(outline, networks, report).fit()


class _Fitter:
    def __init__(self, outline: Outline, networks: Mapping[str | None, Network], report: Report) -> None:
        self.outline = outline
        self.report = report
        self.networks = networks
        self.symbols = Symbols(list(networks.values()))

    def fit(self) -> Fitted:
        self.input_names()
        values = self.numbers(self.outline.weights, "weight", "weights")
        initial = self.numbers(self.outline.initial, "state", "initial")
        presets = [self.preset(preset) for preset in self.outline.presets]
        beats = [self.beat(beat) for beat in self.outline.beats]
        view = self.view()
        if not self.report.faulty:
            for beat, data in zip(self.outline.beats, beats, strict=True):
                if beat.guess and beat.guess.choices:
                    place = self.at(*beat.guess.path, "choices")
                    check_choices(data, place, self.networks, presets, values, initial, self.outline.seed)
        return Fitted(self.symbols, values, initial, presets, beats, view)

    def at(self, *path: str | int) -> Place:
        return Place(self.report, FILE, self.outline.positions.line(*path))

    def input_names(self) -> None:
        names, width = self.outline.input_names, self.symbols.inputs
        if names is not None and len(names) != width:
            message = f"'names' has {len(names)} names, the network has {width} inputs"
            place, hint = self.at("sequence", "names"), "give one name for each input"
            place.fault("wrong-width", message, hint, got=len(names), want=width)

    def numbers(self, written: Mapping[str, Nested], kind: Kind, *path: str | int) -> dict[str, Numbers]:
        found: dict[str, Numbers] = {}
        for name, value in written.items():
            place = Place(self.report, FILE, self.outline.line_of(name, *path))
            address = self.symbols.find(name, kind, place)
            if address is None:
                continue
            if address in found:
                place.fault("weight-twice", f"'{name}' is given twice", "keep one of them", name=name)
            array = filled(value, self.symbols.shapes[address], name, place)
            if array is not None:
                found[address] = array
        return found

    def preset(self, preset: Preset) -> Data:
        width = self.symbols.inputs
        for index, row in enumerate(preset.inputs):
            if len(row) != width:
                message = f"step {index + 1} has {len(row)} numbers, the network takes {width}"
                hint = "give one number for each input, or change 'inputs' below [sizes]"
                place = self.at(*preset.path, index)
                place.fault("wrong-width", message, hint, step=index + 1, got=len(row), want=width)
        return {
            "id": preset.id,
            "inputs": [list(row) for row in preset.inputs],
            "words": list(preset.words) if preset.words is not None else None,
            "backward": self.asked(preset.backward, len(preset.inputs)) if preset.backward else None,
        }

    def asked(self, asked: Asked, length: int) -> Data:
        place = self.at(*asked.path, "of")
        address = self.symbols.find(asked.of, "value", place)
        self.step(asked.step, length, *asked.path)
        self.unit(asked.unit, address, *asked.path)
        unit = None if asked.unit is None else asked.unit - 1
        return {"of": address, "step": asked.step, "unit": unit}

    def beat(self, beat: Beat) -> Data:
        lengths = self.lengths(beat)
        if lengths:
            self.step(beat.step, min(lengths), *beat.path)
        spotlight = beat.spotlight if beat.spotlight is not None else self.outline.view.spotlight or ()
        where = beat.path if beat.spotlight is not None else ("view",)
        return {
            "id": beat.id,
            "preset": beat.preset,
            "step": beat.step,
            "direction": beat.direction,
            "spotlight": self.addresses(spotlight, "symbol", *where, "spotlight"),
            "set": self.numbers(beat.weights, "weight", *beat.path, "set"),
            "prediction": self.guess(beat.guess, beat, lengths) if beat.guess else None,
        }

    def lengths(self, beat: Beat) -> list[int]:
        """The lengths of the sequences that a beat speaks of."""
        known = {preset.id: len(preset.inputs) for preset in self.outline.presets if preset.id is not None}
        if beat.preset is None:
            return [len(preset.inputs) for preset in self.outline.presets]
        if beat.preset not in known:
            hint = did_you_mean(beat.preset, known, listed(known))
            message = f"the lesson has no preset '{beat.preset}'"
            self.at(*beat.path, "preset").fault("unknown-preset", message, hint, id=beat.preset)
            return []
        return [known[beat.preset]]

    def guess(self, guess: Guess, beat: Beat, lengths: list[int]) -> Data:
        address = self.symbols.find(guess.of, "value", self.at(*guess.path, "of"))
        if lengths:
            self.step(guess.step, min(lengths), *guess.path)
        if guess.step < beat.step:
            message = f"the prediction asks for step {guess.step}, but its beat is already at step {beat.step}"
            hint = f"ask for step {beat.step} or a later one"
            self.at(*guess.path, "step").fault("too-early", message, hint, step=guess.step, beat=beat.step)
        self.unit(guess.unit, address, *guess.path)
        return {
            "id": beat.id,
            "of": address,
            "step": guess.step,
            "unit": guess.unit - 1,
            "choices": list(guess.choices) or None,
            "tolerance": guess.tolerance,
        }

    def step(self, step: int, length: int, *path: str | int) -> None:
        if step > length:
            message = f"there is no step {step}: the sequence has {length}"
            hint = f"choose a step from 1 to {length}"
            self.at(*path, "step").fault("no-such-step", message, hint, step=step, length=length)

    def unit(self, unit: int | None, address: str | None, *path: str | int) -> None:
        if unit is None or address is None:
            return
        size = self.symbols.shapes[address][0]
        if unit > size:
            message = f"there is no unit {unit}: '{address}' has {size}"
            self.at(*path, "unit").fault("no-such-unit", message, f"choose one from 1 to {size}", unit=unit, size=size)

    def addresses(self, words: tuple[str, ...], kind: Kind, *path: str | int) -> list[str]:
        found = [self.symbols.find(word, kind, self.at(*path, index)) for index, word in enumerate(words)]
        return [address for address in found if address is not None]

    def view(self) -> Data:
        view = self.outline.view
        rows = self.addresses(view.rows, "value", "view", "rows") if view.rows else self.symbols.rows
        gradients = self.addresses(view.gradients, "value", "view", "gradients") if view.gradients else rows
        ranges: dict[str, float] = {}
        for name, bound in view.ranges.items():
            place = Place(self.report, FILE, self.outline.line_of(name, "view", "ranges"))
            address = self.symbols.find(name, "value", place)
            if address is not None:
                ranges[address] = bound
        return {
            "rows": rows,
            "gradients": [each for each in gradients if each not in self.symbols.earlier],
            "ranges": ranges,
            "input_names": list(self.outline.input_names) if self.outline.input_names else None,
        }
