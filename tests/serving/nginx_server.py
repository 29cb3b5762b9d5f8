"""The shipped nginx configuration in front of a dashboard, for tests that need it."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from tests.serving import gunicorn_server
from tests.serving.gunicorn_server import ROOT, free_port

PLACES = ("/usr/sbin", "/usr/local/sbin", str(ROOT / ".venv" / "nginx" / "usr" / "sbin"))
NGINX = shutil.which("nginx") or shutil.which("nginx", path=os.pathsep.join(PLACES))
needed = pytest.mark.skipif(NGINX is None, reason="needs nginx")
# Started by root, its workers would be nobody, who may not enter the tests' folders.
OPTIONS = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")


def shipped(folder, port, dashboard):
    """Write the shipped file with only addresses and the place to write changed; return it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in (
        ("listen 8080", f"listen 127.0.0.1:{port}"),
        ("server web:8050", f"server 127.0.0.1:{dashboard}"),
        (" /tmp/nginx", f" {folder}/nginx"),
    ):
        assert old in text
        text = text.replace(old, new)
    path = folder / "nginx.conf"
    path.write_text(text)
    return path


def command(conf, *options):
    """Return how nginx is called with that file."""
    return [NGINX, "-e", "/dev/stderr", "-c", str(conf), *options]


@contextmanager
def serving(folder, dashboard):
    """Serve in front of a dashboard; yield the port; then stop."""
    port = free_port()
    conf = shipped(folder, port, dashboard)
    with (folder / "nginx.log").open("w") as log:
        process = subprocess.Popen(command(conf, "-g", OPTIONS), stderr=log)
    try:
        gunicorn_server.wait_for(port, process, folder / "nginx.log", "/nothing")
        yield port
    finally:
        process.terminate()
        process.wait(20)
