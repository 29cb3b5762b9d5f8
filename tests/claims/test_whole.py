"""Every sentence of "All rows" below How many?, read by its checker."""

from dataclasses import replace
from io import BytesIO

import fsspec
import numpy as np
import pandas as pd
import pytest

from gmm_dash.callbacks import select_elsewhere as ours
from gmm_dash.callbacks.whole import offered
from gmm_dash.config import Config
from gmm_dash.explain import select_spoken, select_whole
from gmm_dash.explain.sentence import Spoken
from gmm_dash.pipeline import Pipeline, elsewhere, select_elsewhere
from gmm_dash.pipeline import select_whole as work
from gmm_dash.results.select import selection_of
from gmm_dash.results.select_claims import Asked
from gmm_dash.results.whole_claims import Offered, OfSample, ranked_by
from gmm_dash.state import from_query
from tests.claims import check_columns, check_select  # noqa: F401  (they register)
from tests.claims.case import CHECKERS
from tests.claims.check_whole import ElsewhereCase, WholeCase
from tests.claims.select_case import SelectCase
from tests.claims.test_select import gathered
from tests.claims.wrong import believed, falsified
from tests.pipeline.test_all_rows import PLACE, opened, places

__all__ = ["places"]  # only these tests need that table

SMALL = Config(fit_rows=60, all_rows=2_000)
LINKS = [
    "?view=select&data=blobs&n=800&noise=0.5&centers=3&kmax=4&types=full,tied&n_init=1&max_iter=6",
    "?view=select&data=uniform&n=700&kmax=3&types=full,diag&n_init=1&criterion=aic&tol=1e-4",
    "?view=select&data=moons&n=600&noise=0.1&kmin=2&kmax=4&types=diag&n_init=1&tol=1e-4&criterion=icl",
    "?view=select&data=moons&n=600&kmin=2&kmax=2&types=diag&n_init=1&criterion=heldout&tol=1e-3",
    "?view=select&data=uniform&n=800&noise=1&kmin=2&kmax=6&types=spherical&n_init=1&tol=1e-2",
]
seen = set()


def read(case, spoken):
    for one in spoken:
        seen.add(one.code)
        try:
            CHECKERS[one.code](case, one.text)
        except AssertionError as problem:
            raise AssertionError(f"{case.state}: {one}") from problem
        if one.code.startswith("whole."):
            for false in falsified(one.text, most=1):
                assert not believed(case, one.code, false), (one.code, false)


@pytest.mark.parametrize("link", LINKS)
def test_every_sentence_of_these_links_is_so(link, monkeypatch):
    pipeline, state = Pipeline(SMALL, None), from_query(link)[0]
    rows, nothing = gathered(pipeline, state), Spoken({})
    sampled = SelectCase(pipeline, state, nothing, rows)
    best = sampled.best
    asked = state.but(k=best.n_components, cov=best.covariance_type)
    if "kmax=6" in link:
        seconds = [step.seconds for step in pipeline.select_whole.plan(asked).steps]
        monkeypatch.setattr(work, "MOST_SECONDS", sum(seconds) / 2)
    plan = pipeline.select_whole.plan(asked)
    pieces = [pipeline.select_whole.piece(asked, i)["mixtures"] for i in range(len(plan.steps))]
    plain = {"mixtures": [row for piece in pieces for row in piece], "kmeans": []}
    case = WholeCase(pipeline, state, nothing, plain, hand_made=True, sampled=sampled)
    points = pipeline.points(state.data)
    read(case, select_whole.offer_sentences(points, offered(pipeline, asked)))
    of_sample = OfSample(best.covariance_type, best.n_components, state.select.criterion)
    selection = selection_of(plain["mixtures"], [], smoothed=pipeline.select_whole.smoothed(state))
    read(case, select_whole.whole_sentences(selection, case.points.n, of_sample, finished=True))
    ranked = replace(state.select, criterion=ranked_by(state.select.criterion))
    done = Asked(ranked.criterion, finished=True, waiting=False)
    spoken = select_spoken(selection, case.points, done, chosen=ranked)
    held = state.select.criterion == "heldout"
    read(case if held else replace(case, state=asked), spoken.parts["notice"])
    growing = select_whole.whole_sentences(selection, case.points.n, of_sample, finished=False)
    assert not {one.code for one in growing} & {"whole.same", "whole.other"}


