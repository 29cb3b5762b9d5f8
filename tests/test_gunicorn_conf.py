"""A misspelt name in gunicorn.conf.py would be ignored without a word."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.config import KNOWN_SETTINGS

CONF = Path(__file__).parents[1] / "gunicorn.conf.py"
VARIABLES = ("HOST", "PORT", "WEB_CONCURRENCY")


@pytest.fixture
def settings(monkeypatch):
    def read(**environ):
        for name in (*VARIABLES, *(n for n in os.environ if n.startswith("GMM_DASH_"))):
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "path", list(sys.path))
        names = runpy.run_path(str(CONF))
        return {name: value for name, value in names.items() if not name.startswith("_")}

    return read


def test_gunicorn_knows_every_name(settings):
    assert set(settings()) <= {setting.name for setting in KNOWN_SETTINGS}


def test_only_this_machine_may_connect_unless_asked(settings):
    assert settings()["bind"] == "127.0.0.1:8050"
    assert settings(HOST="0.0.0.0", PORT="9000")["bind"] == "0.0.0.0:9000"


def test_a_worker_per_core_unless_asked(settings):
    assert settings()["workers"] >= 1
    assert settings(WEB_CONCURRENCY="7")["workers"] == 7


def test_the_time_out_is_longer_than_the_longest_fit(settings):
    assert settings(GMM_DASH_FIT_SECONDS="100")["timeout"] > 100


def test_workers_share_a_folder_for_their_counters(settings, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "unset")
    found = settings(GMM_DASH_METRICS="on")
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    assert folder.is_dir()
    found["on_exit"](None)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GMM_DASH_FIT_SECONDS", "soon", "GMM_DASH_FIT_SECONDS"),
        ("GMM_DASH_FIT_SECOND", "3", "GMM_DASH_FIT_SECOND "),
        ("PORT", "http", "PORT"),
    ],
)
def test_a_bad_value_stops_the_start_with_one_sentence(name, value, says):
    command = [sys.executable, "-m", "gunicorn", "-c", str(CONF), "--check-config", "app:server"]
    environ = {k: v for k, v in os.environ.items() if k not in VARIABLES} | {name: value}
    done = subprocess.run(
        command, cwd=CONF.parent, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0
