"""Each function of the language has a row in the table, for NumPy, PyTorch and Keras."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from app.engine import Layer, Network, define
from app.engine.ops import FUNCTIONS as LANGUAGE
from app.engine.ops import OPS
from app.formats.source.functions import BACKWARD, FUNCTIONS
from app.formats.source.write import TARGETS
from tests.formats.source.code_runs import Given, engine, numpy_run, run, source_of

#: what the writer itself knows of the operations that only adjoints have
WRITTEN = {"transpose", "next", "sum", "outside"}


def test_every_function_has_its_row() -> None:
    assert FUNCTIONS.keys() == set(LANGUAGE)
    internal = {name for name, row in OPS.items() if row.form == "internal"}
    assert internal == BACKWARD.keys() | WRITTEN


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_row_is_python(name: str, to: str) -> None:
    form = FUNCTIONS[name].form(to)
    filled = form.format("a", "b", "c", now="t", size="n", periods="1, 2", like="x")
    ast.parse(filled, mode="eval")
    helper = FUNCTIONS[name].helper.get(to)
    if helper is not None:
        (function,) = ast.parse(helper).body
        assert isinstance(function, ast.FunctionDef)
        assert function.name == name
        assert ast.get_docstring(function)
        assert form.startswith(f"{name}(")


EXTREMES = np.array([-1000.0, -745.0, -40.0, -20.0, -1.0, -1e-9, 0.0, 1e-9, 1.0, 20.0, 40.0, 745.0])


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if OPS[name].form == "function"])
def test_values_and_slopes_are_right_in_the_tails(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    call = f"{name}(b * x, -20, 20)" if name == "clip" else f"{name}(b * x)"
    network = Network([Layer(define("cell", f"h[inputs] = {call}"), 1)], len(EXTREMES))
    xs = EXTREMES[None] if name != "exp" else EXTREMES[None] / 2
    numbers = Given({"b": np.ones(len(EXTREMES))}, xs, {}, {"h": np.ones((1, len(EXTREMES)))})
    found, _, _ = numpy_run(source_of(tmp_path_factory.mktemp("tails"), network, numbers, "numpy"), numbers)
    expected = engine(network, numbers)
    assert np.allclose(found.values["h"], expected.values["h"], rtol=1e-14, atol=1e-300)
    assert np.allclose(found.gradients["x"], expected.gradients["x"], rtol=1e-12, atol=1e-300)


def test_clocks_and_masks(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "import numpy as np\n" + "".join(FUNCTIONS[name].helper["numpy"] for name in ("every", "slower"))
    namespace = run(tmp_path_factory.mktemp("patterns"), text)
    steps = [namespace["every"](t, 6, 1, 2, 4).tolist() for t in range(5)]
    assert steps == [[1] * 6, [1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 0], [1] * 6]
    assert namespace["slower"](3, 1, 2, 4).tolist() == [[1, 1, 1], [0, 1, 1], [0, 0, 1]]
