"""Words for the distinct ends of a sample's starts that are carried on to all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.restarts import METHODS, within
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.restarts import COLLAPSED, optimum_name
from gmm_dash.results.restarts_whole import ends_claims, ends_offer_claims

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.results import Points
    from gmm_dash.results.restarts_whole import Ends, Offered

NOTHING: Final = "Once the sample's starts have ended, their ends can be carried on here."
VALUES: Final = {"kmeans": "inertia", "gmm": "log-likelihood per row"}


def offer_sentences(sample: Points, offered: Offered) -> tuple[Sentence, ...]:
    """Return what a press on "Start" would do."""
    return spell(ends_offer_claims(sample, offered), WORDS)


def ends_sentences(ends: Ends) -> tuple[Sentence, ...]:
    """Return what the ends of one algorithm are over all rows, all or some of them."""
    return spell(ends_claims(ends), WORDS)


def ends_table(ends: Ends) -> dict[str, list[object]]:
    """Return the ends of one algorithm, best of the sample first, as head and body of a table."""
    body: list[object] = []
    sign = "+" if ends.every.algorithm == "kmeans" else ""
    groups, found = ends.joined(), ends.every.representatives
    top = found[0].objective if found else None
    for i in range(len(ends.numbers)):
        start = ends.start(i)
        row = [optimum_name(i), f"{ends.sample.count(i)}", shown(ends.begun(i), 6)]
        if start is None:
            row += ["", "", ""]
        elif ends.optimum(i) == COLLAPSED or start.objective is None or top is None:
            row += ["collapsed", "", f"{start.n_iter}"]
        else:
            behind = "best" if ends.is_best(i) else f"{sign}{shown(start.objective - top, 3)}"
            late = "" if start.converged else ", limit"
            row += [shown(start.objective, 6), behind, f"{start.n_iter}{late}"]
        if groups:
            others = next((group for group in groups if i in group), ())
            row.append(", ".join(optimum_name(one) for one in others if one != i))
        body.append(row)
    rows = f"Sample, {ends.sample.n:,} rows", f"All {ends.every.n:,} rows"
    head: list[object] = ["End", "Starts", *rows, "To the best", "Iterations"]
    if groups:
        head.append("One with")
    return {"head": head, "body": body}


def _offer(ends: Mapping[str, int], total: Mapping[str, int], n: int, passes: int) -> str:
    which = " and ".join(f"{_best(ends[name], total[name])} of {METHODS[name]}" for name in ends)
    each = "it goes" if sum(ends.values()) == 1 else "each goes"
    limit = f", EM by at most {counted(passes, 'pass', 'passes')}" if "gmm" in ends else ""
    return (
        f"Start carries {which} on to all {n:,} rows: {each} on from where its first start stops "
        f"in the sample, by the page's own tolerance{limit}."
    )


def _best(ends: int, total: int) -> str:
    if ends < total:
        return f"the best {ends if ends > 1 else 'one'} of {total} distinct ends"
    return "the one end" if total == 1 else f"{total} distinct ends"


def _carried(
    algorithm: str, ends: int, of: int, n: int, slow: int, passes: int, fallen: int
) -> str:
    how_many = counted(ends, "end") if ends == of else f"{ends} of {counted(of, 'end')}"
    late = (
        f"; {slow} had not converged after {counted(passes, 'iteration')}, the limit"
        if slow
        else ""
    )
    lost = f"; {fallen} collapsed" if fallen else ""
    return f"{how_many} of {METHODS[algorithm]} carried on to all {n:,} rows{late}{lost}."


def _same(algorithm: str, name: str, n: int, *, exact: bool) -> str:
    here = f"End {name} of {METHODS[algorithm]}, the sample's best,"
    if exact:
        return f"{here} is also the best over all {n:,} rows."
    return f"{here} is within {within(algorithm, n)} of the best over all {n:,} rows."


def _other(algorithm: str, name: str, best: str, n: int, much: float) -> str:
    lower = f"{shown(much, 2)} nats lower in total"
    behind = lower if algorithm == "gmm" else f"{percent(much)} worse"
    return (
        f"Over all {n:,} rows end {best} of {METHODS[algorithm]} is the best; {name}, the "
        f"sample's best, is {behind}."
    )


def _fallen(algorithm: str, name: str, best: str, n: int) -> str:
    return (
        f"End {name} of {METHODS[algorithm]}, the sample's best, collapsed on all {n:,} rows; of "
        f"the others {best} is the best."
    )


def _joined(algorithm: str, n: int, points: int, names: tuple[str, ...], apart: int) -> str:
    *most, last = names
    of = f"{points:,} rows" if points == n else f"{points:,} rows drawn"
    same = "the same clusters" if not apart else f"clusters that differ in at most {apart}"
    return (
        f"Ends {', '.join(most)} and {last} of {METHODS[algorithm]} are one over all rows: values "
        f"within {within(algorithm, n)}, {same} of {of}."
    )


def _apart(algorithm: str, ends: int) -> str:
    return f"No two of these {ends} ends of {METHODS[algorithm]} are one over all rows."


def _scale(more: float) -> str:
    way = "higher" if more > 0 else "lower"
    return (
        "In this table the sample's log-likelihoods, too, are in the scale of all rows: "
        f"{shown(abs(more), 3)} {way} than above, where they are in its own."
    )


WORDS: Final[Words] = {
    "ends.sample": lambda n, n_total: (
        f"All starts above are of a random sample of {n:,} of {n_total:,} rows."
    ),
    "ends.offer": _offer,
    "ends.carried": _carried,
    "ends.scale": _scale,
    "ends.same": _same,
    "ends.other": _other,
    "ends.fallen": _fallen,
    "ends.joined": _joined,
    "ends.apart": _apart,
}
