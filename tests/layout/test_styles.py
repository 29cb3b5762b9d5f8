"""What our style sheets may ask the browser for."""

import re
from pathlib import Path

import pytest

from gmm_dash.contract.methods import OWN_SHAPES
from gmm_dash.engine.covariances import CovarianceType

SHEETS = sorted((Path(__file__).parents[2] / "assets").glob("*.css"))
PRINT = re.compile(r"@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
ROOT = re.compile(r"(?:^|[\s>+~,]|:is\(|:where\()(?::root|html|body|\*)?:has\(")
BY_NAME = re.compile(r"\[(?:id|class)[\^$*~|]?=")


def selectors(sheet):
    """Return the selectors of a sheet but those for print, without its comments."""
    text = PRINT.sub("", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return [one.strip() for rule in RULE.findall(text) for one in re.split(r",(?![^(]*\))", rule)]


def heavy(selector):
    """Return whether the browser must style the whole page anew whenever anything changes.

    Chromium keeps one set of what all selectors with ``:has`` may touch, for all of them. Of an
    anchor that is the page itself that is asked at every change; an attribute that every element
    bears makes it all elements.
    """
    return ":has(" in selector and bool(ROOT.search(selector) or BY_NAME.search(selector))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_change_has_the_whole_page_styled_anew(sheet):
    """With two such rules a press of K took half a second longer; a class on the page does it."""
    assert [one for one in selectors(sheet.read_text()) if heavy(one)] == []


@pytest.mark.parametrize(
    "rule",
    [
        ":root:has(.lesson) .panel { border: 0 }",
        "@media (max-width: 767px) { body:has([data-open]) .panel, .a { border: 0 } }",
        ".settings :has(> .open) .panel { border: 0 }",
        ".settings:not(:has(input:checked)) [id='hard'] { display: none }",
    ],
)
def test_such_rules_are_found(rule):
    assert any(heavy(one) for one in selectors(rule))


def test_the_shapes_that_scikit_learn_lacks_are_the_last_of_the_row():
    """The style sheet hides the last one until it is asked for."""
    assert [kind.value for kind in CovarianceType][-1:] == list(OWN_SHAPES)
