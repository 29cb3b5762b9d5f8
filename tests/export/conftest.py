"""Scripts are run where the package does not exist: another folder, another interpreter."""

import functools
import json
import select
import subprocess
import sys

import pandas as pd
import pytest

from gmm_dash.callbacks.export import write
from gmm_dash.state import from_query
from gmm_dash.tables import describe_frame

# Runs every script of a folder, each in fresh globals, and keeps what was asked for by name; then
# waits for the name of the next folder: the packages that all scripts need are imported once.
DRIVER = """
import json, os, pathlib, runpy, sys, traceback
answers, sys.stdout = sys.stdout, open(os.devnull, "w")
assert "gmm_dash" not in sys.modules
sys.modules["gmm_dash"] = None  # a script that needs the package must fail
sys.modules["matplotlib"] = None  # and none may need the picture
plain = lambda value: value.tolist() if hasattr(value, "tolist") else list(value)
def run():
    wanted = json.loads(pathlib.Path("wanted.txt").read_text())
    for path in sorted(pathlib.Path(".").glob("*.py")):
        made = runpy.run_path(str(path), run_name="__main__")
        found = {name: eval(expression, made) for name, expression in wanted.items()}
        path.with_suffix(".json").write_text(json.dumps(found, default=plain))
for folder in sys.stdin:
    os.chdir(json.loads(folder))
    complaint = ""
    try:
        run()
    except BaseException:
        complaint = traceback.format_exc()
    print(json.dumps(complaint), file=answers, flush=True)
"""
COMPARED = {
    "bic": "bic",
    "X": "X",
    "columns": "list(columns)",
    "kmeans": "kmeans_labels",
    "mixture": "mixture_labels",
    "inertia": "float(kmeans.inertia_)",
    "joined": "[group_names, list(group_labels)] if 'group_names' in globals() else None",
    "truth": "None if true_groups is None else [int(group) for group in true_groups]",
}


@functools.cache
def _driver():
    return subprocess.Popen(
        [sys.executable, "-I", "-W", "ignore", "-c", DRIVER],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
    )


@pytest.fixture(scope="session", autouse=True)
def driver_ends():
    """End what ran the scripts, if any were run."""
    yield
    if _driver.cache_info().currsize:
        with _driver() as driver:
            driver.stdin.close()


def run_scripts(folder, scripts, wanted=COMPARED):
    """Return what each script found, by name: ``wanted`` says it as expressions."""
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "wanted.txt").write_text(json.dumps(wanted), encoding="utf-8")
    driver = _driver()
    driver.stdin.write(json.dumps(str(folder)) + "\n")
    driver.stdin.flush()
    assert select.select([driver.stdout], [], [], 300)[0], "the scripts take too long"
    complaint = json.loads(driver.stdout.readline())
    assert not complaint, complaint[-3000:]
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in scripts}


def script(pipeline, link, **changes):
    """Return the state of a link, and its script as the menu hands it over."""
    state, problems = from_query(link)
    assert not problems
    state = state.but(**changes)
    return state, write("script", state, pipeline)[1]


def run_links(pipeline, folder, links, wanted):
    """Yield name, state and what its script found for every link."""
    made = {name: script(pipeline, link) for name, link in links.items()}
    found = run_scripts(folder, {name: text for name, (_, text) in made.items()}, wanted)
    for name, (state, _) in made.items():
        yield name, state, found[name]


@pytest.fixture
def stored_frame(pipeline):
    """Put a table into the store; return its key."""

    def put(columns):
        table = describe_frame(pd.DataFrame(columns))
        return pipeline.store.put(table.frame, table.report, table.origin)

    return put
