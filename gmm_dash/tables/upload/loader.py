"""What the child process of :mod:`gmm_dash.files.child` loads to read a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gmm_dash.files.limits import Limits
from gmm_dash.tables.formats.read import read_arrow
from gmm_dash.tables.reading.options import ReadOptions
from gmm_dash.tables.stored import wire


def load(options: Mapping[str, Any], limits: Limits) -> Callable[[bytes], bytes]:
    """Return what reads the bytes of one file as ``options`` say."""

    def read(data: bytes) -> bytes:
        return wire.pack_table(*read_arrow(data, ReadOptions.from_json(options), limits))

    return read
