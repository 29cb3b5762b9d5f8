"""The parts of compose.yaml as plain processes: its commands and settings, its names replaced."""

import re
import subprocess
import sys
import time
from contextlib import contextmanager
from socket import create_connection

import boto3
import yaml

from tests.serving import gunicorn_server
from tests.serving.gunicorn_server import BARE, PATIENCE, ROOT, free_port

_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
_SECRETS = {"STORE_PASSWORD": "nobody's", "GMM_DASH_SECRET": "0123456789abcdef" * 4}
_SCHEDULER, _OBJECTS = "scheduler:8786", "objects:9000"


class Composed:
    """Starts what compose.yaml names as a cluster, each part with its command and its settings.

    Parameters
    ----------
    folder : Path
        Where logs go, and what containers keep in /tmp.
    """

    def __init__(self, folder):
        self.folder = folder
        self._ports = {_SCHEDULER: free_port(), _OBJECTS: free_port()}
        lines = (ROOT / "deploy" / "cluster.env").read_text().splitlines()
        given = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
        self._values = given | _SECRETS
        self._services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]

    def environ(self, service):
        """Return the settings of a service, its variables put in as compose does."""
        given = self._services[service].get("environment", {})
        return {name: self._here(self._put_in(text)) for name, text in given.items()}

    @contextmanager
    def objects(self):
        """Run a store that speaks S3, with the bucket of the settings; yield a client of it."""
        environ, port = self.environ("web"), self._ports[_OBJECTS]
        with self._process("objects", ["moto.server", "-p", str(port)], port):
            client = boto3.client(
                "s3",
                endpoint_url=environ["AWS_ENDPOINT_URL"],
                aws_access_key_id=environ["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=environ["AWS_SECRET_ACCESS_KEY"],
                region_name="us-east-1",
            )
            client.create_bucket(Bucket=environ["GMM_DASH_STORE"].removeprefix("s3://"))
            yield client

    @contextmanager
    def scheduler(self):
        """Run the scheduler of the cluster."""
        port = self._ports[_SCHEDULER]
        with self._process("scheduler", [*self._command("scheduler"), "--port", str(port)], port):
            yield

    @contextmanager
    def worker(self):
        """Run one worker of the cluster; yield its process."""
        with self._process(
            "worker", self._command("worker"), None, self.environ("worker")
        ) as process:
            yield process

    @contextmanager
    def web(self, name):
        """Run one dashboard; yield the port, the process and its log."""
        folder = self.folder / name
        folder.mkdir()
        with gunicorn_server.serving(folder, **self.environ("web")) as served:
            yield served

    def fit(self, *words):
        """Return what ``gmm-dash fit`` does with those words and the settings of a dashboard."""
        program = "from gmm_dash.cli import main; raise SystemExit(main())"
        return subprocess.run(
            [sys.executable, "-c", program, "fit", *words],
            cwd=ROOT,
            env=BARE | self.environ("web"),
            capture_output=True,
            text=True,
            check=False,
        )

    def _command(self, service):
        """Return the arguments of Python that run a service of the image."""
        written = self._services[service]["command"]
        temporary = str(self.folder / "tmp")
        return [temporary if word == "/tmp" else self._here(word) for word in written]

    @contextmanager
    def _process(self, name, arguments, port=None, environ=None):
        log = self.folder / f"{name}.log"
        with log.open("a") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=BARE | (environ or {}),
                stdout=file,
                stderr=file,
            )
        try:
            if port:
                _wait_for(port, process, log)
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def _put_in(self, text):
        return _VARIABLE.sub(lambda found: self._values.get(found[1]) or found[2] or "", text)

    def _here(self, text):
        for inside, port in self._ports.items():
            text = text.replace(inside, f"127.0.0.1:{port}")
        return text


def _wait_for(port, process, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-1500:]
        try:
            create_connection(("127.0.0.1", port), 5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text()[-1500:])
