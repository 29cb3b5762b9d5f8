"""Scripts are run where the package does not exist: another folder, another interpreter."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from gmm_dash.tables import describe_frame

# Runs every script of a folder, each in fresh globals, and keeps what it found out.
DRIVER = """
import json, pathlib, runpy, sys
assert "gmm_dash" not in sys.modules
sys.modules["gmm_dash"] = None  # a script that needs the package must fail
sys.modules["matplotlib"] = None  # and none may need the picture
for path in sorted(pathlib.Path(".").glob("*.py")):
    made = runpy.run_path(str(path), run_name="__main__")
    found = {"bic": made["bic"], "X": made["X"].tolist(), "columns": list(made["columns"])}
    found["kmeans"] = made["kmeans_labels"].tolist()
    found["mixture"] = made["mixture_labels"].tolist()
    found["inertia"] = made["kmeans"].inertia_
    truth = made["true_groups"]
    found["truth"] = None if truth is None else [int(group) for group in truth]
    path.with_suffix(".json").write_text(json.dumps(found))
"""


def run_scripts(folder, scripts):
    """Return what each script found, by name."""
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", DRIVER],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in scripts}


@pytest.fixture
def stored_frame(pipeline):
    """Put a table into the store; return its key."""

    def put(columns):
        table = describe_frame(pd.DataFrame(columns))
        return pipeline.store.put(table.frame, table.report)

    return put
