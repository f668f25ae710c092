"""An outline against its network: everything that does not fit, at its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.lessons.binding import bind
from app.lessons.faults import Report
from tests.lessons.writing import SEQUENCE, TOML, changed, found, write


def test_names_become_addresses_and_numbers_fill_shapes(tmp_path: Path) -> None:
    report = Report("mine")
    lesson = bind(write(tmp_path / "mine"), report)
    assert report.problems == []
    assert lesson is not None
    record = lesson.experiment()
    assert record["parameters"]["values"] == {
        "main.1.forward.b_f": [3, 3],
        "main.readout.forward.V": [[1, -1]],
    }
    assert record["initial"] == {"main.1.forward.c": [0.5, 0.5]}
    assert record["backward"] == {"of": "main.1.forward.c", "step": 3, "unit": None}
    document = lesson.document()
    first, second, back = document["beats"]
    assert first["spotlight"] == ["main.1.forward.i", "main.1.forward.W_i"]
    assert second["spotlight"] == []
    assert second["set"] == {"main.1.forward.b_i": [2, 2]}
    prediction: dict[str, Any] = second["prediction"]
    assert (prediction["of"], prediction["step"], prediction["unit"], prediction["choices"]) == (
        "main.1.forward.c", 3, 1, None,
    )  # fmt: skip
    assert (back["direction"], back["prediction"]) == ("backward", None)
    view = document["view"]
    assert view["rows"] == view["gradients"] == ["main.1.forward.h", "main.1.forward.c", "main.0.forward.x"]
    assert view["ranges"] == {"main.1.forward.c": 2}
    assert view["input_names"] == ["a", "b"]
    assert view["wall"] is None


def test_what_a_view_leaves_out_is_chosen(tmp_path: Path) -> None:
    toml = changed(TOML, '[view]\nrows = ["h", "c", "x"]\n\n[view.ranges]\nc = 2\n', '[view]\nspotlight = ["h", "c"]\n')
    lesson = bind(write(tmp_path / "mine", toml), Report("mine"))
    assert lesson is not None
    document = lesson.document()
    assert document["view"]["rows"] == [
        "main.readout.forward.p",
        *(f"main.1.forward.{name}" for name in "hcgofi"),
        "main.0.forward.x",
    ]
    assert [beat["spotlight"] for beat in document["beats"]] == [
        ["main.1.forward.i", "main.1.forward.W_i"],
        ["main.1.forward.h", "main.1.forward.c"],
        ["main.1.forward.h", "main.1.forward.c"],
    ]


def test_gradient_rows_have_no_state_before(tmp_path: Path) -> None:
    toml = changed(TOML, 'rows = ["h", "c", "x"]', 'rows = ["c", "c_prev"]')
    lesson = bind(write(tmp_path / "mine", toml), Report("mine"))
    assert lesson is not None
    view = lesson.document()["view"]
    assert view["rows"] == ["main.1.forward.c", "main.1.forward.c_prev"]
    assert view["gradients"] == ["main.1.forward.c"]


PRESETS = '[[presets]]\nid = "long"\ninputs = [[1, 0], [0, 1], [0, 0]]\n[[presets]]\nid = "short"\ninputs = [[1, 0]]\n'

FAULTS = [
    ("b_f = 3", "b_ff = 3", "unknown-name", 11, "nothing here is called 'b_ff'", "did you mean 'b_f'?"),
    ("b_f = 3", "c = 3", "wrong-kind-of-symbol", 11, "'c' is not a weight",
     "there are: U_f, U_g, U_i, U_o, W_f, W_g, W_i, W_o, b_f, b_g, b_i, b_o"),
    ("b_f = 3", "b_f = [1, 2, 3]", "wrong-shape", 11, "'b_f' is a list of 3, it has to be a list of 2",
     "write 2 numbers in one pair of brackets, or a single number for all"),
    ("b_f = 3", "b_f = 3\nmain.1.forward.b_f = 4", "weight-twice", 12, "'main.1.forward.b_f' is given twice",
     "keep one of them"),
    ("V = [[1, -1]]", "V = [[1, -1, 0]]", "wrong-shape", 12, "'readout.V' is 1 × 3, it has to be 1 × 2",
     "write [[0, 0]], or a single number for all"),
    ("c = [0.5, 0.5]", "o = 1", "wrong-kind-of-symbol", 15, "'o' is not a state", "there are: c, h"),
    ('names = ["a", "b"]', 'names = ["a"]', "wrong-width", 18, "'names' has 1 names, the network has 2 inputs",
     "give one name for each input"),
    ("    [0, 1],\n", "    [0, 1, 2],\n", "wrong-width", 21, "step 2 has 3 numbers, the network takes 2",
     "give one number for each input, or change 'inputs' below [sizes]"),
    ('of = "c"\nstep = 3\n\n[view]', 'of = "W_i"\nstep = 3\n\n[view]', "wrong-kind-of-symbol", 26, "'W_i' is not a value",
     "there are: c, c_prev, f, f:in, g, g:in, h, h:tanh, h_prev, i, i:in, o"),
    ('step = 3\n\n[view]', 'step = 4\n\n[view]', "no-such-step", 27, "there is no step 4: the sequence has 3",
     "choose a step from 1 to 3"),
    ('step = 3\n\n[view]', 'step = 3\nunit = 3\n\n[view]', "no-such-unit", 28,
     "there is no unit 3: 'main.1.forward.c' has 2", "choose one from 1 to 2"),
    ('rows = ["h", "c", "x"]', 'rows = ["h"]\nunit = 3', "no-such-unit", 31,
     "there is no unit 3: the lowest layer has 2", "choose one from 1 to 2"),
    ('rows = ["h", "c", "x"]', 'rows = ["h", "q"]', "unknown-name", 30, "nothing here is called 'q'",
     "known are x, i:in, i, f:in, f, o:in, o, g:in, g, c, h:tanh, h, W_i, U_i, b_i, W_f, U_f, b_f, W_o, U_o, b_o, W_g, "
     "U_g, b_g, c_prev, h_prev, readout.p, readout.V"),
    ("c = 2\n", "W_i = 2\n", "wrong-kind-of-symbol", 33, "'W_i' is not a value",
     "there are: c, c_prev, f, f:in, g, g:in, h, h:tanh, h_prev, i, i:in, o"),
    ('["i", "W_i"]', '["i", "W_ii"]', "unknown-name", 38, "nothing here is called 'W_ii'", "did you mean 'W_i'?"),
    ("step = 2\n", "step = 4\n", "no-such-step", 42, "there is no step 4: the sequence has 3",
     "choose a step from 1 to 3"),
    ("b_i = 2", "b_i = [2]", "wrong-shape", 44, "'b_i' is a list of 1, it has to be a list of 2",
     "write 2 numbers in one pair of brackets, or a single number for all"),
    ("step = 1\n", 'step = 1\npreset = "long"\n', "unknown-preset", 38, "the lesson has no preset 'long'",
     "there are none"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(tmp_path: Path, old: str, new: str, code: str, line: int, message: str, hint: str) -> None:
    problems = [(each.code, each.line, each.message, each.hint) for each in found(tmp_path, changed(TOML, old, new))]
    assert (code, line, message, hint) in problems


def test_all_faults_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    toml = changed(changed(changed(TOML, "b_f = 3", "b_f = []"), "step = 2\n", "step = 9\n"), '["i", "W_i"]', '["k"]')
    assert [(each.code, each.line) for each in found(tmp_path, toml)] == [
        ("wrong-shape", 11),
        ("unknown-name", 38),
        ("no-such-step", 42),
        ("too-early", 47),
    ]


def test_a_beat_for_every_sequence_has_to_fit_into_each(tmp_path: Path) -> None:
    toml = changed(TOML, SEQUENCE, "")
    toml = changed(toml, '[[beats]]\nid = "first"', f'{PRESETS}\n[[beats]]\nid = "first"')
    problems = found(tmp_path, toml)
    assert ("there is no step 2: the sequence has 1", 44) in [(each.message, each.line) for each in problems]
    toml = changed(toml, 'id = "second"', 'id = "second"\npreset = "long"')
    problems = found(tmp_path, toml)
    assert "there is no step 2: the sequence has 1" not in [each.message for each in problems]


def test_a_preset_of_another_width_or_length(tmp_path: Path) -> None:
    toml = changed(TOML, SEQUENCE, "")
    toml = changed(toml, '[[beats]]\nid = "first"', f'{PRESETS}\n[[beats]]\nid = "first"')
    toml = changed(toml, 'inputs = [[1, 0]]', 'inputs = [[1]]\n[presets.backward]\nof = "c"\nstep = 2')
    problems = [(each.message, each.line) for each in found(tmp_path, toml)]
    assert ("step 1 has 1 numbers, the network takes 2", 35) in problems
    assert ("there is no step 2: the sequence has 1", 38) in problems
