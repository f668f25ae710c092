from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from numpy.typing import DTypeLike

from app.engine import Axis, Landscape, Layer, Network, NetworkError, define, landscape, objective
from app.engine.landscape import Rows, coarse_first
from app.engine.trace import Trace
from tests.engine import texts

Array = np.ndarray[Any, np.dtype[Any]]

#: Pascanu, Mikolov & Bengio 2013, eq. 8, x_t = w sigmoid(x_(t-1)) + b, of which h = sigmoid(x_t) is one unit of a plain network
PASCANU = Network([Layer(define("one-unit", "h = sigmoid(w * h_prev + b)"), 1)], 1)
START = 1 / (1 + np.exp(-0.5))
#: (sigmoid(x_50) - 0.7)^2 for w = 4.6, 5, 5.4 from row to row and six b
BIASES = [-2.8, -2.6, -2.5, -2.4, -2.2, -2.0]
PUBLISHED = [
    [0.3829593644, 0.3487823900, 0.3251794339, 0.2937695711, 0.0201654623, 0.0363199792],
    [0.3780255033, 0.0120952114, 0.0240888688, 0.0330047413, 0.0461552744, 0.0555854941],
    [0.0286063284, 0.0441225074, 0.0497483445, 0.0544856375, 0.0620341570, 0.0677492272],
]


def last(steps: int, target: list[float]) -> list[list[float] | None]:
    return [*[None] * (steps - 1), target]


def pascanu(across: Axis, down: Axis | None = None, steps: int = 50) -> Landscape:
    full = {PASCANU.full(name): array for name, array in PASCANU.initial(0).items()}
    asked = objective(PASCANU, "squared", "h", last(steps, [0.7]))
    return Landscape(PASCANU, full, np.zeros((steps, 1)), asked, across, down, initial={"h": [START]})


def stretches(landscape: Landscape, dtype: DTypeLike = np.float64) -> list[Rows]:
    return [each for each in landscape.stretches(dtype) if each is not None]


def whole(landscape: Landscape, dtype: DTypeLike = np.float64) -> Array:
    found = np.full((landscape.rows, landscape.columns), np.nan)
    for stretch in stretches(landscape, dtype):
        assert stretch.losses.shape == (len(stretch.rows), landscape.columns)
        found[list(stretch.rows)] = stretch.losses
    return found


def test_the_published_surface() -> None:
    surface = whole(pascanu(Axis("b", (0,), np.array(BIASES)), Axis("w", (0,), np.array([4.6, 5, 5.4]))))
    np.testing.assert_allclose(surface, PUBLISHED, atol=5e-11)


def test_the_wall_lies_where_the_start_is_the_unstable_fixed_point() -> None:
    biases = np.linspace(-2.62, -2.605, 1501)
    (losses,) = whole(pascanu(Axis("b", (0,), biases), Axis("w", (0,), np.array([5.0]))))
    steepest = biases[np.argmax(np.abs(np.diff(losses)))]
    assert steepest == pytest.approx(0.5 - 5 * START, abs=1e-4)


def test_every_point_is_the_loss_of_its_network() -> None:
    network = Network([texts.layer("lstm")], 2, "y[outputs] = softmax(V @ h + d)", outputs=3)
    xs = np.random.default_rng(1).normal(size=(5, 2))
    parameters = {network.full(name): array for name, array in network.initial(4).items()}
    asked = objective(network, "cross-entropy", "y", [[0, 1, 0], None, [1, 0, 0], None, [0, 0, 1]])
    values = np.array([-1.0, 0.5, 2.0])
    # Both numbers of one parameter, and of two.
    for down in (Axis("U_f", (1, 0), values[:2]), Axis("readout.d", (2,), values[:2])):
        across = Axis("U_f", (0, 1), values)
        surface = whole(Landscape(network, parameters, xs, asked, across, down))
        for row, one in enumerate(down.values):
            for column, other in enumerate(values):
                moved = {name: array.copy() for name, array in parameters.items()}
                moved[network.full("U_f")][0, 1] = other
                moved[network.full(down.name)][down.index] = one
                expected = asked.loss(network.run(moved, xs)).total
                assert surface[row, column] == pytest.approx(expected, rel=1e-12)
    assert whole(Landscape(network, parameters, xs, asked, across)).shape == (1, 3)


