"""Numbers as the page writes them, worked out a second time in Python."""

from __future__ import annotations

RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def _minus(text: str) -> str:
    return text.replace("-", "−")


def result(value: float | str) -> str:
    """Five significant digits, zeros too; powers of ten for what is very large or very small."""
    if isinstance(value, str):
        return {"inf": "∞", "-inf": "−∞", "nan": "NaN"}[value]
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 1e6 or size < 5e-6:
        mantissa, exponent = f"{value:.{2 if size >= 1e6 else 1}e}".split("e")
        return f"{_minus(mantissa)}·10{str(int(exponent)).translate(RAISED)}"
    if size < 1:
        return _minus(f"{value:.5f}")
    return _minus(f"{value:.0f}" if size >= 1e5 else f"{value:#.5g}".rstrip("."))
