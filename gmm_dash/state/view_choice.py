"""How results are shown, and what a link hides or locks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.state.bounds import MOST_COMPONENTS
from gmm_dash.state.every import every_setting
from gmm_dash.state.fields import (
    Declared,
    called,
    choice,
    flags,
    frame,
    integer,
    kept,
    real,
    text,
)

VIEWS: Final = ("compare", "steps", "select", "restarts", "density", "digits", "colors")
OVERLAYS: Final = (
    "size",
    "ellipses",
    "circles",
    "centers",
    "regions",
    "density",
    "truth",
    "plain",
    "bootstrap",
    "shapes",
    "sources",
    "borders",
)
TABS: Final = ("plots", "groups", "rows", "pinned")  # of Compare
# The URL keys in which a pinned result may differ from the one shown: both are of the same data.
PINNED: Final = (
    "cols", "weights", "scale", "transform", "pcs", "k", "cov", "background", "init", "n_init",
    "seed", "tol", "max_iter", "reg", "kinit", "hard", "merge",
)  # fmt: skip
# What a link can hide besides controls: what the page says, and one of the two methods.
PARTS: Final = {
    "notice": "Sentences",
    "scores": "Scores",
    "captions": "Captions",
    "kmeans": "k-means",
    "gmm": "Gaussian mixture",
}


def _keys() -> tuple[str, ...]:
    return tuple(every_setting())


def _hideable() -> tuple[str, ...]:
    return (*_keys(), *PARTS)


@dataclass(frozen=True, slots=True)
class ViewChoice(Declared):
    """How it is shown. A change here never refits."""

    view: str = choice("view", "compare", label="View", options=lambda: VIEWS)
    x: str = text("x", label="Horizontal axis", longest=80)
    y: str = text("y", label="Vertical axis", longest=80)
    span: float = real(
        "span",
        0.0,
        label="Axes reach",
        low=0.0,
        high=1e6,
        explain="In Compare both axes go from minus this to this; 0 means as far as the data do.",
    )
    hard: float = real(
        "hard",
        0.0,
        label="Soft … hard",
        low=0.0,
        high=1.0,
        explain="For equal circles: how far their radius is taken from what EM finds (0) towards "
        "nothing (1), where each point belongs to the nearest centre, as in k-means.",
    )
    step: int | str = frame("step", label="Step", high=100_000)
    show: tuple[str, ...] = flags(
        "show",
        ("size", "ellipses", "circles", "centers"),
        label="Show",
        options=lambda: OVERLAYS,
    )
    merge: int = integer(
        "merge",
        0,
        label="Groups of the mixture",
        low=0,
        high=MOST_COMPONENTS,
        explain="Joins components that overlap, two at a time, until so many groups are left. "
        "0 joins none: each component is a group.",
    )
    called: tuple[str, ...] = called(
        "names",
        label="Names of groups",
        most=MOST_COMPONENTS,
        letters=40,
        longest=800,
        explain="What the mixture's groups are called, by their lowest component. Names of numbers "
        "that there are not are kept, and shown when there are. A list that is too long for a link "
        "is stored: the link has its key.",
    )
    tab: str = choice("tab", "plots", label="Sub-tab of Compare", options=lambda: TABS)
    pin: tuple[str, ...] = kept(
        "pin",
        label="Pinned result",
        keys=PINNED,
        among=every_setting,
        longest=940,
        explain="Settings of a second result of the same data, to compare with the one that is "
        "shown. What it does not name is as in the link.",
    )
    whose: str = choice(
        "whose",
        "gmm",
        label="Groups of",
        options=lambda: ("gmm", "kmeans"),
        explain="Whose groups are compared with those of the pinned result.",
    )
    hide: tuple[str, ...] = flags("hide", (), label="Hidden", options=_hideable)
    lock: tuple[str, ...] = flags("lock", (), label="Locked controls", options=_keys)
    lesson: str = text("lesson", label="Lesson", longest=40)
    part: int = integer("part", 0, label="Part of the lesson", low=0, high=99)
