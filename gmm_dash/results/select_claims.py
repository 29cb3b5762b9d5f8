"""What is true of a comparison of many models and worth saying, the winner first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.covariances import ONE_COLUMN, CovarianceType
from gmm_dash.engine.criteria import CRITERIA
from gmm_dash.results import known
from gmm_dash.results.claim import Claim
from gmm_dash.results.columns import PEAKED, column_doubts
from gmm_dash.results.criteria_claims import curves_claims
from gmm_dash.results.evidence import GRADES, grade
from gmm_dash.results.low_score import n_groups
from gmm_dash.results.select import behind, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.points import Points
    from gmm_dash.results.select import KMeansRow, Selection
    from gmm_dash.state.select_choice import SelectChoice

_NOISE: Final = 0.42  # a silhouette that uniform noise in a square reaches, and a little more
_HARDLY: Final = GRADES[0][0]  # a difference of BIC up to which the data hardly decide
_MARKED: Final = {
    "only_collapsed": "select.hollow",
    "search_failed": "select.crossed",
    "not_comparable": "select.ringed",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and how far it is.

    Attributes
    ----------
    criterion : str
    finished : bool
        Whether every model has come.
    waiting : bool
        Whether the page waits for a press on "Start".
    """

    criterion: str
    finished: bool
    waiting: bool


def counts_of(counts: range, n: int) -> range:
    """Return the numbers of components that ``n`` points allow; the first one at least."""
    return range(counts.start, max(min(counts.stop, n + 1), counts.start + 1))


def select_claims(selection: Selection, points: Points, asked: Asked) -> tuple[Claim, ...]:
    """Return what the comparison shows so far; more of the winner once it is finished."""
    best = selection.best(asked.criterion)
    if best is None:
        nothing = _nothing(selection, points, asked)
        blame = _onto_column(selection, points) if nothing.code == "select.all-collapsed" else ()
        return (nothing, *blame, *_search_failed(selection, asked.criterion))
    facts = _model(best) | {
        "line": points.d == 1,
        "criterion": asked.criterion,
        "value": score(best, asked.criterion),
        "finished": asked.finished,
    }
    claims = [Claim("select.winner", facts), *_more_parameters(best, points.n_counted)]
    if asked.finished:
        claims += _doubts(selection, best, points, asked)
    short = _search_failed(selection, asked.criterion)
    return (*claims, *short, *_fallen(selection, best, points, asked))


def select_badge_claims(selection: Selection, points: Points, asked: Asked) -> tuple[Claim, ...]:
    """Return the winner for the badge, with what must not be kept from a hasty reader."""
    best = selection.best(asked.criterion)
    if best is None:
        return ()
    rival = _rival(selection, best, asked.criterion) if asked.finished else None
    graded = CRITERIA[asked.criterion].graded
    facts = _model(best) | {
        "line": points.d == 1,
        "finished": asked.finished,
        "hardly": graded and rival is not None and rival[0] < _HARDLY,
        "more_parameters": best.n_parameters > points.n_with_gaps,
    }
    return (Claim("select.badge", facts),)


def select_caption_claims(
    selection: Selection, chosen: SelectChoice, points: Points
) -> tuple[Claim, ...]:
    """Return what the plot shows, drawn as ``chosen``."""
    criteria, kind = chosen.curves or ((chosen.criterion,), "")
    drawn = selection.of_type(kind) if kind else selection.mixtures
    claims = [Claim("select.count", {"models": len(selection.mixtures)}), *_gaps(points, chosen)]
    claims += _weights(points, chosen)
    scored = [row for row in drawn for one in criteria if score(row, one) is not None]
    laws = {selection.law(row).law for row in scored}
    claims += [Claim(code) for law, code in _MARKED.items() if law in laws]
    if chosen.chart == "bars":
        claims.append(Claim("select.bars"))
    alike = {str(kind) for kind in ONE_COLUMN} & {row.covariance_type for row in drawn}
    if points.d == 1 and len(alike) > 1:
        claims.append(Claim("select.one-column"))
    if kind and points.withheld:  # no curve has a value, and it is said why
        return tuple(claims)
    if kind:
        return (*claims, *curves_claims(selection, criteria, kind, points.n_counted))
    return (*claims, Claim("select.criterion", {"criterion": chosen.criterion}))


def select_plot_claims(chosen: SelectChoice, points: Points) -> tuple[Claim, ...]:
    """Return why there is nothing to draw of any model, where that is so."""
    criteria, _ = chosen.curves or ((chosen.criterion,), "")
    if not points.withheld or any(CRITERIA[name].held_out for name in criteria):
        return ()
    return (Claim("select.no-points", {"criteria": criteria}),)


