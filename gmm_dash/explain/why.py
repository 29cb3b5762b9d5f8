"""Why this result looks as it does: one rule a function, a sentence or silence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.explain.numbers import counted

if TYPE_CHECKING:
    from gmm_dash.engine import Finding, MixtureFit
    from gmm_dash.results import Comparison, Shapes, Side

_CUT: Final = 0.12  # share of a component that k-means gives away before it counts as cut
_FEWEST: Final = 20  # points of a component below which a cut is chance
_LONG: Final = 2.0
_WIDE: Final = 1.5
_UNSURE: Final = 0.8
_SOME: Final = 5  # unsure points below which there is nothing to say


def reasons(result: Comparison) -> list[str]:
    """Return the sentences that hold for a comparison, most telling first."""
    found = [why_split(result), which_unsure(result), *warnings(result)]
    return [sentence for sentence in found if sentence]


def shape_reasons(result: Shapes) -> list[str]:
    """Return the sentences that hold for the four covariance types."""
    sentence = why_shape(result)
    return [sentence] if sentence else []


def why_split(result: Comparison) -> str | None:
    """Return why k-means cuts the component it cuts most, or None when it cuts none."""
    gmm, kmeans = result.gmm, result.kmeans
    k = len(gmm.order)
    if k < 2 or result.gmm_fit.degenerate.any():
        return None
    counts = np.zeros((k, len(kmeans.order)), dtype=int)
    np.add.at(counts, (gmm.labels, kmeans.labels), 1)
    ordered = np.sort(counts, axis=1)[:, ::-1]
    sizes = counts.sum(axis=1)
    share = np.where(sizes >= _FEWEST, 1 - ordered[:, 0] / np.maximum(sizes, 1), 0.0)
    cut = int(share.argmax())
    if share[cut] < _CUT:
        return None
    first, second = np.argsort(-counts[cut], kind="stable")[:2]
    return (
        f"k-means cuts component {cut + 1} of the mixture: {counts[cut, first]:,} of its points "
        f"go to cluster {first + 1}, {counts[cut, second]:,} to cluster {second + 1}. "
        f"{_reason(gmm, cut)}"
    )


def _reason(gmm: Side, cut: int) -> str:
    """Return which property of a component k-means cannot express."""
    variances = np.linalg.eigvalsh(gmm.mixture.covariances)
    widths = np.sqrt(variances.clip(min=np.finfo(float).tiny))
    long = widths[cut, -1] / widths[cut, 0]
    if long >= _LONG:
        return (
            f"It is {long:.1f} times as long as it is wide, "
            "so its ends are nearer to other centres."
        )
    reach = np.sqrt(variances.sum(axis=1).clip(min=np.finfo(float).tiny))
    wide = reach[cut] / np.delete(reach, cut).min()
    if wide >= _WIDE:
        return (
            f"It is {wide:.1f} times as wide as the narrowest of the others, but k-means puts the "
            "wall halfway between two centres."
        )
    return "A wall halfway between two centres runs through it."


def which_unsure(result: Comparison) -> str | None:
    """Return where the points lie that the mixture is unsure of, or None when few are."""
    gmm = result.gmm
    doubtful = np.flatnonzero(gmm.certainty < _UNSURE)
    if len(doubtful) < _SOME or len(gmm.order) < 2:
        return None
    two = np.sort(np.argsort(-gmm.responsibilities[doubtful], axis=1)[:, :2], axis=1)
    pairs, counts = np.unique(two, axis=0, return_counts=True)
    most = int(counts.argmax())
    a, b = pairs[most] + 1
    where = f"between components {a} and {b}"
    if len(pairs) == 1:
        return f"All {len(doubtful):,} points less than 80 % sure lie {where}."
    return (
        f"Most in one place of the {len(doubtful):,} points less than 80 % sure are the "
        f"{counts[most]:,} {where}."
    )


def why_shape(result: Shapes) -> str | None:
    """Return what BIC weighed against what, or None when there are not two sound types."""
    sound = sorted((f for f in result.fits if not f.degenerate.any()), key=lambda f: f.bic)
    if len(sound) < 2:
        return None
    best, second = sound[0], sound[1]
    n = result.points.n
    fit_gain = 2 * n * (best.log_likelihood - second.log_likelihood)
    price = (best.n_parameters - second.n_parameters) * np.log(n)
    if best.n_parameters == second.n_parameters:
        return (
            f"{_name(best)} and {_name(second)} cost the same {best.n_parameters} parameters; "
            f"{_name(best)} fits better by {fit_gain:,.1f} in twice the log-likelihood."
        )
    if price > 0:
        return (
            f"Against {_name(second)}, {_name(best)} fits better by {fit_gain:,.1f} in twice the "
            f"log-likelihood and pays {price:,.1f} for "
            f"{counted(best.n_parameters - second.n_parameters, 'more parameter')}."
        )
    if fit_gain >= 0:
        return (
            f"{_name(best)} fits no worse than {_name(second)} and saves {-price:,.1f} for "
            "parameters."
        )
    return (
        f"Against {_name(best)}, {_name(second)} would fit better by {-fit_gain:,.1f} in twice the "
        f"log-likelihood, but {counted(second.n_parameters - best.n_parameters, 'more parameter')} "
        f"would cost {-price:,.1f}."
    )


def _name(fit: MixtureFit) -> str:
    return str(fit.covariance_type)


ADVICE: Final = {
    "variance-floor": "Lower K, raise the regularisation, or look for copied rows.",
    "few-points": "Lower K, or use tied covariances, which borrow from the other components.",
    "unused": "Lower K.",
    "duplicates": "Lower K to the number of different points, or below.",
    "not-converged": "Raise the iteration limit, or the tolerance.",
    "likelihood-fell": "Lower the regularisation.",
    "empty-cluster": "Try another start, or a smaller K.",
}
"""What to do about each finding, by its code."""


def warnings(result: Comparison) -> list[str]:
    """Return what each warning about the fits is about, by the page's numbers, and its cure."""
    gmm = [
        _warning("mixture", finding, result.gmm, said=not i)  # the notice says the first
        for i, finding in enumerate(result.gmm_fit.health)
    ]
    kmeans = [_warning("k-means", f, result.kmeans) for f in result.kmeans_fit.health]
    return [*gmm, *kmeans]


def _warning(method: str, finding: Finding, side: Side, *, said: bool = False) -> str:
    """Return a finding with its components and its cure; only these when it is said already."""
    display = np.argsort(side.order)
    numbers = sorted(int(display[c]) + 1 for c in finding.components)
    kind = "component" if method == "mixture" else "cluster"
    whose = _whose(kind, numbers, len(display))
    advice = ADVICE.get(finding.code, "")
    if said:
        return f"{whose[:1].upper()}{whose[1:]}: {advice}" if whose else advice
    return f"Warning, {method}{f' ({whose})' if whose else ''}: {finding.student} {advice}".strip()


def _whose(kind: str, numbers: list[int], k: int) -> str:
    """Return ``"component 3"``, ``"components 1, 4–6"`` or ``"all 30 components"``."""
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"{kind} {numbers[0]}"
    if len(numbers) == k:
        return f"all {k} {kind}s"
    starts = [n for n in numbers if n - 1 not in numbers]
    ends = [n for n in numbers if n + 1 not in numbers]
    runs = [f"{a}" if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True)]
    return f"{kind}s {', '.join(runs)}"
