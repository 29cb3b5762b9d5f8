"""One fit, one numbering: whatever seed led to it, every view and every file numbers it alike."""

import base64
import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.callbacks.export import write
from gmm_dash.figures import density
from gmm_dash.results import compare, project
from gmm_dash.state import AppState

SEEDS = range(6)
PAGE = AppState().but(k=3, n_init=1, tol=1e-9, max_iter=5000, draw=0)


def alike(found, wanted):
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-3)


@pytest.fixture(scope="module")
def best(pipeline):
    """The states whose mixture and whose k-means are the best of all seeds."""
    states = [PAGE.but(seed=seed) for seed in SEEDS]
    results = [pipeline.compare.comparison(state) for state in states]
    likely = max(result.gmm_fit.log_likelihood for result in results)
    tight = min(result.kmeans_fit.inertia for result in results)
    found = [
        (state, result)
        for state, result in zip(states, results, strict=True)
        if result.gmm_fit.log_likelihood > likely - 1e-7
        and result.kmeans_fit.inertia < tight + 1e-7
    ]
    assert len({tuple(result.gmm.order) for _, result in found}) > 1, "they are listed differently"
    assert len({tuple(result.kmeans.order) for _, result in found}) > 1
    return found


def test_compare_and_its_files_number_it_alike(pipeline, best):
    first = best[0][1]
    for state, result in best:
        alike(result.gmm.mixture.means, first.gmm.mixture.means)
        alike(result.kmeans.mixture.means, first.kmeans.mixture.means)
        np.testing.assert_array_equal(result.gmm.labels, first.gmm.labels)
        np.testing.assert_array_equal(result.kmeans.labels, first.kmeans.labels)
        rows = list(csv.DictReader(io.StringIO(write("posteriors", state, pipeline)[1])))
        assert [int(row["component"]) - 1 for row in rows] == first.gmm.labels.tolist()
        assert [int(row["cluster"]) - 1 for row in rows] == first.kmeans.labels.tolist()
        alike([float(row["P(1)"]) for row in rows], first.gmm.responsibilities[:, 0])
        model = json.loads(write("model", state, pipeline)[1])
        alike(model["mixture"]["means"], first.gmm.mixture.means)
        alike(model["kmeans"]["centers"], first.kmeans.mixture.means)
        namespace = {}
        exec(_orders(write("script", state, pipeline)[1]), namespace)
        alike(result.gmm_fit.means[namespace["mixture_order"]], first.gmm.mixture.means)
        alike(result.kmeans_fit.centers[namespace["kmeans_order"]], first.kmeans.mixture.means)


def _orders(script):
    """Return the lines of a script that say what number each of scikit-learn's clusters has."""
    return "\n".join(line for line in script.splitlines() if "_order = [" in line)


def test_one_side_alone_and_the_four_shapes_number_it_alike(pipeline, best):
    """As the panels of Restarts and of How many? show one start."""
    page, first = best[0]
    for state, _ in best:
        for side in ("gmm", "kmeans"):
            _, shown, radii = pipeline.models.one_side(state, side, page=page)
            np.testing.assert_array_equal(shown.labels, getattr(first, side).labels)
            if radii is not None:
                alike(radii, first.kmeans_fit.radii[first.kmeans.order])
        shapes = pipeline.compare.shapes(state)
        np.testing.assert_array_equal(shapes.sides[0].labels, first.gmm.labels)


def test_density_colours_its_margins_and_writes_its_model_alike(pipeline, best):
    wanted = best[0][1].gmm.mixture.means
    for state, _ in best:
        study = pipeline.density.study(state)
        projection = project(study.points, "", "")
        shown = {"heat": False, "contours": False, "log": False, "data": True, "draws": False}
        ranges = density.ranges(study, projection)
        figure = density.build(
            density.Scene(study, projection, **shown, scheme="light", ranges=ranges)
        )
        curves = [t for t in figure["data"] if t["type"] == "scatter" and t["mode"] == "lines"]
        for axis in (0, 1):
            for number, curve in enumerate(curves[4 * axis :][:3]):
                assert curve["line"]["color"] == density.fade(
                    density.look_of("light").component(number), 0.75
                )
                place, height = (_floats(curve[key]) for key in ("xy", "yx")[axis])
                assert place[np.nanargmax(height)] == pytest.approx(wanted[number, axis], abs=0.05)
        model = json.loads(write("model", state.but(view="density"), pipeline)[1])
        alike(model["mixture"]["means"], wanted)


def _floats(spec):
    return np.frombuffer(base64.b64decode(spec["bdata"]), spec["dtype"])


def test_the_players_last_frame_has_the_numbers_of_compare(pipeline, best):
    first, ended = best[0][1], set()
    for seed in range(12):
        steps = pipeline.steps.runs(PAGE.but(view="steps", start="random", seed=seed))
        mixture, kmeans = steps.gmm, steps.kmeans
        if abs(mixture.fit.log_likelihood - first.gmm_fit.log_likelihood) > 1e-7:
            continue
        alike(mixture.means[-1], first.gmm.mixture.means)
        np.testing.assert_array_equal(mixture.first[-1], first.gmm.labels)
        if abs(kmeans.fit.inertia - first.kmeans_fit.inertia) < 1e-7:
            np.testing.assert_array_equal(kmeans.labels[-1], first.kmeans.labels)
            ended.add((tuple(mixture.order), tuple(kmeans.order)))
    assert len(ended) > 1, "from starts in different orders"


def test_true_groups_have_no_say(best):
    result = best[0][1]
    assert result.points.labels is not None
    unknown = replace(result.points, labels=None)
    alone = compare(unknown, result.kmeans_fit, result.gmm_fit)
    np.testing.assert_array_equal(alone.gmm.labels, result.gmm.labels)
    np.testing.assert_array_equal(alone.kmeans.labels, result.kmeans.labels)
