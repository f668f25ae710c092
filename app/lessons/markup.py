"""Markdown to HTML that is safe to insert, with the network's symbols marked so that the page can light them up.

Raw HTML is shown as text, pictures are left out (a page loads nothing from outside), links lead to the web, by mail,
or within the page. A symbol in backticks becomes <var data-name="main.1.forward.c">c</var>; several of them with
signs between, a formula: <code class="formula"> with <var> inside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_LINK = re.compile(r"(?:https?://|mailto:|[#?])", re.IGNORECASE)
_WORD = re.compile(r"∂?[A-Za-z][A-Za-z0-9_]*[₀-₉]*(?::[A-Za-z0-9:]+)?")
_SIGNS = re.compile(r"[\s\d.()\[\]+\-−·×⊙*/@=≈<>,σ₀-₉]*\Z")


#: a layer's direction as a sign; the readout is known by its letters
_WAYS = {"forward": "→", "backward": "←"}
READOUT = "readout"


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a word in backticks stands for: an address, or one unit (from 0) of it."""

    address: str
    unit: int | None = None


#: finds the symbol that a word stands for
Lookup = Callable[[str], Symbol | None]


def make_markdown() -> MarkdownIt:
    """A fresh parser and renderer; nothing is shared between lessons."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = lambda url: bool(_LINK.match(url.strip()))  # type: ignore[method-assign]
    markdown.add_render_rule("code_inline", _code)
    markdown.add_render_rule("number_inline", _number)
    markdown.add_render_rule("softbreak", _softbreak)
    return markdown


def render(markdown: MarkdownIt, tokens: Sequence[Token], lookup: Lookup) -> str:
    """The HTML of some blocks."""
    return str(markdown.renderer.render(list(tokens), markdown.options, {"lookup": lookup})).strip()


#: what stands for a text in backticks that begins with "=", given the rest of it and its line
Quote = Callable[[str, int], str]


def quoted(tokens: Sequence[Token], quote: Quote) -> list[Token]:
    """The same blocks, every `=...` in them being the number that it names."""
    found: list[Token] = []
    for token in tokens:
        if token.children and any(_names_number(child) for child in token.children):
            token = token.copy(children=list(_quoted(token, quote)))
        found.append(token)
    return found


def _names_number(token: Token) -> bool:
    return token.type == "code_inline" and token.content.strip().startswith(("=", "＝"))


def _quoted(block: Token, quote: Quote) -> Iterator[Token]:
    line = block.map[0] + 1 if block.map else 1
    for child in block.children or ():
        line += "break" in child.type
        if _names_number(child):
            said = quote(child.content.strip()[1:].strip(), line)
            child = Token("number_inline", "", 0, content=said)
        yield child


def plain(token: Token) -> str:
    """The words of an inline token, without any markup."""
    said = "".join(" " if "break" in each.type else each.content for each in token.children or ())
    return " ".join(said.split())


def _code(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    text = tokens[index].content.strip()
    lookup: Lookup = env["lookup"]
    whole = _variable(text, lookup)
    if whole:
        return whole
    parts: list[str] = []
    end = found = 0
    for word in _WORD.finditer(text):
        mark = _variable(word[0], lookup)
        if not mark and not _is_function(text, word):
            return f"<code>{escapeHtml(text)}</code>"
        parts += [escapeHtml(text[end : word.start()]), mark or escapeHtml(word[0])]
        found += bool(mark)
        end = word.end()
    if not found or not _SIGNS.match(_WORD.sub("", text)):
        return f"<code>{escapeHtml(text)}</code>"
    return f'<code class="formula">{"".join(parts)}{escapeHtml(text[end:])}</code>'


def _number(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    return f'<span class="number">{escapeHtml(tokens[index].content)}</span>'


def _is_function(text: str, word: re.Match[str]) -> bool:
    return text[word.end() : word.end() + 1] == "("


def _variable(word: str, lookup: Lookup) -> str:
    symbol = lookup(word)
    if symbol is None:
        return ""
    unit = "" if symbol.unit is None else f' data-unit="{symbol.unit}"'
    *place, letters = word.split(".")
    base, _, index = letters.partition("_")
    index = "t−1" if index == "prev" else index
    below = f"<sub>{escapeHtml(index)}</sub>" if index else ""
    layer = " ".join(_WAYS.get(each, each) for each in place if each != READOUT)
    above = f"<sup>{escapeHtml(layer)}</sup>" if layer else ""
    return f'<var data-name="{escapeHtml(symbol.address)}"{unit}>{escapeHtml(base)}{below}{above}</var>'


def _softbreak(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    """A line break in the file is a space on the page, but none stands within Chinese or after its punctuation."""
    before = tokens[index - 1].content[-1:] if index else ""
    after = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
    joined = (_is_wide(before) and _is_wide(after)) or _is_wide_point(before) or _is_wide_point(after)
    return "" if joined else "\n"


def _is_wide(sign: str) -> bool:
    return bool(sign) and unicodedata.east_asian_width(sign) in "WF"


def _is_wide_point(sign: str) -> bool:
    return _is_wide(sign) and unicodedata.category(sign).startswith("P")
