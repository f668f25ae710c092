"""The mathematical font of the page: the part of STIX Two Math that formulas use, as a small WOFF2.

    python -m tests.package.math_font

The whole font, under the SIL Open Font License, comes with the package ziamath (STIXTwoMath-Regular.ttf); fontTools takes
the part out. It is written over static/fonts/stix-two-math.woff2, and a test makes it again and compares.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "static" / "fonts" / "stix-two-math.woff2"

#: first and last of ranges that are taken whole
RANGES = (
    (0x20, 0x7E),  # ASCII
    (0x391, 0x3A9), (0x3B1, 0x3C9), (0x3D1, 0x3D1), (0x3D5, 0x3D6), (0x3F0, 0x3F1), (0x3F5, 0x3F5),  # Greek
    (0x1D434, 0x1D467),  # italic letters, which single letters in formulas become
    (0x1D6E2, 0x1D71B),  # italic Greek
)  # fmt: skip
#: operators, accents and letters that stand alone; h is missing among the italic letters and is here
SINGLE = "\u00a0·×÷±°¬¯^~ˆ˜ıℎℓ∂∇∑∏∫√∞∈∀∃∅∝≈≠≡≤≥≪≫⊙⊗⊕⊤⊥∘∗⋅−…⋯⋮′″←→↑↓↔⇒⌊⌋⌈⌉⟨⟩‖∣"
#: what a formula needs besides: sizes of brackets (MATH), and italic corrections come with them
DROPPED = ["GPOS", "fpgm", "prep", "cvt ", "gasp", "DSIG"]


def characters() -> set[int]:
    """The code points that are kept."""
    return {code for first, last in RANGES for code in range(first, last + 1)} | {ord(each) for each in SINGLE}


def made() -> bytes:
    """The font file."""
    package = find_spec("ziamath")
    assert package is not None, "ziamath comes with the extra 'test'"
    assert package.origin is not None
    font = TTFont(Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf", recalcTimestamp=False)
    options = Options()
    options.drop_tables += DROPPED
    options.hinting = False
    options.layout_features = ["ssty", "dtls"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters() & font.getBestCmap().keys())
    subsetter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


if __name__ == "__main__":
    PLACE.write_bytes(made())
    print(f"{PLACE.relative_to(ROOT)}: {PLACE.stat().st_size:,} bytes")
