"""See what Gaussian mixtures and k-means do: an explorer for the browser.

``explore(data)`` opens it on a table from a script or a notebook; ``predict(model, data)``
labels new rows with a model that it saved;
:func:`gmm_dash.factory.create_app` makes the Dash application.
"""

from __future__ import annotations

import os

# Before NumPy loads its linear algebra. The problems here are small: BLAS threads
# only wait for each other, and a forked worker can hang in them for ever.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
# Arrow's own allocator keeps what a large table once took.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

__version__ = "0.1.15"


def __getattr__(name: str) -> object:
    """Load what is asked for, and only then: the engine alone needs no web server."""
    if name == "explore":
        from gmm_dash.notebook import explore  # noqa: PLC0415

        return explore
    if name == "predict":
        from gmm_dash.export.applied import predict  # noqa: PLC0415

        return predict
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
