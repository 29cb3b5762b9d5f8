"""Each rule speaks where it holds, with the result's numbers, and is silent elsewhere."""

import re
from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.explain import against_defaults
from gmm_dash.explain.compare import notice
from gmm_dash.explain.shapes import shape_reasons
from gmm_dash.explain.why import reasons
from gmm_dash.state import from_query

DEFAULTS = {"init": "kmeans", "n_init": 1, "tol": 1e-3, "max_iter": 100}


def said(result, *codes):
    """Return the reasons with these codes as one text; None where there are none."""
    found = [one.text for one in reasons(result) if one.code.removeprefix("why.") in codes]
    return " ".join(found) or None


def why_split(result):
    return said(result, "cut", "cut-ends", "cut-wide", "cut-wall")


def which_unsure(result):
    return said(result, "unsure-all", "unsure-most")


def warnings(result):
    """Return the reasons that are findings about the fits."""
    codes = {f"why.{f.code}" for f in (*result.gmm_fit.health, *result.kmeans_fit.health)}
    return [one.text for one in reasons(result) if one.code in codes]


@pytest.fixture
def compared(pipeline):
    return lambda query, **flat: pipeline.compare.comparison(from_query(query)[0].but(**flat))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?data=aniso&k=3", "times as long as it is wide"),
        ("?data=crossed&k=2", "A wall halfway"),
        ("?data=mouse&k=3", "times as wide as the narrowest"),
        ("?data=minority&k=2&dseed=9&cov=tied", "A wall halfway"),
    ],
)
def test_why_k_means_cuts_a_component(compared, query, words):
    result = compared(query)
    sentence = why_split(result)
    assert words in sentence
    numbers = r"component (\d+) .*: (\S+) of .*? cluster (\d+), (\S+) to cluster (\d+)"
    found = re.search(numbers, sentence).groups()
    cut, a, first, b, second = (int(number.replace(",", "")) for number in found)
    mine = result.gmm.labels == cut - 1
    assert (result.kmeans.labels[mine] == first - 1).sum() == a
    assert (result.kmeans.labels[mine] == second - 1).sum() == b


@pytest.mark.parametrize(
    "query", ["?data=blobs", "?data=blobs&k=1", "?data=duplicates&k=3", "?data=three&n=1000&k=3"]
)
def test_no_reason_where_nothing_is_cut_or_nothing_can_be_trusted(compared, query):
    assert why_split(compared(query)) is None


def test_which_points_are_unsure(compared):
    result = compared("?data=overlap&k=2&noise=2")
    sentence = which_unsure(result)
    assert sentence.startswith(f"All {(result.gmm.certainty < 0.8).sum()} points")
    assert "components 1 and 2" in sentence
    many = which_unsure(compared("?data=three&n=1000&k=3"))
    assert re.search(r"lot, \d+, waver between components \d and \d", many)
    assert which_unsure(compared("?data=overlap&k=2&noise=8")) is None
    assert which_unsure(compared("?data=moons&k=1")) is None


def test_why_bic_prefers_this_shape(pipeline):
    def why(query):
        found = shape_reasons(pipeline.compare.shapes(from_query(query)[0]))
        return found[0].text if found else None

    assert "pays" in why("?data=gallery&k=2")
    assert "would cost" in why("?data=stretched")
    shapes = pipeline.compare.shapes(from_query("?data=stretched")[0])
    ranked = sorted(shapes.fits, key=lambda fit: fit.bic)
    gain, price = (
        float(n.replace(",", "")) for n in re.findall(r"[\d,]+\.\d", why("?data=stretched"))
    )
    assert price - gain == pytest.approx(ranked[1].bic - ranked[0].bic, abs=0.2)
    assert why("?data=duplicates&k=20&n=24&noise=15") is None
    assert why("?data=blobs&k=1") is None or "full" not in why("?data=blobs&k=1")


def test_a_warning_names_the_component_on_the_page_and_the_cure(compared):
    result = compared("?data=duplicates&k=3")
    first = next(s for s in warnings(result) if "look for rows or values that repeat." in s)
    number = int(re.search(r"Component (\d): Lower K", first)[1])
    copied = result.points.labels == 2
    assert set(result.gmm.labels[copied] + 1) == {number}
    assert "shrunk" not in first, "the notice says that already"
    slow = compared("?data=overlap&k=2&max_iter=2")
    assert any("iteration limit" in s for s in warnings(slow))
    assert warnings(compared("?data=blobs")) == []


def test_a_warning_about_many_components_says_so_briefly(compared):
    result = compared("?data=blobs&k=30&n=40")
    first, second = warnings(result)[:2]
    assert re.match(r"(All 30 c|C)omponents?.*: Lower K, choose a simpler covariance", first)
    assert re.match(r"Warning, mixture \((all 30 )?components.*\): A component describes", second)
    half = replace(result.gmm_fit.health[0], components=(0, 1, 2, 5))
    side = replace(result.gmm, order=np.arange(30))
    one = replace(result, gmm=side, gmm_fit=replace(result.gmm_fit, health=(half,)))
    assert warnings(one)[0].startswith("Components 1–3, 6: ")


@pytest.mark.parametrize("query", ["?data=blobs&k=30&n=40", "?data=duplicates&k=3"])
def test_the_reasons_repeat_no_sentence_of_the_notice(compared, query):
    result = compared(query)
    sentences = [one.text for one in notice(result)]
    assert len(sentences) > 1
    assert not [s for s in sentences if any(s in one.text for one in reasons(result))]


def test_the_advice_contradicts_neither_itself_nor_what_can_be_done(compared):
    """One screen must not say both to raise and to lower; nor to lower K below one."""
    for query in (
        "?data=duplicates&n=20&noise=15&k=5&reg=0.001",
        "?data=bars&k=12&reg=0.05&cov=full",
        "?data=uniform&n=20&k=8&reg=0.01",
        "?data=overlap&n=20&k=9&reg=0.1",
    ):
        text = " ".join(warnings(compared(query)))
        assert not ("Raise the regularisation" in text and "Lower the regularisation" in text)
    one = compared("?data=duplicates&n=20&noise=15&k=1&reg=1")
    assert not any("Lower K" in text for text in warnings(one))


def test_the_defaults_stop_on_the_plateau(compared):
    here, default = (
        compared("?data=bars&k=2&cov=tied"),
        compared("?data=bars&k=2&cov=tied", **DEFAULTS),
    )
    told = against_defaults(here, default)
    assert "calls itself converged at iteration 7 with BIC 5,376" in told
    assert "here it has 4,630" in told
    assert "746 short: converged is not arrived" in told
    assert "ARI 0.00 by default, 0.99 here" in told


def test_scores_of_other_rows_are_not_compared(compared):
    here, default = compared("?data=moons&n=90"), compared("?data=moons&n=80", **DEFAULTS)
    said = against_defaults(here, default)
    assert f"one of {default.points.n:,} rows, here it is one of {here.points.n:,}" in said
    assert "BIC" not in said


def test_where_the_defaults_do_as_well_it_says_so(compared):
    here, default = compared("?data=blobs"), compared("?data=blobs", **DEFAULTS)
    assert "no difference of more" in against_defaults(here, default)
    worse, fine = (
        compared("?data=bars&k=2&cov=tied", **DEFAULTS),
        compared("?data=bars&k=2&cov=tied"),
    )
    assert "do better" in against_defaults(worse, fine)
    assert "ARI" not in against_defaults(
        compared("?data=faithful&k=2"), compared("?data=faithful&k=2")
    )
    collapsed = compared("?data=duplicates&k=3")
    assert "collapsed" in against_defaults(collapsed, collapsed)
