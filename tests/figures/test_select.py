import itertools
import json
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.engine import SelectionRow
from gmm_dash.figures import criteria, frame, kmeans_scores, law_marks, select
from gmm_dash.figures import restarts as strips
from gmm_dash.results.restarts import KINDS, Restarts, Start
from gmm_dash.results.select import KMeansRow, Selection, score
from gmm_dash.state import COVARIANCE_TYPES
from gmm_dash.state.select_choice import CRITERIA, CURVES
from gmm_dash.theme import look

finite = st.floats(-1e6, 1e6)
ROW = SelectionRow(
    "full", 1, -1.0, -1.2, 10.0, 11.0, 12.0, 13.0, 5, 7, converged=True, init="kmeans",
    random_state=0, degenerate=False, reason="",
)  # fmt: skip


def hover(row):
    return f"{row.covariance_type} {row.n_components}"


@st.composite
def selections(draw):
    cells = draw(
        st.lists(
            st.tuples(st.sampled_from(COVARIANCE_TYPES), st.integers(1, 12)),
            unique=True,
            max_size=12,
        )
    )
    rows = []
    for shape, k in cells:
        scores = {n: draw(finite) for n in ("bic", "aic", "aicc", "icl")}
        if draw(st.booleans()):
            scores = dict.fromkeys((*scores, "log_likelihood", "heldout_log_likelihood"))
        scores.setdefault("log_likelihood", draw(st.sampled_from([-1.0, -0.5])))
        rows.append(
            replace(
                ROW, covariance_type=shape, n_components=k, degenerate=draw(st.booleans()), **scores
            )
        )
    return Selection(tuple(rows), ())


def scene(selection, criterion="bic", chart="lines", scheme="light"):
    return select.Scene(
        selection, criterion, chart, scheme, COVARIANCE_TYPES, range(1, 13), "title", hover
    )


@settings(deadline=None, max_examples=60)
@given(
    selections(),
    st.sampled_from(CRITERIA),
    st.sampled_from(["lines", "bars"]),
    st.sampled_from(["light", "dark"]),
)
def test_every_comparison_can_be_drawn(selection, criterion, chart, scheme):
    figure = select.build(scene(selection, criterion, chart, scheme))
    go.Figure(json.loads(json.dumps(figure)))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < high
    shapes = {t["name"]: t for t in figure["data"] if "customdata" in t}
    assert set(shapes) == set(COVARIANCE_TYPES)
    for name, trace in shapes.items():
        rows = [r for r in selection.of_type(name) if score(r, criterion) is not None]
        assert trace["customdata"] == [[name, r.n_components, r.informed] for r in rows]
        ends = [y + trace.get("base", 0.0) for y in trace["y"]]
        assert all(low <= end <= high for end in ends)


@settings(deadline=None, max_examples=60)
@given(selections(), st.sampled_from(CRITERIA), st.sampled_from(["lines", "bars"]))
def test_the_star_stands_on_the_best_and_on_nothing_degenerate(selection, criterion, chart):
    drawn = scene(selection, criterion, chart)
    stars = [t for t in select.build(drawn)["data"] if t["name"] == "best"]
    best = selection.best(criterion)
    if best is None:
        assert stars == []
        return
    assert not best.degenerate
    assert stars[0]["x"] == [select.position(drawn, best.covariance_type, best.n_components)]


@settings(deadline=None, max_examples=40)
@given(selections())
def test_degenerate_models_are_hollow_and_sound_ones_are_not(selection):
    for chart in ("lines", "bars"):
        figure = select.build(scene(selection, chart=chart))
        for trace in figure["data"][:4]:
            rows = [r for r in selection.of_type(trace["name"]) if r.bic is not None]
            if chart == "lines":
                hollow = ["open" in symbol for symbol in trace["marker"]["symbol"]]
            else:
                hollow = [colour.endswith(",0)") for colour in trace["marker"]["color"]]
            assert hollow == [row.degenerate for row in rows]


