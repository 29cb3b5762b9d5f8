"""Which iterations of a run a trace keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.types import MAX_FRAMES
from gmm_dash.engine.validate import as_count

if TYPE_CHECKING:
    from gmm_dash.engine.types import Ints


def sampled_frames(n_iter: int) -> Ints:
    """Return the iterations to keep of ``0 .. n_iter``: evenly spread, first and last included."""
    count = min(n_iter + 1, MAX_FRAMES)
    return np.round(np.linspace(0, n_iter, count)).astype(np.intp)


def frame_index(frame: int, count: int) -> int:
    """Return a frame's place; negative numbers count from the end."""
    return as_count(frame, "frame", -count, count - 1) % count
