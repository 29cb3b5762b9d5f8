"""One more criterion, declared in a copy of the package, shows up wherever it should."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.contract import trial_report

PACKAGE = Path(__file__).parents[2] / "gmm_dash"

# Hannan and Quinn (1979): each parameter costs log log n.
DECLARED = """
HQ: Final = Criterion(
    name="hq",
    column="hq",
    label="HQ",
    sentence="A price between those of AIC and BIC.",
    formula="2p log log n − 2 log L",
    source="Hannan and Quinn (1979)",
    worked="= 2 × {p} log log {n} − {total}",
    script="aic + 2.0 * free * (np.log(np.log(n)) - 1.0)",
    value=lambda of: (
        scores.aic(of.log_likelihood, of.parameters, of.n)
        + 2.0 * of.parameters * (math.log(math.log(of.n)) - 1.0)
    ),
)

CRITERIA: Final = """
CHANGES = {  # by file: what is put in the place of what
    "engine/criteria.py": [
        ("from dataclasses import", "import math\nfrom dataclasses import"),
        ("\nCRITERIA: Final = ", DECLARED),
        ("AICC, ICL, HELD_OUT)", "AICC, ICL, HQ, HELD_OUT)"),
    ],
    "engine/select_rows.py": [
        ("    icl: float | None\n", "    icl: float | None\n    hq: float | None\n")
    ],
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trial")
    unread = shutil.ignore_patterns("__pycache__", "assets")
    copy = shutil.copytree(PACKAGE, folder / "gmm_dash", ignore=unread)
    for name, pairs in CHANGES.items():
        source = (copy / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert source.count(old) == 1, (name, old)
            source = source.replace(old, new)
        (copy / name).write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, trial_report.__file__, "hq", str(folder / "store")],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_files_are_touched():
    assert len(CHANGES) == 2


def test_it_ranks_the_models_by_its_own_value(shown):
    assert shown["problems"] == []
    by_hand = [
        2 * row["n_parameters"] * np.log(np.log(shown["n"]))
        - 2 * shown["n"] * row["log_likelihood"]
        for row in shown["rows"]
    ]
    assert [row["hq"] for row in shown["rows"]] == pytest.approx(by_hand)
    sound = [
        (value, row["n_components"])
        for value, row in zip(by_hand, shown["rows"], strict=True)
        if not row["degenerate"] and row["law"] == "ok"
    ]
    assert shown["best"] == min(sound)[1]
    assert shown["numbers"]["gmm.hq"] == pytest.approx(min(sound)[0])


def test_the_page_draws_and_says_it(shown):
    legend = [trace["name"] for trace in shown["curves"]["data"]]
    assert {"BIC, full", "HQ, full"} <= set(legend)
    looks = {
        (trace["line"]["dash"], trace["line"]["color"])
        for trace in shown["curves"]["data"]
        if trace["mode"] == "lines+markers"
    }
    assert len(looks) == 2
    titles = [shown[name]["layout"]["yaxis"]["title"]["text"] for name in ("curves", "chart")]
    assert "BIC, HQ (lower is better)" in titles[0]
    assert "HQ (lower is better)" in titles[1]
    hovers = [text for trace in shown["chart"]["data"] for text in trace.get("hovertext", [])]
    assert any("log log 60" in text for text in hovers)
    assert "HQ prefers" in shown["said"]
    assert shown["term"].startswith("A price between")


def test_tables_controls_links_and_scripts_have_it(shown):
    assert "hq" in shown["head"].split(",")
    assert "('HQ', True)" in shown["table"]
    assert "criterion=hq" in shown["link"]
    assert "'label': 'HQ'" in shown["page"] or "label='HQ'" in shown["page"]
    assert shown["contract"]["hq"] == "HQ"
    assert "hq" in shown["settings"]["together"]["options"]
    assert '"hq": aic + 2.0 * free * (np.log(np.log(n)) - 1.0),' in shown["script"]
    compile(shown["script"], "script", "exec")
