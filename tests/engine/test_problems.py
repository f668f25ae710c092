from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import CellError, NetworkError, Problem, ProblemError, define, problems, suggestion
from app.engine.expr import Span
from app.engine.problems import describe, listed, problem, split_lines

FUNCTIONS = ("sigmoid", "tanh", "relu", "softmax", "softplus")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("sigmod", "sigmoid"),
        ("SIGMOID", "sigmoid"),
        ("tan", "tanh"),
        ("thanh", "tanh"),
        ("softmx", "softmax"),
        ("softpls", "softplus"),
        ("soft", "softmax"),
        ("sigmoid", "sigmoid"),
        ("q", ""),
        ("", ""),
        ("\0é", ""),
    ],
)
def test_the_nearest_word_is_suggested(word: str, near: str) -> None:
    assert suggestion(word, FUNCTIONS) == near


def test_the_first_of_equally_near_words_is_suggested() -> None:
    assert suggestion("b_x", ["b_i", "b_f"]) == "b_i"
    assert suggestion("b_x", []) == ""


def test_the_work_for_a_suggestion_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    word = "ab" * 20
    assert suggestion(word, [f"{word}c"]) == f"{word}c"
    assert suggestion(f"{word}c", [word]) == ""
    close = 0

    class Counting(SequenceMatcher[str]):
        def ratio(self) -> float:
            nonlocal close
            close += 1
            return super().ratio()

    monkeypatch.setattr(problems, "SequenceMatcher", Counting)
    assert suggestion("ab" * 9, ["ba" * 9] * 500) == "ba" * 9
    assert close == 8


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=5))
def test_a_suggestion_is_a_known_word_or_none(word: str, known: list[str]) -> None:
    near = suggestion(word, known)
    assert near in {*known, ""}
    if word and word in known:
        assert near == word


def test_the_first_dozen_of_many_are_listed() -> None:
    assert listed("abc") == "a, b, c"
    assert listed(str(n) for n in range(12)) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
    assert listed(str(n) for n in range(13)) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ..."
    assert listed([]) == ""


def test_lines_are_those_that_editors_count() -> None:
    assert split_lines("a\nb\r\nc\rd\u2028e\x0bf\x0cg\x85h") == ["a", "b", "c", "d\u2028e\x0bf\x0cg\x85h"]
    assert split_lines("") == [""]
    assert split_lines("a\n") == ["a", ""]


def test_a_problem_with_a_place() -> None:
    found = problem("syntax", "wrong", Span(3, 4, 9), "do it right", text="x", count=2)
    assert found == Problem("syntax", "wrong", {"text": "x", "count": 2}, "do it right", 3, 4, 9)
    assert found.to_data() == {
        "code": "syntax",
        "args": {"text": "x", "count": 2},
        "message": "wrong",
        "hint": "do it right",
        "where": {"line": 3, "start": 4, "end": 9},
    }


def test_unknown_places_are_left_out_of_the_json_form() -> None:
    assert problem("empty", "nothing").to_data()["where"] == {}
    assert Problem("a", "b", file="lesson.toml", field="steps", line=1, start=0, end=0).to_data()["where"] == {
        "file": "lesson.toml", "line": 1, "start": 0, "end": 0, "field": "steps",
    }  # fmt: skip


def test_a_cell_error_shows_every_problem_under_its_line() -> None:
    text = "# mine\ni = sigmod(W @ x)  : gate\nh = i * h_prev / 2"
    with pytest.raises(CellError) as caught:
        define("mine", text)
    assert isinstance(caught.value, ProblemError)
    assert isinstance(caught.value, ValueError)
    assert [p.code for p in caught.value.problems] == ["unknown-function", "bad-character"]
    assert str(caught.value).split("\n") == [
        "line 2: unknown function 'sigmod'",
        "    i = sigmod(W @ x)  : gate",
        "        ^^^^^^",
        "    did you mean 'sigmoid'?",
        "line 3: '/' has no meaning here",
        "    h = i * h_prev / 2",
        "                   ^",
        "    there is no division: multiply by a number such as 0.5",
    ]


def test_problems_without_a_line_are_told_plainly() -> None:
    assert (
        describe([problem("empty", "there is no equation", None, "write one")]) == "there is no equation\n    write one"
    )
    assert describe([Problem("bad-size", "too small", field="units")]) == "units: too small"
    # a place beyond the text is no reason to fail
    assert describe([Problem("a", "b", line=9, start=1, end=2)], "h = x") == "line 9: b"
    # what is missing at the end of a line is shown by one caret
    assert describe([Problem("a", "b", line=1, start=5, end=5)], "h = x") == "line 1: b\n    h = x\n         ^"


def test_the_other_case_is_nearer_than_any_other_letter() -> None:
    assert suggestion("1.C", ["1.i", "1.c", "1.W_i"]) == "1.c"
    assert suggestion("lstm", ["LSTM", "lstn"]) == "LSTM"
    assert suggestion("Tanh", iter(["softmax", "tanh"])) == "tanh"


def test_a_network_error_is_no_cell_error() -> None:
    error = NetworkError([Problem("a", "b"), Problem("c", "d", hint="e")])
    assert str(error) == "b\nd\n    e"
    assert not isinstance(error, CellError)
