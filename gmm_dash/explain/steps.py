"""What each half step of the player did, in words and numbers from that very step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.race import RACED
from gmm_dash.explain import captions
from gmm_dash.explain.findings import finding_sentences
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.run_on import run_on_sentences
from gmm_dash.explain.sentence import Spoken, spell
from gmm_dash.results.steps_claims import (
    kmeans_claims,
    mixture_claims,
    seeding_claims,
    start_claims,
    steps_caption_claims,
)

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Sentence, Words
    from gmm_dash.results import Projection, Start, Steps

_CHOSEN = {
    "k-means++": "chosen by k-means++ with seed {seed}",
    "random": "random points drawn with seed {seed}",
    "kmeans": "where k-means (one run, seed {seed}) ended",
    "bad": "side by side across the data, a bad place on purpose",
    "bad of one column": (
        "side by side at the end of the data that is farther from their mean, a bad place on "
        "purpose"
    ),
    "own": "where you put them",
    "random_gaussians": "random points drawn with seed {seed}",
    "none placed": "drawn with seed {seed}, as none was put anywhere",
}
_SHAPES: Final[dict[str, str]] = {
    CovarianceType.FULL: "each of a random shape",
    CovarianceType.TIED: "all of one random shape",
    CovarianceType.DIAG: "each of random widths",
    CovarianceType.SPHERICAL: "each of a random size",
    CovarianceType.EQUAL: "all of one random size",
}
_WIDTHS: Final = {
    kind.value: "all of one random width" if kind.shape.pooled else "each of a random width"
    for kind in CovarianceType
}
_DRAWN = {"kmeans": "k-means", "k-means++": "k-means++", "random_from_data": "random points"}
_LARGE_TOL = 1e-5  # from here on a slow climb can look like the top


def _start(kind: str, seed: int, k: int, placed: int, *, line: bool) -> str:
    kind = "bad of one column" if line and kind == "bad" else kind
    chosen = _CHOSEN["none placed" if placed == 0 else kind].format(seed=seed)
    one = "one centre" if k == 1 else f"the same {k} centres"
    return (
        f"Both runs start from {one}, {chosen}. This is a single start: "
        "the other views may show the best of several."
    )


def _gaussians(k: int, kind: str, *, line: bool) -> str:
    if k == 1:
        return "The mixture begins with a random Gaussian there, so its first step is an E-step."
    shape = (_WIDTHS if line else _SHAPES)[kind]
    return (
        f"The mixture begins with Gaussians there, {shape} and of equal weight, "
        "so its first step is an E-step."
    )


def _spread(line: bool) -> str:  # noqa: FBT001
    return "variances" if line else "shapes"


def _unsure(count: int) -> str:
    if count == 0:
        return "every point is at least 80 % sure"
    return f"{counted(count, 'point')} {'is' if count == 1 else 'are'} less than 80 % sure"


def _informed(
    k: int,
    move: str,
    type: str,  # noqa: A002  (facts by name)
    drawn: dict[str, Any] | None,
    *,
    once: bool,
) -> str:
    centres = "one centre" if k == 1 else f"{k} centres"
    made = _made(k, move, type) if drawn is None else _as_drawn(**drawn)
    return (
        "The mixture's run is the one that the search with neighbours keeps, from its start to its "
        f"end. {made}{' It makes one iteration only.' if once else ''} "
        f"k-means begins at the {centres} of that start."
    )


def _made(k: int, move: str, kind: str) -> str:
    """Return how a start was made from a neighbouring fit."""
    fewer, more = counted(k - 1, "component"), counted(k + 1, "component")
    what, _, inner = move.partition("-")
    if move == "double":
        return f"It begins at the {kind} mixture of {fewer}, its heaviest component written twice."
    if what == "carry":
        return f"It begins at the {inner} mixture of as many components, just as it is."
    begun = {
        "cut": f"a {kind} mixture of {fewer}, with one of them cut in two",
        "merge": f"a {kind} mixture of {more}, with two of them made one",
        "drop": f"a {kind} mixture of {more}, with one of them left out",
        "cut-merge": "an earlier find of as many components: one cut in two, then two made one",
        "cut-drop": "an earlier find of as many components: one cut in two, then one left out",
    }.get(move, f"the groups of a {inner} mixture of as many components")
    return f"Its start was made of {begun}, and ran {RACED} iterations in a race with others."


def _as_drawn(init: str, seed: int) -> str:
    return (
        f"That start is none made of neighbouring fits, but drawn: {_DRAWN[init]}, seed {seed}, "
        "from the shapes that its first M-step gives."
    )


def _filled(k: int, filled: int) -> str:
    return (
        f"{filled} of the {counted(k, 'start centre')} had no place of "
        f"{'its' if filled == 1 else 'their'} own and {'was' if filled == 1 else 'were'} drawn by "
        "k-means++."
    )


def _sampled(n: int, n_all: int) -> str:
    return (
        f"The player runs on a random sample of {n:,} of the {n_all:,} points (seed 0), "
        "so its numbers may differ from those of the other views."
    )


def _moved(
    who: tuple[int, ...],
    by: float,
    standardised: bool,  # noqa: FBT001  (facts by name)
    inertia: tuple[float, float],
    span: tuple[int, int] | None,
) -> str:
    return (
        f"Every centre goes to the mean of its points{_span(span)}. "
        f"{_farthest('Centre', who, by, standardised)}. "
        f"Inertia {shown(inertia[0])} → {shown(inertia[1])}."
    )


def _reseeded(
    who: tuple[int, ...],
    by: float,
    standardised: bool,  # noqa: FBT001
    inertia: tuple[float, float],
    span: None,
    empty: int,
) -> str:
    if not empty:
        return _moved(who, by, standardised, inertia, span).replace(
            "Every centre goes to the mean of its points",
            "Every centre with points goes to their mean",
        )
    first = (
        "First the centre without points takes the point farthest from its own centre"
        if empty == 1
        else f"First the {empty} centres without points take the points farthest from their own "
        "centres"
    )
    return f"{first}. {_moved(who, by, standardised, inertia, span).replace('Every', 'Then every')}"


def _changed(count: int, gap: int, before: float | None, after: float) -> str:
    since = "" if before is None else f"{shown(before)} → "
    return (
        f"{counted(count, 'point')} {_verb(count)} cluster{_since(gap)}. "
        f"Inertia {since}{shown(after)}."
    )


def _em_moved(
    who: tuple[int, ...],
    by: float,
    standardised: bool,  # noqa: FBT001
    values: tuple[float, float],
    span: tuple[int, int] | None,
) -> str:
    before, now = values
    return (
        f"{_farthest('Component', who, by, standardised)}{_span(span)}. "
        f"Mean log-likelihood {_pair(before, now)} ({_signed(now - before)})."
    )


def _fell(reg: float) -> str:
    if reg == 0:
        return "It fell."
    return (
        f"It fell; with reg_covar = {reg:g} added to every variance EM no longer climbs the "
        "plain likelihood."
    )


def _shared(changed: int, unsure: int, gap: int) -> str:
    switched = (
        "No point changes its most probable component"
        if changed == 0
        else f"{counted(changed, 'point')} {_verb(changed)} "
        f"{'its' if changed == 1 else 'their'} most probable component"
    )
    return f"{switched}{_since(gap)}; {_unsure(unsure)}."


def _limit(n_iter: int, rise: float | None) -> str:
    rising = "" if rise is None else f" It was still rising, by {shown(rise, 2)} a step."
    return f"Stopped by the iteration limit {_after(n_iter)}.{rising}"


def _tolerance(n_iter: int, last: float | None, tol: float) -> str:
    by = "by less" if last is None else f"by {shown(last, 2)}, less"
    rest = (
        "With so large a tolerance this can be a mere plateau: lower it and see."
        if tol > _LARGE_TOL
        else "That need not be rest."
    )
    return (
        f"Converged {_after(n_iter)}: the mean log-likelihood changed {by} than "
        f"tol = {tol:g}. {rest}"
    )


WORDS: Final[Words] = {
    "steps.start-shared": _start,
    "steps.start-informed": _informed,
    "steps.start-filled": _filled,
    "steps.start-gaussians": _gaussians,
    "steps.start-sampled": _sampled,
    "steps.seeding-first": lambda n: (
        f"k-means++ draws centre 1 evenly: each of the {n:,} points had {percent(1 / n)}."
    ),
    "steps.seeding-later": lambda centre, candidates: (
        f"Centre {centre}: the odds of a point grow with its squared distance from the nearest "
        f"centre so far (large points are likely). scikit-learn draws {candidates} "
        "candidates and keeps the best."
    ),
    "caption.steps-regions": lambda: (
        "Regions, once points have joined centres: which centre is nearest."
    ),
    "caption.steps-cuts": lambda: (
        "Dashed, once points have joined centres: the cuts halfway between neighbouring centres."
    ),
    "caption.steps-curves": lambda: (
        "Curves, once there are variances: each component's density times its weight, and the "
        "dark one their sum."
    ),
    "caption.steps-above": lambda: "At times the curve of a component goes on above the plot.",
    "caption.steps-paths": lambda: "Dotted: the way of each centre so far.",
    "caption.steps-colours": lambda: (
        "Once points are shared, the colour of each mixes those of its most probable components, "
        "two at most."
    ),
    "caption.steps-ellipses": lambda: (
        "Ellipses, once there are shapes: 1 and 2 standard deviations."
    ),
    "steps.kmeans-start": lambda k: f"{counted(k, 'centre')}; no point belongs to any of them yet.",
    "steps.kmeans-numbers": lambda: "A run numbers each centre by the cluster it ends as.",
    "steps.kmeans-joined": lambda n, inertia: (
        f"Each of the {n:,} points joins its nearest centre. Inertia {shown(inertia)}."
    ),
    "steps.kmeans-moved": _moved,
    "steps.kmeans-reseeded": _reseeded,
    "steps.kmeans-still": lambda: "No centre moves.",
    "steps.kmeans-unchanged": lambda inertia, gap: (
        f"No point changes cluster{_since(gap)}. Inertia {shown(inertia)}."
    ),
    "steps.kmeans-changed": _changed,
    "steps.kmeans-emptied": lambda count: f"{counted(count, 'cluster')} without any point.",
    "steps.kmeans-limit": lambda n_iter: (
        f"Stopped at the limit {_after(n_iter)}: it had not come to rest."
    ),
    "steps.kmeans-rest": lambda n_iter: (
        f"Converged {_after(n_iter)}: no point changes cluster any more. That is a resting place, "
        "not necessarily the best one."
    ),
    "steps.kmeans-tolerance": lambda n_iter, tol: (
        f"Converged {_after(n_iter)} by its tolerance: the centres hardly moved "
        f"(tol = {tol:g} of the mean variance); points could still change cluster."
    ),
    "steps.em-start": lambda k, *, line: (
        f"The same {counted(k, 'centre')}; the mixture has no {_spread(line)} yet."
    ),
    "steps.em-numbers": lambda: "A run numbers each centre by the component it ends as.",
    "steps.em-dealt": lambda: (
        "To begin with, every point belongs wholly to its nearest centre, as in k-means."
    ),
    "steps.em-shaped-start": lambda k, *, line: (
        f"The same {counted(k, 'centre')}; here they have {_spread(line)} and weights already."
    ),
    "steps.em-dealt-by-shapes": lambda *, line: (
        f"To begin with, every point is shared out by the weights and {_spread(line)} of the start."
    ),
    "steps.em-first": lambda value, span: (
        "Each component takes the weighted mean and share of its points, and of their spread as "
        f"much as its covariance type allows{_span(span)}. Mean log-likelihood {shown(value)}."
    ),
    "steps.em-moved": _em_moved,
    "steps.em-fell": _fell,
    "steps.em-shared": _shared,
    "steps.em-limit": _limit,
    "steps.em-tolerance": _tolerance,
}


def steps_spoken(steps: Steps, projection: Projection) -> Spoken:
    """Return everything that the view says, the sentence of every half step included."""
    points = steps.points
    parts = {
        "start": spell(start_claims(steps), WORDS),
        "notes": (
            *captions.note_sentences(points, projection, ("ellipses",)),
            *finding_sentences(steps.gmm.fit),
        ),
        "rest": run_on_sentences(steps.gmm.fit, steps.on, view="steps"),
        "said.seeding": seeding_said(steps.start, points.n),
        "said.kmeans": tuple(one for said in kmeans_said(steps) for one in said),
        "said.gmm": tuple(one for said in mixture_said(steps) for one in said),
    }
    numbers = {
        "kmeans.inertia": float(steps.kmeans.inertia[-1]),
        "gmm.log_likelihood": steps.gmm.fit.log_likelihood,
    }
    return Spoken(parts | _beside_plots(steps, projection), numbers)


def steps_end_spoken(steps: Steps, projection: Projection) -> Spoken:
    """Return what the view says of the end of both runs while points are under a hand."""
    parts = {"said.kmeans": kmeans_said(steps)[-1], "said.gmm": mixture_said(steps)[-1]}
    return Spoken(parts | _beside_plots(steps, projection), {})


def _beside_plots(steps: Steps, projection: Projection) -> dict[str, tuple[Sentence, ...]]:
    captioned = steps_caption_claims(steps, projection)
    words = {**captions.WORDS, **WORDS}
    return {
        "badge.kmeans": captions.kmeans_badge_sentence(steps.kmeans.fit),
        "badge.gmm": captions.gmm_badge_sentence(steps.gmm.fit),
        **{f"caption.{side}": spell(claims, words) for side, claims in captioned.items()},
    }


def seeding_said(start: Start, n: int) -> tuple[Sentence, ...]:
    """Return one sentence for each centre that k-means++ chose; none for other starts."""
    return spell(seeding_claims(start, n), WORDS)


def kmeans_said(steps: Steps) -> list[tuple[Sentence, ...]]:
    """Return what is said at every half step of k-means."""
    return [spell(claims, WORDS) for claims in kmeans_claims(steps)]


def mixture_said(steps: Steps) -> list[tuple[Sentence, ...]]:
    """Return what is said at every half step of EM."""
    return [spell(claims, WORDS) for claims in mixture_claims(steps)]


def _after(n_iter: int) -> str:
    return f"after {counted(n_iter, 'iteration')}"


def _farthest(one: str, who: tuple[int, ...], by: float, standardised: bool) -> str:  # noqa: FBT001
    if not who:
        return f"No {one.lower()} moves"
    return f"{_most(one, who)}, by {_distance(by, standardised)}"


def _most(one: str, who: tuple[int, ...]) -> str:
    """Return who moves most: one, or several where they tie."""
    if len(who) == 1:
        return f"{one} {who[0]} moves most"
    names = ", ".join(str(number) for number in who[:-1])
    return f"{one}s {names} and {who[-1]} move most"


def _pair(before: float, now: float) -> str:
    """Return both values with as many digits as it takes to tell them apart."""
    for digits in range(4, 11):
        first, second = shown(before, digits), shown(now, digits)
        if first != second and digits < 10:
            return f"{first} → {second}"
    return f"{shown(before)} → {shown(now)}"


def _signed(value: float) -> str:
    return shown(value, 2) if value < 0 else f"+{shown(value, 2)}"


def _distance(value: float, standardised: bool) -> str:  # noqa: FBT001
    return f"{shown(value, 3)} standardised units" if standardised else shown(value, 3)


def _since(gap: int) -> str:
    return f" in {gap} iterations" if gap > 1 else ""


def _span(span: tuple[int, int] | None) -> str:
    """Return which iterations one shown step stands for, when some are left out."""
    return "" if span is None else f" (iterations {span[0]} to {span[1]} together)"


def _verb(count: int) -> str:
    return "changes" if count == 1 else "change"
