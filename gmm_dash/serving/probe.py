"""Asks the server in this container whether it is healthy: ``python -m gmm_dash.serving.probe``."""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from gmm_dash.config import Config

if TYPE_CHECKING:
    from collections.abc import Mapping


def healthy(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether ``healthz`` answers 200 within eight seconds."""
    port = int(environ.get("PORT") or 8050)
    connection = HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", Config.from_env(environ).base_path + "healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if healthy() else 1)
