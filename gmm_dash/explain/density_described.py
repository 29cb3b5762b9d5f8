"""What the new points and the held-out curve of Density show, for those who do not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.numbers import counted, shown

if TYPE_CHECKING:
    from gmm_dash.results import DensityStudy, HeldOut, Projection


def draws_described(study: DensityStudy, projection: Projection, seed: int) -> str:
    """Return where the points lie that are drawn from the mixture, on the axes of the plot.

    Parameters
    ----------
    study : DensityStudy
        With at least one draw.
    projection : Projection
    seed : int
        That they were drawn with.
    """
    across, up = projection.titles
    places = projection.points(study.draws)
    mean, spread = places.mean(axis=0).tolist(), places.std(axis=0).tolist()
    head = f"{counted(len(places), 'new point')} drawn from the mixture with seed {seed}"
    if projection.line:
        return (
            f"{head}; {across}: mean {shown(mean[0], 3)}, standard deviation {shown(spread[0], 3)}."
        )
    return (
        f"{head}; {up} against {across}: mean ({shown(mean[0], 3)}, {shown(mean[1], 3)}), "
        f"standard deviations {shown(spread[0], 3)} and {shown(spread[1], 3)}."
    )


def held_out_described(result: HeldOut, k: int) -> str:
    """Return what both curves of the held-out score show, and the line at the K in use.

    Parameters
    ----------
    result : HeldOut
    k : int
        Of the mixture that the view shows.
    """
    ks = result.n_components
    curves = {"the fit has seen": result.seen, "held out": result.unseen}
    said = [
        f"Points {name}: {_curve([*zip(ks, values, strict=True)])}."
        for name, values in curves.items()
    ]
    used = f" Line: K = {k}, in use."
    return f"Mean log-likelihood per point over K = {ks[0]} to {ks[-1]}. {' '.join(said)}{used}"


def _curve(pairs: list[tuple[int, float | None]]) -> str:
    known = [(value, k) for k, value in pairs if value is not None]
    if not known:
        return "no value"
    best, at = max(known, key=lambda one: one[0])
    (first, low), (last, high) = known[0], known[-1]
    return (
        f"{shown(first)} at K = {low}, {shown(last)} at K = {high}, highest {shown(best)} at "
        f"K = {at}"
    )
