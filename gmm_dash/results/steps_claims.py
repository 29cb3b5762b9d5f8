"""What happened in each half step of the player, and why the runs stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.types import RANDOM_GAUSSIANS
from gmm_dash.results.caption_claims import axes_claim
from gmm_dash.results.claim import Claim
from gmm_dash.results.histogram import histogram
from gmm_dash.results.one_column import ROOM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection
    from gmm_dash.results.steps import KMeansRun, MixtureRun, Start, Steps

_TIE: Final = 1e-9  # relative; movements that close are equally long
_CARRIED: Final = tuple(f"carry-{kind}" for kind in CovarianceType)
_REST: Final = 1e-12  # of the largest coordinate: a way that is rounding


def start_claims(steps: Steps) -> tuple[Claim, ...]:
    """Return which run this is: one start, shared by both methods, on which points."""
    start, k = steps.start, len(steps.start.centers)
    if start.kept is not None:
        return (_informed(start.kept, k), *_on_a_sample(steps))
    line = steps.points.d == 1
    facts: dict[str, Any] = {"kind": start.kind, "seed": start.seed, "k": k, "line": line}
    facts |= {"placed": k - start.filled}
    claims = [Claim("steps.start-shared", facts)]
    if start.kind == RANDOM_GAUSSIANS:
        kind = steps.gmm.fit.covariance_type
        claims.append(Claim("steps.start-gaussians", {"k": k, "kind": kind, "line": line}))
    if start.filled:
        claims.append(Claim("steps.start-filled", {"k": k, "filled": start.filled}))
    return (*claims, *_on_a_sample(steps))


def _informed(kept: MixtureFit, k: int) -> Claim:
    """Return which run this is, and how its start was made or drawn."""
    facts: dict[str, Any] = {"k": k, "move": kept.move, "type": str(kept.covariance_type)}
    drawn = {"init": kept.init, "seed": kept.random_state} if kept.start is None else None
    once = kept.move in {"double", *_CARRIED} and kept.max_iter == 1
    return Claim("steps.start-informed", facts | {"drawn": drawn, "once": once})


def _on_a_sample(steps: Steps) -> list[Claim]:
    if steps.points.n == steps.n_all:
        return []
    return [Claim("steps.start-sampled", {"n": steps.points.n, "n_all": steps.n_all})]


def seeding_claims(start: Start, n: int) -> tuple[Claim, ...]:
    """Return one claim for each centre that k-means++ chose; none for other starts."""
    if start.odds is None:
        return ()
    k = len(start.centers)
    later = [
        Claim("steps.seeding-later", {"centre": j + 1, "candidates": 2 + int(np.log(k))})
        for j in range(1, k)
    ]
    return (Claim("steps.seeding-first", {"n": n}), *later)


def steps_caption_claims(steps: Steps, projection: Projection) -> dict[str, tuple[Claim, ...]]:
    """Return what each plot of the player shows, by side."""
    axes, paths = axes_claim(steps.points, projection), Claim("caption.steps-paths")
    colours = Claim("caption.steps-colours")
    if projection.line:
        cuts = [Claim("caption.steps-cuts")] if len(steps.start.centers) > 1 else []
        return {
            "kmeans": (axes, *cuts, paths),
            "gmm": (axes, colours, Claim("caption.steps-curves"), *_above(steps, projection)),
        }
    regions = [Claim("caption.steps-regions")] if projection.faithful else []
    return {
        "kmeans": (axes, *regions, paths),
        "gmm": (axes, colours, Claim("caption.steps-ellipses")),
    }


def _above(steps: Steps, projection: Projection) -> list[Claim]:
    """Return that a component's curve leaves the plot, where one does at any time."""
    run, scale = steps.gmm, float(projection.matrix[0, 0])
    bars = histogram(projection.points(steps.points.fitted)[:, 0])[0]
    with np.errstate(divide="ignore"):
        high = run.weights / (scale * np.sqrt(2 * np.pi * run.covariances[..., 0, 0]))
    return [Claim("caption.steps-above")] if high.max() > ROOM * bars.max() else []


def kmeans_claims(steps: Steps) -> list[tuple[Claim, ...]]:
    """Return what is to say of every half step of k-means."""
    run, points = steps.kmeans, steps.points
    k = len(steps.start.centers)
    said: list[tuple[Claim, ...]] = [_begun("kmeans", Claim("steps.kmeans-start", {"k": k}))]
    for i in range(len(run.iterations)):
        if i:
            said.append((_moved(run, i, points),))
        said.append((_dealt(run, i, points.n), *_emptied(run, i)))
    said[-1] = (*said[-1], _kmeans_stop(run))
    return said


def _begun(side: str, start: Claim) -> tuple[Claim, ...]:
    numbers = [Claim(f"steps.{side}-numbers")] if start.facts["k"] > 1 else []
    return (start, *numbers)


