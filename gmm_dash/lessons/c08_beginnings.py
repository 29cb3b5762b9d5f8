"""EM depends on its start, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, MUTE, missed
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "bars", "k": 2, "view": "restarts", "starts": 40}
_KINDS = ("kmeans", "k-means++", "random_from_data", "random")


def _reached(run: Run, kind: str) -> tuple[int, int]:
    wrong, count = missed(run.restarts("gmm"), kind)
    return count - wrong, count


def _all(run: Run) -> tuple[int, int]:
    found = [_reached(run, kind) for kind in _KINDS]
    return sum(one for one, _ in found), sum(count for _, count in found)


def _alike(run: Run) -> int:
    found, count = _all(run)
    return 0 if found == count else 1


def _why_alike(run: Run) -> str:
    (found, count), (own, many) = _all(run), _reached(run, "kmeans")
    return (
        f"{found} of {count} reach the best log-likelihood; of the {many} that begin at the result "
        f"of k-means, {own} do: EM climbs from where it starts, and takes over k-means' "
        "mistake. So start several times, in different ways, and keep the highest "
        "log-likelihood. This page does so by itself."
    )


LESSONS.add(
    Lesson(
        name="beginnings",
        title="EM and its starts",
        idea="EM climbs from its start and can get stuck; vary the starts, keep the best.",
        course=COURSES[0],
        place=8,
        minutes=2,
        steps=(
            Step(
                "Forty starts",
                _DATA,
                "Two long bars, one above the other, and a mixture of two components. EM starts 40 "
                "times: some starts take random points or random shares, some the result of "
                "k-means.",
                Choice(
                    "Do all 40 end with the same log-likelihood?",
                    ("Yes, EM finds the best", "No, some get stuck"),
                    _alike,
                ),
                _why_alike,
                (
                    Claim("some get stuck", lambda r: _alike(r) == 1),
                    Claim("k-means starts all do", lambda r: _reached(r, "kmeans")[0] == 0),
                    Claim("more than half do not", lambda r: _all(r)[0] > 20),
                ),
            ),
        ),
        hide=(*DRAWING, *FINE_PRINT, *MUTE, "kmeans"),
    )
)
