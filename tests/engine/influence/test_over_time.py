from __future__ import annotations

import numpy as np
import pytest

from app.engine.expr import Apply, Expr, Name, Number
from app.engine.influence.over_time import by_ray, by_step, is_matrix, over_steps, over_time
from tests.engine.wirings import Array

RANDOM = np.random.default_rng(0)
G, V = Name("∂a"), Name("v")
OUTER = Apply("outer", (Apply("mul", (G, V)), Name("u")))
STILL = {"p": (2,), "M": (2, 3), "b": (3,)}
#: expressions of a gradient ∂a (..., 2) and values v (..., 2), u (..., 3): what each is at one step, of plain vectors
TERMS: dict[str, tuple[Expr, object]] = {
    "vector": (Apply("mul", (G, V)), lambda g, v, u, p, m, b: g * v),
    "matrix": (OUTER, lambda g, v, u, p, m, b: np.outer(g * v, u)),
    "minus": (Apply("neg", (OUTER,)), lambda g, v, u, p, m, b: -np.outer(g * v, u)),
    "mask": (Apply("mul", (OUTER, Name("M"))), lambda g, v, u, p, m, b: np.outer(g * v, u) * m),
    "mask before": (Apply("mul", (Name("M"), OUTER)), lambda g, v, u, p, m, b: np.outer(g * v, u) * m),
    "number": (Apply("sum", (Apply("mul", (OUTER, Number(0.5))),)), lambda g, v, u, p, m, b: 0.5 * np.outer(g * v, u)),
    "still": (Apply("outer", (G, Name("b"))), lambda g, v, u, p, m, b: np.outer(g, b)),
    "factor": (Apply("mul", (G, Name("p"))), lambda g, v, u, p, m, b: g * p),
}  # fmt: skip


def numbers(*, many: bool, front: tuple[int, ...], rays: int) -> dict[str, Array]:
    """`front` is (steps or rays, *lead); with many networks the lead is theirs."""
    lead = front[1:] if many else ()
    found = {name: RANDOM.normal(size=(*lead, *shape)) for name, shape in STILL.items()}
    found |= {name: found[name][..., None, :] for name in ("p", "b")}
    sizes = {"∂a": (rays, 2), "v": (1, 2), "u": (1, 3)}
    return found | {name: RANDOM.normal(size=(*front, *size)) for name, size in sizes.items()}


def at(env: dict[str, Array], one: object, index: tuple[int, ...], ray: int, *, many: bool) -> Array:
    """The term's own value at one place of `front`."""
    assert callable(one)
    net = index[1:] if many else ()
    vectors = (env["p"][(*net, 0)], env["M"][net], env["b"][(*net, 0)])
    return np.asarray(one(env["∂a"][(*index, ray)], env["v"][(*index, 0)], env["u"][(*index, 0)], *vectors))


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize(("front", "many"), [((4,), False), ((4, 3), False), ((4, 3), True)])
def test_sums_are_those_of_single_steps(term: str, front: tuple[int, ...], *, many: bool) -> None:
    expr, one = TERMS[term]
    still = frozenset(STILL)
    env = numbers(many=many, front=front, rays=2)
    total = over_time([expr, expr], env, still, front, over_steps(many=many))
    assert total is not None
    for ray in range(2):
        each = [at(env, one, index, ray, many=many) for index in np.ndindex(*front)]
        wanted = 2 * np.reshape(each, (*front, *each[0].shape)).sum(axis=0)
        np.testing.assert_allclose(total[ray], wanted if many or len(front) == 1 else wanted.sum(axis=0), rtol=1e-12)
    env = numbers(many=many, front=front, rays=1)
    each = [at(env, one, index, 0, many=many) for index in np.ndindex(*front)]
    wanted = np.reshape(each, (*front, *each[0].shape))
    wanted = wanted if many or len(front) == 1 else wanted.sum(axis=1)
    for axes in (by_ray(many=many), by_step(front[0], many=many)):
        found = over_time([expr], env, still, front, axes)
        assert found is not None
        np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_what_is_a_matrix() -> None:
    assert [is_matrix(expr) for expr, _ in TERMS.values()] == [False, True, True, True, True, True, True, False]


def test_nothing_arrives() -> None:
    assert over_time([], {}, frozenset(), (3,), over_steps(many=False)) is None
