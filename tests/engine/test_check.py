from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError, Problem
from app.engine.address import Address, Names
from app.engine.check import as_dtype, as_inputs, as_lengths, as_named, check_step, unknown_parts, whole

FLOAT = np.dtype(np.float64)
NAMES = Names([Address("main", "1", "forward", name) for name in ("W", "b", "h")])
WANTED = {"main.1.forward.W": (2, 3), "main.1.forward.b": (2,)}


def refusal(error: pytest.ExceptionInfo[NetworkError]) -> Problem:
    (problem,) = error.value.problems
    return problem


def shape_problem(name: str, found: str, expected: str) -> Problem:
    return Problem(
        "bad-shape", f"'{name}' has the shape {found}, not {expected}", {"name": name, "expected": expected, "found": found},
        f"give an array of the shape {expected}", field=name,
    )  # fmt: skip


def not_numbers(name: str) -> Problem:
    return Problem(
        "not-numbers", f"'{name}' does not hold numbers in rows of equal length", {"name": name},
        "give a number, or lists of numbers of equal length", field=name,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "found"), [(3, 3), (0, 0), (np.int8(-2), -2), (True, None), (np.True_, None), (3.0, None), (None, None)]
)
def test_whole_numbers(given: object, found: int | None) -> None:
    assert whole(given) == found
    assert type(whole(given)) in (int, type(None))


def test_names_of_parts() -> None:
    assert unknown_parts({"encoder": 1}, ("encoder", "decoder"), "xs") == []
    assert unknown_parts({"decodr": 1, 5: 2}, ("encoder", "decoder"), "xs") == [  # type: ignore[dict-item]
        Problem("unknown-part", f"there is no part '{name}'", {"name": name, "suggestion": ""},
                "the parts are encoder, decoder", field="xs")
        for name in ("decodr", "5")
    ]  # fmt: skip


@pytest.mark.parametrize("step", [0, 5, -1, 1.0, True, "1", None])
def test_steps_that_there_are_not(step: object) -> None:
    for number in (1, 4, np.int32(2)):
        check_step(number, 4)
    with pytest.raises(NetworkError) as error:
        check_step(step, 4)
    assert refusal(error) == Problem(
        "no-step", f"there is no step {step}: the sequence has 4", {"step": str(step), "steps": 4},
        "give a whole number from 1 to 4", field="step",
    )  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [("float32", np.float32), (np.float64, np.float64), (float, np.float64)])
def test_types_to_compute_in(given: Any, expected: type) -> None:
    assert as_dtype(given) == expected


@pytest.mark.parametrize(
    ("given", "said"), [("int64", "int64"), (np.dtype(np.float16), "float16"), ("nonsense", "nonsense"), ("x" * 99, "x" * 40)]
)
def test_other_types(given: Any, said: str) -> None:
    with pytest.raises(NetworkError) as error:
        as_dtype(given)
    assert refusal(error) == Problem(
        "bad-dtype", f"'{said}' is not a type that networks compute in", {"value": said}, "use float64 or float32",
        field="dtype",
    )  # fmt: skip


def test_a_sequence_is_copied() -> None:
    given = np.ones((4, 2))
    found = as_inputs(given, 2, FLOAT)
    given[...] = 5
    assert found.tolist() == [[1, 1]] * 4
    assert as_inputs([[1, 2]], 2, np.dtype(np.float32)).dtype == np.float32
    assert as_inputs(np.zeros((3, 5, 2), bool), 2, FLOAT).shape == (3, 5, 2)


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        (3.0, "()"), ([1, 2], "(2,)"), ([[1, 2, 3]], "(1, 3)"), ([], "(0,)"), (np.zeros((0, 2)), "(0, 2)"),
        (np.zeros((3, 0, 2)), "(3, 0, 2)"), (np.zeros((1, 1, 1, 2)), "(1, 1, 1, 2)"), ([[]], "(1, 0)"),
    ],
)  # fmt: skip
def test_sequences_of_another_shape(given: Any, shape: str) -> None:
    with pytest.raises(NetworkError) as error:
        as_inputs(given, 2, FLOAT)
    assert refusal(error) == shape_problem("xs", shape, "(T, 2) or (T, batch, 2)")


@pytest.mark.parametrize("given", [[[1, 2], [3]], [["a", "b"]], [[None, 1]], [[1j, 2]], "text", {"a": 1}, [[10**400, 1]]])
def test_what_holds_no_numbers(given: Any) -> None:
    with pytest.raises(NetworkError) as error:
        as_inputs(given, 2, FLOAT)
    assert refusal(error) == not_numbers("xs")


def test_what_float32_cannot_hold_becomes_infinite() -> None:
    assert as_inputs([[1e300, -1e300]], 2, np.dtype(np.float32)).tolist() == [[np.inf, -np.inf]]


