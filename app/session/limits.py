"""How much one visitor may ask for. Each limit is a setting; going over one is answered before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine import Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest numbers allowed, far above what a lesson needs and far below what would stall a laptop."""

    steps: int = 2_000
    """Length of a sequence."""
    readings: int = 20
    """How often a sequence is read, each time from the states that the last time has left."""
    units: int = 256
    """Any size of a layer: units, inputs, outputs, context."""
    layers: int = 8
    """Layers of a network, all parts together."""
    parts: int = 4
    """Parts of a network."""
    parameters: int = 300_000
    """Numbers in all parameters of a network."""
    values: int = 5_000_000
    """Numbers of a trace: steps times the sizes of all values."""
    work: int = 300_000_000
    """Multiplications of one run, predicted: about three tenths of a second, gradients and earlier readings included."""
    memory: int = 100_000_000
    """Bytes of all runs that one visitor has open, gradients included."""
    text: int = 4_000
    """Characters of a cell's text or a readout's."""
    formulas: int = 500_000
    """Characters of a cell's typeset formulas: a few nested lines can have derivatives of many pages."""
    written: int = 1_000_000
    """Numbers in one file of text."""
    lanes: int = 4
    """Networks that one visitor looks at side by side."""
    points: int = 40_000
    """Points of an error surface: each is a network of its own."""
    sweep: int = 300_000_000
    """Values that an error surface takes: points times steps times the sizes of a step's values."""
    updates: int = 1_000
    """Updates that one message may ask for."""
    trainings: int = 4
    """Trainings that one visitor runs side by side."""
    training_bytes: int = 512_000_000
    """Bytes that one update of a training takes."""
    record: int = 8_000_000
    """Characters of a training's record, which the page keeps: weights, what the optimiser remembers, and every loss."""

    def problems(self, **amounts: int) -> list[Problem]:
        """A problem for each amount that is above the limit of its name."""
        return [
            over(name, amount, getattr(self, name)) for name, amount in amounts.items() if amount > getattr(self, name)
        ]


WORDS = {
    "steps": "{} steps in the sequence",
    "readings": "{} readings of the sequence",
    "units": "a size of {}",
    "layers": "{} layers",
    "parts": "{} parts",
    "parameters": "{} numbers in the parameters",
    "values": "{} values in the trace",
    "work": "{} multiplications in one run",
    "memory": "{} bytes of memory",
    "text": "a text of {} characters",
    "formulas": "formulas of {} characters, derivatives included",
    "written": "{} numbers in one file of text",
    "lanes": "{} lanes",
    "points": "{} points on an error surface",
    "sweep": "{} values to compute for an error surface",
    "updates": "{} updates",
    "trainings": "{} trainings side by side",
    "training_bytes": "{} bytes of memory for one update",
    "record": "a record of {} characters",
}
HINTS = {
    "steps": "shorten the sequence",
    "readings": "start again sooner",
    "units": "make the layer smaller",
    "layers": "take layers away",
    "parts": "take parts away",
    "parameters": "make the layers smaller",
    "values": "shorten the sequence or make the layers smaller",
    "work": "shorten the sequence or make the layers smaller",
    "memory": "shorten the sequence or make the layers smaller",
    "text": "shorten the text",
    "formulas": "give nested parts lines of their own",
    "written": "shorten the sequence, or take NPZ",
    "lanes": "open the experiment in a lane that is there already",
    "points": "take fewer points",
    "sweep": "take fewer points or fewer steps",
    "updates": "take fewer updates",
    "trainings": "end one of them first",
    "training_bytes": "make batch, units or length smaller",
    "record": "make units, layers or updates smaller, or train in the terminal with: unrolled train",
}


def over(name: str, amount: int, allowed: int) -> Problem:
    """More than a limit allows: which one, how much, and what to do."""
    return Problem(
        "over-limit",
        f"{WORDS[name].format(f'{amount:,}')}: the limit is {allowed:,}",
        {"limit": name, "value": amount, "allowed": allowed},
        f"{HINTS[name]}, or raise UNROLLED_{name.upper()} where the server is started",
    )
