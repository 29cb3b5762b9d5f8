"""``explore(data)``: the dashboard on a table that is already in memory."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.contract.directions import first_axes
from gmm_dash.errors import ImportProblem
from gmm_dash.factory import assemble, open_store
from gmm_dash.files.limits import Limits
from gmm_dash.state import AppState, to_query
from gmm_dash.tables import describe_frame, open_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.serving import BaseWSGIServer

    from gmm_dash.tables import ReadReport, TableStore


@dataclass(frozen=True, slots=True)
class Explorer:
    """A dashboard that runs in this process.

    Attributes
    ----------
    url : str
        Where it is.
    """

    url: str
    _server: BaseWSGIServer
    _thread: threading.Thread

    def wait(self) -> Self:
        """Block until the dashboard is stopped or the program is interrupted."""
        try:
            self._thread.join()
        except KeyboardInterrupt:
            self.stop()
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _repr_html_(self) -> str:
        """Show the dashboard below a notebook's cell."""
        return f'<iframe src="{self.url}" width="100%" height="820" style="border:0"></iframe>'


def explore(
    data: Any,
    *,
    columns: Sequence[str] = (),
    host: str = "127.0.0.1",
    port: int = 0,
    open_browser: bool | None = None,
    **settings: Any,
) -> Explorer:
    """Open the dashboard on a table.

    Parameters
    ----------
    data : DataFrame, (n, d) or (n,) array-like of numbers, or name of a file
        What to cluster. It is kept in a private store on this machine, but a Parquet or Arrow
        file is opened where it lies, without a copy, and has to stay there.
    columns : sequence of str, optional
        Of a file: the columns to read, all of them when left out.
    host, port
        Where to listen; port 0 takes a free one.
    open_browser : bool, optional
        Whether to open a browser window; by default outside notebooks only.
    **settings
        Settings to start with, by their keys in the link, such as ``k=3``.

    Returns
    -------
    Explorer
        Its ``url``, and ``wait()`` and ``stop()``. In a notebook it shows itself; at the
        end of a script, call ``wait()``.

    Raises
    ------
    ImportProblem
        When ``data`` is no table.
    StateError
        When a setting is out of bounds.

    Examples
    --------
    >>> from gmm_dash import explore
    >>> explore(df, k=3).wait()  # doctest: +SKIP
    """
    config = Config.from_env()
    store = open_store(config)
    if isinstance(data, str | os.PathLike):
        key, report = _open(Path(data), columns, config, store)
        config = config.for_owner()
    else:
        table = describe_frame(as_frame(data))
        key, report = store.put(table.frame, table.report, table.origin), table.report
        if report.n_rows > config.fit_rows:
            config = config.for_owner()
    own: dict[str, Any] = {"data": "upload", "table": key, "scale": "standard"}
    if columns:
        own["cols"] = tuple(report.numeric_columns)
    chosen = AppState().but(**own | settings)
    d = len(chosen.data.cols or report.numeric_columns)
    axes = first_axes(d, chosen.model.covariance_type, chosen.model.k)
    state = chosen if {"x", "y"} & settings.keys() else chosen.but(**axes)
    app = assemble(config, store, opening=to_query(state))
    server = make_server(host, port, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="gmm-dash", daemon=True)
    thread.start()
    url = f"http://{host}:{server.server_port}{config.base_path}"
    if open_browser if open_browser is not None else not in_notebook():
        webbrowser.open(url)
    return Explorer(url, server, thread)


def _open(
    path: Path, columns: Sequence[str], config: Config, store: TableStore
) -> tuple[str, ReadReport]:
    """Open a file of columns where it lies; return its key, and how it was read."""
    try:
        return open_in_place(path, columns, config.open_cells, Limits.of(config), store)
    except OSError as problem:
        raise ImportProblem(
            f"Cannot read {path}: {problem.strerror}.", hint="Check the name and try again."
        ) from problem


def as_frame(data: Any) -> pd.DataFrame:
    """Return ``data`` as a table whose columns have names.

    Raises
    ------
    ImportProblem
        When it has not two dimensions, or no rows.
    """
    try:
        frame = data if isinstance(data, pd.DataFrame) else pd.DataFrame(np.asarray(data))
    except ValueError as error:
        raise ImportProblem(
            "This is not a table.", hint="Give a DataFrame or an array with two dimensions."
        ) from error
    if frame.empty:
        raise ImportProblem("This table is empty.", hint="Give at least two rows of numbers.")
    named = [f"column_{name + 1}" if isinstance(name, int) else str(name) for name in frame.columns]
    return frame.set_axis(named, axis=1).reset_index(drop=True)


def in_notebook() -> bool:
    """Return whether this runs in a notebook's kernel, which has loaded IPython by then."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")
