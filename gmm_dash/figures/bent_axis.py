"""Axes of points: straight ones as Plotly draws them, bent ones with ticks in original values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures import frame
from gmm_dash.results.transforms import back, forward

if TYPE_CHECKING:
    from gmm_dash.results import Projection
    from gmm_dash.theme import Look

NAMES: Final = {"log": "log scale", "sqrt": "square-root scale", "asinh": "signed log scale"}
_MOST: Final = 9  # ticks on an axis
_APART: Final = 1 / 11  # of an axis between two of them
_DECADE: Final = 12.0  # ratio of the ends beyond which ticks stand at powers of ten
_LARGEST: Final = 250  # power of ten that an axis may reach


def axis(
    look: Look, projection: Projection, which: int, ends: tuple[float, float], **more: Any
) -> dict[str, Any]:
    """Return one axis of a plot of points.

    Parameters
    ----------
    look : Look
    projection : Projection
    which : int
        0 for the horizontal axis, 1 for the vertical one.
    ends : tuple of float
        In plot coordinates.
    """
    title = titled(projection, which)
    made = frame.axis(look, title, range=list(ends), **more)
    if ticks := ticks_of(projection, which, ends):
        values, texts = zip(*ticks, strict=True)
        made |= {"tickmode": "array", "tickvals": list(values), "ticktext": list(texts)}
    return made


def titled(projection: Projection, which: int) -> str:
    """Return an axis' title, with the scale where it is bent."""
    bend, title = projection.bends[which], projection.titles[which]
    return f"{title} ({NAMES[bend]})" if bend else title


def ticks_of(
    projection: Projection, which: int, ends: tuple[float, float]
) -> list[tuple[float, str]]:
    """Return where ticks stand on a bent axis, and what they say; none for a straight one."""
    bend = projection.bends[which]
    if not bend:
        return []
    low, high = ends
    if bend == "sqrt":
        low = max(low, 0.0)
    with np.errstate(over="ignore"):
        first, last = (float(back(bend, end)) for end in (low, high))
    if not (math.isfinite(first) and math.isfinite(last)) or max(-first, last) > 10.0**_LARGEST:
        return []
    found: list[float] = []
    for value in _round_numbers(first, last):
        at = float(forward(bend, value))
        near = any(abs(at - other) < _APART * (high - low) for other in found)
        if low <= at <= high and not near and len(found) < _MOST:
            found.append(at)
    return [(at, _written(float(back(bend, at)))) for at in sorted(found)]


def _round_numbers(first: float, last: float) -> list[float]:
    """Return round numbers between two values, those that matter most first."""
    within = [value for value in _decades(first, last) if first <= value <= last]
    wide = first < 0 < last or first == 0 or last == 0 or last / first > _DECADE
    if first < 0 and last < 0:
        wide = first / last > _DECADE
    return within if wide else [*_even(first, last), *within]


def _decades(first: float, last: float) -> list[float]:
    """Return zero, powers of ten of both signs, and then their fives and twos."""
    largest = max(abs(first), abs(last), 1e-300)
    smallest = min(abs(first), abs(last)) if first * last > 0 else min(largest / 1e6, 1.0)
    top, bottom = math.floor(math.log10(largest)), math.floor(math.log10(max(smallest, 1e-300)))
    step = max(1, math.ceil((top - bottom) / _MOST))
    powers = [10.0**power for power in range(top, bottom - 1, -step)]
    sized = [m * power for m in (1, 5, 2) for power in powers]
    return [0.0, *(sign * value for value in sized for sign in (1, -1))]


def _even(first: float, last: float) -> list[float]:
    """Return round numbers at equal distances."""
    rough = (last - first) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(m for m in (1, 2, 5, 10) if m * power >= rough)
    start = math.ceil(first / step)
    return [step * i for i in range(start, start + 8) if step * i <= last]


def _written(value: float) -> str:
    """Return a tick's number without the dust of being bent and bent back."""
    rounded = float(f"{value:.6g}")
    if rounded and (abs(rounded) >= 1e6 or abs(rounded) < 1e-4):
        mantissa, power = f"{rounded:.2e}".split("e")
        text = f"{float(mantissa):g}e{int(power)}"
    else:
        text = f"{0.0 if abs(rounded) < 1e-12 else rounded:,.10g}"
    return text.replace("-", "\N{MINUS SIGN}")
