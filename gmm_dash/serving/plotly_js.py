"""The build of plotly.js that draws WebGL without ``eval``.

The ordinary build makes functions from text when it draws ``scattergl`` or ``scatter3d``;
a strict Content-Security-Policy forbids that and the plot stays empty. The strict build of
the same version is the same library with those functions written out. It is kept
brotli-compressed, as it travels.
"""

from __future__ import annotations

from pathlib import Path

from plotly.offline import get_plotlyjs_version

from gmm_dash.serving.logs import LOGGER, line

FOLDER = Path(__file__).parent / "vendor"


def bundle() -> bytes | None:
    """Return the strict build, brotli-compressed, or nothing when its version does not fit.

    Without it the dashboard still draws: the policy must then allow ``eval``.
    """
    version = get_plotlyjs_version()
    try:
        return (FOLDER / f"plotly-strict-{version}.min.js.br").read_bytes()
    except OSError:
        LOGGER.warning(line("strict_plotly_missing", version=version, policy="allows eval"))
        return None
