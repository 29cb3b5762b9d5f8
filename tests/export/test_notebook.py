import json
import sys

import pytest

from gmm_dash.export import compare_program, notebook, python_script
from gmm_dash.state import from_query


@pytest.fixture(scope="module")
def made(pipeline):
    state, _ = from_query("?data=penguins&k=3&n_init=2")
    return state, pipeline.compare.comparison(state)


def test_a_notebook_is_valid_and_its_cells_run_to_the_same_numbers(made, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # it runs to its end without
    state, result = made
    content = json.loads(notebook(state, compare_program(state, result)))
    assert (content["nbformat"], content["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in content["cells"]}) == len(content["cells"])
    code = ["".join(c["source"]) for c in content["cells"] if c["cell_type"] == "code"]
    namespace = {}
    for cell in code:
        exec(cell, namespace)
    assert "picture()" in code[-1]
    assert capsys.readouterr().out.endswith("picture: %pip install matplotlib\n")
    assert namespace["bic"] == pytest.approx(result.gmm_fit.bic, rel=1e-6)
    assert namespace["kmeans_labels"].tolist() == (result.kmeans.labels + 1).tolist()


def test_every_part_of_the_script_is_in_the_notebook(made):
    state, program = made[0], compare_program(*made)
    text = json.dumps(json.loads(notebook(state, program)))
    for line in ("GaussianMixture(", "StandardScaler()", "mixture_order = ", "def picture():"):
        assert line in python_script(state, program)
        assert line in text
