"""What the image does, as far as it shows without an engine to run it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gmm_dash.config import Config, variable
from gmm_dash.serving import probe
from tests.serving import gunicorn_server
from tests.serving.gunicorn_server import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
USER = 10001
HADOLINT = shutil.which("hadolint", path=Path(sys.executable).parent) or shutil.which("hadolint")


def _copied():
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        yield from line.split()[:-1]


def test_everything_that_is_copied_exists_and_is_let_through():
    let_through = (ROOT / ".dockerignore").read_text().splitlines()
    assert list(_copied())
    for name in _copied():
        assert (ROOT / name).exists()
        assert f"!{name.removeprefix('./')}" in let_through


@pytest.mark.skipif(HADOLINT is None, reason="hadolint is packaged for Linux on x86-64 only")
def test_hadolint_has_nothing_to_say():
    found = subprocess.run(
        [HADOLINT, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_the_base_image_is_pinned_and_the_user_is_not_root():
    assert re.search(r"^ARG BASE=python:\d+\.\d+\.\d+-slim-\w+$", DOCKERFILE, re.M)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.M) == ["${BASE}", "${BASE}"]
    assert re.search(rf"^USER {USER}:{USER}$", DOCKERFILE, re.M)
    assert "HEALTHCHECK" in DOCKERFILE
    assert "SECRET" not in DOCKERFILE


# The interpreter may lie where only root looks: reading is allowed, writing is not.
AS_USER = [
    *("setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs"),
    *("--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"),
    "--bounding-set=-all,+dac_read_search",
]


def _can_become_the_user():
    done = subprocess.run([*AS_USER, "true"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv of util-linux")
def test_the_command_runs_as_that_user_without_a_home_and_writes_only_to_tmp(tmp_path):
    """The checkout belongs to somebody else, so every write to it would fail."""
    if not _can_become_the_user():
        pytest.skip("needs root to become another user")
    before = _files()
    with gunicorn_server.serving(tmp_path, prefix=AS_USER, HOME="/nonexistent") as (
        port,
        process,
        log,
    ):
        status, _, said = gunicorn_server.get(port)
        assert (status, b'"ok"' in said) == (200, True), said
        assert Path(f"/proc/{process.pid}").stat().st_uid == USER
    assert "Traceback" not in log.read_text()
    assert _files() == before


def _files():
    folders = [path for path in (ROOT / "gmm_dash", ROOT / "assets") if path.is_dir()]
    found = {path for folder in folders for path in folder.rglob("*")} | set(ROOT.iterdir())
    return {path for path in found if "cache" not in path.name and "cache" not in path.parent.name}


def test_the_probe_tells_a_healthy_server_from_none(tmp_path):
    with gunicorn_server.serving(
        tmp_path, GMM_DASH_BASE_PATH="/lab/", GMM_DASH_STORE=str(tmp_path / "tables")
    ) as (port, _, _):
        environ = {"PORT": str(port), "GMM_DASH_BASE_PATH": "/lab/"}
        assert probe.healthy(environ)
        assert not probe.healthy({"PORT": str(port)})
    assert not probe.healthy(environ)


def test_a_setting_that_cannot_be_is_one_sentence_and_no_start():
    command = [sys.executable, "-m", "gunicorn", "app:server"]
    environ = gunicorn_server.BARE | {"GMM_DASH_FIT_SECONDS": "-1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert done.stderr.startswith("GMM_DASH_FIT_SECONDS is -1")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_compose_hardens_every_service(compose):
    for service in compose.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert set(compose) == {"proxy", "web", "scheduler", "worker", "objects"}
    assert [name for name in compose if "ports" in compose[name]] == ["proxy"]


def test_compose_and_its_settings_name_only_what_exists(compose):
    known = {variable(name) for name in Config.__dataclass_fields__}
    named = {name for name in compose["web"]["environment"] if name.startswith("GMM_DASH_")}
    assert named <= known
    given = dict(
        line.split("=", 1)
        for line in (ROOT / "deploy" / "cluster.env").read_text().splitlines()
        if line and not line.startswith("#")
    )
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    assert set(given) - used == {"COMPOSE_PROFILES"}
    assert given["STORE_PASSWORD"] == given["GMM_DASH_SECRET"] == ""
    for service in compose.values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert not source.startswith(".") or (ROOT / source).exists()
