"""What charts say to those who do not see them is what their figures hold."""

import re
from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.engine import SelectionRow
from gmm_dash.explain.density_described import draws_described, held_out_described
from gmm_dash.explain.numbers import MINUS, shown
from gmm_dash.explain.restarts import OBJECTIVES, start_hover, start_names
from gmm_dash.explain.restarts_described import strips_described
from gmm_dash.explain.select_described import (
    kmeans_scores_described,
    mixtures_described,
    replicates_described,
)
from gmm_dash.explain.select_hover import NAMES, long
from gmm_dash.figures import criteria, density, held_out, kmeans_scores, replicates, select
from gmm_dash.figures import restarts as strips
from gmm_dash.figures.arrays import unpacked
from gmm_dash.results import project
from gmm_dash.results.restarts import KINDS, Restarts, Start
from gmm_dash.results.select import KMeansRow, Selection
from gmm_dash.state import from_query
from gmm_dash.state.select_choice import SelectChoice

ROW = SelectionRow(
    "full", 1, -1.0, -1.2, 10.0, 11.0, 12.0, 13.0, 5, 7, converged=True, init="kmeans",
    random_state=0, degenerate=False, reason="",
)  # fmt: skip
COUNTS = range(1, 5)
NUMBER = rf"({MINUS}?\d+(?:,\d{{3}})*(?:\.\d+)?)"


def number(text):
    return float(text.replace(MINUS, "-").replace(",", ""))


def selection(kinds=("full", "tied"), *, better_by=0.0):
    """Return scores with their least at K = 3; degenerate at K = 4, where they are lower still."""
    rows = [
        replace(
            ROW,
            covariance_type=kind,
            n_components=k,
            log_likelihood=-5 + 0.1 * k,
            heldout_log_likelihood=-5.0 - abs(k - 3) - i,
            bic=100.0 + 7 * abs(k - 3) + 10 * i - better_by * i - 500 * (k == 4),
            aic=90.0 + 7 * abs(k - 2) - 500 * (k == 4),
            degenerate=k == 4,
            reason="variance-floor" if k == 4 else "",
        )
        for i, kind in enumerate(kinds)
        for k in COUNTS
    ]
    return Selection(tuple(rows), ())


@pytest.mark.parametrize("criterion", ["bic", "heldout"])
@pytest.mark.parametrize("better_by", [0.0, 20.0])
def test_each_type_is_told_with_its_best_candidate(criterion, better_by):
    found = selection(better_by=better_by)
    chosen = SelectChoice(criterion=criterion, types=("full", "tied"), kmin=1, kmax=4)
    said = mixtures_described(found, chosen, COUNTS)
    figure = select.build(
        select.Scene(found, criterion, "lines", "light", chosen.shapes, COUNTS, "t", lambda _: "")
    )
    drawn = {trace["name"]: trace for trace in figure["data"] if trace.get("customdata")}
    higher = criterion == "heldout"
    for kind in ("full", "tied"):
        part = re.search(rf"{kind}, (\d+) models: best candidate K = (\d+) \({NUMBER}\)", said)
        points = [
            (y, k, symbol)
            for (_, k, _), y, symbol in zip(
                drawn[kind]["customdata"], drawn[kind]["y"], drawn[kind]["marker"]["symbol"],
                strict=True,
            )
        ]  # fmt: skip
        solid = [(y, k) for y, k, symbol in points if not symbol.endswith("-open")]
        value, k = max(solid) if higher else min(solid)
        assert (int(part[1]), int(part[2])) == (len(points), k)
        assert number(part[3]) == pytest.approx(value, rel=1e-4)
    star = next(trace for trace in figure["data"] if "best" in str(trace.get("name", "")))
    k = re.search(r"Star: (\w+), K = (\d+)\.$", said)
    assert int(k[2]) == star["x"][0]
    winner = found.best(criterion)
    assert (k[1], int(k[2])) == (winner.covariance_type, winner.n_components)
    assert "over K = 1 to 4" in said
    assert ("higher" if higher else "lower") in said


