"""The command line: ``gmm-dash [FILE] [--host H] [--port P]``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from gmm_dash import __version__
from gmm_dash.callbacks.upload import limits_of
from gmm_dash.config import Config
from gmm_dash.errors import GmmDashError, ImportProblem
from gmm_dash.factory import assemble, open_store
from gmm_dash.serving import paced
from gmm_dash.state import AppState, to_query
from gmm_dash.tables import ingest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.tables import TableStore


def main(argv: Sequence[str] | None = None) -> int:
    """Run the dashboard until it is interrupted; return the exit code."""
    options = _parser().parse_args(argv)
    try:
        config = Config.from_env()
        store = open_store(config)
        opening = _open_file(options.file, config, store) if options.file else ""
        app = assemble(config, store, opening=opening)
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server(
            options.host,
            options.port,
            app.server,
            threaded=True,
            request_handler=paced.handler(config),
        )
    except GmmDashError as problem:
        return _fail(problem.sentence)
    except OSError as problem:
        return _fail(f"Cannot listen on {options.host}:{options.port}: {problem.strerror}.")
    _say(f"Mixture explorer is at http://{options.host}:{server.server_port}{config.base_path}")
    _say("Press Ctrl+C to stop.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gmm-dash",
        description="See what Gaussian mixtures and k-means do, side by side, in a browser.",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a table to open (CSV, Excel, ...)")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=_port, default=_port(os.environ.get("PORT") or "8050"))
    parser.add_argument("--version", action="version", version=__version__)
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _open_file(name: str, config: Config, store: TableStore) -> str:
    """Store the table and return the query of the page that shows it."""
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > config.upload_bytes:
            raise ImportProblem(
                f"{name} is larger than {config.upload_bytes // 1_000_000} MB.",
                hint="Set GMM_DASH_UPLOAD_BYTES to a larger number, or keep fewer rows.",
            )
        data = path.read_bytes()
    except OSError as problem:
        raise ImportProblem(
            f"Cannot read {name}: {problem.strerror}.", hint="Check the name and try again."
        ) from problem
    key, report = ingest(data, None, limits_of(config), store)
    _say(report.sentence)
    return to_query(AppState().but(data="upload", table=key, scale="standard"))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1
