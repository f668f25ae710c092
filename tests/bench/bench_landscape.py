"""An error surface of 101 x 101 points of one unit, its losses and with the gradients of all its parameters, against torch.vmap.

    python -m tests.bench.bench_landscape [turns]

The same maths in the same type of number, one thread; ratios between the shortest times of one run, by the processor's
clock, which other programs on the machine disturb least. float32 is what the page draws first, float64 what it reads.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from app.cells import load
from app.engine import Axis, Landscape, Layer, Network, define, objective
from tests.bench.cases import Array
from tests.bench.timing import with_one_thread

SIDE, TARGET = 101, 0.7
AXES = np.linspace(-2, 2, SIDE), np.linspace(-1.5, 1.5, SIDE)
#: rows of the surface whose networks' gradients are computed together
TOGETHER = 26
CELLS: dict[str, tuple[str, str]] = {"simple-rnn": ("U", "W"), "one unit": ("w", "b")}
TEXT = "h = sigmoid(w * h_prev + b)"


def network(cell: str) -> Network:
    return Network([Layer(define("one-unit", TEXT) if cell == "one unit" else load(cell), 1)], 1)


def engine(cell: str, xs: Array, dtype: Any, *, back: bool) -> Callable[[], Array]:
    made, steps = network(cell), len(xs)
    parameters = {made.full(name): np.full_like(array, 0.5) for name, array in made.initial(0).items()}
    asked = objective(made, "squared", "h", [*[None] * (steps - 1), [TARGET]])
    index = {name: (0,) * len(shape) for name, shape in made.parameters.items()}
    across, down = (
        Axis(name, index[made.full(name)], values) for name, values in zip(CELLS[cell], AXES, strict=True)
    )
    surface = Landscape(made, parameters, xs, asked, across, down)

    def losses() -> Array:
        found = np.empty((SIDE, SIDE))
        for each in surface.stretches(dtype):
            if each is not None:
                found[list(each.rows)] = each.losses
        return found

    def gradients() -> Array:
        found = []
        for first in range(0, SIDE, TOGETHER):
            rows = AXES[1][first : first + TOGETHER]
            grid = dict(zip(CELLS[cell], np.meshgrid(AXES[0], rows), strict=True))
            count = grid[CELLS[cell][0]].size
            given = {
                name: grid[made.short(name)].reshape(count, *array.shape) if made.short(name) in grid else array
                for name, array in parameters.items()
            }
            trace = made.run(given, xs, networks=count, dtype=dtype)
            gradient = trace.gradient({}, last={"h": 2 * (trace.last["h"] - TARGET)}).parameters
            found.append([gradient[name].reshape(count) for name in CELLS[cell]])
        return np.concatenate(found, axis=1)

    return gradients if back else losses


def mapped(cell: str, xs: Array, dtype: Any, *, back: bool) -> Callable[[], Array]:
    torch.set_num_threads(1)
    kind = torch.float32 if dtype is np.float32 else torch.float64
    one, other = (torch.from_numpy(grid.ravel()).to(kind) for grid in np.meshgrid(*AXES))
    inputs = torch.from_numpy(xs[:, 0]).to(kind).unbind()

    def loss(first: Any, second: Any) -> Any:
        h = torch.zeros((), dtype=kind)
        for x in inputs:
            h = torch.sigmoid(first * h + second) if cell == "one unit" else torch.tanh(second * x + first * h + 0.5)
        return (h - TARGET) ** 2

    function = torch.vmap(torch.func.grad(loss, argnums=(0, 1)) if back else loss)
    if back:
        return lambda: np.array([each.numpy() for each in function(one, other)])
    return lambda: np.asarray(function(one, other).numpy().reshape(SIDE, SIDE))


def shortest(candidates: list[Callable[[], Array]], turns: int) -> list[float]:
    """Milliseconds, in turns."""
    times: list[list[float]] = [[] for _ in candidates]
    for _ in range(turns):
        for candidate, own in zip(candidates, times, strict=True):
            gc.collect()
            start = time.process_time()
            candidate()
            own.append(1e3 * (time.process_time() - start))
    return [min(own) for own in times]


def main(turns: int) -> None:
    print(f"{'cell':>12}{'T':>6}{'':>10}{'':>9}{'engine ms':>11}{'vmap ms':>10}{'vmap / engine':>15}")
    for cell in CELLS:
        for steps in (50, 1000):
            # the one unit, Pascanu's, has no input
            xs = np.random.default_rng(0).normal(size=(steps, 1)) * (cell != "one unit")
            for back in (False, True):
                for dtype in (np.float64, np.float32):
                    ours, theirs = engine(cell, xs, dtype, back=back), mapped(cell, xs, dtype, back=back)
                    close = np.isclose(ours(), theirs(), rtol=1e-8 if dtype is np.float64 else 1e-2, atol=1e-4)
                    assert close.mean() > 0.99, "both compute the same"
                    mine, other = shortest([ours, theirs], turns)
                    label = "and back" if back else "losses"
                    print(
                        f"{cell:>12}{steps:>6}{label:>10}{dtype.__name__:>9}{mine:>11.1f}{other:>10.1f}{other / mine:>15.2f}",
                        flush=True,
                    )


if __name__ == "__main__":
    with_one_thread()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