def test_several_criteria_are_told_with_the_k_that_their_stars_mark():
    found = selection(("full",))
    chosen = SelectChoice(chart="criteria", together=("bic", "aic"), types=("full",), kmax=4)
    said = mixtures_described(found, chosen, COUNTS)
    scene = criteria.Scene(
        found, ("bic", "aic"), "full", "light", COUNTS, "t", NAMES, lambda *_: ""
    )
    figure = criteria.build(scene)
    stars = next(trace for trace in figure["data"] if trace["name"] == criteria.LOWEST)
    told = re.findall(rf"(\w+), 4 models: best candidate K = (\d+) \({NUMBER}\)", said)
    assert [int(k) for _, k, _ in told] == list(stars["x"]) == [3, 2]
    assert [number(value) for *_, value in told] == pytest.approx(list(stars["y"]))


def test_what_has_no_candidate_is_told_so():
    chosen = SelectChoice(types=("full",), kmax=4)
    said = mixtures_described(Selection((), ()), chosen, COUNTS)
    assert said.endswith("full, no model has this score.")
    hollow = Selection((replace(ROW, degenerate=True, reason="collapsed"),), ())
    assert "full, 1 model, no candidate." in mixtures_described(hollow, chosen, COUNTS)


def test_the_scores_of_kmeans_are_told_as_they_are_drawn():
    rows = [
        KMeansRow(k, 100.0 / k, None if k == 1 else s, None if k == 1 else 10.0 * s, 3, True, 0)
        for k, s in zip(COUNTS, (0.0, 0.4, 0.7, 0.2), strict=True)
    ]
    said = kmeans_scores_described(rows, COUNTS)
    inertia, silhouette, _ = kmeans_scores.build(rows, COUNTS, "light", lambda _: "")["data"]
    assert f"Inertia {long(inertia['y'][0])} at K = 1, {long(inertia['y'][-1])} at K = 4" in said
    at = silhouette["x"][int(np.argmax(silhouette["y"]))]
    assert f"Silhouette highest at K = {at} ({shown(max(silhouette['y']), 3)})" in said
    assert "Calinski–Harabasz highest at K = 3" in said
    assert kmeans_scores_described([], COUNTS).endswith("None yet.")


def test_the_histogram_of_replicates_is_told_with_those_beyond_the_line():
    statistics = np.random.default_rng(0).gamma(3.0, 2.0, 200)
    said = replicates_described(statistics, 9.0)
    figure = replicates.build(statistics, 9.0, "light")
    bars = unpacked(figure["data"][0]["y"])
    told = re.search(
        rf"of (\d+) replicates: {NUMBER} to {NUMBER}, half of them up to {NUMBER}\. Line: the "
        rf"data, {NUMBER}\. (\d+) of them reach it\.",
        said,
    )
    count, low, high, middle, line, beyond = map(number, told.groups())
    assert count == bars.sum() == 200
    assert (low, high) == pytest.approx((statistics.min(), statistics.max()), rel=1e-3)
    assert middle == pytest.approx(np.sort(statistics)[99:101].mean(), rel=1e-3)
    assert line == figure["layout"]["shapes"][0]["x0"]
    assert beyond == np.count_nonzero(statistics >= 9.0)
    assert "no replicate yet" in replicates_described(np.array([]), 9.0)


def study(algorithm):
    kinds = KINDS[algorithm]
    sign = -1.0 if algorithm == "gmm" else 1.0
    ends = [10, 10, 12, 11, 10, 15, 10, None, 10, 12]
    return Restarts(
        algorithm,
        tuple(
            Start(
                i, kinds[i % len(kinds)], i, None if end is None else sign * end, 3,
                True, end == 15, True, None, 0, np.array([0, 1]),
            )
            for i, end in enumerate(ends)
        ),
        2,
    )  # fmt: skip


