"""Every number that the texts of the two lessons tell, beat by beat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.lessons.seen import Changes

GATED, TOY = "gated-cell", "linear-toy"
BOTH, EXACT, ALONE = ("exact", "rounded"), ("exact",), (None,)


@dataclass(frozen=True)
class Claim:
    """A number that the text of a beat tells: `of` at `step` of the preset, perhaps after a change that it suggests."""

    lesson: str
    preset: str
    beat: str
    of: str
    step: int
    said: float
    unit: int = 1
    variants: tuple[str | None, ...] = BOTH
    weights: Changes = field(default_factory=dict)
    inputs: dict[tuple[int, int], float] = field(default_factory=dict)
    more: tuple[tuple[float, ...], ...] = ()
    asked: int | None = None


def gated(beat: str, of: str, step: int, said: float, preset: str = "five", **more: Any) -> Claim:
    return Claim(GATED, preset, beat, of, step, said, **more)


def nine(beat: str, of: str, step: int, said: float, **more: Any) -> Claim:
    return Claim(GATED, "nine", beat, of, step, said, **more)


def toy(preset: str, beat: str, of: str, step: int, said: float, **more: Any) -> Claim:
    return Claim(TOY, preset, beat, of, step, said, variants=ALONE, **more)


FIRST, SECOND, THIRD = "one-one-two", "one-two-one", "two-one-one"
NO_MEMORY: Changes = {("U", ()): 0}
QUARTERS: Changes = {("U", ()): 0.25}
FORGETFUL: Changes = {("b_f", (0,)): -1}

CLAIMS = [
    gated("write", "i", 1, 1),
    gated("write", "c", 1, 3),
    gated("write", "y", 1, 0),
    gated("write", "o", 1, 0),
    gated("write", "c", 2, 7),
    gated("write", "i", 1, 0.5, inputs={(1, 2): 0.1}, variants=EXACT),
    gated("write", "c", 1, 1.5, inputs={(1, 2): 0.1}, variants=EXACT),
    gated("add", "f", 2, 1),
    gated("add", "c_prev", 2, 3),
    gated("add", "i", 2, 1),
    gated("add", "z", 2, 4),
    gated("add", "c", 2, 7),
    gated("add", "c", 3, 7),
    gated("add", "i", 3, 0),
    gated("add", "f", 3, 1),
    gated("add", "c", 1, 0, weights={("W_i", (0, 1)): 0}),
    gated("add", "c", 2, 0, weights={("W_i", (0, 1)): 0}),
    gated("hold", "i", 3, 0),
    gated("hold", "f", 3, 1),
    gated("hold", "f:in", 3, 10),
    gated("hold", "y", 4, 7),
    gated("hold", "i", 4, 0),
    gated("hold", "y", 3, 7, inputs={(3, 3): 1}),
    gated("hold", "y", 4, 7, inputs={(3, 3): 1}),
    gated("read", "o", 4, 1),
    gated("read", "y", 4, 7),
    gated("read", "i", 4, 0),
    gated("read", "f", 4, 1),
    gated("read", "c", 5, 0),
    gated("read", "f", 5, 0),
    gated("read", "i", 5, 0),
    gated("read", "c", 2, 7, weights=FORGETFUL),
    gated("read", "c", 3, 1.88, weights=FORGETFUL, variants=EXACT),
    gated("read", "c", 4, 0.51, weights=FORGETFUL, variants=EXACT),
    gated("read", "c", 3, 0, weights=FORGETFUL, variants=("rounded",)),
    gated("wipe", "c_prev", 5, 7),
    gated("wipe", "c", 5, 0),
    gated("wipe", "f", 5, 0),
    gated("wipe", "f", 5, 0.5, inputs={(5, 2): -0.1}, variants=EXACT),
    gated("wipe", "c", 5, 3.5, inputs={(5, 2): -0.1}, variants=EXACT),
    *(gated("too-late", f"∂{name}", 5, 0) for name in ("y", "c", "z", "i", "f", "o", "x")),
    gated("through-the-open-gate", "∂y", 4, 1),
    gated("through-the-open-gate", "∂c", 4, 1),
    gated("through-the-open-gate", "∂c", 4, 0.5, inputs={(4, 3): 0.1}, variants=EXACT),
    gated("kept-is-carried-back", "f", 4, 1),
    gated("kept-is-carried-back", "∂c", 3, 1),
    gated("the-four-counts", "∂z", 2, 1),
    gated("the-four-counts", "∂x", 2, 1, variants=("rounded",)),
    gated("the-four-counts", "∂z", 3, 0),
    gated("the-four-counts", "y", 4, 8, inputs={(2, 1): 5}),
    gated("gates-do-not-learn", "∂W_z", 0, 7),
    gated("gates-do-not-learn", "f", 3, 0.5, weights={("b_f", (0,)): 0}, variants=EXACT),
    gated("gates-do-not-learn", "f", 4, 0.5, weights={("b_f", (0,)): 0}, variants=EXACT),
    gated("gates-do-not-learn", "∂b_f", 0, 1.75, weights={("b_f", (0,)): 0}, variants=EXACT),
    nine("nine-offered", "i", 1, 0),
    nine("nine-offered", "c", 1, 0),
    nine("nine-offered", "c", 2, 3),
    nine("nine-three", "c_prev", 2, 0),
    nine("nine-three", "f", 2, 1),
    nine("nine-three", "c", 2, 3),
    nine("nine-silent", "c", 3, 3),
    nine("nine-silent", "y", 3, 0),
    nine("nine-silent", "c", 4, 7),
    nine("nine-four", "c_prev", 4, 3),
    nine("nine-four", "c", 4, 7),
    nine("nine-waiting", "i", 5, 0),
    nine("nine-waiting", "c", 5, 7),
    nine("nine-waiting", "y", 6, 7),
    nine("nine-read", "y", 6, 7),
    nine("nine-read", "c", 6, 7),
    nine("nine-read", "c", 7, 0),
    nine("nine-reset", "c_prev", 7, 7),
    nine("nine-reset", "c", 7, 0),
    nine("nine-reset", "i", 7, 0),
    nine("nine-reset", "c", 8, 6),
    nine("nine-reset", "f", 8, 1),
    nine("nine-fresh", "c_prev", 8, 0),
    nine("nine-fresh", "c", 8, 6),
    nine("nine-read-again", "y", 9, 6),
    *(nine("nine-back-after", f"∂{name}", 9, 0) for name in ("y", "c", "z", "f")),
    nine("nine-back-written-later", "∂z", 8, 0),
    nine("nine-back-reset", "∂c", 7, 0),
    nine("nine-back-reset", "f", 7, 0),
    nine("nine-back-reset", "∂c", 9, 1, asked=9),
    nine("nine-back-reset", "∂c", 8, 1, asked=9),
    nine("nine-back-reset", "∂c", 7, 1, asked=9),
    nine("nine-back-reset", "∂c", 6, 0, asked=9),
    nine("nine-back-question", "∂y", 6, 1),
    nine("nine-back-question", "∂c", 6, 1),
    nine("nine-back-kept", "∂c", 5, 1),
    nine("nine-back-four", "∂z", 4, 1),
    nine("nine-back-shut", "∂c", 3, 1),
    nine("nine-back-shut", "∂z", 3, 0),
    nine("nine-back-three", "∂z", 2, 1),
    nine("nine-back-not-taken", "∂c", 1, 1),
    nine("nine-back-not-taken", "∂z", 1, 0),
    toy(FIRST, "empty-memory", "h_prev", 1, 0),
    toy(FIRST, "empty-memory", "h", 1, 2),
    toy(FIRST, "empty-memory", "y", 1, 4),
    toy(FIRST, "empty-memory", "h", 2, 6),
    toy(FIRST, "same-input", "y", 2, 12),
    toy(FIRST, "same-input", "h_prev", 2, 2),
    toy(FIRST, "same-input", "h", 3, 16),
    toy(FIRST, "same-input", "y", 3, 32),
    toy(FIRST, "same-input", "h", 4, 32, more=((0, 0),)),
    toy(FIRST, "read-and-stored", "h_prev", 3, 6),
    toy(FIRST, "read-and-stored", "h", 3, 16),
    toy(SECOND, "same-start", "h", 1, 2),
    toy(SECOND, "same-start", "y", 1, 4),
    toy(SECOND, "same-start", "h", 2, 8),
    toy(SECOND, "same-start", "y", 2, 16),
    toy(SECOND, "larger-sooner", "h", 2, 8),
    toy(FIRST, "larger-sooner", "h", 2, 6),
    toy(FIRST, "larger-sooner", "y", 3, 32),
    toy(SECOND, "larger-sooner", "h", 3, 18),
    toy(SECOND, "larger-sooner", "y", 3, 36),
    toy(SECOND, "order-counts", "y", 3, 36),
    toy(FIRST, "order-counts", "y", 3, 32),
    toy(THIRD, "largest-first", "h", 1, 4),
    toy(THIRD, "largest-first", "y", 1, 8),
    toy(THIRD, "largest-first", "h", 2, 10),
    toy(THIRD, "still-there", "h", 2, 10),
    toy(THIRD, "still-there", "h", 2, 2, inputs={(1, 1): 0, (1, 2): 0}),
    toy(THIRD, "still-there", "h", 3, 22),
    toy(THIRD, "still-there", "y", 3, 44),
    toy(FIRST, "three-answers", "y", 3, 32),
    toy(SECOND, "three-answers", "y", 3, 36),
    toy(THIRD, "three-answers", "y", 3, 44),
    *(toy(FIRST, "three-answers", "y", step, said, weights=NO_MEMORY) for step, said in ((1, 4), (2, 4), (3, 8))),
    *(toy(SECOND, "three-answers", "y", step, said, weights=NO_MEMORY) for step, said in ((1, 4), (2, 8), (3, 4))),
    *(toy(preset, "the-question", "∂y", 3, 1, unit=unit) for preset in (FIRST, SECOND, THIRD) for unit in (1, 2)),
    *(toy(preset, "the-question", "∂h", 3, 2, unit=unit) for preset in (FIRST, SECOND, THIRD) for unit in (1, 2)),
    *(toy(preset, "doubled", "∂h", 2, 4, unit=unit) for preset in (FIRST, SECOND, THIRD) for unit in (1, 2)),
    *(toy(FIRST, "doubled", "∂h", step, said, weights=QUARTERS) for step, said in ((3, 2), (2, 1), (1, 0.5))),
    *(toy(preset, "exploding", "∂h", 1, 8) for preset in (FIRST, SECOND, THIRD)),
    *(toy(preset, "exploding", "∂x", 1, 16) for preset in (FIRST, SECOND, THIRD)),
]
