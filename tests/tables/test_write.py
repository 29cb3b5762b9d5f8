"""Exported cells are shown by a spreadsheet, never run."""

import pandas as pd
import pytest

from gmm_dash.tables import safe_csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n="])
def test_texts_and_names_that_start_like_formulas_get_an_apostrophe(start):
    frame = pd.DataFrame({f"{start}name": [f"{start}cmd()", "plain"]})
    lines = safe_csv(frame).replace('"', "").split("\r\n")
    assert lines[0].startswith("'")
    assert lines[1].startswith("'")
    assert "plain" in lines


def test_numbers_stay_as_they_are():
    frame = pd.DataFrame({"x": [-1.5, 0.1 + 0.2], "n": [-1, 2], "b": [True, False]})
    assert safe_csv(frame) == "x,n,b\r\n-1.5,-1,True\r\n0.30000000000000004,2,False\r\n"


def test_duplicate_names_and_gaps_survive():
    frame = pd.DataFrame([["a", None], [None, "-b"]], columns=["x", "x"])
    assert safe_csv(frame) == "x,x\r\na,\r\n,'-b\r\n"
