"""Checkers of which rows a fit has, and how many are drawn or labelled."""

import numpy as np

from gmm_dash.callbacks import all_rows as box
from gmm_dash.figures.scatter import shown_points
from gmm_dash.results import project
from tests.claims.case import checks, near, numbers_in, sklearn_mixture


@checks("note.all-rows")
def all_rows(case, text):
    """Begin where the sample's fits end, with scikit-learn, on every row of the file."""
    shapes = "shapes" in case.state.view.show
    assert text.startswith("All four mixtures" if shapes else "Both models")
    n, sample, _, begun, ended, passes = numbers_in(text)[:6]
    page = (
        case.pipeline.compare.shapes(case.state)
        if shapes
        else case.pipeline.compare.comparison(case.state)
    )
    fit = page.fits[0] if shapes else page.gmm_fit
    x, few = page.points.fitted, case.pipeline.points(case.state.data)
    assert n == len(x) == page.points.n_total
    assert sample == few.n == case.pipeline.config.fit_rows < n
    here = sklearn_mixture(fit.start).score(x[np.isin(page.points.rows, few.rows)])
    assert near(begun, here)
    assert near(ended, sklearn_mixture(fit).score(x))
    assert passes == fit.n_iter
    if not shapes:
        assert int(numbers_in(text)[-1]) == min(2000, n)


@checks(
    "note.sample-rows", "note.sample-seconds", "note.sample-bootstrap", "note.sample-hard",
    "note.sample-pca", "note.sample-background",
)  # fmt: skip
def stays_with_a_sample(case, text):
    compare, config = case.pipeline.compare, case.pipeline.config
    shapes = "shapes" in case.state.view.show
    page = compare.shapes(case.state) if shapes else compare.comparison(case.state)
    n, total = numbers_in(text)[:2]
    assert n == page.points.n == config.fit_rows < total == page.points.n_total
    if "this server" in text:
        assert numbers_in(text)[-1] == config.all_rows < total
    elif "refitted" in text:
        assert "bootstrap" in case.state.view.show
    elif "principal" in text:
        assert case.state.data.components
    elif "background" in text:
        assert page.gmm_fit.background is not None
    elif "held" in text:
        assert page.gmm_fit.variance is not None
    else:
        limit = f"the limit is {config.fit_seconds:g} s."
        assert total <= config.all_rows
        offered = box.offer(case.pipeline, case.state)
        if offered is None:
            assert text.endswith(f"{limit} How many? goes on to all rows in pieces.")
            plan = case.pipeline.select_whole.plan(case.state)
            assert len(plan.steps) >= len(plan.counts) > 0
        else:
            assert text.endswith(f"{limit} Fit all rows goes on to them in pieces.")
            assert offered["work"] == {key: case.state.to_flat()[key] for key in offered["work"]}
            assert f"all {total:,.0f} rows" in offered["says"]


@checks("note.drawn")
def drawn(case, text):
    """Count in squares of the plot, a 16th as wide."""
    shapes = "shapes" in case.state.view.show
    page = (
        case.pipeline.compare.shapes(case.state)
        if shapes
        else case.pipeline.compare.comparison(case.state)
    )
    most, n = numbers_in(text)[:2]
    assert most == case.pipeline.config.plot_points < n == page.points.n
    view = case.state.view
    xy = project(page.points, view.x, view.y).points(page.points.fitted)
    shown = shown_points(xy, int(most))
    assert len(set(shown.tolist())) == most
    edges = [np.linspace(*(side.min(), side.max()), 17) for side in xy.T]
    every, some = (np.histogram2d(*part.T, edges)[0] for part in (xy, xy[shown]))
    assert np.abs(some - every * most / n).max() <= 8


@checks("note.labelled")
def some_labelled(case, text):
    labelled, n = numbers_in(text)[:2]
    assert labelled == (case.truth >= 0).sum() < n == len(case.truth) == len(case.x)
    assert ("too few to score" in text) == (labelled < 2)
    assert ("hollow" in text) == ("truth" in case.state.view.show)