@settings(deadline=None, max_examples=40)
@given(selections(), st.booleans(), st.sampled_from(["lines", "bars"]))
def test_models_that_break_a_law_bear_a_shape_of_their_own(selection, smoothed, chart):
    selection = replace(selection, smoothed=smoothed)
    figure = select.build(scene(selection, chart=chart))
    drawn = [row for row in selection.mixtures if row.bic is not None]
    found = {trace["name"]: trace for trace in figure["data"]}
    for law, name in law_marks.NAMES.items():
        rows = [row for row in drawn if selection.law(row).law == law]
        assert (name in found) == bool(rows)
        if rows and law != "only_collapsed":
            at = [select.position(scene(selection, chart=chart), r.covariance_type, r.n_components)
                  for r in rows]  # fmt: skip
            assert sorted(found[name]["x"]) == pytest.approx(sorted(at))
    symbols = [found[n]["marker"]["symbol"] for n in law_marks.NAMES.values() if n in found]
    sizes = [found[n]["marker"]["size"] for n in law_marks.NAMES.values() if n in found]
    assert len(set(zip(symbols, sizes, strict=True))) == len(symbols)


@settings(deadline=None, max_examples=40)
@given(selections())
def test_sound_models_lie_inside_the_plot_where_they_belong(selection):
    low, high = select.limits(selection, "bic")
    for row in selection.mixtures:
        if row.bic is not None and not row.degenerate:
            assert low <= row.bic <= high


@settings(deadline=None, max_examples=40)
@given(selections(), st.lists(st.sampled_from(CURVES), unique=True, min_size=1))
def test_criteria_together_are_curves_of_one_type_with_the_lowest_of_each_marked(selection, names):
    drawn = criteria.Scene(
        selection, tuple(names), "diag", "light", range(1, 13), "title",
        {name: name for name in CURVES}, lambda row, _: hover(row),
    )  # fmt: skip
    figure = criteria.build(drawn)
    go.Figure(json.loads(json.dumps(figure)))
    curves = figure["data"][: len(names)]
    low, high = figure["layout"]["yaxis"]["range"]
    assert len({(t["line"]["dash"], t["line"]["color"]) for t in curves}) == len(names)
    wanted = []
    for name, trace in zip(names, curves, strict=True):
        rows = [r for r in selection.of_type("diag") if score(r, name) is not None]
        assert trace["customdata"] == [["diag", r.n_components] for r in rows]
        fair = [r for r in rows if r in selection.candidates]
        wanted += [(name, min(fair, key=lambda r: score(r, name)).n_components)] if fair else []
        assert all(low <= score(r, name) <= high for r in rows if not r.degenerate)
    marked = [t for t in figure["data"] if t["name"] == criteria.LOWEST]
    assert [k for t in marked for k in t["x"]] == [k for _, k in wanted]
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        f"{name}: K = {k}" for name, k in wanted
    ]


def test_bars_of_one_group_do_not_overlap():
    rows = tuple(replace(ROW, covariance_type=shape) for shape in COVARIANCE_TYPES)
    figure = select.build(scene(Selection(rows, ()), chart="bars"))
    bars = figure["data"][:4]
    centres = [bar["x"][0] for bar in bars]
    gaps = [right - left for left, right in itertools.pairwise(centres)]
    assert min(gaps) > bars[0]["width"]
    assert centres[0] - bars[0]["width"] / 2 > 0.5
    assert centres[-1] + bars[0]["width"] / 2 < 1.5


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.builds(
            KMeansRow,
            st.integers(1, 30),
            st.floats(0, 1e9),
            st.none() | st.floats(-1, 1),
            st.none() | st.floats(0, 1e9),
            st.integers(1, 300),
            st.booleans(),
            st.integers(0, 9),
        ),
        max_size=6,
    ),
    st.sampled_from(["light", "dark"]),
)
def test_k_means_scores_can_be_drawn(rows, scheme):
    figure = kmeans_scores.build(rows, range(1, 31), scheme, lambda row: str(row.n_clusters))
    go.Figure(json.loads(json.dumps(figure)))
    assert [len(trace["x"]) for trace in figure["data"]] == [
        len(rows),
        sum(row.silhouette is not None for row in rows),
        sum(row.calinski_harabasz is not None for row in rows),
    ]