def select_kmeans_claims(rows: Iterable[KMeansRow], points: Points) -> tuple[Claim, ...]:
    """Return what k-means' scores say, and how little that may be."""
    first = [Claim("select.elbow")]
    if points.gaps is not None:
        first.insert(0, Claim("select.kmeans-complete", {"n": points.n}))
    if points.weighting is not None:
        first.insert(0, Claim("select.kmeans-weights", {"n": points.n}))
    scored = [(row.silhouette, row) for row in rows if row.silhouette is not None]
    if not scored:
        return tuple(first)
    highest, row = max(scored, key=lambda pair: pair[0])
    facts = {"k": row.n_clusters, "silhouette": highest}
    noise = [Claim("select.noise-reaches")] if points.d == 2 and highest <= _NOISE else []
    return (*first, Claim("select.silhouette", facts), *noise)


def _gaps(points: Points, chosen: SelectChoice) -> Sequence[Claim]:
    """Return of which rows the mixtures' scores are, where rows with gaps are used."""
    if points.gaps is None:
        return []
    facts = {"n": points.n, "gaps": points.gaps.n, "folds": chosen.heldout > 0}
    return [Claim("select.gaps", facts)]


def _weights(points: Points, chosen: SelectChoice) -> Sequence[Claim]:
    """Return how rows count in the mixtures' scores, where they have weights."""
    if points.weighting is None:
        return []
    facts = {"column": points.weighted_by, "n": points.n, "folds": chosen.heldout > 0}
    if points.withheld:
        return [Claim("select.weights-scaled", facts)]
    return [Claim("select.weights", facts | {"total": points.n_counted})]


def select_left_out_claims(models: Iterable[tuple[str, int]], seconds: float) -> tuple[Claim, ...]:
    """Return which models, by type and K, are too costly to fit at all."""
    found = list(models)
    if not found:
        return ()
    facts = {
        "models": len(found),
        "kinds": tuple(dict.fromkeys(kind for kind, _ in found)),
        "first": min(k for _, k in found),
        "seconds": seconds,
    }
    return (Claim("select.left-out", facts),)


def select_drawn_only_claims(first: int | None) -> tuple[Claim, ...]:
    """Return from which K on no starts made from neighbours were tried."""
    return () if first is None else (Claim("select.drawn-only", {"first": first}),)


def _model(row: SelectionRow) -> dict[str, Any]:
    return {"kind": row.covariance_type, "k": row.n_components}


def _nothing(selection: Selection, points: Points, asked: Asked) -> Claim:
    """Return why there is no winner."""
    rows = selection.mixtures
    if not rows:
        if asked.waiting:
            return Claim("select.waiting")
        return Claim("select.no-model", {"finished": asked.finished})
    if selection.candidates and points.withheld and not CRITERIA[asked.criterion].held_out:
        return Claim("select.withheld", {"criterion": asked.criterion})
    if selection.candidates:
        facts = {"criterion": asked.criterion, "candidates": len(selection.candidates)}
        return Claim("select.undefined", facts)
    if all(row.reason == "stopped" for row in rows):
        return Claim("select.none-in-time", {"models": len(rows)})
    stopped = sum(row.reason == "stopped" for row in rows)
    return Claim("select.all-collapsed", {"collapsed": len(rows) - stopped, "stopped": stopped})


def _more_parameters(best: SelectionRow, n: int) -> Sequence[Claim]:
    if best.n_parameters <= n:
        return []
    return [Claim("select.more-parameters", {"parameters": best.n_parameters, "n": n})]


def _doubts(
    selection: Selection, best: SelectionRow, points: Points, asked: Asked
) -> Iterator[Claim]:
    """Yield what a winner must be told with."""
    yield from _parsimony(selection, best, asked.criterion, line=points.d == 1)
    compared = {
        row.n_components for row in selection.mixtures
    }  # some K may be left out as too costly
    if len(compared) > 1 and best.n_components == max(compared):
        yield Claim("select.edge", {"k": best.n_components})
    rival = _rival(selection, best, asked.criterion)
    if rival is not None:
        apart, row = rival
        facts = _model(row) | {"apart": apart, "criterion": asked.criterion}
        graded = CRITERIA[asked.criterion].graded
        evidence = _grade(apart, best, row, points.n_counted) if graded else ""
        yield Claim("select.evidence", facts | {"grade": evidence})
    yield from _others(selection, best, asked.criterion)
    groups = None if points.labels is None else n_groups(points)
    if groups is not None and best.n_components > groups:
        facts = {"groups": groups, **known.coverage(points.labels)}
        yield Claim("select.more-than-groups", facts)


