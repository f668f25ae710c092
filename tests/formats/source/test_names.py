"""Every symbol gets a Python name of its own."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.source.names import Scope, class_name, function_name, gradient_prefix

SYMBOLS = st.from_regex(r"\A[a-z][a-z_]{0,3}(:in|:tanh2?){0,2}\Z")


@given(st.lists(SYMBOLS, unique=True), st.sets(SYMBOLS.map(lambda name: name.replace(":", "_"))))
def test_no_two_symbols_share_a_name(symbols: list[str], taken: set[str]) -> None:
    scope = Scope(taken)
    names = [scope.add(symbol) for symbol in symbols]
    assert len(set(names)) == len(names)
    assert not taken & set(names)
    for name in names:
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
    assert [scope[symbol] for symbol in symbols] == names


def test_a_name_is_kept_where_it_is_free() -> None:
    scope = Scope({"np"})
    assert [scope.add(each) for each in ("i", "i:in", "np", "i_in", "print", "lambda")] == [
        "i", "i_in", "np_", "i_in_", "print_", "lambda_",
    ]  # fmt: skip
    assert scope.add("∂c", "d_c") == "d_c"
    assert "∂c" in scope
    assert "c" not in scope


def test_what_is_no_name_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError, match="gives no Python name"):
        Scope(()).add("a b")


def test_a_gradient_is_told_from_a_symbol() -> None:
    assert gradient_prefix(["c", "h"]) == "d_"
    assert gradient_prefix(["c", "d_n"]) == "dL_"
    assert gradient_prefix(["dL_a", "d_n"]) == "grad_"
    assert gradient_prefix(["dL_a", "d_n", "grad_b"]) == "gradient_of_"


@given(st.text())
def test_any_text_names_a_function_and_a_class(text: str) -> None:
    assert function_name(text).isidentifier()
    assert class_name(text).isidentifier()
    assert function_name(text).isascii()


@pytest.mark.parametrize(
    ("title", "function", "kind"),
    [
        ("simple-rnn", "simple_rnn", "SimpleRnn"),
        ("lstm-1997", "lstm_1997", "Lstm1997"),
        ("", "cell", "Cell"),
        ("3d", "cell_3d", "Cell3d"),
    ],
)
def test_names_of_cells(title: str, function: str, kind: str) -> None:
    assert (function_name(title), class_name(title)) == (function, kind)