def test_why_a_comparison_stays_with_its_sample_is_so():
    for link, limit in (
        ("&data=blobs&n=800", 700),
        ("&data=manydims&n=800&pcs=2", 2_000),
        ("&data=galton&weights=children", 2_000),
    ):
        pipeline = Pipeline(replace(SMALL, all_rows=limit), None)
        state = from_query(f"?view=select{link}")[0]
        points = pipeline.points(state.data)
        why = pipeline.select_whole.why_not(state)
        sampled = SelectCase(pipeline, state, Spoken({}), {"mixtures": [], "kmeans": []})
        case = WholeCase(pipeline, state, Spoken({}), {"mixtures": []}, sampled=sampled)
        read(case, select_whole.kept_sentences(points, why, limit))


@pytest.mark.parametrize(("most", "types"), [(60, ["full", "diag"]), (2, ["spherical"])])
def test_every_sentence_of_a_table_in_many_files_is_so(places, tmp_path, monkeypatch, most, types):
    pipeline, state = opened(tmp_path)
    asked = {"scale": "none", "kmin": 1, "kmax": 3, "types": types, "n_init": 1, "tol": 1e-4}
    state = state.but(view="select", **asked)
    rows, nothing = gathered(pipeline, state), Spoken({})
    sampled = SelectCase(pipeline, state, nothing, rows)
    best = sampled.best
    state = state.but(k=best.n_components, cov=best.covariance_type)
    monkeypatch.setattr(select_elsewhere, "MOST_MODELS", most)
    monkeypatch.setattr(ours, "MOST_MODELS", most)
    key, _, _ = pipeline.select_elsewhere.piece(state, "", 60.0)
    every = pipeline.select_elsewhere.every(state, key)
    table = np.vstack([_read(one) for one in sorted(places.find("/rows-of"))])
    plain = {"mixtures": every.rows, "kmeans": [{"k": one[0]} for one in every.inertias]}
    case = ElsewhereCase(
        pipeline, state, nothing, plain, hand_made=True, sampled=sampled, table=table, place=PLACE
    )
    offer = pipeline.select_elsewhere.offer(state)
    request, said = ours.offered(pipeline, state, offer, "light")
    sample, n = pipeline.points(state.data), offer.whole.n_complete
    together = pipeline.select_elsewhere.together(state, offer)
    offered_here = Offered(
        len(together.cells), together.counts, together.left, state.model.max_iter, 0.0,
        (most, elsewhere.MOST_NUMBERS),
    )  # fmt: skip
    sentences = select_whole.elsewhere_sentences(sample, n, PLACE, offered_here)
    assert said == " ".join(one.text for one in sentences)
    assert request["elsewhere"]["says"].startswith(f"{len(every.rows)} mixtures and ")
    read(case, sentences)
    read(case, select_whole.left_out_sentences(every.left_out))
    of_sample = OfSample(best.covariance_type, best.n_components, "bic")
    selection = selection_of(every.rows, [], smoothed=pipeline.select_elsewhere.smoothed(state))
    read(case, select_whole.whole_sentences(selection, every.points.n, of_sample, finished=True))
    ranked = Asked("bic", finished=True, waiting=False)
    spoken = select_spoken(selection, every.points, ranked, chosen=state.select)
    read(case, spoken.parts["notice"])


def _read(path):
    return pd.read_parquet(BytesIO(fsspec.filesystem("memory").cat(path))).to_numpy()


def test_every_kind_of_sentence_was_said():
    assert set(select_whole.WORDS) - set(CHECKERS) == set()
    assert set(select_whole.WORDS) - seen == set()
