"""Restarts: what many starts of both methods come to."""

from __future__ import annotations

from typing import Final

RESTARTS_NOTICE: Final = "restarts-notice"
RESTARTS_NOTES: Final = "restarts-notes"
RESTARTS_PICKED: Final = "restarts-picked-start"
RESTARTS_LINK: Final = "restarts-link"

RESTARTS_WHOLE: Final = "restarts-whole"  # the name of a chain
RESTARTS_WHOLE_BOX: Final = "restarts-whole-box"
RESTARTS_WHOLE_OFFER: Final = "restarts-whole-offer"
RESTARTS_WHOLE_SAYS: Final = "restarts-whole-says"
RESTARTS_WHOLE_FOUND: Final = "restarts-whole-found"
RESTARTS_WHOLE_WANTED: Final = "restarts-whole-wanted"
RESTARTS_WHOLE_DOWNLOAD: Final = "restarts-whole-download"
RESTARTS_WHOLE_DOWNLOAD_BUTTON: Final = "restarts-whole-download-button"


def restarts_optima(algorithm: str) -> str:
    """Return the id of the table of distinct ends of one algorithm."""
    return f"restarts-optima-{algorithm}"


def restarts_ends(algorithm: str) -> str:
    """Return the id of the table of those ends of one algorithm that are carried on to all rows."""
    return f"restarts-ends-{algorithm}"


def restarts_ways(algorithm: str) -> str:
    """Return the id of the links that show those ends in Compare."""
    return f"restarts-ways-{algorithm}"


def restarts_plot(algorithm: str) -> str:
    """Return the name of the plot of one algorithm's starts."""
    return f"restarts-{algorithm}"
