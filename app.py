"""Entry point: ``python app.py [FILE]`` to run it, ``gunicorn app:server`` to serve it."""

from __future__ import annotations

import sys

from gmm_dash.cli import main

if __name__ == "__main__":
    sys.exit(main())

from gmm_dash.factory import create_app

dash_app = create_app()
server = dash_app.server
