"""Numbers as people read them."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
NONE = "–"
_TINY, _HUGE = 1e-4, 1e9
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown(value: float | None, digits: int = 4) -> str:
    """Return ``value`` with about ``digits`` significant digits, or a dash for no value.

    Large numbers keep every digit before the point and get thin separators; tiny and
    huge ones are written with a power of ten, ``"1.5 × 10¹²"``; what a double cannot hold is ∞.
    """
    if value is None or math.isnan(value):
        return NONE
    if value == 0:
        return "0"
    size = abs(value)
    if math.isinf(size):
        text = "∞"
    elif size >= _HUGE or size < _TINY:
        mantissa, power = f"{size:.{digits - 2}e}".split("e")
        text = f"{_trimmed(mantissa)} × 10{str(int(power)).translate(_RAISED)}"
    else:
        decimals = max(0, min(4, digits - 1 - math.floor(math.log10(size))))
        text = f"{size:,.{decimals}f}"
    return MINUS + text if value < 0 else text


def _trimmed(mantissa: str) -> str:
    return mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa


def finite(value: float) -> float | None:
    """Return a score, None for one without bounds: a mixture without any width has no density."""
    return value if math.isfinite(value) else None


def whole(value: float) -> str:
    """Return a number without decimals, with thin separators."""
    return f"{value:,.0f}".replace("-", MINUS)


def percent(share: float) -> str:
    """Return a share with two significant digits, ``"33 %"``, ``"5 %"`` or ``"0.33 %"``."""
    return f"{shown(100 * share, 2).removesuffix('.0')} %"


def the_labels(labelled: int, n: int) -> str:
    """Return ``"The labels"``, or ``"The labels of 20 of 60 points"`` where some have none."""
    return "The labels" if labelled == n else f"The labels of {labelled:,} of {n:,} points"


def counted(n: int, one: str, many: str | None = None) -> str:
    """Return ``"1 point"`` or ``"1,204 points"``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
