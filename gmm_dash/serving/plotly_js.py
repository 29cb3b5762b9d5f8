"""The plotly.js that is served: the traces in use, without ``eval``, in three files.

The ordinary build makes functions from text when it draws ``scattergl`` or ``scatter3d``;
a strict Content-Security-Policy forbids that and the plot stays empty. A strict one has those
functions written out. ``browser/plotly`` holds the recipe: a file that every picture needs, and
one for each further kind of trace, which the first asks for before it draws one. They are kept
brotli-compressed, as they travel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from plotly.offline import get_plotlyjs_version

from gmm_dash.serving.logs import LOGGER, line

FOLDER = Path(__file__).parent / "vendor"
ADDRESS: Final = "plotly/package_data/plotly.min.js"
"""Where Dash looks for plotly.js, below its component suites."""

_FILES: Final = {
    ADDRESS: "flat",
    "plotly/package_data/plotly-webgl.min.js": "webgl",
    "plotly/package_data/plotly-space.min.js": "space",
}


def bundles() -> dict[str, bytes]:
    """Return the files by address, brotli-compressed, or none when their version does not fit.

    Without them the dashboard still draws: the policy must then allow ``eval``.
    """
    version = get_plotlyjs_version()
    try:
        return {
            address: (FOLDER / f"plotly-{name}-{version}.min.js.br").read_bytes()
            for address, name in _FILES.items()
        }
    except OSError:
        LOGGER.warning(line("strict_plotly_missing", version=version, policy="allows eval"))
        return {}