def _grade(apart: float, best: SelectionRow, rival: SelectionRow, n: int) -> str:
    """Return the grade of a difference of BIC; none where there are too few points for one.

    BIC approximates the evidence for many points to each parameter. A small difference stays
    small, but with more parameters than points a large one is no evidence.
    """
    evidence = grade(apart)
    few = max(best.n_parameters, rival.n_parameters) > n
    return "" if few and evidence != GRADES[0][1] else evidence


def _parsimony(
    selection: Selection, best: SelectionRow, criterion: str, *, line: bool
) -> Iterator[Claim]:
    """Yield how the winner stands to the freest shape at the same K."""
    for row in selection.candidates:
        if (
            row.covariance_type != CovarianceType.FULL
            or row.n_components != best.n_components
            or row is best
        ):
            continue
        apart, saved = behind(row, best, criterion), row.n_parameters - best.n_parameters
        if saved > 0 and apart is not None and apart > 0:
            yield Claim("select.parsimony", {"saved": saved, "apart": apart, "line": line})


def _rival(
    selection: Selection, best: SelectionRow, criterion: str
) -> tuple[float, SelectionRow] | None:
    """Return the best candidate of another K, and how far behind it is."""
    others = [
        (apart, row)
        for row in selection.candidates
        if row.n_components != best.n_components
        and (apart := behind(row, best, criterion)) is not None
    ]
    return min(others, key=lambda pair: pair[0], default=None)


def _others(selection: Selection, best: SelectionRow, criterion: str) -> Iterator[Claim]:
    """Yield what every other criterion would take, where that is another K."""
    taken = {name: selection.best(name) for name in CRITERIA if name != criterion}
    counts = {
        name: row.n_components
        for name, row in taken.items()
        if row is not None and row.n_components != best.n_components
    }
    if counts:
        yield Claim("select.others", {"counts": counts})


def _search_failed(selection: Selection, criterion: str) -> Iterator[Claim]:
    """Yield which searches a contained model shows to have stopped short, one by name."""
    short = [row for row in selection.mixtures if selection.law(row).law == "search_failed"]
    if not short:
        return
    best = selection.best(criterion)
    ahead = [(apart, row) for row in short if (apart := _ahead(row, best, criterion)) > 0]
    example = max(ahead, key=lambda pair: pair[0])[1] if ahead else short[0]
    shown_by = selection.law(example).shown_by
    assert shown_by is not None  # as the law says
    facts = {
        "models": len(short),
        **_model(example),
        "by_kind": shown_by.covariance_type,
        "by_k": shown_by.n_components,
        "ahead": criterion if ahead else "",
    }
    yield Claim("select.search-failed", facts)


def _ahead(row: SelectionRow, best: SelectionRow | None, criterion: str) -> float:
    """Return how much better than the winner a row scores; not above zero if it does not."""
    return -(behind(row, best, criterion) or 0.0)


def _onto_column(selection: Selection, points: Points) -> Iterator[Claim]:
    """Yield onto which column a component can collapse, where more than round ones have done so.

    A round component has as much width in this column as in any other.
    """
    flat = [row for row in selection.mixtures if row.reason == "variance-floor"]
    if sum(row.covariance_type != CovarianceType.SPHERICAL for row in flat) <= len(flat) / 2:
        return
    found = [one for one in column_doubts(points, 0.0) if one.claim.code in PEAKED]
    if found:
        yield Claim("select.onto-column", {"doubt": found[0].claim, "others": len(found) - 1})


def _fallen(
    selection: Selection, best: SelectionRow, points: Points, asked: Asked
) -> Iterator[Claim]:
    """Yield which models are no candidates, and the best score among those that collapsed."""
    reasons = Counter(row.reason == "stopped" for row in selection.mixtures if row.degenerate)
    if reasons[True]:
        yield Claim("select.stopped", {"models": reasons[True]})
    if not reasons[False]:
        return
    yield Claim("select.collapsed", {"models": reasons[False]})
    yield from _onto_column(selection, points)
    name = asked.criterion
    sound = [_ahead(row, best, name) for row in selection.mixtures if not row.degenerate]
    fallen = [(_ahead(row, best, name), row) for row in selection.mixtures if row.degenerate]
    most, row = max(fallen, key=lambda pair: pair[0])
    if most > max(sound):
        facts = _model(row) | {"criterion": name, "value": score(row, name)}
        yield Claim("select.collapsed-better", facts)
