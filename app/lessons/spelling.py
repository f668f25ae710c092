"""Numbers as a text tells them: two decimals unless it asks for others, a real minus sign, powers of ten written out."""

from __future__ import annotations

import math

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGE = 1e6
#: nearer to a whole number than this, a computed number is one
_WHOLE = 1e-9


def spell(value: float, digits: int | None = None) -> str:
    """16, 7.00, 0.0034 with four digits, 5.7·10⁻³⁹ where decimals would show nothing."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= _LARGE:
        return _power(value, 2)
    if digits is None and abs(value - round(value)) < _WHOLE and (size > 0.5 or value == 0):
        return _minus(f"{value:.0f}")
    if digits is None and 0 < size < 0.005:
        return _power(value, 1)
    return _minus(f"{value:.{2 if digits is None else digits}f}")


def _power(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    return f"{_minus(mantissa)}·10{str(int(exponent)).translate(_RAISED)}"


def _minus(text: str) -> str:
    return text.replace("-", "−") if float(text) else text.removeprefix("-")
