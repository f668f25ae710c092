"""What the page's files may hold: colours and sizes in one place, no inline script or style, nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import faults, files, nothing, read, without_comments

TOKENS = "static/css/tokens.css"
STYLES = [path for path in files("static", ".css") if path.as_posix() != TOKENS]
SCRIPTS = files("static", ".js")
TEMPLATES = [*files("templates", ".html"), *files("app", ".html")]
MARKUP = "static/draw/markup.js"

COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\("
NAMED = r"(?<![\w-])(?:white|black|red|green|blue|orange|gray|grey|gold|teal|purple|yellow|silver|navy)(?![\w-])"
# Shares of something else (%, fr, view-port units, ch, em of the letters beside it) are not sizes of their own.
SIZE = r"(?<![\w.#])(?<!\w-)\d*\.?\d+(?:px|rem|pt|cm|mm|in|pc)\b"
DURATION = r"(?<![\w.#])(?<!\w-)\d*\.?\d+m?s\b"
# The names of the SVG and MathML name spaces look like addresses and are none.
OUTSIDE = r"(?:https?:|wss?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+"


def declarations(text: str) -> str:
    """A style sheet without comments and without the conditions of @media, where custom properties may not stand."""
    text = without_comments(text, line=None)
    return re.sub(r"@(?:media|container|supports|property)[^{]*", lambda found: re.sub(r"[^\n]", " ", found[0]), text)


@pytest.mark.parametrize("path", STYLES, ids=str)
def test_tokens_alone_define_colours_sizes_and_durations(path: Path) -> None:
    text = declarations(read(path))
    values = re.sub(r"(?m)^[^:{}]*\{", lambda found: " " * len(found[0]), text)
    nothing(faults(path, values, rf"{COLOUR}|{NAMED}|{SIZE}|{DURATION}"))


@pytest.mark.parametrize("path", SCRIPTS, ids=str)
def test_scripts_hold_no_colours(path: Path) -> None:
    literals = r"""["'`](?:#[0-9a-fA-F]{3,8}|(?:rgb|hsl|oklch|oklab|lab)a?\()"""
    nothing(faults(path, without_comments(read(path)), literals))


@pytest.mark.parametrize("path", SCRIPTS, ids=str)
def test_markup_is_made_in_one_place(path: Path) -> None:
    ways = r"\.(?:innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML"
    if path.as_posix() != MARKUP:
        nothing(faults(path, without_comments(read(path)), ways))
    nothing(faults(path, without_comments(read(path)), r"\beval\(|\bnew Function\b|setAttribute\(\s*[\"']style[\"']"))


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_have_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", read(path), flags=re.DOTALL)
    nothing(faults(path, text, r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", flags=re.IGNORECASE))
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, flags=re.DOTALL | re.IGNORECASE):
        assert not body.strip() or 'type="application/json"' in attributes, f"{path}: a script stands in the page"


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_have_relative_addresses_only(path: Path) -> None:
    nothing(faults(path, read(path), r"(?:href|src|action)\s*=\s*[\"']/[^\"']*", flags=re.IGNORECASE))


@pytest.mark.parametrize("path", [*files("static"), *TEMPLATES, *files("app", ".css")], ids=str)
def test_nothing_comes_from_outside(path: Path) -> None:
    if path.suffix in {".js", ".css", ".html", ".svg", ".json", ".webmanifest"}:
        nothing(faults(path, read(path), OUTSIDE, flags=re.IGNORECASE))
