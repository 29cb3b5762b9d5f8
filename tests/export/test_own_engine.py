"""What scikit-learn cannot fit is fitted in scripts by this package, as the page shows it."""

import contextlib
import io

import numpy as np
import pytest

from tests.export.conftest import script

LINK = "?data=blobs&noise=1&n=120&k=3&cov=equal&n_init=2"
LINKS = {
    "compare": LINK,
    "softly": f"{LINK}&hard=0.5",
    "as k-means": f"{LINK}&hard=1",
    "whitened": f"{LINK}&init=whitened",
    "steps": f"{LINK}&view=steps",
    "restarts": f"{LINK}&view=restarts&starts=20",
    "density": f"{LINK}&view=density",
    "select": f"{LINK}&view=select&kmax=3&types=equal,spherical",
}


@pytest.mark.parametrize("which", LINKS)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_scripts_with_equal_circles(pipeline, which):
    state, text = script(pipeline, LINKS[which])
    assert "from gmm_dash.engine import gaussian_mixture as GaussianMixture" in text
    made = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, which, "exec"), made)
    if state.view.view in ("compare", "density"):
        fit = pipeline.models.shown_gmm(state)
        np.testing.assert_allclose(made["mixture"].means_, fit.means, atol=1e-8)
        np.testing.assert_array_equal(made["mixture"].predict(made["Z"]), fit.labels)
        if fit.variance != 0:
            assert made["mixture"].bic(made["Z"]) == pytest.approx(fit.bic)
    if state.view.view == "compare" and state.view.hard == 1:
        np.testing.assert_array_equal(made["kmeans_labels"], made["mixture_labels"])
    if state.view.view == "steps":
        fit = pipeline.steps.runs(state).gmm.fit
        np.testing.assert_allclose(made["mixture"].means_, fit.means, atol=1e-8)
    if state.view.view == "select":
        rows = pipeline.select.piece(state, 0)["mixtures"]
        ours = {
            row["n_components"]: row["bic"] for row in rows if row["covariance_type"] == "equal"
        }
        table = made["table"].set_index(["covariance_type", "n_components"])
        assert len(ours) == 3
        for k, bic in ours.items():
            assert table.loc[("equal", k), "bic"] == pytest.approx(bic)