@pytest.mark.parametrize("units", [1, 4, 16, 32])
def test_a_surface_of_many_units_takes_no_more_room_than_one_of_few(units: int) -> None:
    """Each point has parameters of its own, which count as well as its values."""
    network = Network([Layer(texts.cell("lstm")[0], units)], 4)
    parameters = {network.full(name): array for name, array in network.initial(0).items()}
    asked = objective(network, "squared", "h", last(9, [0.0] * units))
    side = np.linspace(-1, 1, 101)
    surface = Landscape(network, parameters, np.zeros((9, 4)), asked, Axis("U_f", (0, 0), side), Axis("b_f", (0,), side))
    assert surface.memory <= 100_000_000


def test_what_was_given_is_left_as_it_was() -> None:
    network = Network([texts.layer("lstm")], 2)
    parameters = {network.full(name): array for name, array in network.initial(4).items()}
    before = {name: array.copy() for name, array in parameters.items()}
    asked = objective(network, "squared", "h", [[1] * network.wires.values[network.full("h")][-1]])
    whole(Landscape(network, parameters, np.zeros((1, 2)), asked, Axis("U_f", (0, 0), np.ones(3))))
    for name, array in before.items():
        np.testing.assert_array_equal(parameters[name], array)


def test_a_loss_that_overflows_is_no_number_and_stops_nothing() -> None:
    network = Network([Layer(define("line", "h = w * h_prev + W @ x"), 1)], 1)
    parameters = {network.full("w"): np.array([1.0]), network.full("W"): np.array([[1.0]])}
    asked = objective(network, "squared", "h", last(300, [0.0]))
    land = Landscape(network, parameters, np.ones((300, 1)), asked, Axis("w", (0,), np.array([0.5, 1e3])))
    (losses,) = whole(land)
    assert losses[0] == pytest.approx(4)
    assert losses[1] == np.inf


def test_large_surfaces_come_in_stretches_from_coarse_to_fine() -> None:
    axes = (Axis("b", (0,), np.linspace(-3, -2, 101)), Axis("w", (0,), np.linspace(4, 6, 64)))
    found = stretches(pascanu(*axes, steps=1000))
    assert len(found) > 1
    rows = [row for each in found for row in each.rows]
    assert rows == coarse_first(64)
    assert sorted(rows) == list(range(64))


def test_between_blocks_of_steps_it_can_be_left() -> None:
    axes = (Axis("b", (0,), np.linspace(-3, -2, 101)), Axis("w", (0,), np.linspace(4, 6, 101)))
    first = list(itertools.takewhile(lambda each: each is None, pascanu(*axes, steps=1000).stretches()))
    assert len(first) > 5


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("h = tanh(W @ x + U @ h_prev + b)", "forward"),
        ("m = every(1, 7)\nn = tanh(W @ x + U @ h_prev + b)\nh = m * n + (1 - m) * h_prev", "forward"),
        ("h = tanh(W @ x + U @ h_prev + b)", "backward"),
    ],
)
def test_steps_in_blocks_are_the_whole_sequence(
    text: str, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landscape, "ROOM", 1)
    network = Network([Layer(define("cell", text), 2, direction=direction)], 1, "y[outputs] = V @ h", outputs=1)
    parameters = {network.full(name): array for name, array in network.initial(2).items()}
    random = np.random.default_rng(3)
    xs, steps = random.normal(size=(40, 1)), (4, 15, 16, 39)
    asked = objective(network, "squared", "y", [random.normal(size=1) if at in steps else None for at in range(40)])
    across = Axis("U", (0, 1), np.array([-1.0, 0.5]))
    (losses,) = whole(Landscape(network, parameters, xs, asked, across, initial={"h": [0.3, -0.2]}))
    for value, loss in zip(across.values, losses, strict=True):
        moved = {name: array.copy() for name, array in parameters.items()}
        moved[network.full("U")][0, 1] = value
        expected = asked.loss(network.run(moved, xs, initial={"h": [0.3, -0.2]})).total
        assert loss == pytest.approx(expected, rel=1e-12)


def test_a_sketch_is_the_same_surface_but_for_points_on_the_wall() -> None:
    axes = (Axis("b", (0,), np.linspace(-2.8, -2, 101)), Axis("w", (0,), np.linspace(4.6, 5.4, 101)))
    exact, sketch = (whole(pascanu(*axes), dtype) for dtype in (np.float64, np.float32))
    assert np.mean(np.abs(exact - sketch) > 1e-5) < 1e-3
    assert np.any(exact != sketch)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 64, 101])
