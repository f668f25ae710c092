from __future__ import annotations

import numpy as np
import pytest

from app.engine.layout import Batch, Layout, Many, Refresh, layout
from app.engine.ops import Array, softmax
from app.engine.tape import Series, Still, Tape

RANDOM = np.random.default_rng(3)
#: (T, n, size), matrices (n, rows, columns): n sequences or networks
VECTORS, OTHERS, MATRICES = RANDOM.normal(size=(5, 4, 3)), RANDOM.normal(size=(5, 4, 2)), RANDOM.normal(size=(4, 2, 3))
KINDS = {"alone": layout((), many=False), "batch": layout((4,), many=False), "many": layout((4,), many=True)}


def series(kind: str, array: Array) -> Array:
    """(T, n, size) as a layout has it, the first of the n where it has only one."""
    return array[:, 0] if kind == "alone" else np.ascontiguousarray(np.moveaxis(array, 1, -1))


def matrix(kind: str) -> Array:
    return np.ascontiguousarray(np.moveaxis(MATRICES, 0, -1)) if kind == "many" else MATRICES[0]


def own(kind: str, n: int) -> int:
    """Which matrix the nth has."""
    return n if kind == "many" else 0


def test_the_layout_of_a_run() -> None:
    assert [type(each) for each in KINDS.values()] == [Layout, Batch, Many]
    with pytest.raises(AssertionError, match="one axis for what it is many of"):
        layout((2, 3), many=False)
    with pytest.raises(AssertionError, match="many networks need an axis"):
        layout((), many=True)


def test_shapes_of_parameters() -> None:
    shapes = {kind: (how.still((3,)), how.still((2, 3)))
              for kind, how in KINDS.items()}  # fmt: skip
    assert shapes == {
        "alone": ((3,), (2, 3)),
        "batch": ((3, 1), (2, 3)),
        "many": ((3, 4), (2, 3, 4)),
    }


def test_what_others_see() -> None:
    for kind, how in KINDS.items():
        assert np.array_equal(how.outward(series(kind, VECTORS)), VECTORS[:, 0] if kind == "alone" else VECTORS)
        seen = how.outward_still(np.zeros(how.still((3,))), 1), how.outward_still(np.zeros(how.still((2, 1))), 2)
        assert [each.shape for each in seen] == ([(4, 3), (4, 2, 1)] if kind == "many" else [(3,), (2, 1)])
        assert how.outward_total(np.zeros((2, 3, 4))).shape == ((4, 2, 3) if kind == "many" else (2, 3, 4))


@pytest.mark.parametrize("kind", KINDS)
def test_products(kind: str) -> None:
    how = KINDS[kind]
    expected = np.array(
        [[MATRICES[own(kind, n)] @ VECTORS[t, n] for n in range(4 if how.lead else 1)] for t in range(5)]
    ).reshape(5, *how.lead, 2)
    found = how.product(matrix(kind), series(kind, VECTORS))
    np.testing.assert_allclose(how.outward(found), expected, rtol=1e-13)
    out = np.empty_like(found)
    assert how.product(matrix(kind), series(kind, VECTORS), out) is out
    assert np.array_equal(out, found)
    # at each step of a loop, and back through the transposed matrix
    tape, given = Tape(5), series(kind, VECTORS)
    refresh: Refresh = []
    how.multiply(tape, refresh, matrix(kind), Series(given), Series(out))
    back = np.empty_like(given)
    how.multiply(tape, refresh, how.transposed(matrix(kind)), Series(out), Series(back))
    for each in refresh:
        each()
    tape.run(0, 5)
    np.testing.assert_allclose(out, found, rtol=1e-13)
    again = [[MATRICES[own(kind, n)].T @ expected[t, n] for n in range(4)] for t in range(5)] if how.lead else None
    np.testing.assert_allclose(how.outward(back), expected @ MATRICES[0] if again is None else again, rtol=1e-13)


def test_one_column_of_many_networks() -> None:
    """Products that are multiplications, which are much quicker."""
    how, column = KINDS["many"], matrix("many")[:, :1]
    given = series("many", VECTORS)[:, :1]
    expected = column[:, 0] * given
    assert np.array_equal(how.product(column, given), expected)
    tape, out = Tape(5), np.empty_like(expected)
    how.multiply(tape, [], column, Series(given), Series(out))
    assert tape.table[0][0] is np.multiply
    tape.run(0, 5)
    assert np.array_equal(out, expected)


@pytest.mark.parametrize("kind", ["batch", "many"])
def test_a_vector_that_is_the_same_for_all(kind: str) -> None:
    """An input that all read, and a parameter that is no batch's."""
    how, shared = KINDS[kind], series(kind, VECTORS)[:, :, :1]
    whole = np.ascontiguousarray(np.broadcast_to(shared, (5, 3, 4)))
    expected, out = how.product(matrix(kind), whole), np.empty((5, 2, 4))
    assert how.product(matrix(kind), shared, out) is out
    np.testing.assert_allclose(out, expected, rtol=1e-13)
    np.testing.assert_allclose(how.product(matrix(kind), whole[2]), expected[2], rtol=1e-13)


@pytest.mark.parametrize("kind", KINDS)
def test_sums_over_time(kind: str) -> None:
    how, left, right = KINDS[kind], series(kind, OTHERS), series(kind, VECTORS)
    by_sequence = np.einsum("tni,tnj->nij", OTHERS, VECTORS)
    outer = {"alone": by_sequence[0], "batch": by_sequence.sum(0), "many": by_sequence}[kind]
    np.testing.assert_allclose(how.outward_total(how.outer(left, right)), outer, rtol=1e-12)
    out = np.empty_like(how.outer(left, right))
    assert how.outer(left, right, out) is out
    both = how.outers(left, [(right, out), (left, np.empty_like(how.outer(left, left)))])
    assert both[0] is out
    for found, other in zip(both, (right, left), strict=True):
        np.testing.assert_array_equal(found, how.outer(left, other))
    total = {"alone": OTHERS[:, 0].sum(0), "batch": OTHERS.sum((0, 1)), "many": OTHERS.sum(0)}[kind]
    np.testing.assert_allclose(how.outward_total(how.total(left)), total, rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_functions_of_a_whole_vector(kind: str) -> None:
    how = KINDS[kind]
    found = how.outward(how.along(softmax, series(kind, VECTORS)))
    np.testing.assert_allclose(found, softmax(VECTORS)[:, 0] if kind == "alone" else softmax(VECTORS), rtol=1e-15)


def test_a_mask_is_the_same_for_all() -> None:
    mask = np.triu(np.ones((3, 3)))
    assert KINDS["alone"].mask(mask) is mask
    assert KINDS["many"].mask(mask).shape == (3, 3, 1)
    column = Still(KINDS["many"].mask(mask))
    assert np.broadcast_shapes(column.array.shape, (3, 3, 4)) == (3, 3, 4)
