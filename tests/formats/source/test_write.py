"""What code can be written of, what is refused, and that no text of a person becomes code."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError, Part, define
from app.formats.source.write import MOST_NUMBERS, TARGETS, code
from tests.formats.source.code_runs import engine, given, numpy_run, run, wirings

PLAIN = Network([Layer(load("simple-rnn"), 2)], 3)


def refusal(network: Network, **options: object) -> str:
    with pytest.raises(NetworkError) as caught:
        code(network, **{"to": "numpy", **options})  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    return f"{problem.code}: {problem.message} | {problem.hint}"


def test_what_is_refused() -> None:
    assert refusal(PLAIN, to="numpi") == "unknown-target: no code can be written for 'numpi' | did you mean 'numpy'?"
    assert refusal(PLAIN, to="c") == "unknown-target: no code can be written for 'c' | write one of numpy, pytorch, keras"
    layer = Layer(load("lstm"), 2)
    two = Network.of([Part([layer], 2, name="encoder"), Part([layer], 2, name="decoder", start="encoder")])
    assert refusal(two) == (
        "code-parts: a network of several parts (encoder, decoder) cannot be written as code"
        " | write each part as a network of its own"
    )
    assert refusal(wirings()["tied"], to="keras") == (
        "code-tied: Keras' layers cannot share single parameters (2.forward.U) | write it for PyTorch or NumPy"
    )
    assert refusal(PLAIN, xs=np.zeros((4, 2, 3))) == (
        "code-example: the example that code runs is one sequence | give an array of the shape (T, inputs)"
    )
    large = Network([Layer(load("simple-rnn"), 200)], 3)
    assert refusal(large, parameters=large.initial()) == (
        f"code-too-large: 40800 numbers are too many to write into code, {MOST_NUMBERS} are allowed"
        " | leave the parameters out: the code takes them by name"
    )


def test_numbers_have_to_fit() -> None:
    assert refusal(PLAIN, parameters={"W": np.zeros((2, 3)), "U": np.zeros((2, 2))}).startswith("missing-name: ")
    assert refusal(PLAIN, xs=np.zeros((4, 2))).startswith("bad-shape: 'xs' has the shape (4, 2), not (T, 3)")
    assert refusal(PLAIN, initial={"c": 0}).startswith("unknown-name: ")


def test_names_may_be_spelt_in_full(tmp_path: Path) -> None:
    """They stand in the source in their short form."""
    numbers = given(PLAIN)
    full = {PLAIN.full(name): array for name, array in numbers.parameters.items()}
    assert code(PLAIN, full, to="numpy") == code(PLAIN, numbers.parameters, to="numpy")


#: labels and headers that would be code if they were not written as what they are
HOSTILE = [
    "coding: utf-7",
    '"""; import os; os.abort() #',
    "'''\\",
    "a\u2028import os; os.abort()",
    "a\x0cimport os; os.abort()",
    "a\x0bb\x85c\x1cd",
    "\u202e reversed \u2066",
    "{0} %s {name}",
    "\\N{BULLET} \\u0022",
    "标签 \U0001f600",
]


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_labels_and_titles_stay_comments(text: str, to: str) -> None:
    """The source is the same program with and without them."""
    line = "h = tanh(W @ x + U @ h_prev)"
    plain = Network([Layer(define("cell", line), 2)], 2, "y[outputs] = V @ h", outputs=2)
    labelled = define("cell", f"# {text}\n# {text}\n{line} : {text}")
    network = Network([Layer(labelled, 2)], 2, f"# {text}\ny[outputs] = V @ h : {text}", outputs=2)
    written = code(network, to=to)
    assert ast.dump(ast.parse(written.encode())) == ast.dump(ast.parse(code(plain, to=to)))
    assert written.isprintable() or all(sign.isprintable() or sign == "\n" for sign in written)
    first = written.splitlines()[0]
    assert first.startswith('"""A network over a sequence, in ')


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", ["import os\nos.abort()", "", "123", "小", "a" * 500, "class", "np", "Network", "forward"])
def test_a_cells_name_becomes_a_name_of_python(name: str, to: str, tmp_path: Path) -> None:
    network = Network([Layer(define(name, "h = tanh(W @ x + U @ h_prev)"), 2)], 2)
    text = code(network, given(network).parameters, to=to)
    ast.parse(text)
    assert "os.abort" not in text
    if to == "numpy":
        numbers = given(network)
        found, _, _ = numpy_run(run(tmp_path, text), numbers)
        assert max(found.apart(engine(network, numbers))) <= 1e-12


#: names that Python, the libraries or the sources themselves use
TAKEN = (
    "np", "xs", "t", "start", "steps", "values", "outside", "given", "parameters", "gradients", "of_parameters", "of_start",
    "self", "torch", "keras", "ops", "states", "lead", "found", "part", "load", "network", "units", "inputs", "dtype",
    "print", "len", "zip", "enumerate", "reversed", "super", "dict", "float", "half", "type", "name", "weights", "h_in", "d_h",
    "h_tanh", "product", "Network", "PLACES", "batch_size", "state_size", "built", "forward", "backward", "call", "T", "size",
    "sequences", "below", "options", "attrgetter", "match", "async_", "x_",
)  # fmt: skip


def crowded() -> Network:
    """A cell whose parameters have all those names, and some of whose lines do."""
    groups = [[name for name in TAKEN if name != "steps"][first::8] for first in range(8)]
    lines = [f"part{n} = {' + '.join(f'{name} * h_prev' for name in group)}" for n, group in enumerate(groups)]
    lines += [f"steps = tanh(W @ x + {' + '.join(f'part{n}' for n in range(8))})", "h = tanh(steps - 0.5 * steps_prev) * np"]
    return Network([Layer(define("crowded", "\n".join(lines)), 2)], 2)


def test_names_that_are_taken_get_others(tmp_path: Path) -> None:
    network = crowded()
    assert set(TAKEN) - {"steps"} <= network.initial().keys()
    numbers = given(network)
    found, _, _ = numpy_run(run(tmp_path, code(network, numbers.parameters, to="numpy")), numbers)
    assert max(found.apart(engine(network, numbers))) <= 1e-12
