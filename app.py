"""Entry point: ``python app.py [FILE]`` to run it, ``gunicorn app:server`` to serve it."""

from __future__ import annotations

import sys

from gmm_dash.cli import main

if __name__ == "__main__":
    sys.exit(main())

from gmm_dash.config import ConfigError
from gmm_dash.factory import create_app

try:
    dash_app = create_app()
except ConfigError as error:
    raise SystemExit(error.sentence) from None
server = dash_app.server
