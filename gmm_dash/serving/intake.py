"""Files that people send queue as all other work does, and keep their place by their content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

    from gmm_dash.config import Config
    from gmm_dash.serving.admission import Admission


def attach(server: Flask, config: Config, endpoints: Iterable[str], admission: Admission) -> None:
    """Let the views of ``endpoints`` wait for a slot in the lane ``files``."""
    for endpoint in endpoints:
        server.view_functions[endpoint] = _queueing(
            server.view_functions[endpoint], config.upload_bytes, admission
        )


def _queueing(view: Callable[[], Any], most: int, admission: Admission) -> Callable[[], Any]:
    def take() -> Any:
        length = request.content_length
        if length is None or length > most:
            return view()  # which refuses it, unread
        asked = request.query_string + b"\0" + request.get_data(cache=True)
        with admission.turn("files", hashlib.blake2b(asked, digest_size=24).hexdigest()):
            return view()

    return take
