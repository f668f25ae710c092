"""An outline against its networks: every name, shape and step is checked, and put in the form that the wire has.

Addresses are written in full from here on, and units count from 0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.engine import Network, NetworkError, objective

from .answers import MAX_CURVE, Data, check_choices, fit_curve
from .arrays import Numbers, filled
from .faults import Place, Report, did_you_mean, listed
from .outline import Aim, Asked, Beat, Guess, Outline, Preset
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

    def fit(self) -> Fitted:
        self.input_names()
        values = self.weights()
        initial = self.numbers(self.outline.initial, "state", "initial")
        presets = [self.preset(preset) for preset in self.outline.presets]
        beats = [self.beat(beat) for beat in self.outline.beats]
        view = self.view()
        if not self.report.faulty:
            for beat, data in zip(self.outline.beats, beats, strict=True):
                against = data, self.networks, presets, values, initial
                if beat.guess and beat.guess.choices:
                    check_choices(self.at(*beat.guess.path, "choices"), *against, self.outline.seed)
                elif beat.guess and beat.guess.curve:
                    where = "range" if beat.guess.range else "curve"
                    fit_curve(self.at(*beat.guess.path, where), *against, self.outline.seed)
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
        place = self.at(*asked.path, "of")
        if asked.of == LOSS and self.outline.loss:
            self.step(asked.step, length, *asked.path)
            return {"of": LOSS, "step": asked.step, "unit": None}
        address = self.scopes.all.find(asked.of, "value", place)
        self.step(asked.step, length, *asked.path)
        self.unit(asked.unit, address, self.scopes.all, *asked.path)
        unit = None if asked.unit is None else asked.unit - 1
        return {"of": address, "step": asked.step, "unit": unit}

    def beat(self, beat: Beat) -> Data:
        lengths = self.lengths(beat)
        if lengths:
            self.step(beat.step, min(lengths), *beat.path)
        if beat.variant is not None:
            self.known(beat.variant, self.scopes.each, "variant", *beat.path)
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
            "prediction": self.guess(beat.guess, beat, lengths, scope) if beat.guess else None,
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
        return [known[beat.preset]] if self.known(beat.preset, known, "preset", *beat.path) else []

    def known(self, id: str, known: Collection[str | None], what: str, *path: str | int, at: str | None = None) -> bool:
        """Whether there is a preset, or a variant, of that id; `at`: the key that names it, if it is not called so."""
        if id in known:
            return True
        ids = [each for each in known if each is not None]
        message = f"the lesson has no {what} '{id}'"
        self.at(*path, at or what).fault(f"unknown-{what}", message, did_you_mean(id, ids, listed(ids)), id=id)
        return False

    def guess(self, guess: Guess, beat: Beat, lengths: list[int], scope: Symbols) -> Data:
        found: Data = {
            "id": beat.id,
            "of": None,
            "gradient": False,
            "step": None,
            "unit": 0,
            "curve": None,
            "count": None,
        }
        if guess.count is not None:
            for what, id in (("preset", guess.preset), ("variant", guess.variant)):
                if id is not None:
                    presets = [preset.id for preset in self.outline.presets]
                    self.known(id, presets if what == "preset" else self.scopes.each, what, *guess.path)
            preset, variant = guess.preset or beat.preset, guess.variant or beat.variant
            found["count"] = {"of": guess.count, "preset": preset, "variant": variant}
        elif guess.of is not None:
            address = scope.find(guess.of, "value", self.at(*guess.path, "curve" if guess.curve else "of"))
            step = guess.step
            if step is None:
                step = self.first_drawn(guess, beat, lengths)
            else:
                self.asked_step(guess, step, beat, lengths)
            if guess.gradient:
                self.differentiable(guess, beat, address)
            self.unit(guess.unit, address, scope, *guess.path)
            curve = list(guess.range) if guess.range else None
            found |= {"of": address, "gradient": guess.gradient, "step": step, "unit": guess.unit - 1, "curve": curve}
        return {**found, "choices": list(guess.choices) or None, "tolerance": guess.tolerance}

    def asked_step(self, guess: Guess, step: int, beat: Beat, lengths: list[int]) -> None:
        """A step of every sequence that the beat has not passed."""
        if lengths:
            self.step(step, min(lengths), *guess.path)
        passed = step > beat.step if guess.gradient else step < beat.step
        if passed:
            message = f"the prediction asks for step {step}, but its beat is already at step {beat.step}"
            hint = f"ask for step {beat.step} or {'an earlier' if guess.gradient else 'a later'} one"
            self.at(*guess.path, "step").fault("too-early", message, hint, step=step, beat=beat.step)

    def first_drawn(self, guess: Guess, beat: Beat, lengths: list[int]) -> int:
        """The step where a curve begins to be asked for; up to the beat's own it is given."""
        place = self.at(*guess.path, "curve")
        if lengths and max(lengths) > MAX_CURVE:
            message = f"the sequence has {max(lengths)} steps, a curve is drawn over at most {MAX_CURVE}"
            place.fault("long-curve", message, "use a shorter sequence", length=max(lengths), limit=MAX_CURVE)
        step = beat.step - 1 if guess.gradient else beat.step + 1
        if lengths and not 1 <= step <= min(lengths):
            message = f"nothing is left to draw: the beat is at step {beat.step}, where the curve ends"
            hint = f"give the beat {'a later' if guess.gradient else 'an earlier'} step"
            place.fault("nothing-to-draw", message, hint, step=beat.step)
        return step

    def differentiable(self, guess: Guess, beat: Beat, address: str | None) -> None:
        """Every sequence that the beat speaks of says what its gradients are of."""
        place = self.at(*guess.path, "curve" if guess.curve else "of")
        if address in self.scopes.earlier:
            message = f"the gradient of '{guess.of}' is that of the step before"
            place.fault("gradient-before", message, "ask for the state itself, one step earlier", name=guess.of or "")
        presets = [preset for preset in self.outline.presets if beat.preset in (None, preset.id)]
        if any(preset.backward is None for preset in presets):
            hint = "add [backward] with 'of' and 'step' to lesson.toml"
            place.fault(
                "nothing-differentiated", "the prediction asks for a gradient, and nothing is differentiated", hint
            )

    def step(self, step: int, length: int, *path: str | int) -> None:
        if step > length:
            message = f"there is no step {step}: the sequence has {length}"
            hint = f"choose a step from 1 to {length}"
            self.at(*path, "step").fault("no-such-step", message, hint, step=step, length=length)

    def unit(self, unit: int | None, address: str | None, scope: Symbols, *path: str | int) -> None:
        if unit is None or address is None:
            return
        size = scope.shapes[address][0]
        if unit > size:
            message = f"there is no unit {unit}: '{address}' has {size}"
            self.at(*path, "unit").fault("no-such-unit", message, f"choose one from 1 to {size}", unit=unit, size=size)

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
            self.known(view.beside, self.scopes.each, "variant", "view", at="beside")
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
            "input_names": list(self.outline.input_names) if self.outline.input_names else None,
        }
