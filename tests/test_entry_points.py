"""The ways in: the command line, a notebook, and the address of a production server."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gmm_dash
from gmm_dash import cli
from gmm_dash.config import Config
from gmm_dash.errors import ImportProblem
from gmm_dash.factory import open_store
from gmm_dash.notebook import as_frame

ROOT = Path(__file__).parents[1]


def _get(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status, answer.read().decode()


def _start(*arguments, store):
    environment = os.environ | {"GMM_DASH_STORE": str(store), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "app.py", *arguments, "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_line_opens_a_file(tmp_path):
    table = tmp_path / "some table.csv"
    table.write_text("a;b\n1,5;2\n2,5;3\n9,5;8\n8,5;9\n")
    with _start(str(table), store=tmp_path / "store") as process:
        try:
            said = [process.stdout.readline() for _ in range(2)]
            assert "4 rows" in said[0]
            url = re.search(r"http://\S+", said[1])[0]
            assert _get(url)[0] == 200
            assert json.loads(_get(url + "healthz")[1])["status"] == "ok"
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.mark.parametrize("write", ["to_csv", "to_parquet"])
def test_a_long_file_of_ones_own_ends_on_all_rows_and_a_short_one_changes_nothing(
    tmp_path, monkeypatch, write
):
    """However small its file is: what a stranger may cost is no limit of one's own machine."""
    monkeypatch.setenv("GMM_DASH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GMM_DASH_FIT_ROWS", "100")
    config, file = Config.from_env(), tmp_path / "readings"
    for n_rows, expected in ((101, config.for_owner()), (100, config)):
        x = np.random.default_rng(0).normal(size=(n_rows, 2)).round(3)
        getattr(pd.DataFrame(x, columns=["a", "b"]), write)(file, index=False)
        assert cli._read(str(file), (), config, open_store(config))[0] == expected


def test_a_file_that_is_no_table_is_refused_in_one_sentence(tmp_path, monkeypatch, capsys):
    binary, empty = tmp_path / "binary.csv", tmp_path / "empty.csv"
    binary.write_bytes(b"\x00\xff" * 99)
    empty.write_bytes(b"")
    process = _start(str(binary), store=tmp_path / "store")
    _, complaint = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "Traceback" not in complaint
    assert complaint.strip().endswith(".")
    # the others without a process of their own: most of its time goes into importing
    monkeypatch.setenv("GMM_DASH_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(cli, "make_server", None)  # whoever comes so far has refused nothing
    for path in (empty, tmp_path / "none.csv"):
        assert cli.main([str(path), "--port", "0"]) == 1
        complaint = capsys.readouterr().err.strip()
        assert complaint.endswith(".")
        assert len(complaint.splitlines()) == 1


def test_a_port_that_is_taken_is_said(tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = subprocess.run(
            [sys.executable, "app.py", "--port", port],
            cwd=ROOT,
            env=os.environ | {"GMM_DASH_STORE": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    assert process.returncode != 0
    assert "Traceback" not in process.stderr
    assert port in process.stderr


def test_explore_serves_a_data_frame(tmp_path, monkeypatch):
    monkeypatch.setenv("GMM_DASH_STORE", str(tmp_path))
    frame = pd.DataFrame({"a": [1.0, 2, 8, 9], "b": [2.0, 1, 9, 8], "c": list("xxyy")})
    opened = gmm_dash.explore(frame, open_browser=False, k=2, label="c")
    try:
        assert _get(opened.url)[0] == 200
        assert opened.url in opened._repr_html_()
    finally:
        opened.stop()
    with pytest.raises(OSError, match=r"refused|reset"):
        _get(opened.url)


def test_explore_serves_one_column(tmp_path, monkeypatch):
    monkeypatch.setenv("GMM_DASH_STORE", str(tmp_path))
    opened = gmm_dash.explore(np.array([1.0, 2, 8, 9]), open_browser=False, k=2)
    try:
        assert _get(opened.url)[0] == 200
    finally:
        opened.stop()


def test_explore_takes_arrays_and_refuses_the_rest():
    assert list(as_frame(np.eye(3)).columns) == ["column_1", "column_2", "column_3"]
    assert list(as_frame([[1, 2], [3, 4]]).columns) == ["column_1", "column_2"]
    assert list(as_frame(np.arange(3.0)).columns) == ["column_1"]
    for nothing in (np.zeros((0, 2)), np.zeros((2, 2, 2)), pd.DataFrame()):
        with pytest.raises(ImportProblem):
            as_frame(nothing)


def test_the_package_has_no_other_doors():
    with pytest.raises(AttributeError):
        gmm_dash.nothing  # noqa: B018


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return an empty environment into which the wheel was put that is built of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    ignored = shutil.ignore_patterns(
        ".*", "tests", "node_modules", "__pycache__", "build", "*.egg-info"
    )
    shutil.copytree(ROOT, folder / "source", ignore=ignored, symlinks=True)
    venv.create(folder / "env", symlinks=True)
    quiet = ["-q", "--no-deps", "--no-index"]
    pip = [sys.executable, "-m", "pip"]
    build = [*pip, "wheel", *quiet, "--no-build-isolation", "-w", folder, folder / "source"]
    subprocess.run(build, check=True)
    (wheel,) = folder.glob("*.whl")
    python = folder / "env" / "bin" / "python"
    subprocess.run([*pip, "--python", python, "install", *quiet, wheel], check=True)
    return folder / "env"


def _packages(env):
    (folder,) = env.glob("lib/python*/site-packages")
    return folder


def test_an_installed_wheel_brings_everything_it_needs(installed):
    packages = _packages(installed)
    for folder in ("assets", "assets/fonts", "assets/icons", "datasets/data", "serving/vendor"):
        here = {path.name for path in (ROOT / "gmm_dash" / folder).iterdir() if path.is_file()}
        there = {path.name for path in (packages / "gmm_dash" / folder).iterdir()}
        assert here <= there, folder
    (about,) = packages.glob("gmm_dash-*.dist-info")
    assert {path.name for path in (about / "licenses").iterdir()} == {"LICENSE", "THIRD_PARTY.md"}
    assert {path.name for path in packages.iterdir()} == {"gmm_dash", about.name}


def test_an_installed_wheel_answers(installed, tmp_path):
    """Away from this tree; what it depends on is borrowed from the environment of the tests."""
    borrowed = _packages(installed) / "borrowed.pth"
    borrowed.write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GMM_DASH"))}

    def run(*command):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment | {"HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = json.loads(run(installed / "bin" / "gmm-dash", "say", "?data=moons&k=2"))
    assert said["view"] == "compare"
    assert said["sentences"]
    where = "from importlib.util import find_spec; print(find_spec('gmm_dash').origin)"
    assert run(installed / "bin" / "python", "-c", where).startswith(str(installed))
