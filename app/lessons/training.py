"""Trains the weights that lessons show: `python -m app.lessons.training` writes their files anew.

The task is the smallest in which memory is needed. In "leave Taipei" the city is where a journey begins, in "arrive
Taipei" where it ends; all other words are neither. Every weight begins as a random number of the same seed, all
sentences are read in every update, and the result is rounded, so that a file is made again to the last digit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.cells import load
from app.engine import Network, binary_cross_entropy, cross_entropy

Array = np.ndarray[Any, np.dtype[Any]]

VOCABULARY = ("leave", "arrive", "Taipei")
OTHER, START, END = 0, 1, 2
#: the verb, and what the city after it is
JOURNEYS = {"leave": START, "arrive": END}
PATTERNS = ("{} Taipei", "we {} Taipei", "{} rainy Taipei")

SEED, UPDATES, RATE = 2, 600, 0.05
DIGITS = 2
#: Adam's own: the decay of both means, and what keeps it from dividing by zero
DECAY, DECAY_OF_SQUARES, SMALL = 0.9, 0.999, 1e-8


@dataclass(frozen=True, slots=True)
class Recipe:
    """One file: the cell that is trained, and the readout over it, or none where the cell has its output inside."""

    file: str
    cell: str
    readout: str | None = None


READOUT = "y[outputs] = softmax(V @ h + d)"
RECIPES = (
    Recipe("why-memory/without.json", "feed-forward", READOUT),
    Recipe("why-memory/with.json", "simple-rnn", READOUT),
    Recipe("elman-jordan/elman.json", "elman"),
    Recipe("elman-jordan/jordan.json", "jordan"),
)


def coded(sentence: str) -> Array:
    """(T, 4): a single 1 in each row, for words that are not known in the last place."""
    places = [VOCABULARY.index(word) if word in VOCABULARY else len(VOCABULARY) for word in sentence.split()]
    return np.eye(len(VOCABULARY) + 1)[places]


def network(recipe: Recipe) -> Network:
    """Three units and three outputs: neither, the start of the journey, its end."""
    inside, over = ({}, {"outputs": 3}) if recipe.readout else ({"outputs": 3}, {})
    layer = {"cell": recipe.cell, "text": None, "units": 3, "direction": "forward", "sizes": inside}
    part = {"name": "main", "inputs": 4, "layers": [layer], "readout": recipe.readout, "sizes": over}
    return Network.from_description({"parts": [part]}, load)


def train(recipe: Recipe, *, seed: int = SEED, updates: int = UPDATES) -> dict[str, Array]:
    """The weights by short name, rounded. Adam on the sum of all losses of all words (Kingma & Ba 2015)."""
    trained = network(recipe)
    random = np.random.default_rng(seed)
    weights = {name: random.normal(0, 0.5, array.shape) for name, array in sorted(trained.initial(0).items())}
    mean = {name: np.zeros_like(array) for name, array in weights.items()}
    square = {name: np.zeros_like(array) for name, array in weights.items()}
    batches = [_batch(pattern) for pattern in PATTERNS]
    for update in range(1, updates + 1):
        total = {name: np.zeros_like(array) for name, array in weights.items()}
        for inputs, targets in batches:
            for name, gradient in _gradients(recipe, trained, weights, inputs, targets).items():
                total[name] += gradient
        for name, array in weights.items():
            mean[name] = DECAY * mean[name] + (1 - DECAY) * total[name]
            square[name] = DECAY_OF_SQUARES * square[name] + (1 - DECAY_OF_SQUARES) * total[name] ** 2
            rate = RATE * np.sqrt(1 - DECAY_OF_SQUARES**update) / (1 - DECAY**update)
            weights[name] = array - rate * mean[name] / (np.sqrt(square[name]) + SMALL)
    return {name: np.round(array, DIGITS) + 0.0 for name, array in weights.items()}


def answer(recipe: Recipe, weights: Mapping[str, Array], sentence: str) -> Array:
    """(3,): what a network says of the last word of a sentence."""
    return np.asarray(network(recipe).run(weights, coded(sentence))["y"][-1])


def _batch(pattern: str) -> tuple[Array, Array]:
    """(T, 2, 4) and (T, 2): both verbs in the same sentence; only the last word is a city."""
    sentences = [pattern.format(verb) for verb in JOURNEYS]
    inputs = np.stack([coded(sentence) for sentence in sentences], axis=1)
    targets = np.full(inputs.shape[:2], OTHER)
    targets[-1] = list(JOURNEYS.values())
    return inputs, targets


def _gradients(
    recipe: Recipe, trained: Network, weights: Mapping[str, Array], inputs: Array, targets: Array
) -> dict[str, Array]:
    trace = trained.run(weights, inputs)
    # Both losses are of what stands inside the softmax or the sigmoid.
    logits = trained.full(f"{trained.short(trained.full('y'))}:in")
    softmax = recipe.readout is not None
    loss = cross_entropy(trace[logits], targets) if softmax else binary_cross_entropy(trace[logits], np.eye(3)[targets])
    return {trained.short(name): array for name, array in trace.gradient({logits: loss.gradient}).parameters.items()}


def main() -> None:
    for recipe in RECIPES:
        weights = train(recipe)
        lines = [f"  {json.dumps(name)}: {json.dumps(array.tolist())}" for name, array in weights.items()]
        (Path(__file__).parent / recipe.file).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
