"""An error surface of 101 x 101 points against torch.vmap: of one unit, its losses and with the gradients of all its parameters,
and the losses of networks of several units over two of their recurrent weights.

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
#: units of networks of several, with the matrices whose first numbers are varied
SEVERAL = {"simple-rnn": ((4, 8, 16), ("U", "W")), "lstm": ((1, 4, 8, 16), ("U_f", "U_i"))}
#: steps of theirs
STEPS = 50


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


def of_several(cell: str, units: int, xs: Array, dtype: Any) -> tuple[Callable[[], Array], Callable[[], Array]]:
    """The losses of one network's surface, by the engine and by torch.vmap."""
    made = Network([Layer(load(cell), units)], 1)
    parameters = made.initial(1)
    asked = objective(made, "squared", "h", [*[None] * (len(xs) - 1), [TARGET] * units])
    names = SEVERAL[cell][1]
    axes = [Axis(made.full(name), (0, 0), values) for name, values in zip(names, AXES, strict=True)]
    surface = Landscape(made, {made.full(name): array for name, array in parameters.items()}, xs, asked, *axes)

    def losses() -> Array:
        found = np.empty((SIDE, SIDE))
        for each in surface.stretches(dtype):
            if each is not None:
                found[list(each.rows)] = each.losses
        return found

    kind = torch.float32 if dtype is np.float32 else torch.float64
    grids = [torch.from_numpy(grid.ravel()).to(kind) for grid in np.meshgrid(*AXES)]
    first = torch.zeros(units, units, dtype=kind)
    first[0, 0] = 1
    inputs = torch.from_numpy(xs).to(kind).unbind()
    fixed = {name: torch.from_numpy(array).to(kind) for name, array in parameters.items()}

    def gate(p: dict[str, Any], of: str, x: Any, h: Any) -> Any:
        return p["W" + of] @ x + p["U" + of] @ h + p["b" + of]

    def loss(*varied: Any) -> Any:
        p = dict(fixed)
        for name, value in zip(names, varied, strict=True):
            p[name] = torch.where(first[:, : p[name].shape[1]] > 0, value, p[name])
        h = c = torch.zeros(units, dtype=kind)
        for x in inputs:
            if cell == "simple-rnn":
                h = torch.tanh(gate(p, "", x, h))
                continue
            i, f, o = (torch.sigmoid(gate(p, of, x, h)) for of in ("_i", "_f", "_o"))
            c = f * c + i * torch.tanh(gate(p, "_g", x, h))
            h = o * torch.tanh(c)
        return ((h - TARGET) ** 2).sum()

    function = torch.vmap(loss)
    return losses, lambda: np.asarray(function(*grids).numpy().reshape(SIDE, SIDE))


def shortest(candidates: list[Callable[[], Array]], turns: int) -> list[float]:
    """Milliseconds, in turns; each is run once before it is timed, as a surface under a drag follows one like it."""
    times: list[list[float]] = [[] for _ in candidates]
    for _ in range(turns):
        gc.collect()
        for candidate, own in zip(candidates, times, strict=True):
            candidate()
            start = time.process_time()
            candidate()
            own.append(1e3 * (time.process_time() - start))
    return [min(own) for own in times]


def compared(label: str, ours: Callable[[], Array], theirs: Callable[[], Array], dtype: Any, turns: int) -> None:
    close = np.isclose(ours(), theirs(), rtol=1e-8 if dtype is np.float64 else 1e-2, atol=1e-4)
    assert close.mean() > 0.99, "both compute the same"
    mine, other = shortest([ours, theirs], turns)
    print(f"{label}{dtype.__name__:>9}{mine:>11.1f}{other:>10.1f}{other / mine:>15.2f}", flush=True)


def main(turns: int) -> None:
    print(f"{'cell':>12}{'T':>6}{'':>10}{'':>9}{'engine ms':>11}{'vmap ms':>10}{'vmap / engine':>15}")
    for cell in CELLS:
        for steps in (50, 1000):
            # the one unit, Pascanu's, has no input
            xs = np.random.default_rng(0).normal(size=(steps, 1)) * (cell != "one unit")
            for back in (False, True):
                for dtype in (np.float64, np.float32):
                    ours, theirs = engine(cell, xs, dtype, back=back), mapped(cell, xs, dtype, back=back)
                    compared(f"{cell:>12}{steps:>6}{'and back' if back else 'losses':>10}", ours, theirs, dtype, turns)
    print(f"{'cell':>12}{'units':>6}")
    xs = np.random.default_rng(0).normal(size=(STEPS, 1))
    for cell, (sizes, _) in SEVERAL.items():
        for units in sizes:
            for dtype in (np.float64, np.float32):
                compared(f"{cell:>12}{units:>6}{'losses':>10}", *of_several(cell, units, xs, dtype), dtype, turns)


if __name__ == "__main__":
    with_one_thread()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
