"""An outline against its networks: every name, shape and step is checked, and put in the form that the wire has.

Addresses are written in full from here on, and units count from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine import Network, NetworkError, objective

from .answers import Data
from .arrays import Numbers, filled
from .bounds import check_known, check_step, check_unit
from .faults import Place, Report
from .outline import Aim, Asked, Beat, Outline, Preset
from .predictions import Predictions
from .studies import CELL, Study
from .symbols import LOSS, Kind, Scopes, Symbols
from .table import FILE, Nested
from .trained import Trained

#: the numbers of each variant, by address
Values = dict[str | None, dict[str, Numbers]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts of a lesson's document and of its experiments that no language changes, ready as JSON."""

    scopes: Scopes
    values: Values
    initial: Values
    presets: list[Data]
    beats: list[Data]
    view: Data


def fit(
    outline: Outline, networks: Mapping[str | None, Network], trained: Mapping[str | None, Trained], report: Report
) -> Fitted:
    """Checks everything that an outline says about its networks, of which there is at least one."""
    return _Fitter(outline, networks, trained, report).fit()


class _Fitter:
    def __init__(
        self,
        outline: Outline,
        networks: Mapping[str | None, Network],
        trained: Mapping[str | None, Trained],
        report: Report,
    ) -> None:
        self.outline = outline
        self.report = report
        self.networks = networks
        self.trained = trained
        self.scopes = Scopes(networks)
        self.predictions = Predictions(outline, self.scopes, report)

    def fit(self) -> Fitted:
        self.input_names()
        values = self.weights()
        initial = self.numbers(self.outline.initial, "state", "initial")
        presets = [self.preset(preset) for preset in self.outline.presets]
        beats = [self.beat(beat) for beat in self.outline.beats]
        view = self.view()
        if not self.report.faulty:
            for beat, data in zip(self.outline.beats, beats, strict=True):
                if beat.guess:
                    self.predictions.settle(beat.guess, data, self.networks, presets, values, initial)
        return Fitted(self.scopes, values, initial, presets, beats, view)

    def at(self, *path: str | int) -> Place:
        return Place(self.report, FILE, self.outline.positions.line(*path))

    def input_names(self) -> None:
        names, width = self.outline.input_names, self.inputs
        if names is not None and len(names) != width:
            message = f"'names' has {len(names)} names, the network has {width} inputs"
            place, hint = self.at("sequence", "names"), "give one name for each input"
            place.fault("wrong-width", message, hint, got=len(names), want=width)

    @property
    def inputs(self) -> int:
        return next(iter(self.scopes.each.values())).inputs

    def weights(self) -> Values:
        """Over those that were trained lie the lesson's, over these the variant's own."""
        shared = self.numbers(self.outline.weights, "weight", "weights")
        found: Values = {}
        for variant in self.outline.variants:
            scope = self.scopes.each[variant.id]
            own = self.filled(variant.weights, "weight", scope, *variant.path, "weights")
            trained = self.trained.get(variant.id)
            found[variant.id] = (trained.fitted(scope) if trained else {}) | shared[variant.id] | own
        return found

    def numbers(self, written: Mapping[str, Nested], kind: Kind, *path: str | int) -> Values:
        """What is written for all variants, in each that knows the name."""
        found: Values = {}
        for id, scope in self.scopes.each.items():
            known = {name: value for name, value in written.items() if scope.knows(name, kind)}
            found[id] = self.filled(known, kind, scope, *path)
        for name in written:
            self.scopes.some(name, kind, Place(self.report, FILE, self.outline.line_of(name, *path)))
        return found

    def filled(self, written: Mapping[str, Nested], kind: Kind, scope: Symbols, *path: str | int) -> dict[str, Numbers]:
        found: dict[str, Numbers] = {}
        for name, value in written.items():
            place = Place(self.report, FILE, self.outline.line_of(name, *path))
            address = scope.find(name, kind, place)
            if address is None:
                continue
            if address in found:
                place.fault("weight-twice", f"'{name}' is given twice", "keep one of them", name=name)
            array = filled(value, scope.shapes[address], name, place)
            if array is not None:
                found[address] = array
        return found

    def preset(self, preset: Preset) -> Data:
        width = self.inputs
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
            "loss": self.aimed(preset, self.outline.loss) if self.outline.loss and preset.targets else None,
            "backward": self.asked(preset.backward, len(preset.inputs)) if preset.backward else None,
        }

    def aimed(self, preset: Preset, aim: Aim) -> Data:
        """The loss over a preset's targets, which every network of the lesson can have."""
        assert preset.targets is not None, "only a preset with targets is compared with them"
        place = self.at(*aim.path, "of")
        address = self.scopes.all.find(aim.of, "value", place)
        for network in self.networks.values() if address else ():
            try:
                objective(network, aim.kind, aim.of, preset.targets).check()
            except NetworkError as error:
                for problem in error.problems:
                    targets = problem.field.startswith("targets")
                    key = (*preset.path[:-1], "targets") if targets else (*aim.path, "kind" if problem.field == "kind" else "of")
                    self.at(*key).adopt(problem)
        rows = [None if row is None else list(row) for row in preset.targets]
        size = next((len(row) for row in rows if row is not None), 0)
        if aim.classes is not None and len(aim.classes) != size:
            message = f"there are {len(aim.classes)} classes, and '{aim.of[:80]}' has {size}"
            hint = "give each of its numbers a name"
            self.at(*aim.path, "classes").fault("wrong-classes", message, hint, got=len(aim.classes), want=size)
        classes = None if aim.classes is None else list(aim.classes)
        return {"kind": aim.kind, "of": address, "targets": rows, "classes": classes}

    def asked(self, asked: Asked, length: int) -> Data:
        step = self.at(*asked.path, "step")
        if asked.of == LOSS and self.outline.loss:
            check_step(step, asked.step, length)
            return {"of": LOSS, "step": asked.step, "unit": None}
        address = self.scopes.all.find(asked.of, "value", self.at(*asked.path, "of"))
        check_step(step, asked.step, length)
        if asked.unit is not None and address is not None:
            check_unit(self.at(*asked.path, "unit"), asked.unit, address, self.scopes.all)
        unit = None if asked.unit is None else asked.unit - 1
        return {"of": address, "step": asked.step, "unit": unit}

    def beat(self, beat: Beat) -> Data:
        lengths = self.lengths(beat)
        if lengths:
            check_step(self.at(*beat.path, "step"), beat.step, min(lengths))
        if beat.variant is not None:
            check_known(self.at(*beat.path, "variant"), beat.variant, self.scopes.each, "variant")
        scope = self.scopes.of(beat.variant)
        spotlight = beat.spotlight if beat.spotlight is not None else self.outline.view.spotlight or ()
        where = beat.path if beat.spotlight is not None else ("view",)
        return {
            "id": beat.id,
            "preset": beat.preset,
            "variant": beat.variant,
            "step": beat.step,
            "direction": beat.direction,
            "spotlight": self.addresses(spotlight, scope, *where, "spotlight"),
            "set": self.filled(beat.weights, "weight", scope, *beat.path, "set"),
            "study": self.study(beat.study or self.outline.view.study) or self.usual_study(),
            "prediction": self.predictions.fitted(beat.guess, beat, lengths, scope) if beat.guess else None,
        }

    def study(self, study: Study | None) -> Data:
        """As the view of an experiment has it: plain fields, an axis as "main.1.forward.b.0:-2.8:-2"."""
        if study is None:
            return {}
        own = self.outline.view.study
        usual = {} if own is None or own is study or own.name != study.name else self.study(own)
        found: Data = {"study": study.name, **study.words, **study.numbers}
        for name, axis in study.axes.items():
            place, scope = self.at(*axis.path, "of"), self.studied(name)
            address = scope.find(axis.of, "weight", place)
            if address is None:
                continue
            shape = scope.shapes[address]
            entry = axis.entry or (0,) * len(shape)
            if len(entry) != len(shape) or any(at >= size for at, size in zip(entry, shape, strict=True)):
                message = f"'{axis.of}' has the size {' × '.join(map(str, shape))}"
                self.at(*axis.path, "entry").fault("no-entry", message, "rows and columns count from 1", name=axis.of)
            found[name] = f"{'.'.join([address, *map(str, entry)])}:{axis.low:g}:{axis.high:g}"
        return usual | found

    def usual_study(self) -> Data:
        """Where a beat has a study of its own the others say that the cell is there again; by hand it opens as it will."""
        later = next((each.study for each in self.outline.beats if each.study), None)
        return {"study": CELL, **later.numbers} if later else {}

    def studied(self, axis: str) -> Symbols:
        """The symbols that an axis may be of: with a network beside the first, each has axes of its own."""
        beside = self.outline.view.beside
        if beside not in self.scopes.each:
            return self.scopes.all
        return self.scopes.each[beside if axis.endswith("2") else self.outline.variants[0].id]

    def lengths(self, beat: Beat) -> list[int]:
        """The lengths of the sequences that a beat speaks of."""
        known = {preset.id: len(preset.inputs) for preset in self.outline.presets if preset.id is not None}
        if beat.preset is None:
            return [len(preset.inputs) for preset in self.outline.presets]
        place = self.at(*beat.path, "preset")
        return [known[beat.preset]] if check_known(place, beat.preset, known, "preset") else []

    def addresses(self, words: tuple[str, ...], scope: Symbols, *path: str | int) -> list[str]:
        found = [scope.find(word, "symbol", self.at(*path, index)) for index, word in enumerate(words)]
        return [address for address in found if address is not None]

    def shown(self, words: tuple[str, ...], *path: str | int) -> list[str]:
        """Values that at least one variant has; the page leaves out what the others lack."""
        found = [self.scopes.some(word, "value", self.at(*path, index)) for index, word in enumerate(words)]
        return list(dict.fromkeys(address for known in found for address in known.values()))

    def view(self) -> Data:
        view = self.outline.view
        if view.beside is not None:
            check_known(self.at("view", "beside"), view.beside, self.scopes.each, "variant")
        rows = self.shown(view.rows, "view", "rows") if view.rows else self.scopes.rows
        gradients = self.shown(view.gradients, "view", "gradients") if view.gradients else rows
        units = min(each.networks[0].places[0].sizes["units"] for each in self.scopes.each.values())
        if view.unit is not None and view.unit > units:
            message = f"there is no unit {view.unit}: the lowest layer has {units}"
            hint = f"choose one from 1 to {units}"
            self.at("view", "unit").fault("no-such-unit", message, hint, unit=view.unit, size=units)
        ranges: dict[str, float] = {}
        for name, bound in view.ranges.items():
            place = Place(self.report, FILE, self.outline.line_of(name, "view", "ranges"))
            ranges |= dict.fromkeys(self.scopes.some(name, "value", place).values(), bound)
        return {
            "rows": rows,
            "gradients": [each for each in gradients if each not in self.scopes.earlier],
            "ranges": ranges,
            "wall": view.wall,
            "input_names": list(self.outline.input_names) if self.outline.input_names else None,
        }
