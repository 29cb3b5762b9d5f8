"""What is true of a mixture as a density, of new points drawn from it, and of unseen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.results import known
from gmm_dash.results.caption_claims import axes_claim, curves_claims
from gmm_dash.results.claim import Claim
from gmm_dash.results.row_claims import rows_claims
from gmm_dash.results.transforms import back

if TYPE_CHECKING:
    from gmm_dash.results.density_study import DensityStudy, HeldOut, Spacing
    from gmm_dash.results.projection import Projection
    from gmm_dash.results.rows import Rows
    from gmm_dash.results.slice import Slice

LOOSE: Final = 0.10  # share of far draws from which one sees that they fall beside the data
FAITHFUL: Final = 0.04
TIGHT: Final = 0.5  # ratio of distances below which the draws hug the data
NEAR: Final = 1.5  # the same ratio up to which they lie as the data lie
MOST_K: Final = 30  # that the page can be set to
OVERFIT: Final = 0.02  # fall of the held-out score that an eye sees, as a share of the score


def density_claims(study: DensityStudy) -> tuple[Claim, ...]:
    """Return what this mixture shows about new data."""
    k, spacing = study.fit.n_components, study.spacing
    if spacing is None:
        return (Claim("density.recipe", {"k": k}),)
    falls = Claim(
        "density.distances",
        {
            "draws": spacing.draws,
            "data": spacing.data,
            "beyond": spacing.beyond,
            "far": spacing.far,
            "among": spacing.among if spacing.among < study.points.n else 0,
            "n": study.points.n,
        },
    )
    return (falls, *_verdict(study, spacing))


def density_rows_claims(rows: Rows | None) -> tuple[Claim, ...]:
    """Return which rows of a long table the mixture and what is drawn of the data are of."""
    if rows is None:
        return ()
    if rows.why == "seconds":
        facts = {"n": rows.n, "n_total": rows.n_total, "seconds": rows.seconds}
        return (Claim("density.sample", facts | {"limit": rows.limit, "pieces": rows.pieces}),)
    if rows.why == "stopped":
        facts = {"n": rows.n, "n_total": rows.n_total, "seconds": rows.seconds}
        return (Claim("density.stopped", facts),)
    if rows.why:
        return rows_claims(rows, rows.begun)
    return (Claim("density.all-rows", {"n": rows.n, "sample": rows.sample}),)


def _verdict(study: DensityStudy, spacing: Spacing) -> list[Claim]:
    """Return where the draws fall; nothing where neither is plain."""
    k, kind = study.fit.n_components, str(study.fit.covariance_type)
    if spacing.far > 0 and spacing.beyond > LOOSE:
        advice = {"more": k < min(MOST_K, study.points.n), "fuller": kind != CovarianceType.FULL}
        found = [Claim("density.beside", {"k": k})]
        return [*found, Claim("density.try-freer", advice)] if any(advice.values()) else found
    if spacing.data > 0 and spacing.draws < TIGHT * spacing.data:
        found = [Claim("density.hugs")]
        return [*found, Claim("density.try-fewer")] if k > 1 else found
    near = spacing.beyond <= FAITHFUL and spacing.draws <= NEAR * spacing.data
    if near and spacing.data > 0 and not study.fit.degenerate.any():
        return [Claim("density.follows", {"beyond": spacing.beyond}), *_groups(study)]
    if spacing.draws > spacing.data > 0:
        return [Claim("density.looser")]
    return []


def _groups(study: DensityStudy) -> list[Claim]:
    """Return whether there are more components than known groups."""
    k, groups = study.fit.n_components, known.count_groups(study.points.labels)
    facts = {"k": k, "groups": groups, **known.coverage(study.points.labels)}
    return [Claim("density.shared-groups", facts)] if 0 < groups < k else []


def density_caption_claims(
    study: DensityStudy,
    projection: Projection,
    cut: Slice | None = None,
    *,
    contours: bool,
    most: int,
) -> tuple[Claim, ...]:
    """Return what the map, its margins and a slice show; of at most so many points."""
    across, up = projection.titles
    if projection.line:
        claims = [axes_claim(study.points, projection)]
        mixture = study.fit.mixture.reordered(study.order)
        claims += curves_claims(study.points, projection, mixture, parts=True)
        claims.append(Claim("caption.no-map"))
    else:
        claims = [Claim("caption.plane", {"across": across, "up": up})]
        claims += [Claim("caption.contours")] if contours else []
        claims.append(Claim("caption.margins"))
    if cut is not None:
        claims += _slice_claims(cut, projection)
    if study.points.d > 2:
        claims.append(Claim("caption.marginal", {"d": study.points.d}))
    if study.outliers.any():
        facts = {
            "n": int(study.outliers.sum()),
            "worst": int(study.points.rows[int(np.argmin(study.log_density))]) + 1,
            "highest": float(study.log_density[study.outliers].max()),
            "ringed": min(int(study.outliers.sum()), most),
        }
        claims.append(Claim("caption.outliers", facts))
    return tuple(claims)


def _slice_claims(cut: Slice, projection: Projection) -> list[Claim]:
    """Return what is expected at a place, in original values; and whether it is one thing."""
    (across, up), (bend_across, bend_up) = projection.titles, projection.bends
    ends = (cut.mean - cut.deviation, cut.mean + cut.deviation)
    mean, low, high = (float(back(bend_up, value)) for value in (cut.mean, *ends))
    place = {"across": across, "up": up, "at": float(back(bend_across, cut.at))}
    found = [
        Claim("caption.slice", {**place, "mean": mean, "low": low, "high": high, "bend": bend_up})
    ]
    if cut.peaks > 1:
        found.append(Claim("caption.slice-peaks", {"peaks": cut.peaks}))
    return found


def draws_caption_claims(projection: Projection) -> tuple[Claim, ...]:
    """Return what the plot of new points shows."""
    across, up = projection.titles
    if projection.line:
        return (Claim("caption.draws-line", {"across": across}),)
    return (Claim("caption.draws", {"across": across, "up": up}),)


def density_badge_claim(study: DensityStudy) -> Claim:
    """Return covariance type and number of components."""
    kind = str(study.fit.covariance_type)
    return Claim("badge.density", {"kind": kind, "k": study.fit.n_components})


def draws_badge_claim(study: DensityStudy, seed: int) -> Claim:
    """Return how many points were drawn with which seed."""
    return Claim("badge.draws", {"n": len(study.draws), "seed": seed})


def held_out_claims(result: HeldOut, k: int) -> tuple[Claim, ...]:
    """Return what the held-out scores show about K, the one in use being ``k``."""
    if result.best is None:
        return (Claim("heldout.none"),)
    outside = round(result.share * result.n)
    counts = {"outside": outside, "n": result.n, "n_total": result.n_total}
    best = Claim("heldout.best", {**counts, "best": result.best})
    use = Claim("heldout.in-use" if result.best == k else "heldout.not-in-use")
    return (best, *_by_heart(result), use)


def _by_heart(result: HeldOut) -> list[Claim]:
    """Return whether more components raise what is seen and lower what is not."""
    rows = zip(result.n_components, result.seen, result.unseen, strict=True)
    known = [
        (k, seen, unseen)
        for k, seen, unseen in rows
        if seen is not None and unseen is not None and k >= (result.best or 0)
    ]
    if not known or known[0][0] != result.best:
        return []
    (_, seen_best, top), (last, seen_last, end) = known[0], known[-1]
    if seen_last <= seen_best or top - end <= OVERFIT * max(1.0, abs(top)):
        return []
    facts = {"last": last, "seen": (seen_best, seen_last), "unseen": (top, end)}
    return [Claim("heldout.by-heart", facts)]
