"""Log lines for machines and people: ``event=... name=value``, never a value of the data.

Lines written while a request is answered end with its name, whoever writes them.
"""

from __future__ import annotations

import json
import logging
import traceback
from pathlib import Path

from flask import g, has_request_context

LOGGER = logging.getLogger("gmm_dash")
_LONGEST = 200


class _Lines(logging.Formatter):
    """Adds to each line the name of the request it belongs to."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the line without its traceback."""
        said = super().formatMessage(record)
        name = g.get("request_id") if has_request_context() else None
        return f"{said} request={name}" if name else said


def configure(level: str) -> None:
    """Write ``gmm_dash`` messages of ``level`` and above to standard error."""
    LOGGER.setLevel(level.upper())
    if not LOGGER.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(message)s"))
        LOGGER.addHandler(handler)


def line(event: str, **parts: object) -> str:
    """Return one line; texts are quoted and cut, so that nobody can forge a second one."""
    words = [f"event={event}"]
    for name, value in parts.items():
        number = isinstance(value, int | float)
        words.append(f"{name}={value if number else json.dumps(str(value)[:_LONGEST])}")
    return " ".join(words)


def where(error: BaseException) -> str:
    """Return file and line an error was raised at; its text may hold data and stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def failure(event: str, error: BaseException, **parts: object) -> None:
    """Log that something of ours broke, in one line; the traceback only at level debug."""
    said = line(event, error=type(error).__name__, at=where(error), **parts)
    LOGGER.error(said, exc_info=error if LOGGER.isEnabledFor(logging.DEBUG) else None)