def _moved(run: KMeansRun, i: int, points: Points) -> Claim:
    travelled = np.linalg.norm(run.centers[i] - run.centers[i - 1], axis=1)
    if travelled.max() == 0:
        return Claim("steps.kmeans-still")
    inertia = (float(run.inertia[i - 1]), float(run.moved_inertia[i]))
    span = _span(run.iterations, i)
    facts = _farthest(travelled, points) | {"inertia": inertia, "span": span}
    if span is not None or not run.emptied[i - 1]:
        return Claim("steps.kmeans-moved", facts)
    away = np.linalg.norm(points.fitted - run.centers[i - 1][run.labels[i - 1]], axis=1)
    taken = int(run.emptied[i - 1]) if away.max() > 0 else 0
    return Claim("steps.kmeans-reseeded", facts | {"empty": taken})


def _dealt(run: KMeansRun, i: int, n: int) -> Claim:
    inertia = float(run.inertia[i])
    if i == 0:
        return Claim("steps.kmeans-joined", {"n": n, "inertia": inertia})
    changed, gap = int(run.changed[i]), _gap(run.iterations, i)
    if changed == 0:
        return Claim("steps.kmeans-unchanged", {"inertia": inertia, "gap": gap})
    before = float(run.moved_inertia[i]) if gap == 1 else None
    return Claim(
        "steps.kmeans-changed", {"count": changed, "gap": gap, "before": before, "after": inertia}
    )


def _emptied(run: KMeansRun, i: int) -> list[Claim]:
    count = int(run.emptied[i])
    return [Claim("steps.kmeans-emptied", {"count": count})] if count else []


def _kmeans_stop(run: KMeansRun) -> Claim:
    """Return why k-means stopped."""
    fit = run.fit
    facts: dict[str, Any] = {"n_iter": fit.n_iter}
    if not fit.converged:
        return Claim("steps.kmeans-limit", facts)
    if run.changed[-1] == 0:
        return Claim("steps.kmeans-rest", facts)
    return Claim("steps.kmeans-tolerance", facts | {"tol": fit.tol})


def mixture_claims(steps: Steps) -> list[tuple[Claim, ...]]:
    """Return what is to say of every half step of EM."""
    run, points = steps.gmm, steps.points
    line = {"line": points.d == 1}
    facts = {"k": len(steps.start.centers), **line}
    shaped = run.fit.start is not None
    said: list[tuple[Claim, ...]] = [
        _begun("em", Claim("steps.em-shaped-start" if shaped else "steps.em-start", facts)),
        (Claim("steps.em-dealt-by-shapes", line) if shaped else Claim("steps.em-dealt"),),
    ]
    for i in range(len(run.iterations)):
        said += [_maximised(run, i, points), (_shared(run, i + 1),)]
    said[-1] = (*said[-1], _mixture_stop(run))
    return said


def _maximised(run: MixtureRun, i: int, points: Points) -> tuple[Claim, ...]:
    now = float(run.log_likelihood[i])
    if i == 0:
        done = int(run.iterations[0])
        return (Claim("steps.em-first", {"value": now, "span": (1, done) if done > 1 else None}),)
    travelled = np.linalg.norm(run.means[i] - run.means[i - 1], axis=1)
    values = (float(run.log_likelihood[i - 1]), now)
    facts = _farthest(travelled, points) | {"values": values, "span": _span(run.iterations, i)}
    fell = [Claim("steps.em-fell", {"reg": run.fit.reg_covar})] if run.fell[i] else []
    return (Claim("steps.em-moved", facts), *fell)


def _shared(run: MixtureRun, e: int) -> Claim:
    gap = _gap(run.iterations, e - 1) if e > 1 else 1
    facts = {"changed": int(run.changed[e]), "unsure": int(run.unsure[e]), "gap": gap}
    return Claim("steps.em-shared", facts)


def _mixture_stop(run: MixtureRun) -> Claim:
    """Return why EM stopped."""
    fit = run.fit
    values, gaps = fit.trace.log_likelihood, np.diff(fit.trace.iterations)
    if not fit.converged:
        rise = values[-1] - values[-2] if gaps[-1] == 1 else 0.0
        return Claim(
            "steps.em-limit",
            {"n_iter": fit.n_iter, "rise": float(rise) if rise > fit.tol else None},
        )
    last = float(values[-2] - values[-3]) if len(gaps) > 1 and gaps[-2] == 1 else None
    return Claim("steps.em-tolerance", {"n_iter": fit.n_iter, "last": last, "tol": fit.tol})


def _farthest(travelled: NDArray[np.float64], points: Points) -> dict[str, Any]:
    """Return which moved farthest, several where they tie, and how far; none at rest."""
    longest = float(travelled.max())
    if longest <= _REST * (1 + np.abs(points.fitted).max()):
        return {"who": (), "by": 0.0, "standardised": points.standardised}
    who = tuple((np.flatnonzero(travelled >= longest * (1 - _TIE)) + 1).tolist())
    return {"who": who, "by": longest, "standardised": points.standardised}


def _gap(iterations: NDArray[np.intp], i: int) -> int:
    return int(iterations[i] - iterations[i - 1])


def _span(iterations: NDArray[np.intp], i: int) -> tuple[int, int] | None:
    """Return which iterations one shown step stands for, when some are left out."""
    first, last = int(iterations[i - 1]) + 1, int(iterations[i])
    return (first, last) if last > first else None
