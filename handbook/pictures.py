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
    from collections.abc import Iterator

PLACE: Final = Path(__file__).parents[1] / "docs" / "pictures"


@dataclass(frozen=True, slots=True)
class Picture:
    """One photograph of the dashboard.

    Attributes
    ----------
    query : str
        The link that it shows.
    says : str
        What is on it, for those who do not see it.
    size : tuple of int
        Width and height of the window, in pixels.
    """

    query: str
    says: str
    size: tuple[int, int] = (1280, 800)


PICTURES: Final = {
    "compare": Picture(
        "?data=stretched&show=size,ellipses,centers",
        "Compare: stretched groups, k-means on the left, a mixture on the right.",
    ),
    "types": Picture(
        "?data=stretched&show=ellipses,centers,shapes",
        "Compare, the four covariance types: full, tied, diag and spherical side by side.",
    ),
    "groups": Picture(
        "?data=penguins&k=3&tab=groups",
        "Compare, Groups: each group's size, means and what sets it apart, in the data's units.",
    ),
    "steps": Picture(
        "?view=steps&data=stretched&init=random_from_data&kinit=random",
        "Step by step: both algorithms before their first half step.",
    ),
    "select": Picture(
        "?view=select&data=moons&n=200&kmax=12",
        "How many?: BIC over the number of components, a curve for each covariance type.",
    ),
    "restarts": Picture(
        "?view=restarts&data=grid&n=450&k=9",
        "Restarts: where a hundred starts of both methods end.",
    ),
    "density": Picture(
        "?view=density&data=moons&k=16",
        "Density: a mixture of sixteen components on two moons, and points drawn from it.",
    ),
    "lesson": Picture(
        "?lesson=borders&part=0",
        "A lesson: a question is asked before the result is shown.",
    ),
    "phone": Picture(
        "?data=stretched&show=ellipses,centers", "Compare on a telephone.", (390, 844)
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


def _settled(page: Any) -> None:
    """Wait until the page has drawn, and asks for nothing more."""
    page.wait_for_selector(".first", state="detached", timeout=60_000)
    page.wait_for_load_state("networkidle", timeout=60_000)
    page.wait_for_timeout(700)  # the end of what moves into its place


def take(folder: Path) -> None:
    """Photograph every picture as ``folder/NAME.png``.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _served() as address, launched() as browser:
        for name, picture in PICTURES.items():
            width, height = picture.size
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address + picture.query, wait_until="commit")
            _settled(page)
            page.screenshot(path=folder / f"{name}.png")
            page.close()


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PLACE)
    take(parser.parse_args().folder)


if __name__ == "__main__":
    main()
