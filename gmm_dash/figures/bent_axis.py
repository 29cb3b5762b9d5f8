"""Axes of points: straight ones as Plotly draws them, bent ones with ticks in original values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from gmm_dash.contract.names import SCALE_NAMES
from gmm_dash.figures import frame
from gmm_dash.results.transforms import back, forward

Ranges: TypeAlias = "Sequence[Sequence[float]]"

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.results import Projection
    from gmm_dash.theme import Look

_MOST: Final = 7  # ticks on an axis
_APART: Final = 1 / 8  # of an axis between two of them
_DECADE: Final = 12.0  # ratio of the ends beyond which ticks stand at powers of ten
_LARGEST: Final = 1e250  # beyond it no axis goes


def axis(
    look: Look, projection: Projection, which: int, ranges: Ranges, **more: Any
) -> dict[str, Any]:
    """Return one axis of a plot of points.

    Parameters
    ----------
    look : Look
    projection : Projection
    which : int
        0 for the horizontal axis, 1 for the vertical one.
    ranges : two pairs of float
        Lowest and highest value of both axes, in plot coordinates.
    """
    title = titled(projection, which)
    made = frame.axis(look, title, range=list(ranges[which]), **more)
    if ticks := ticks_of(projection, which, ranges):
        values, texts = zip(*ticks, strict=True)
        made |= {"tickmode": "array", "tickvals": list(values), "ticktext": list(texts)}
    return made


def titled(projection: Projection, which: int) -> str:
    """Return an axis' title, with the scale where it is bent."""
    bend, title = projection.bends[which], projection.titles[which]
    return f"{title} ({SCALE_NAMES[bend]})" if bend else title


def ticks_of(projection: Projection, which: int, ranges: Ranges) -> list[tuple[float, str]]:
    """Return where ticks stand on a bent axis, and what they say; none for a straight one.

    They go on beyond both ends, as a plot shows more than was asked for where both axes have the
    same scale and one of them reaches farther.
    """
    bend, (low, high) = projection.bends[which], ranges[which]
    if not bend or not high > low:
        return []
    if bend == "sqrt":
        low = max(low, 0.0)
    crowd = _crowd(projection, which, ranges)
    first, last = _original(bend, low), _original(bend, high)
    beyond = (max(low - (high - low), 0.0) if bend == "sqrt" else 2 * low - high, 2 * high - low)
    wide = tuple(_original(bend, end) for end in beyond)
    found: list[float] = []
    for value in _round_numbers(first, last, wide, crowd):
        if value <= 0 if bend == "log" else value < 0 and bend == "sqrt":
            continue
        at = float(forward(bend, value))
        near = any(abs(at - other) < crowd * _APART * (high - low) for other in found)
        if beyond[0] <= at <= beyond[1] and not near:
            found.append(at)
    return [(at, _written(float(back(bend, at)))) for at in sorted(found)]


def _crowd(projection: Projection, which: int, ranges: Ranges) -> float:
    """Return how many times its own range an axis shows in a square plot, at least one."""
    if projection.scale_ratio is None:
        return 1.0
    x, y = (high - low for low, high in ranges)
    other = (y * projection.scale_ratio) / x
    return max(1.0, other if which == 0 else 1 / other)


def _original(bend: str, at: float) -> float:
    """Return a place on a bent axis in original values, as far as numbers reach."""
    with np.errstate(over="ignore"):
        return float(np.clip(back(bend, at), -_LARGEST, _LARGEST))


def _round_numbers(first: float, last: float, wide: tuple[float, ...], crowd: float) -> list[float]:
    """Return round numbers for an axis from ``first`` to ``last``, those that matter most first.

    They fill ``wide`` at the distances that suit the axis itself.
    """
    opposite = first <= 0 <= last
    small, large = sorted((abs(first), abs(last)))
    if opposite or large > _DECADE * small:
        return _decades(small if not opposite else 0.0, large, wide, crowd)
    step = _step(crowd * (last - first))
    # beyond the axis itself equal distances may be countless: there powers of ten must do
    places = range(math.ceil(first / step) - _MOST, math.floor(last / step) + _MOST + 1)
    even = [step * i for i in places]
    return [*even, *_decades(small, large, wide, crowd)]


def _decades(small: float, large: float, wide: tuple[float, ...], crowd: float) -> list[float]:
    """Return zero, powers of ten of both signs, and then their fives and twos."""
    reach = max(abs(wide[0]), abs(wide[1]), 1e-300)
    least = small or min(large / 1e6, 1.0)
    outer = min(abs(wide[0]), abs(wide[1])) if wide[0] * wide[1] > 0 else least
    power = math.floor(math.log10(max(large, 1e-300)))
    span = power - math.floor(math.log10(max(least, 1e-300)))
    step = max(1, math.ceil(crowd * span / _MOST))
    top, bottom = math.floor(math.log10(reach)), math.floor(math.log10(max(outer, 1e-300)))
    powers = [10.0**p for p in range(bottom, top + 1) if (p - power) % step == 0]
    sized = [m * one for m in (1, 5, 2) for one in reversed(powers)]
    return [0.0, *(sign * value for value in sized for sign in (1, -1))]


def _step(length: float) -> float:
    """Return a round distance that cuts a length into about five."""
    rough = length / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(m for m in (1, 2, 5, 10) if m * power >= rough)


def _written(value: float) -> str:
    """Return a tick's number without the dust of being bent and bent back."""
    rounded = float(f"{value:.6g}")
    if rounded and (abs(rounded) >= 1e6 or abs(rounded) < 1e-4):
        mantissa, power = f"{rounded:.2e}".split("e")
        text = f"{float(mantissa):g}e{int(power)}"
    else:
        text = f"{0.0 if abs(rounded) < 1e-12 else rounded:,.10g}"
    return text.replace("-", "\N{MINUS SIGN}")
