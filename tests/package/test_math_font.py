from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from app.cells import load, names
from app.engine import formulas, symbols_math
from tests.package.math_font import PLACE, made

#: drawn by no font: application of a function, multiplication without a sign
INVISIBLE = set("\u2061\u2062")
LARGEST = 100_000


def covered(data: bytes) -> set[int]:
    return set(TTFont(BytesIO(data)).getBestCmap())


def test_it_can_be_made_again() -> None:
    remade, shipped = TTFont(BytesIO(made())), TTFont(PLACE)
    assert remade.getBestCmap() == shipped.getBestCmap()
    assert remade.getGlyphOrder() == shipped.getGlyphOrder()
    assert len(PLACE.read_bytes()) <= LARGEST


def test_brackets_and_sums_can_grow() -> None:
    variants = TTFont(PLACE)["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    cmap = TTFont(PLACE).getBestCmap()
    assert {cmap[ord(each)] for each in "()[]{}|∑√"} <= set(variants)


def test_it_has_every_sign_of_every_formula() -> None:
    known, italic = covered(PLACE.read_bytes()), {}
    for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"):
        italic[letter] = 0x210E if letter == "h" else 0x1D434 + place
    for place in range(25):
        italic[chr(0x3B1 + place)] = 0x1D6FC + place
    written = 0
    for name in names():
        program = load(name).program
        for math in (*formulas(program).values(), *symbols_math(program).values()):
            for element in ElementTree.fromstring(math).iter():
                text = element.text or ""
                turned = element.tag == "mi" and len(text) == 1 and text in italic
                codes = {italic[text]} if turned else {ord(each) for each in text if each not in INVISIBLE}
                assert codes <= known, (name, text)
                written += len(codes)
    assert written > 1_000
