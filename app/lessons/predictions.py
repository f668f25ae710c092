"""What a beat asks before it is shown: of something that is there, not passed yet, with one right answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine import Network

from .answers import MAX_CURVE, Data, Values, check_choices, fit_curve
from .bounds import check_known, check_step, check_unit
from .faults import Place, Report
from .outline import Beat, Guess, Outline
from .symbols import Scopes, Symbols
from .table import FILE


@dataclass(frozen=True, slots=True)
class Predictions:
    """Those of one lesson."""

    outline: Outline
    scopes: Scopes
    report: Report

    def at(self, *path: str | int) -> Place:
        return Place(self.report, FILE, self.outline.positions.line(*path))

    def fitted(self, guess: Guess, beat: Beat, lengths: list[int], scope: Symbols) -> Data:
        """As a lesson's document has it, units from 0; `lengths`: those of the sequences that the beat speaks of."""
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
                    known = presets if what == "preset" else self.scopes.each
                    check_known(self.at(*guess.path, what), id, known, what)
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
            if address is not None:
                check_unit(self.at(*guess.path, "unit"), guess.unit, address, scope)
            curve = list(guess.range) if guess.range else None
            found |= {"of": address, "gradient": guess.gradient, "step": step, "unit": guess.unit - 1, "curve": curve}
        return {**found, "choices": list(guess.choices) or None, "tolerance": guess.tolerance}

    def asked_step(self, guess: Guess, step: int, beat: Beat, lengths: list[int]) -> None:
        """A step of every sequence that the beat has not passed."""
        if lengths:
            check_step(self.at(*guess.path, "step"), step, min(lengths))
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

    def settle(
        self,
        guess: Guess,
        beat: Data,
        networks: Mapping[str | None, Network],
        presets: Sequence[Data],
        values: Values,
        initial: Values,
    ) -> None:
        """Computes the answer where something hangs on it: whether it is one of the choices, how high its chart is."""
        against = beat, networks, presets, values, initial, self.outline.seed
        if guess.choices:
            check_choices(self.at(*guess.path, "choices"), *against)
        elif guess.curve:
            fit_curve(self.at(*guess.path, "range" if guess.range else "curve"), *against)
