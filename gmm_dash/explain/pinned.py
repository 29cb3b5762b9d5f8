"""What the sub-tab "Pinned" of Compare says: a kept result beside the one that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.contract.methods import METHODS
from gmm_dash.engine.criteria import CRITERIA
from gmm_dash.explain.numbers import MINUS, NONE, counted, finite, percent, shown
from gmm_dash.explain.sentence import Spoken, Words, spell
from gmm_dash.results.claim import Claim
from gmm_dash.results.pinned import Refusal
from gmm_dash.results.pinned_claims import SCORES, criteria_claims, moved_claims, pinned_claims
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from gmm_dash.results.pinned import Pinned

_WHOSE: Final = {"kmeans": "k-means", "gmm": "The mixture"}
_MOST_LISTED: Final = 6  # columns or transforms that a sentence names
_MOST_NAME: Final = 40  # characters of each
_NONE: Final = {"transform": "none", "merge": "as many as components"}
_WHY: Final = {
    "rows": "different rows",
    "gaps": "other rows with gaps",
    "weights": "other weights of rows",
    "background": "mixtures with and without a background",
    "columns": "different columns",
    "scale": "differently transformed or scaled columns",
}
_DOUBTS: Final = {
    "held": "the width of the circles is held by hand",
    "collapsed": "a component has collapsed",
}


def _written(key: str, value: Any) -> str:
    """Return a value of a setting as a sentence has it."""
    if not value and key in _NONE:
        return _NONE[key]
    if isinstance(value, list):
        cut = [one if len(one) <= _MOST_NAME else f"{one[: _MOST_NAME - 1]}…" for one in value]
        more = [f"{len(cut) - _MOST_LISTED} more"] if len(cut) > _MOST_LISTED else []
        return ", ".join([*cut[:_MOST_LISTED], *more])
    return f"{value:g}" if isinstance(value, float) else str(value)


def _differs(settings: tuple[tuple[str, Any, Any], ...]) -> str:
    fields = AppState.fields()
    said = [
        f"{fields[key].label} {_written(key, before)} → {_written(key, now)}"
        for key, before, now in settings
    ]
    return f"What differs, pinned → now: {'; '.join(said)}."


def _moved(method: str, moved: int, n: int, groups: tuple[int, int], ari: float | None) -> str:
    before, now = groups
    alone = abs(before - now)
    verb = "has" if alone == 1 else "have"
    rest = f"; of {before} and {now} groups {alone} {verb} no pair" if alone else ""
    index = (
        ""
        if ari is None
        else f" Adjusted Rand index between both: {shown(ari, 3)}; 1 would be the same groups, 0 "
        "is as alike as by chance."
    )
    return (
        f"{_WHOSE[method]}: {moved:,} of {counted(n, 'row')} changed group ({percent(moved / n)}), "
        f"each pinned group being paired with a present one so that most rows stay{rest}.{index}"
    )


def _flow(method: str, moved: int, rows: int, before: str, now: str) -> str:
    whose = "of k-means" if method == "kmeans" else "of the mixture"
    return (
        f"The largest move: {rows:,} of these {moved:,} from pinned group {before} to present "
        f"group {now} {whose}."
    )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _apart(causes: tuple[str, ...]) -> str:
    return (
        "Log-likelihood, BIC, AIC, ICL and inertia are not compared: the two results are of "
        f"{_listed([_WHY[cause] for cause in causes])}, and a density or a distance there is "
        "another quantity."
        if causes != ("background",)
        else "The criteria are not compared: one of the two mixtures has a background, and no "
        "criterion tests whether there is one."
    )


def _doubtful(doubts: tuple[tuple[str, str], ...]) -> str:
    kinds = dict.fromkeys(kind for _, kind in doubts)
    if len(doubts) == 2 and len(kinds) == 1:
        said = [f"in both results {_DOUBTS[doubts[0][1]]}"]
    else:
        said = [f"in the {which} result {_DOUBTS[kind]}" for which, kind in doubts]
    return (
        f"The criteria prefer neither: {_listed(said)}, and a likelihood from there says nothing."
    )


def _criteria(n: int, differences: tuple[tuple[str, float], ...]) -> str:
    said = [
        f"{CRITERIA[name].label} is {shown(abs(by))} {'higher' if by > 0 else 'lower'}"
        for name, by in differences
    ]
    return (
        f"Both results are of the same {counted(n, 'row')}, columns and scale, so criteria may be "
        f"compared (lower is better). In the present result {_listed(said)}."
    )


WORDS: Final[Words] = {
    "pinned.none": lambda: (
        "Nothing is pinned. Press Pin to keep the result that is shown now; then change K, the "
        "covariance, a column or its scale, and see here what that moves."
    ),
    "pinned.refused": lambda sentence: (
        f"The pinned result cannot be had with these data. {sentence} Or press Unpin."
    ),
    "pinned.equal": lambda: (
        "Both results have the same settings. Change K, the covariance, a column or its scale to "
        "see what that moves."
    ),
    "pinned.differs": _differs,
    "pinned.rows": lambda common, before, now: (
        f"Compared are the {counted(common, 'row')} that both have, by their number in the data: "
        f"the pinned result is of {before:,}, the present one of {now:,}."
    ),
    "pinned.no-rows": lambda common, before, now: (
        f"The {before:,} rows of the pinned result and the {now:,} of the present one have "
        f"{common} in common: there is nothing to compare."
    ),
    "pinned.stayed": lambda method, n: (
        f"{_WHOSE[method]}: all {counted(n, 'row')} are in the same groups as before, whatever "
        "these are numbered."
    ),
    "pinned.moved": _moved,
    "pinned.flow": _flow,
    "pinned.apart": _apart,
    "pinned.weights": lambda: (
        "The criteria are withheld in both results: rows count by weights that are not all whole "
        "numbers, so there is no number of points."
    ),
    "pinned.background": lambda: "The background counts as a group here.",
    "pinned.doubtful": _doubtful,
    "pinned.unjoined": lambda: (
        "The criteria are of the mixtures, whose components joining leaves as they are."
    ),
    "pinned.same-scores": lambda n: (
        f"Both results are of the same {counted(n, 'row')}, columns and scale, and BIC, AIC and "
        "ICL are equal in both."
    ),
    "pinned.criteria": _criteria,
}


def pinned_spoken(found: Pinned | Refusal | None) -> Spoken:
    """Return all that is said of a pinned result beside the one that is shown.

    Parameters
    ----------
    found : Pinned, Refusal or None
        None where nothing is pinned.
    """
    if found is None:
        return Spoken({"notice": spell([Claim("pinned.none")], WORDS)})
    if isinstance(found, Refusal):
        refused = Claim("pinned.refused", {"sentence": found.sentence})
        return Spoken({"notice": spell([refused], WORDS)})
    numbers: dict[str, float | None] = {"rows": float(found.n)}
    for method in METHODS:
        numbers[f"{method}.moved"] = float(found.moved(method)) if found.n else None
        numbers[f"{method}.between"] = found.ari(method) if found.n else None
    for prefix, result in (("pinned.", found.before), ("", found.now)):
        numbers |= {f"{prefix}kmeans.inertia": result.kmeans_fit.inertia}
        scores = {name: getattr(result.gmm_fit, name) for name in ("log_likelihood", *SCORES)}
        numbers |= {f"{prefix}gmm.{name}": finite(value) for name, value in scores.items()}
        numbers[f"{prefix}gmm.parameters"] = float(result.gmm_fit.n_parameters)
    return Spoken(
        {
            "notice": spell(pinned_claims(found), WORDS),
            **{f"moved.{method}": spell(moved_claims(found, method), WORDS) for method in METHODS},
            "criteria": spell(criteria_claims(found), WORDS),
        },
        numbers,
    )


def scores_shown(found: Pinned, method: str) -> list[tuple[str, str, str, str]]:
    """Return rows of a table: a score, its pinned and its present value, and the difference.

    A difference is only given where the two may be compared.
    """
    fits: tuple[Any, Any]
    if method == "kmeans":
        fits = (found.before.kmeans_fit, found.now.kmeans_fit)
        sizes, scores = {"Clusters": "n_clusters"}, {"Inertia": "inertia"}
    else:
        fits = (found.before.gmm_fit, found.now.gmm_fit)
        sizes = {"Components": "n_components", "Parameters": "n_parameters"}
        scores = {"Log-likelihood per row": "log_likelihood"}
        scores |= {CRITERIA[name].label: name for name in SCORES}
    counts = {"Rows": (found.before.points.n, found.now.points.n)}
    counts |= {title: _both(fits, name) for title, name in sizes.items()}
    rows = [
        (title, f"{before:,}", f"{now:,}", _difference(now - before, whole=True))
        for title, (before, now) in counts.items()
    ]
    comparable = found.same_points if method == "kmeans" else found.comparable
    for title, name in scores.items():
        before, now = _both(fits, name)
        usable = comparable and finite(before) is not None and finite(now) is not None
        by = _difference(now - before) if usable else NONE
        rows.append((title, shown(finite(before), 6), shown(finite(now), 6), by))
    return rows


def _both(fits: tuple[Any, Any], name: str) -> tuple[Any, Any]:
    return getattr(fits[0], name), getattr(fits[1], name)


def _difference(by: float, *, whole: bool = False) -> str:
    text = f"{by:,}".replace("-", MINUS) if whole else shown(by)
    return f"+{text}" if by > 0 else text
