"""Markdown becomes HTML that is safe to insert and whose symbols can be lit up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.markup import Symbol, make_markdown, plain, render

SYMBOLS = {
    "c": Symbol("main.1.forward.c"),
    "c_prev": Symbol("main.1.forward.c_prev"),
    "f": Symbol("main.1.forward.f"),
    "W_i": Symbol("main.1.forward.W_i"),
    "x₂": Symbol("main.0.forward.x", 1),
    "∂c": Symbol("main.1.forward.∂c"),
    "f:in": Symbol("main.1.forward.f:in"),
}


def html(text: str) -> str:
    markdown = make_markdown()
    return render(markdown, markdown.parse(text), SYMBOLS.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`c`", '<var data-name="main.1.forward.c">c</var>'),
        ("` c `", '<var data-name="main.1.forward.c">c</var>'),
        ("`W_i`", '<var data-name="main.1.forward.W_i">W<sub>i</sub></var>'),
        ("`x₂`", '<var data-name="main.0.forward.x" data-unit="1">x₂</var>'),
        ("`∂c`", '<var data-name="main.1.forward.∂c">∂c</var>'),
        ("`f:in`", '<var data-name="main.1.forward.f:in">f:in</var>'),
        (
            "`c = f * c_prev`",
            '<code class="formula"><var data-name="main.1.forward.c">c</var> = '
            '<var data-name="main.1.forward.f">f</var> * '
            '<var data-name="main.1.forward.c_prev">c<sub>t−1</sub></var></code>',
        ),
        ("`tanh(c)`", '<code class="formula">tanh(<var data-name="main.1.forward.c">c</var>)</code>'),
        ("`q`", "<code>q</code>"),
        ("`c and f`", "<code>c and f</code>"),
        ("`c < d & e`", "<code>c &lt; d &amp; e</code>"),
        ("`c; f`", "<code>c; f</code>"),
        ("**keep**", "<strong>keep</strong>"),
        ("[a](https://b.c)", '<a href="https://b.c">a</a>'),
        ("[a](?lesson=b)", '<a href="?lesson=b">a</a>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](data:text/html,x)", "[a](data:text/html,x)"),
        ("[a](//b.c)", "[a](//b.c)"),
        ("<b>x</b><script>y</script>", "&lt;b&gt;x&lt;/b&gt;&lt;script&gt;y&lt;/script&gt;"),
        ("![a](https://b.c)", '!<a href="https://b.c">a</a>'),
        ("记住\n一个数", "记住一个数"),
        ("keep\none", "keep\none"),
        ("记住：\n`c`", '记住：<var data-name="main.1.forward.c">c</var>'),
        ("记住\n`c`", '记住\n<var data-name="main.1.forward.c">c</var>'),
    ],
)
def test_a_paragraph(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_tables_and_lists_may_be_written() -> None:
    assert "<td>" in html("| a |\n| - |\n| b |")
    assert "<li>" in html("- a\n- b")


def test_words_without_markup() -> None:
    [_, inline, _] = make_markdown().parse("What `c` *is*\n[now](https://a.b)")
    assert plain(inline) == "What c is now"


ALLOWED = {
    "p", "var", "code", "sub", "em", "strong", "a", "ul", "ol", "li", "blockquote", "pre", "hr", "br",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            ["<script>", "<img onerror=x>", "`", "c", "[a]", "(javascript:x)", "(https://a)", "![", "*", "\n", "    ", "&lt;", '"',
             "'", "](", "<https://a.b>", "<javascript:x>", "|", "-", "#", "> ", "记", "\\"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_no_text_gives_other_elements_or_unsafe_links(text: str) -> None:
    given = html(text)
    assert {name.lower() for name in re.findall(r"</?([a-zA-Z0-9]+)", given)} <= ALLOWED
    assert not re.search(r'href="(?!https?://|mailto:|#|\?)', given)
    assert not re.search(r"<[^>]*\son\w+=", given)
