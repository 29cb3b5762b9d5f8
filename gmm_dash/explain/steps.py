"""What each half step of the player did, in words and numbers from that very step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.explain.numbers import counted, percent, shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import KMeansRun, MixtureRun, Points, Start, Steps

_CHOSEN = {
    "k-means++": "chosen by k-means++ with seed {seed}",
    "random": "random points drawn with seed {seed}",
    "kmeans": "where k-means (one run, seed {seed}) came to rest",
    "bad": "side by side across the data, a bad place on purpose",
    "own": "where you put them",
}
_LARGE_REG = 1e-6  # of unit variance; up to here the log-likelihood cannot fall


def start_note(steps: Steps) -> str:
    """Return which run this is: one start, shared by both methods."""
    chosen = _CHOSEN[steps.start.kind].format(seed=steps.start.seed)
    k = counted(len(steps.start.centers), "centre")
    one = "one centre" if len(steps.start.centers) == 1 else f"the same {k}"
    sentence = (
        f"Both runs start from {one}, {chosen}. This is a single start: "
        "the other views show the best of several."
    )
    return f"{sentence} {steps.start.note}".strip()


def seeding_sentences(start: Start, n: int) -> list[str]:
    """Return one sentence for each centre that k-means++ chose; empty for other starts."""
    if start.odds is None:
        return []
    first = (
        f"k-means++ draws centre 1 evenly: each of the {n:,} points had "
        f"{percent(1 / n)}. Large points are the likely ones."
    )
    later = [
        f"Centre {j + 1}: the odds of a point grow with its squared distance from the nearest "
        f"centre so far (large points are likely). scikit-learn draws {2 + int(np.log(k))} "
        "candidates and keeps the best."
        for k in [len(start.centers)]
        for j in range(1, k)
    ]
    return [first, *later]


def kmeans_sentences(steps: Steps) -> list[str]:
    """Return one sentence for every half step of k-means."""
    run, points = steps.kmeans, steps.points
    k = counted(len(steps.start.centers), "centre")
    said = [f"{k}; no point belongs to any of them yet."]
    for i in range(len(run.iterations)):
        if i:
            said.append(_moved_centres(run, i, points))
        said.append(_assigned(run, i, points.n))
    said[-1] = f"{said[-1]} {kmeans_stop(run)}"
    return said


def kmeans_stop(run: KMeansRun) -> str:
    """Return why k-means stopped."""
    after = f"after {counted(run.fit.n_iter, 'iteration')}"
    if not run.fit.converged:
        return f"Stopped at the limit {after}: it had not come to rest."
    if run.changed[-1] == 0:
        return (
            f"Converged {after}: no point changes cluster any more. That is a resting place, "
            "not necessarily the best one."
        )
    return (
        f"Converged {after} by its tolerance: the centres hardly moved "
        f"(tol = {run.fit.tol:g} of the mean variance)."
    )


def _assigned(run: KMeansRun, i: int, n: int) -> str:
    inertia = f"Inertia {shown(run.inertia[i])}"
    if i == 0:
        return f"Each of the {n:,} points joins its nearest centre. {inertia}."
    changed = int(run.changed[i])
    if changed == 0:
        return f"No point changes cluster. {inertia}."
    before = run.moved_inertia[i]
    emptied = (
        f" {counted(int(run.emptied[i]), 'cluster')} without any point." if run.emptied[i] else ""
    )
    return (
        f"{counted(changed, 'point')} {_verb(changed)} cluster"
        f"{_since(run.iterations, i)}. Inertia {shown(before)} → {shown(run.inertia[i])}.{emptied}"
    )


def _moved_centres(run: KMeansRun, i: int, points: Points) -> str:
    travelled = np.linalg.norm(run.centers[i] - run.centers[i - 1], axis=1)
    most = int(travelled.argmax())
    reseeded = (
        " A centre without points was started again at the point farthest from its own centre."
        if run.emptied[i - 1]
        else ""
    )
    if travelled[most] == 0:
        return "Every centre already lies at the mean of its points; none moves."
    return (
        f"Every centre goes to the mean of its points{_span(run.iterations, i)}. "
        f"Centre {most + 1} moves most, by {_distance(travelled[most], points)}. "
        f"Inertia {shown(run.inertia[i - 1])} → {shown(run.moved_inertia[i])}.{reseeded}"
    )


def mixture_sentences(steps: Steps) -> list[str]:
    """Return one sentence for every half step of EM."""
    run, points = steps.gmm, steps.points
    k = counted(len(steps.start.centers), "centre")
    said = [
        f"The same {k}; the mixture has no shapes yet.",
        "To begin with, every point belongs wholly to its nearest centre, as in k-means.",
    ]
    for i in range(len(run.iterations)):
        said += [_maximised(run, i, points), _shared(run, i + 1)]
    said[-1] = f"{said[-1]} {mixture_stop(run)}"
    return said


def mixture_stop(run: MixtureRun) -> str:
    """Return why EM stopped."""
    fit = run.fit
    after = f"after {counted(fit.n_iter, 'iteration')}"
    values, gaps = fit.trace.log_likelihood, np.diff(fit.trace.iterations)
    if not fit.converged:
        rise = values[-1] - values[-2] if gaps[-1] == 1 else np.nan
        rising = f" It was still rising, by {shown(rise, 2)} a step." if rise > fit.tol else ""
        return f"Stopped by the iteration limit {after}.{rising}"
    last = values[-2] - values[-3] if len(gaps) > 1 and gaps[-2] == 1 else np.nan
    by = "by less" if np.isnan(last) else f"by {shown(last, 2)}, less"
    slow = (
        " With so large a tolerance this can be a mere plateau: lower it and see."
        if fit.tol > 1e-5
        else " That is a resting place, not necessarily the best one."
    )
    return f"Converged {after}: the mean log-likelihood changed {by} than tol = {fit.tol:g}.{slow}"


def _shared(run: MixtureRun, e: int) -> str:
    changed, unsure = int(run.changed[e]), int(run.unsure[e])
    switched = (
        "No point changes its most probable component"
        if changed == 0
        else f"{counted(changed, 'point')} {_verb(changed)} "
        f"{'its' if changed == 1 else 'their'} most probable component"
    )
    doubt = (
        "every point is at least 80 % sure"
        if unsure == 0
        else f"{counted(unsure, 'point')} {'is' if unsure == 1 else 'are'} less than 80 % sure"
    )
    since = _since(run.iterations, e - 1) if e > 1 else ""
    return f"{switched}{since}; {doubt}."


def _maximised(run: MixtureRun, i: int, points: Points) -> str:
    now = run.log_likelihood[i]
    if i == 0:
        return (
            "Each component takes the weighted mean, spread and share of its points. "
            f"Mean log-likelihood {shown(now)}."
        )
    travelled = np.linalg.norm(run.means[i] - run.means[i - 1], axis=1)
    most, before = int(travelled.argmax()), run.log_likelihood[i - 1]
    return (
        f"Component {most + 1} moves most, by {_distance(travelled[most], points)}"
        f"{_span(run.iterations, i)}. Mean log-likelihood "
        f"{_pair(before, now)} ({_signed(now - before)}). {_trend(run, i)}"
    ).strip()


def _trend(run: MixtureRun, i: int) -> str:
    if run.fell[i]:
        reg = run.fit.reg_covar
        if reg > _LARGE_REG:
            return (
                f"It fell: reg_covar = {reg:g} is added to every variance, so this M-step no "
                "longer makes the likelihood as large as it could."
            )
        return "It fell: a component is held up by reg_covar, which the likelihood does not like."
    return ""


def _pair(before: float, now: float) -> str:
    """Return both values with as many digits as it takes to tell them apart."""
    for digits in range(4, 11):
        first, second = shown(before, digits), shown(now, digits)
        if first != second and digits < 10:
            return f"{first} → {second}"
    return f"{shown(before)} → {shown(now)}"


def _signed(value: float) -> str:
    return shown(value, 2) if value < 0 else f"+{shown(value, 2)}"


def _distance(value: float, points: Points) -> str:
    return f"{shown(value, 3)} standardised units" if points.standardised else shown(value, 3)


def _since(iterations: NDArray[np.intp], i: int) -> str:
    gap = int(iterations[i] - iterations[i - 1])
    return f" in {gap} iterations" if gap > 1 else ""


def _span(iterations: NDArray[np.intp], i: int) -> str:
    """Return which iterations one shown step stands for, when some are left out."""
    first, last = int(iterations[i - 1]) + 1, int(iterations[i])
    return f" (iterations {first} to {last} together)" if last > first else ""


def _verb(count: int) -> str:
    return "changes" if count == 1 else "change"
