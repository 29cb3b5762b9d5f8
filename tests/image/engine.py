"""Runs the built image as a server would: user 10001, read-only root, only /tmp writable.

docker and podman do that themselves. buildah only builds, so there the image is mounted, made
read-only in a mount namespace of its own, and entered; that wants root.
"""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from tests.serving import gunicorn_server

SCRIPT = gunicorn_server.ROOT / "deploy" / "image.sh"
USER = 10001
# Arguments: the root, the folder to start in, then the command and its environment.
ENTER = f"""
set -eu
root=$1 folder=$2; shift 2
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777,size=512m tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755,size=1m tmpfs "$root/dev"
for name in null zero random urandom; do
  : >"$root/dev/$name"
  mount --bind "/dev/$name" "$root/dev/$name"
done
mount -o remount,ro "$root/dev"
exec chroot --userspec={USER}:{USER} "$root" \\
  /usr/bin/env -i -C "$folder" "$@"
"""


def script(*words, **environ):
    """Return what deploy/image.sh prints."""
    environment = os.environ | environ
    done = subprocess.run(
        [SCRIPT, *words], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


def _output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


class Daemon:
    """docker or podman."""

    def __init__(self, name):
        self._name = name

    def size(self, image):
        """Return the bytes of an image."""
        return int(_output(self._name, "image", "inspect", "--format", "{{.Size}}", image))

    @contextmanager
    def command(self, image, port, **environ):
        """Yield the command that serves ``image`` on ``port``; signals reach the server."""
        given = [word for name, value in environ.items() for word in ("-e", f"{name}={value}")]
        yield [
            *(self._name, "run", "--rm", "--read-only", "--tmpfs", "/tmp:size=512m,mode=1777"),
            *("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", f"{USER}"),
            *("-p", f"127.0.0.1:{port}:8050", *given, image),
        ]


class Unpacked:
    """buildah, whose images are entered."""

    @contextmanager
    def _mounted(self, image):
        container = _output("buildah", "from", "--pull-never", image)
        try:
            yield container, Path(_output("buildah", "mount", container))
        finally:
            _output("buildah", "rm", container)

    def size(self, image):
        """Return the bytes of all files in an image."""
        with self._mounted(image) as (_, root):
            return int(_output("du", "-sx", "--block-size=1", root).split()[0])

    @contextmanager
    def command(self, image, port, **environ):
        """Yield the command that serves ``image`` on ``port``; it becomes the server."""
        with self._mounted(image) as (container, root):
            kept = json.loads(_output("buildah", "inspect", container))["OCIv1"]["config"]
            assert kept["User"] == f"{USER}:{USER}"
            told = {"HOST": "127.0.0.1", "PORT": str(port)} | environ
            inside = [*kept["Env"], *(f"{name}={value}" for name, value in told.items())]
            enter = ["unshare", "--mount", "sh", "-c", ENTER, "sh"]
            yield [*enter, str(root), kept["WorkingDir"], *inside, *kept["Cmd"]]


def engine():
    """Return how to run what deploy/image.sh builds here."""
    name = script("builder")
    return Unpacked() if name == "buildah" else Daemon(name)
