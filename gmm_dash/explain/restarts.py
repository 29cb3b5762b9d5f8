"""Words for the study of restarts: how often each kind of start arrives, and where else it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.results.study import COLLAPSED, optimum_name

if TYPE_CHECKING:
    from gmm_dash.results.study import Study

METHODS: Final = {"kmeans": "k-means", "gmm": "EM"}
OBJECTIVES: Final = {
    "kmeans": "Inertia (lower is better)",
    "gmm": "Log-likelihood per point (higher is better)",
}
START_NAMES: Final = {
    "kmeans": "k-means",
    "k-means++": "k-means++",
    "random_from_data": "random points",
    "random": "random shares",
}
KMEANS_START_NAMES: Final = {"k-means++": "k-means++", "random": "random points"}
WAITING: Final = (
    "So many starts take a while with these points. Press Start; results appear as they are "
    "computed, and you can stop at any time."
)
_MOST: Final = 5  # optima listed


def start_names(algorithm: str) -> dict[str, str]:
    """Return what each kind of start of an algorithm is called."""
    return KMEANS_START_NAMES if algorithm == "kmeans" else START_NAMES


def restarts_notice(kmeans: Study, gmm: Study, *, finished: bool) -> str:
    """Return the sentences over the view, computed from its rows."""
    said = [_reach(study) for study in (kmeans, gmm) if study.starts]
    if finished and gmm.starts:
        said.append(_lesson(gmm))
    return " ".join(sentence for sentence in said if sentence)


def restarts_badge(study: Study) -> str:
    """Return starts and distinct optima."""
    return (
        f"{counted(len(study.starts), 'start')} · "
        f"{counted(len(study.representatives), 'distinct optimum', 'distinct optima')}"
    )


def restarts_caption(study: Study) -> str:
    """Return what the strip shows."""
    if not study.starts:
        return ""
    names = start_names(study.algorithm)
    shares = ", ".join(
        f"{names[kind]} {percent(share)}" for kind, share in study.reach_best().items()
    )
    fallen = study.count(COLLAPSED)
    hollow = f" {counted(fallen, 'start')} collapsed (hollow)." if fallen else ""
    return f"Share that reaches the best optimum, by kind of start: {shares}.{hollow}"


def start_hover(study: Study, i: int) -> str:
    """Return what the plot says of one start, as lines for Plotly."""
    start, optimum = study.starts[i], int(study.optimum[i])
    name = optimum_name(optimum)
    where = "collapsed: not an optimum to believe" if optimum == COLLAPSED else f"optimum {name}"
    lines = [
        f"<b>start {start.number + 1}: {start_names(study.algorithm)[start.kind]}</b>",
        f"{'inertia' if study.algorithm == 'kmeans' else 'log-likelihood'} = "
        f"{shown(start.objective, 6)}",
        where + (" (the best)" if optimum == 0 else ""),
        f"seed {start.seed}, {counted(start.n_iter, 'iteration')}",
        "" if start.converged else "stopped at the iteration limit",
        "click to see this fit",
    ]
    return "<br>".join(line for line in lines if line)


def optima_table(study: Study) -> dict[str, list[object]]:
    """Return the distinct optima, best first, as head and body of a table."""
    sign = "+" if study.algorithm == "kmeans" else ""
    body: list[object] = []
    kept = study.representatives[:_MOST]
    for i, start in enumerate(kept):
        best, mine = kept[0].objective or 0.0, start.objective or 0.0
        apart = "best" if i == 0 else f"{sign}{shown(mine - best, 3)}"
        count = study.count(i)
        share = percent(count / len(study.starts))
        body.append([optimum_name(i), shown(mine, 6), apart, f"{count}", share])
    rest = len(study.representatives) - len(kept)
    if rest > 0:
        many = sum(study.count(i) for i in range(_MOST, _MOST + rest))
        name = f"{rest} more"
        body.append([name, "", "", f"{many}", percent(many / len(study.starts))])
    if fallen := study.count(COLLAPSED):
        body.append(["collapsed", "", "", f"{fallen}", percent(fallen / len(study.starts))])
    return {"head": ["Optimum", "Objective", "To the best", "Starts", "Share"], "body": body}


def _reach(study: Study) -> str:
    reached, fallen, total = study.count(0), study.count(COLLAPSED), len(study.starts)
    method = METHODS[study.algorithm]
    lost = f"; {fallen} collapsed" if fallen else ""
    if not study.representatives:
        return f"Every start of {method} collapsed."
    if len(study.representatives) == 1 and reached == total:
        return f"All {total} starts of {method} end in one and the same place."
    others = len(study.representatives) - 1
    if not others:
        return f"{method} reaches its one optimum from {reached} of {total} starts{lost}."
    elsewhere = f"{total - reached - fallen}" if fallen else "the rest"
    return (
        f"{method} reaches its best result from {reached} of {total} starts and "
        f"{counted(others, 'other optimum', 'other optima')} from {elsewhere}{lost}."
    )


def _lesson(gmm: Study) -> str:
    """Return which kind of start to prefer, where that is clear."""
    shares = gmm.reach_best()
    best, worst = max(shares, key=lambda k: shares[k]), min(shares, key=lambda k: shares[k])
    if shares[best] - shares[worst] < 0.2:
        return ""
    return (
        f"For EM, starts from {START_NAMES[best]} arrive in {percent(shares[best])} of cases, "
        f"from {START_NAMES[worst]} in {percent(shares[worst])}: vary the kind of start, "
        "not only the seed."
    )
