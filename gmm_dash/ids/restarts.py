"""Restarts: what many starts of both methods come to."""

from __future__ import annotations

from typing import Final

RESTARTS_NOTICE: Final = "restarts-notice"
RESTARTS_NOTES: Final = "restarts-notes"
RESTARTS_PICKED: Final = "restarts-picked-start"
RESTARTS_LINK: Final = "restarts-link"


def restarts_optima(algorithm: str) -> str:
    """Return the id of the table of distinct ends of one algorithm."""
    return f"restarts-optima-{algorithm}"


def restarts_plot(algorithm: str) -> str:
    """Return the name of the plot of one algorithm's starts."""
    return f"restarts-{algorithm}"