@pytest.mark.parametrize("algorithm", ["kmeans", "gmm"])
def test_strips_are_told_by_kind_as_they_are_drawn(algorithm):
    found, names = study(algorithm), start_names(algorithm)
    said = strips_described(found, 3)
    figure = strips.build(found, "light", names, OBJECTIVES[algorithm], start_hover, 3)
    drawn = {
        tuple(one): trace["name"] for trace in figure["data"] for one in trace.get("customdata", [])
    }
    assert f"of {len(drawn)} starts of" in said
    for kind in KINDS[algorithm]:
        mine = {
            start: drawn[algorithm, start.number]
            for start in found.starts
            if start.kind == kind and (algorithm, start.number) in drawn
        }
        part = re.search(rf"{re.escape(names[kind])}, (\d+) starts?: (\d+) as good[^;.]*", said)
        assert int(part[1]) == len(mine)
        assert int(part[2]) == [*mine.values()].count("as good as the best")
        sound = [abs(start.objective) for start, name in mine.items() if name != "collapsed"]
        fallen = len(mine) - len(sound)
        whole = said[part.start() :].split(";")[0]
        assert (f"{fallen} collapsed" in whole) == (fallen > 0)
        values = [abs(number(v)) for v in re.findall(rf"(?:from|to|at) {NUMBER}", whole)]
        assert {min(sound), max(sound)} == set(values[:2])
    ring = next(trace for trace in figure["data"] if trace["name"] == "shown below")
    assert said.endswith(f"Ringed: start 4, {shown(ring['y'][0], 6)}.")
    assert "Ringed" not in strips_described(found)
    assert strips_described(Restarts(algorithm, (), 2)).endswith(
        "of 0 starts of " + ("EM." if algorithm == "gmm" else "k-means.")
    )


def test_the_draws_of_density_are_told_where_they_are_drawn(pipeline):
    state = from_query("?view=density&data=stretched&n=200&k=3")[0]
    found = pipeline.density.study(state)
    seen = project(found.points, "", "")
    told = re.search(
        rf"^(\d+) new points .* seed {state.density.seed}; (\w+) against (\w+): mean "
        rf"\({NUMBER}, {NUMBER}\), standard deviations {NUMBER} and {NUMBER}\.$",
        draws_described(found, seen, state.density.seed),
    )
    ranges = density.ranges(found, seen)
    figure = density.build(
        density.Scene(found, seen, False, False, False, False, True, "light", ranges)
    )
    points = next(trace for trace in figure["data"] if trace.get("name") == "New points")
    x, y = (unpacked(points[axis]) for axis in "xy")
    assert int(told[1]) == len(x) == len(found.draws)
    assert (told[3], told[2]) == seen.titles
    expected = [x.mean(), y.mean(), x.std(), y.std()]
    assert [number(told[i]) for i in (4, 5, 6, 7)] == pytest.approx(expected, rel=0.01, abs=1e-3)


def test_held_out_curves_are_told_with_both_ends_and_their_highest(pipeline):
    state = from_query("?view=density&data=stretched&n=200&k=3")[0]
    found = pipeline.density.held_out(state)
    said = held_out_described(found, 3)
    figure = held_out.build(found, 3, "light")
    told = re.findall(
        rf"{NUMBER} at K = (\d+), {NUMBER} at K = (\d+), highest {NUMBER} at K = (\d+)\.", said
    )
    for trace, part in zip(figure["data"], told, strict=False):
        at = dict(zip(trace["x"], trace["y"], strict=True))
        for value, k in zip(part[::2], part[1::2], strict=True):
            assert number(value) == pytest.approx(at[int(k)], abs=1e-3)
        assert at[int(part[5])] == max(at.values())
    assert len(told) == 2
    assert int(told[1][5]) == found.best
    assert said.endswith(f"Line: K = {figure['layout']['shapes'][0]['x0']}, in use.")
