"""Fits to every row of a table in many files, without a page: what ``gmm-dash fit`` prints."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.criteria import BIC, CRITERIA
from gmm_dash.engine.rest import SAME_SHARE
from gmm_dash.errors import ImportProblem, StateError
from gmm_dash.pipeline.parted.labels import Labeller, check_apart, check_free, write_labels
from gmm_dash.pipeline.parted.passes import Rules
from gmm_dash.pipeline.parted.study import MOST_RESTARTS, Plan, open_table, study
from gmm_dash.pipeline.parted.tenths import FIRST_LOOK, Tenths

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.engine import SelectionRow
    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.pipeline.parted.ends import Ends
    from gmm_dash.pipeline.parted.passes import MixtureRun, Runs
    from gmm_dash.pipeline.parted.study import Study
    from gmm_dash.pipeline.parted.survey import Survey
    from gmm_dash.state import AppState
    from gmm_dash.tables.parts.table import PartedTable

_COLUMNS: Final = (
    *("covariance_type", "n_components", "log_likelihood"),
    *(one.column for one in CRITERIA.values() if not one.held_out),
    *("n_parameters", "n_iter", "converged", "degenerate", "reason", "law"),
)


def fit_all(
    crew: Crew,
    place: str,
    state: AppState,
    labels: str = "",
    tell: Callable[[str], None] | None = None,
    *,
    restarts: int | None = None,
) -> dict[str, Any]:
    """Return the models of all rows of a table, and write the labels if a place is named.

    Parameters
    ----------
    crew : Crew
        Who goes over the rows.
    place : str
        A folder, a file, or a location like ``s3://bucket/table/``.
    state : AppState
        With ``view=select`` its range of K and its covariance types, else its K and type; its
        columns, scale and starts.
    labels : str
        Where the labels of the best mixture, and of k-means beside it, are written; empty for
        nowhere.
    tell : callable, optional
        Called with a line on how far it is.
    restarts : int, optional
        How many starts of each model go on over all rows, in the same passes: each is the best of
        ``n_init`` in a random sample of its own. The one that ends best is the model. Left out,
        they are as many as the settings have starts with ``view=restarts``, where so many can be
        had (a sentence says where not), else one.

    Returns
    -------
    dict
        Plain: ``{"sentences", "place", "columns", "n", "left_out", "passes", "workers", "models",
        "unbegun", "best", "kmeans", "restarts", "labelled", "stopped"}``. Parameters are in the
        units of the table, likelihoods in those that were fitted; ``restarts`` has the distinct
        ends of every model, the best first, and how many starts ended at each; ``stopped`` says
        what ended the work early, or is empty.

    Raises
    ------
    GmmDashError
        When the table cannot be read, a setting is not for such tables, or labels cannot be
        written.
    """
    plan, wanted = plan_of(state), _starts_of(state)
    said: list[str] = []
    if restarts is None and wanted > MOST_RESTARTS:
        said, wanted = [_too_many(wanted)], 1
    plan = replace(plan, restarts=wanted if restarts is None else restarts)
    if labels:
        check_free(labels)  # rather now than after an hour
    table = open_table(crew, place, state.data.cols)
    if labels:
        check_apart(labels, place)
    lines = _Lines(tell, "models" if plan.restarts == 1 else "starts")
    found = study(crew, table.slices(), plan, lines.passes)
    stopped = "" if found.runs.stopped is None else found.runs.stopped.sentence
    labelled = 0
    if labels and not stopped:
        labelled = write_labels(crew, table, labeller(found, table), labels, lines.files)
    return {
        "sentences": [*_sentences(table, found), *said, *([stopped] if stopped else [])],
        "place": place,
        "columns": list(table.columns),
        "n": found.seen.n,
        "left_out": [{"file": name, "rows": count} for name, count in found.seen.left],
        "passes": found.runs.passes,
        "workers": crew.size,
        "models": [_model(row) for row in found.rows.rows],
        "unbegun": [asdict(one) for one in found.unbegun],
        "best": _best(found),
        "kmeans": [_kmeans(found, k) for k in plan.ks],
        "restarts": [] if stopped else _restarts(found),
        "labelled": labelled,
        "stopped": stopped,
    }


def plan_of(state: AppState) -> Plan:
    """Return what a link asks for.

    Raises
    ------
    StateError
        When it asks for something that is not done over many files.
    """
    data, model = state.data, state.model
    for asked, key in (
        (bool(data.transform), "transform"),
        (bool(data.components), "pcs"),
        (data.gaps != "drop", "gaps"),
        (bool(data.weights), "weights"),
    ):
        if asked:
            raise StateError(
                f"{key} is not for tables in many files.", hint="Leave it out of the settings."
            )
    ks: tuple[int, ...] = (model.k,)
    types: tuple[str, ...] = (model.covariance_type,)
    if state.view.view == "select":
        chosen = state.select
        ks = tuple(range(min(chosen.kmin, chosen.kmax), max(chosen.kmin, chosen.kmax) + 1))
        types = chosen.types
    return Plan(
        ks,
        types,
        standardise=data.scale == "standard",
        init=model.init,
        n_init=model.n_init,
        random_state=model.seed,
        kmeans_init=model.kmeans_init,
        rules=Rules(model.tol, model.reg_covar, model.max_iter),
    )


def _starts_of(state: AppState) -> int:
    """Return how many starts of each model a link asks for."""
    return state.select.starts if state.view.view == "restarts" else 1


def _too_many(wanted: int) -> str:
    return (
        f"The link asks for {wanted:,} starts, and at most {MOST_RESTARTS} go on over all rows: "
        "here it is one of each model. Ask for more with --restarts."
    )


def labeller(found: Study, table: PartedTable) -> Labeller:
    """Return what labels rows by the best mixture, and by k-means with as many clusters.

    Raises
    ------
    ImportProblem
        When no mixture stands.
    """
    best = found.best
    if best is None:
        raise ImportProblem(
            "No mixture stands, so there are no labels.",
            hint="Try fewer components, or a larger reg.",
        )
    k = best.mixture.n_components
    about = (
        f"Labels of {', '.join(table.columns)}: k-means' cluster, the mixture's component "
        f"({best.covariance_type}, {k}) and how sure it is of it; numbers are from 1.",
        "Rows with a gap, or without a finite number, have none.",
    )
    return Labeller(found.scale, found.ordered(best), found.centers(k), about)


class _Lines:
    """Turns how far the work is into lines, one for a pass and one for each tenth of it."""

    def __init__(self, tell: Callable[[str], None] | None, what: str) -> None:
        self._what, self._say = what, Tenths(tell).say

    def passes(self, runs: Runs | None, done: int, of: int) -> None:
        if runs is None:
            self._say(FIRST_LOOK, done, of)
            return
        if not (runs.mixtures or runs.kmeans):
            self._say(f"Starts of all {self._what} in a sample", done, of)
            return
        moving = sum(not run.converged and not run.failed for run in runs.mixtures)
        moving += sum(not run.converged for run in runs.kmeans)
        last = f"{moving} of {len(runs.mixtures) + len(runs.kmeans)} {self._what} still move"
        self._say(f"Pass {runs.passes + 1}, {last if moving else 'for the scores'}", done, of)

    def files(self, done: int, of: int) -> None:
        self._say("Labels", done, of)


def _sentences(table: PartedTable, found: Study) -> list[str]:
    seen, files = found.seen, len(table.footers)
    whole = f"{seen.n:,} complete rows in {files:,} {'file' if files == 1 else 'files'}"
    out = [f"All models are of all {whole}." if found.runs.stopped is None else f"{whole}."]
    if seen.left:
        out.append(_left_out(seen))
    out += [
        f"{one.covariance_type} with {_components(one.n_components)} is left out, as no start in "
        f"{'the sample' if found.plan.restarts == 1 else 'a sample'} leads to one: {one.reason}"
        for one in found.unbegun
    ]
    best = found.best
    if best is not None and len(found.begun) + len(found.unbegun) > 1:
        parts = _components(best.mixture.n_components)
        stand = sum(row.law != "search_failed" for row in found.rows.rows if not row.degenerate)
        all_stand = stand == len(found.begun) + len(found.unbegun)
        of = "" if all_stand else f"Of the {_models(stand)} that stand{'s' * (stand == 1)}, "
        out.append(f"{of}{BIC.label} is lowest for {best.covariance_type} with {parts}.")
    if best is not None and found.plan.restarts > 1:
        out += _of_restarts(found, best)
    return out


def _of_restarts(found: Study, best: MixtureRun) -> list[str]:
    """Return where the starts of the best mixture ended, and those of k-means beside it."""
    ends = next(ends for ends, one in zip(found.ends, found.begun, strict=True) if best in one.runs)
    k, top = ends.n_components, ends.found[0].value
    worse = [f", at least {top - one.value:.2g} lower" for one in ends.found[1:2]]
    where = f"within {SAME_SHARE:g} of the highest log-likelihood found, {top:.6g} a row"
    out = [_ended(f"{best.covariance_type} with {_components(k)}", ends, where, worse)]
    ends = found.kmeans_ends(k)
    top = ends.found[0].value
    worse = [f", at least {100 * (one.value / top - 1):.2g} % higher" for one in ends.found[1:2]]
    where = f"within {100 * SAME_SHARE:g} % of the lowest inertia found, {top:.6g}"
    return [*out, _ended(f"k-means with {k} cluster{'s' * (k != 1)}", ends, where, worse)]


def _ended(what: str, ends: Ends, where: str, worse: list[str]) -> str:
    there = ends.found[0].n_starts
    elsewhere = ends.starts - ends.collapsed - there
    more = [f"{elsewhere} elsewhere{''.join(worse)}"] if elsewhere else []
    more += [f"{ends.collapsed} collapsed"] if ends.collapsed else []
    verb = "ends" if there == 1 else "end"
    return "; ".join([f"Of {ends.starts} starts of {what}, {there} {verb} {where}", *more]) + "."


def _components(k: int) -> str:
    return f"{k} component{'' if k == 1 else 's'}"


def _models(count: int) -> str:
    return f"{count} model{'' if count == 1 else 's'}"


def _left_out(seen: Survey) -> str:
    name, most = max(seen.left, key=lambda one: one[1])
    rows, files = seen.left_out, len(seen.left)
    has = "row has" if rows == 1 else "rows have"
    is_left = "is" if rows == 1 else "are"
    where = f"in {name}" if files == 1 else f"in {files:,} files, {most:,} of them in {name}"
    return (
        f"{rows:,} {has} a gap or no finite number and {is_left} left out"
        f"{f', {where}' if name else ''}."
    )


def _model(row: SelectionRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}


def _restarts(found: Study) -> list[dict[str, Any]]:
    """Return a table for each model: its distinct ends, the best first."""
    out = []
    for ends in (*found.ends, *map(found.kmeans_ends, found.plan.ks)):
        kind, value = ends.covariance_type, "log_likelihood" if ends.covariance_type else "inertia"
        k = "n_components" if kind else "n_clusters"
        out.append(
            {
                **({"covariance_type": kind} if kind else {}),
                k: ends.n_components,
                "n_starts": ends.starts,
                "n_collapsed": ends.collapsed,
                "ends": [
                    {value: one.value, "n_starts": one.n_starts, "start": one.start}
                    for one in ends.found
                ],
            }
        )
    return out


def _best(found: Study) -> dict[str, Any] | None:
    best: MixtureRun | None = found.best
    if best is None:
        return None
    mixture = found.in_units(found.ordered(best))
    return {
        "covariance_type": best.covariance_type,
        "n_components": mixture.n_components,
        "weights": mixture.weights.tolist(),
        "means": mixture.means.tolist(),
        "covariances": mixture.covariances.tolist(),
    }


def _kmeans(found: Study, k: int) -> dict[str, Any]:
    run = found.kmeans(k)
    centers = found.centers(k) * found.scale.scale + found.scale.shift
    return {
        "n_clusters": k,
        "inertia": None if run.last is None else run.last.inertia,
        "n_iter": run.n_iter,
        "converged": run.converged,
        "centers": centers.tolist(),
    }
