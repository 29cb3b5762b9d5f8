"""What the sub-tab "Groups" of Compare says: who is in which group, and what sets it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.merging import joined_sentences, merging_sentences
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.sentence import Spoken, Words, spell
from gmm_dash.results.profile_claims import (
    apart_claims,
    group_claims,
    picture_claims,
    size_claims,
)

if TYPE_CHECKING:
    from gmm_dash.engine import Merging
    from gmm_dash.explain.sentence import Sentence
    from gmm_dash.results import Comparison
    from gmm_dash.results.profile import Profile, Profiles

_WHOSE: Final = {"kmeans": "k-means", "gmm": "the mixture"}
_MOST_NAME = 40  # characters of a column's name that a sentence repeats
_MOST_LISTED = 5


def _of(method: str) -> str:
    return f"of {_WHOSE[method]}"


def _named(group: str, method: str) -> str:
    return f"Group {group} {_of(method)}"


def _short(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1]}…"


def _telling(method: str, most: str, share: float, least: str, lowest: float) -> str:
    other = f", and least in {_short(least)} ({percent(lowest)})" if least else ""
    return (
        f"The groups {_of(method)} differ most in {_short(most)}, of whose variance "
        f"{percent(share)} lies between them{other}."
    )


def _apart(
    method: str, group: str, rows: int, columns: tuple[tuple[str, float, float], ...]
) -> str:
    words = [
        f"{'higher' if mean > rest else 'lower'} {_short(name)} "
        f"({shown(mean)} against {shown(rest)})"
        for name, mean, rest in columns
    ]
    return f"{_named(group, method)}, {counted(rows, 'row')}: {', '.join(words)}."


def _ordinary(method: str, group: str, rows: int, least: float) -> str:
    return (
        f"{_named(group, method)}, {counted(rows, 'row')}: in no column does its mean lie as much "
        f"as {least:g} standard deviations from that of the others."
    )


def _alone(method: str, group: str, rows: int) -> str:
    said = "all rows are in it" if rows else "no row is in it"
    return f"{_named(group, method)}: {said}, so there is nothing to set it apart by."


def _empty(method: str, groups: tuple[str, ...]) -> str:
    verb = "has" if len(groups) == 1 else "have"
    return f"{_numbered(groups)} {_of(method)} {verb} no row: each went to another group."


def _sized(groups: tuple[tuple[str, int], ...], method: str) -> str:
    """Return groups with their rows, and a verb that fits."""
    listed = [f"{group} ({counted(rows, 'row')})" for group, rows in groups[:_MOST_LISTED]]
    more = f" and {len(groups) - _MOST_LISTED} more" if len(groups) > _MOST_LISTED else ""
    noun, verb = ("Group", "has") if len(groups) == 1 else ("Groups", "have")
    return f"{noun} {', '.join(listed)}{more} {_of(method)} {verb}"


def _tiny(method: str, groups: tuple[tuple[str, int], ...], needed: int) -> str:
    return (
        f"{_sized(groups, method)} fewer than {needed} rows: standard deviations of so few say "
        "little."
    )


def _few(groups: tuple[tuple[str, int], ...], d: int, *, reduced: bool) -> str:
    what = "principal component" if reduced else "column"
    return (
        f"{_sized(groups, 'gmm')} fewer rows than a covariance of its own in {counted(d, what)} "
        f"takes, {d + 1:,}: in some direction it has no width but the regularisation's."
    )


def _numbered(groups: tuple[str, ...]) -> str:
    listed = ", ".join(groups[:_MOST_LISTED])
    more = f" and {len(groups) - _MOST_LISTED} more" if len(groups) > _MOST_LISTED else ""
    return f"{'Group' if len(groups) == 1 else 'Groups'} {listed}{more}"


def _doubtful(row: str, own: str, share: float, other: str, next: float) -> str:  # noqa: A002
    return (
        f"The row that the mixture is least sure of is {_short(row)}: {percent(share)} "
        f"{_or_background(own)}, {percent(next)} {_or_background(other)}."
    )


def _or_background(group: str) -> str:
    return f"group {group}" if group else "background"


def _background(rows: int, n: int) -> str:
    verb, them = ("is", "it") if rows == 1 else ("are", "them")
    return (
        f"{rows:,} of {counted(n, 'row')} {verb} in no group of the mixture: its uniform "
        f"background has {them}. Means and differences of the groups are without {them}; what "
        f"lies between the groups, and “all other rows”, is with {them}. Components are joined by "
        "the posteriors of the rows that are in a group, given that they are."
    )


def _weights(n: int) -> str:
    return (
        f"Sizes, means, deviations, differences and entropies here are of the {n:,} rows, each "
        "once; only the fits, and so the mixture's weights, count rows by their weights."
    )


WORDS: Final[Words] = {
    "groups.weights": _weights,
    "groups.background": _background,
    "groups.single": lambda: (
        "With K = 1 all rows are one group. Raise K to see what sets groups apart."
    ),
    "groups.telling": _telling,
    "groups.apart": _apart,
    "groups.ordinary": _ordinary,
    "groups.alone": _alone,
    "groups.empty": _empty,
    "groups.tiny": _tiny,
    "groups.few": _few,
    "groups.doubtful": _doubtful,
    "groups.sure": lambda least: (
        f"The mixture is sure of the group of every row (at least {shown(100 * least, 3)} %)."
    ),
    "groups.legend": lambda written: (
        f"{'Numbers are means in the units of the data. ' if written else ''}Colours say how far "
        "a mean lies above (orange) or below (blue) that of all other rows, in standard deviations."
    ),
    "groups.bounded": lambda shown, d: (
        f"Drawn are the {shown} of {d:,} columns that separate most; the table and the file "
        "have all."
    ),
}


def groups_spoken(found: Profiles, result: Comparison, merging: Merging, wanted: int = 0) -> Spoken:
    """Return all that is said of the groups of both fits.

    Parameters
    ----------
    found : Profiles
    result : Comparison
        The fits as they are shown: these are their profiles.
    merging : Merging
        In which order the mixture's components are joined.
    wanted : int
        How many groups are asked for, 0 for as many as components.
    """
    numbers: dict[str, float | None] = {}
    for method, profile in found.both.items():
        for i in range(profile.k):
            numbers[f"{method}.{profile.called[i]}.rows"] = float(profile.counts[i])
            numbers[f"{method}.{profile.called[i]}.weight"] = float(profile.weights[i])
    for g in range(1, merging.k + 1):
        numbers[f"merge.{g}.entropy"] = merging.entropy(g)
    pictures = {
        f"caption.groups-{method}": spell(picture_claims(one), WORDS)
        for method, one in found.both.items()
    }
    apart = {f"apart.{method}": apart_sentences(one) for method, one in found.both.items()}
    return Spoken(
        {
            "notice": (*joined_sentences(result), *spell(group_claims(found), WORDS)),
            "merge": merging_sentences(result, merging, wanted),
            "notes": spell(size_claims(found), WORDS),
            **pictures,
            **apart,
        },
        numbers,
    )


def apart_sentences(profile: Profile) -> tuple[Sentence, ...]:
    """Return what sets each group of a fit apart, one sentence for each."""
    return spell(apart_claims(profile), WORDS)
