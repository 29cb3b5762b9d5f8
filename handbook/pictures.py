"""The site's pictures: links of the dashboard, photographed (`python -m handbook.pictures`)."""

from __future__ import annotations

import argparse
import logging
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from tests.chromium import launched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser

PLACE: Final = Path(__file__).parents[1] / "docs" / "pictures"
_PATIENCE: Final = 180_000  # milliseconds: nobody waits for the page, and a machine may be busy
# Each plot has something drawn, the player knows its steps, and no chain has pieces to come.
_DRAWN: Final = """plots => {
  const boxes = plots.map(name =>
    document.getElementById(JSON.stringify({kind: "graph", name})));
  const said = [...document.querySelectorAll(".player-count, .chain-text")]
    .filter(place => place.checkVisibility()).map(place => place.textContent);
  const ended = said.filter(text => /^step|half step|start$| in \\d/.test(text));
  return boxes.every(box => box?.closest(".plot-box").querySelector(".trace, canvas"))
    && (!said.length || ended.length > 0 && ended.length === said.filter(Boolean).length);
}
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One photograph of the dashboard.

    Attributes
    ----------
    query : str
        The link that it shows.
    says : str
        What is on it, for those who do not see it.
    plots : tuple of str
        The names of the plots on it: it is taken once all of them are drawn.
    size : tuple of int
        Width and height of the window, in pixels.
    """

    query: str
    says: str
    plots: tuple[str, ...]
    size: tuple[int, int] = (1280, 800)


PICTURES: Final = {
    "compare": Picture(
        "?data=stretched&show=size,ellipses,centers",
        "Compare: stretched groups, k-means on the left, a mixture on the right.",
        ("kmeans", "gmm"),
    ),
    "types": Picture(
        "?data=stretched&show=ellipses,centers,shapes",
        "Compare, the four covariance types: full, tied, diag and spherical side by side.",
        ("full", "tied", "diag", "spherical"),
    ),
    "groups": Picture(
        "?data=penguins&k=3&tab=groups",
        "Compare, Groups: each group's size, means and what sets it apart, in the data's units.",
        ("merge-plot", "merge-curve", "merge-tree"),
    ),
    "steps": Picture(
        "?view=steps&data=stretched&init=random_from_data&kinit=random&step=0",
        "Step by step: both algorithms before their first half step.",
        ("steps-kmeans", "steps-gmm"),
    ),
    "select": Picture(
        "?view=select&data=moons&n=200&kmax=12",
        "How many?: BIC over the number of components, a curve for each covariance type.",
        ("select", "select-kmeans"),
    ),
    "restarts": Picture(
        "?view=restarts&data=grid&n=450&k=9",
        "Restarts: where a hundred starts of both methods end.",
        ("restarts-kmeans", "restarts-gmm"),
    ),
    "density": Picture(
        "?view=density&data=moons&k=16",
        "Density: a mixture of sixteen components on two moons, and points drawn from it.",
        ("density", "draws"),
    ),
    "lesson": Picture(
        "?lesson=borders&part=0",
        "A lesson: a question is asked before the result is shown.",
        ("lesson-data",),
    ),
    "phone": Picture(
        "?data=stretched&show=ellipses,centers",
        "Compare on a telephone.",
        ("kmeans", "gmm"),
        (390, 844),
    ),
}


@contextmanager
def _served() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as store:
        app = create_app(replace(Config(), store=store))
        server = make_server("127.0.0.1", 0, app.server, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def _settled(page: Any, plots: tuple[str, ...]) -> None:
    """Wait until the page has drawn these plots to their end."""
    page.wait_for_selector(".first", state="detached", timeout=_PATIENCE)
    page.wait_for_function(_DRAWN, arg=list(plots), timeout=_PATIENCE)
    page.wait_for_load_state("networkidle", timeout=_PATIENCE)
    page.wait_for_timeout(700)  # the end of what moves into its place


def take(browser: Browser, folder: Path, names: Iterable[str] = tuple(PICTURES)) -> None:
    """Photograph pictures as ``folder/NAME.png``.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    folder : Path
        Made where it is missing.
    names : iterable of str, optional
        Which of ``PICTURES``; all if not given.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _served() as address:
        for name in names:
            picture = PICTURES[name]
            width, height = picture.size
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address + picture.query, wait_until="commit")
            _settled(page, picture.plots)
            page.screenshot(path=folder / f"{name}.png")
            page.close()


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PLACE)
    folder = parser.parse_args().folder
    with launched() as browser:
        take(browser, folder)


if __name__ == "__main__":
    main()