@st.composite
def both_methods(draw):
    algorithm = draw(st.sampled_from(["gmm", "kmeans"]))
    kinds = KINDS[algorithm]
    starts = []
    for i in range(draw(st.integers(0, 14))):
        objective = draw(st.none() | st.floats(-100, 100))
        degenerate = objective is None or draw(st.booleans())
        starts.append(
            Start(
                i,
                kinds[i % len(kinds)],
                i,
                objective,
                3,
                True,
                degenerate,
                True,
                objective,
                0,
                None if objective is None else np.array([0, round(objective) % 2]),
            )
        )
    return Restarts(algorithm, tuple(starts), 2)


@settings(deadline=None, max_examples=60)
@given(both_methods(), st.sampled_from(["light", "dark"]), st.integers(0, 14))
def test_every_study_can_be_drawn(restarts, scheme, picked):
    figure = strips.build(restarts, scheme, {}, "title", lambda _, i: str(i), picked)
    go.Figure(json.loads(json.dumps(figure)))
    low, high = figure["layout"]["yaxis"]["range"]
    shown = [t for t in figure["data"] if t["name"] != "shown below"]
    drawn = [c[1] for t in shown for c in t["customdata"]]
    assert sorted(drawn) == [s.number for s in restarts.starts if s.objective is not None]
    assert all(low <= y <= high for t in figure["data"] for y in t["y"])
    rings = len(figure["data"]) - len(shown)
    assert rings == (picked in drawn)


@pytest.mark.parametrize("algorithm", ["gmm", "kmeans"])
def test_every_start_stands_in_the_strip_of_its_kind(algorithm):
    kinds = KINDS[algorithm]
    for number in range(200):
        kind = kinds[number % len(kinds)]
        start = Start(number, kind, number, 1.0, 1, True, False, True, 1.0, 0, None)
        place = strips.place(Restarts(algorithm, (start,), 2), start)
        assert round(place) == kinds.index(kind)


def test_the_best_starts_are_drawn_over_those_that_end_hardly_worse():
    starts = tuple(
        Start(i, "random", i, 100.0 + i % 2, 1, True, False, True, None, 0, np.arange(2))
        for i in range(6)
    )
    figure = strips.build(Restarts("kmeans", starts, 2), "light", {}, "title", lambda _, i: str(i))
    named = [trace["name"] for trace in figure["data"]]
    assert named == ["another end", "as good as the best"]
    assert min(figure["data"], key=lambda t: t["legendrank"])["name"] == named[-1]


@pytest.mark.parametrize(
    ("limits", "text"), [((-2.2, -1.9), ",.2f"), ((160, 220), ",.0f"), ((5, 5), ",.0f")]
)
def test_ticks_get_as_many_decimals_as_they_need(limits, text):
    assert strips.tick_format(limits) == text


def test_a_long_title_of_a_score_is_broken_before_the_direction_that_is_better():
    def written(title):
        return frame.score_axis(look("light"), title)["title"]["text"]

    assert written("BIC (lower is better)") == "BIC (lower is better)"
    broken = "Held-out log-likelihood per point<br>(higher is better)"
    assert written(broken.replace("<br>", " ")) == broken
    assert frame.axis(look("light"), "height (cm)")["title"]["text"] == "height (cm)"


def test_k_means_scores_have_titles_that_fit_above_them():
    layout = kmeans_scores.build([], range(1, 9), "dark", str)["layout"]
    domains = [layout[name]["domain"] for name in ("yaxis", "yaxis2", "yaxis3")]
    tops = [note["y"] for note in layout["annotations"]]
    assert tops == [top for _, top in domains]
    assert all(upper[0] - lower[1] > 0.1 for upper, lower in itertools.pairwise(domains))


def test_the_numbers_under_both_plots_are_whole_and_none_is_written_twice():
    for counts in (range(1, 6), range(1, 13), range(1, 21), range(1, 31)):
        for ticks in (
            frame.count_ticks(counts),
            kmeans_scores.build([], counts, "light", str)["layout"]["xaxis"]["tickvals"],
        ):
            assert ticks[0] == counts[0]
            assert len(set(ticks)) == len(ticks) <= 15
            assert all(isinstance(tick, int) for tick in ticks)