def test_lengths() -> None:
    assert as_lengths(None, 4, (2,)) is None
    found = as_lengths([1, 4], 4, (2,))
    assert found is not None
    assert found.tolist() == [1, 4]
    alone = as_lengths([3], 4, ())
    assert alone is not None
    assert alone.shape == ()
    assert alone == 3


@pytest.mark.parametrize("given", [[0, 2], [2, 5], [1, 2, 3], [1], [1.0, 2.0], [True, True], 3, [[1, 2]], ["a", "b"], [[1], 2]])
def test_lengths_that_do_not_fit(given: Any) -> None:
    with pytest.raises(NetworkError) as error:
        as_lengths(given, 4, (2,))
    assert refusal(error) == Problem(
        "bad-lengths", f"lengths {given!s} do not fit 2 sequences of 4 steps", {"count": 2, "steps": 4},
        "give a whole number from 1 to 4 for each sequence", field="lengths",
    )  # fmt: skip


def test_the_lengths_of_no_batch() -> None:
    with pytest.raises(NetworkError, match=r"lengths \[5\] do not fit 1 sequences of 4 steps"):
        as_lengths([5], 4, ())


def named(given: dict[str, Any], **options: Any) -> dict[str, Any]:
    return as_named(given, NAMES, WANTED, "parameters", FLOAT, **options)


def test_arrays_by_full_address() -> None:
    found = named({"1.W": [[1, 2, 3], [4, 5, 6]], "b": np.zeros(2, np.float32)})
    assert list(found) == ["main.1.forward.W", "main.1.forward.b"]
    assert all(array.dtype == np.float64 for array in found.values())
    assert named({}) == {}


def test_axes_in_front() -> None:
    assert named({"b": np.zeros((4, 5, 2))}, front=lambda _: (4, 5))["main.1.forward.b"].shape == (4, 5, 2)
    with pytest.raises(NetworkError) as error:
        named({"b": [1, 2]}, front=lambda _: (4, 5))
    assert refusal(error) == shape_problem("b", "(2,)", "(4, 5, 2)")
    assert named({"b": [1, 2]}, front=lambda _: (5,), shared=True)["main.1.forward.b"].tolist() == [1, 2]
    with pytest.raises(NetworkError) as error:
        named({"b": [1, 2, 3]}, front=lambda _: (5,), shared=True)
    assert refusal(error) == shape_problem("b", "(3,)", "(5, 2)")


def test_names_that_are_not_asked_for() -> None:
    with pytest.raises(NetworkError) as error:
        named({"h": [1, 2]})
    assert refusal(error) == Problem(
        "unknown-name", "'h' is not one of the parameters", {"name": "h", "suggestion": ""}, "they are W, b", field="h"
    )


def test_everything_that_is_wrong_at_once() -> None:
    with pytest.raises(NetworkError) as error:
        named({"w": 1, "h": 2, "W": [1, 2], "b": ["?", 1]}, complete=True)
    assert [(p.code, p.field) for p in error.value.problems] == [
        ("unknown-name", "w"), ("unknown-name", "h"), ("bad-shape", "W"), ("not-numbers", "b"),
    ]  # fmt: skip
    assert error.value.problems[2:] == (shape_problem("W", "(2,)", "(2, 3)"), not_numbers("b"))
    assert error.value.problems[0].hint == "did you mean 'W'?"


def test_what_is_missing() -> None:
    with pytest.raises(NetworkError) as error:
        named({}, complete=True)
    assert refusal(error) == Problem(
        "missing-name", "no numbers for W, b", {"names": "W, b"}, "give all parameters", field="W"
    )


def test_what_a_network_is_given() -> None:
    network = Network([Layer(load("lstm"), 2)], 3)
    p, xs = network.initial(), np.zeros((4, 3))
    with pytest.raises(NetworkError, match="'c' is not one of the parameters"):
        network.run({**p, "c": [1, 2]}, xs)
    with pytest.raises(NetworkError, match=r"'W_i' has the shape \(2, 2\), not \(2, 3\)"):
        network.run({**p, "W_i": np.zeros((2, 2))}, xs)
    with pytest.raises(NetworkError, match="no numbers for b_i, W_f"):
        network.run({name: array for name, array in p.items() if name not in ("b_i", "W_f")}, xs)
    with pytest.raises(NetworkError) as error:
        network.run(p, xs, initial={"i": [1, 2]})
    assert refusal(error).message == "'i' is not one of the states"
    assert refusal(error).hint == "they are c, h"
    with pytest.raises(NetworkError) as error:
        network.run(p, xs).gradient({"h": np.zeros((3, 2))})
    assert refusal(error) == shape_problem("h", "(3, 2)", "(4, 2)")
    with pytest.raises(NetworkError, match="'W_i' is not one of the values"):
        network.run(p, xs).gradient({"W_i": np.zeros((2, 3))})
