"""Criteria and covariance types are named where they are declared, or where one alone is meant."""

import re
from pathlib import Path

import pytest

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.criteria import CRITERIA
from tests.contract.literals import of_python

PACKAGE = Path(__file__).parents[2] / "gmm_dash"

NAMES = {
    "criteria": {text for one in CRITERIA.values() for text in (one.name, one.column, one.label)},
    "covariances": {kind.value for kind in CovarianceType},
}
DECLARED = {"criteria": "engine/criteria.py", "covariances": "engine/covariances.py"}
# A lesson is about particular ones. Elsewhere, by file: which, and why.
ALLOWED = {
    "criteria": {
        "callbacks/density.py": ({"heldout"}, "the name of a plot of Density"),
        "callbacks/digits.py": ({"aic", "bic"}, "an answer to the browser, as in the contract"),
        "engine/__init__.py": ({"aic", "aicc", "bic", "icl"}, "names of functions"),
        "engine/select.py": ({"heldout", "heldout_log_likelihood"}, "an argument; its column"),
        "engine/select_each.py": ({"heldout_log_likelihood"}, "its column"),
        "export/digits_script.py": ({"aic", "bic"}, "holes of a text"),
        "export/model_write.py": ({"aic", "bic"}, "the format of saved models"),
        "export/select_script.py": ({"aic", "bic"}, "holes of a text"),
        "layout/views/density.py": ({"heldout"}, "the name of a plot of Density"),
        "pipeline/select_parts.py": ({"heldout_log_likelihood"}, "computed in folds, here"),
        "results/select_parts.py": ({"heldout_log_likelihood"}, "put together from folds, here"),
        "results/shape_claims.py": ({"bic"}, "a fact of a claim: the four shapes go by BIC"),
    },
    "covariances": {
        **dict.fromkeys(
            [
                *("engine/background.py", "engine/blocks.py", "engine/bootstrap.py"),
                *("engine/cost.py", "engine/gmm.py"),
                *("engine/known_starts.py", "engine/rest.py", "engine/restarts.py"),
            ],
            ({"full"}, "scikit-learn's default of an argument"),
        ),
        "engine/estimator.py": ({"full", "spherical"}, "scikit-learn's own names, handed to it"),
        "engine/row_estimators.py": ({"full"}, "scikit-learn's default of an argument"),
        "results/digits.py": ({"full"}, "scikit-learn's svd_solver"),
        "results/reduction.py": ({"full"}, "scikit-learn's svd_solver"),
        "export/digits_script.py": ({"full"}, "scikit-learn's svd_solver"),
        "export/select_script.py": ({"full", "tied"}, "tied is full with one component"),
        "export/steps_script.py": (
            {"full", "tied", "spherical", "equal"},
            "the M-step, as a script",
        ),
    },
}


def _spelt(source, names):
    """Return which names a module spells, alone or in quotes within a longer text."""
    quoted = re.compile(rf"""["']({"|".join(map(re.escape, sorted(names)))})["']""")
    texts = [one.text for one, *_ in of_python(source)]
    return {name for text in texts for name in (*quoted.findall(text), text) if name in names}


@pytest.mark.parametrize("what", NAMES)
def test_what_is_declared_once_is_spelt_nowhere_else(what):
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        spelt = _spelt(path.read_text(encoding="utf-8"), NAMES[what])
        if spelt and place != DECLARED[what] and not place.startswith("lessons/"):
            found[place] = spelt
    assert found == {place: names for place, (names, _) in ALLOWED[what].items()}


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("criteria", 'x = "bic"'),
        ("criteria", "x = {'icl': 1}"),
        ("criteria", "x = \"row['aicc']\""),
        ("criteria", "x = f(name='held-out')"),
        ("covariances", 'x = kind == "tied"'),
        ("covariances", "x = \"if kind != 'spherical': pass\""),
    ],
)
def test_a_name_spelt_in_a_module_is_found(what, line):
    module = (PACKAGE / "figures" / "criteria.py").read_text(encoding="utf-8")
    assert _spelt(module, NAMES[what]) == set()
    assert len(_spelt(f"{module}\n{line}\n", NAMES[what])) == 1