def test_every_row_comes_once_and_the_first_lie_far_apart(count: int) -> None:
    order = coarse_first(count)
    assert sorted(order) == list(range(count))
    for taken in range(2, count):
        known = sorted(order[:taken])
        assert max(b - a for a, b in itertools.pairwise(known)) <= 4 * count / taken
    assert coarse_first(7) == [0, 4, 2, 6, 1, 3, 5]


def test_the_same_number_cannot_be_both_axes() -> None:
    with pytest.raises(NetworkError) as problem:
        pascanu(Axis("b", (0,), np.zeros(2)), Axis("main.1.forward.b", (0,), np.ones(2)))
    assert [each.code for each in problem.value.problems] == ["same-axis"]


def test_targets_that_are_no_numbers_are_refused() -> None:
    asked = objective(PASCANU, "squared", "h", last(5, [float("nan")]))
    full = {PASCANU.full(name): array for name, array in PASCANU.initial(0).items()}
    with pytest.raises(NetworkError, match="not a finite number"):
        Landscape(PASCANU, full, np.zeros((5, 1)), asked, Axis("w", (0,), np.ones(2)))


@pytest.mark.parametrize(
    ("text", "changed", "asked"),
    [
        ("h = sigmoid(w * h_prev + b)", 0, [999]),
        ("h = sigmoid(w * h_prev + b)", 0, [0, 450, 451, 980]),
        # what comes in changes once more, when all have long been at rest
        ("h = tanh(w * h_prev + b + V @ x)", 700, [600, 999]),
        # two states, of which one is at rest later, and one that never is
        ("c = 0.5 * c_prev + V @ x\nh = tanh(w * h_prev + b) + 0.001 * c", 3, [500, 998]),
        ("k = k_prev + 0.25\nh = tanh(w * h_prev + b) * k", 0, [999]),
    ],
)
@pytest.mark.parametrize("block", [17, 1000])
def test_networks_at_rest_are_where_they_would_have_come_to(
    text: str, changed: int, asked: list[int], block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rising, swinging between two values for ever, growing without bound; in blocks of a few steps or of many."""
    network = Network([Layer(define("cell", text), 1)], 1)
    monkeypatch.setattr(landscape, "ROOM", block * 45 * 8 * sum(shape[-1] for shape in network.wires.values.values()))
    parameters = {network.full(name): array for name, array in network.initial(0).items()}
    xs = np.zeros((1000, 1))
    xs[changed:] = 0.3
    wanted = objective(network, "squared", "h", [[0.7] if at in asked else None for at in range(1000)])
    across, down = Axis("w", (0,), np.linspace(-6, 6, 9)), Axis("b", (0,), np.linspace(-3, 3, 5))
    surface = whole(Landscape(network, parameters, xs, wanted, across, down))
    for row, bias in enumerate(down.values):
        for column, weight in enumerate(across.values):
            moved = {**parameters, network.full("w"): np.array([weight]), network.full("b"): np.array([bias])}
            assert surface[row, column] == pytest.approx(wanted.loss(network.run(moved, xs)).total, rel=1e-12)


def test_networks_at_rest_are_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    run, go_on, steps = Network.run, Trace.go_on, []

    def counted(*args: Any, **kwargs: Any) -> Any:
        trace = run(*args, **kwargs)
        steps.append(trace.length * kwargs["networks"])
        return trace

    def gone_on(trace: Trace, xs: Array) -> None:
        go_on(trace, xs)
        (part,) = trace.runs.values()
        steps.append(len(xs) * part.lead[0])

    monkeypatch.setattr(Network, "run", counted)
    monkeypatch.setattr(Trace, "go_on", gone_on)
    axes = (Axis("b", (0,), np.linspace(-3, -2, 101)), Axis("w", (0,), np.linspace(4, 6, 101)))
    whole(pascanu(*axes, steps=1000))
    assert sum(steps) < 0.15 * 1000 * 101 * 101


def test_a_layer_that_reads_backward_is_run_whole() -> None:
    network = Network([Layer(define("cell", "h = tanh(w * h_prev + V @ x)"), 1, direction="backward")], 1)
    parameters = {network.full(name): array for name, array in network.initial(0).items()}
    xs = np.random.default_rng(5).normal(size=(60, 1))
    asked = objective(network, "squared", "h", [[0.5] if at == 40 else None for at in range(60)])
    (losses,) = whole(Landscape(network, parameters, xs, asked, Axis("w", (0,), np.array([0.5, 2]))))
    for weight, loss in zip((0.5, 2), losses, strict=True):
        moved = {**parameters, network.full("w"): np.array([weight])}
        assert loss == pytest.approx(asked.loss(network.run(moved, xs)).total, rel=1e-12)
