"""What a report tells beside plots and sentences: data, components, settings, versions."""

from __future__ import annotations

import html
import platform
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import numpy as np

from gmm_dash.datasets import DATASETS
from gmm_dash.state import TABLE_DATA, to_query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gmm_dash.results import Points, Side
    from gmm_dash.state import AppState

_PACKAGES: Final = ("numpy", "scipy", "scikit-learn", "pandas")
_CONTROLS: Final = ("n", "noise", "centers", "stretch")
_DRAWN: Final = (*_CONTROLS, "dseed", "orient")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a report: its heading, the names of its columns if any, and its rows."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the section as a JSON object."""
        return asdict(self)


def data_section(points: Points, title: str) -> Section:
    """Return which data were used, how they were read, and which rows were left out.

    Parameters
    ----------
    points : Points
    title : str
        What the page calls the data set.
    """
    rows = [("Data set", title)]
    if points.source is not None:
        report = points.source.report
        rows += [("File", report.file_name)] if report.file_name else []
        rows += [("How it was read", report.sentence), ("Rows read", f"{report.n_rows:,}")]
        left = report.n_rows - points.n_total
        rows += [("Rows left out", f"{left:,}")] if left else []
    sampled = points.n < points.n_total
    fitted = f"{points.n:,}" + (f" of {points.n_total:,}, drawn at random" if sampled else "")
    rows += [("Rows fitted", fitted), ("Columns", ", ".join(points.origin.columns))]
    if points.reduction:
        kept = f"{100 * points.reduction.kept:.4g} % of the variance"
        rows.append(("Principal components fitted", f"{points.d} ({kept})"))
    rows += [("Remark", note) for note in points.notes]
    return Section("Data", tuple(rows))


def component_section(points: Points, side: Side) -> Section:
    """Return weights, means and standard deviations of a mixture, in the columns' own units."""
    mixture, labels = side.mixture, side.components.labels
    titles = side.titles if side.groups is None else side.components.titles
    deviations = np.sqrt(np.diagonal(mixture.covariances, axis1=1, axis2=2))
    middles, lows, highs = (
        points.own_units(mixture.means + sign * deviations) for sign in (0, -1, 1)
    )
    cells = [
        [
            f"{_number(middle)} ({_number(low)} to {_number(high)})"
            if points.bend_of(j)
            else f"{_number(middle)} ± {_number((high - low) / 2)}"
            for j, (middle, low, high) in enumerate(zip(*three, strict=True))
        ]
        for three in zip(middles, lows, highs, strict=True)
    ]
    rows = [
        (titles[i], _number(weight), f"{int((labels == i).sum()):,}", *cells[i])
        for i, weight in enumerate(mixture.weights)
    ]
    title = "Components: mean ± standard deviation"
    if points.bends:
        title += "; of transformed columns the median (and the middle 68 %)"
    return Section(title, tuple(rows), ("Component", "Weight", "Points", *points.columns))


def group_section(side: Side) -> Section:
    """Return which components are joined to groups, with weight and points of each."""
    rows = [
        (name, _number(side.mixture.weights[list(members)].sum()), f"{(side.labels == i).sum():,}")
        for i, (name, members) in enumerate(zip(side.titles, side.members, strict=True))
    ]
    return Section("Groups: components joined", tuple(rows), ("Components", "Weight", "Points"))


def centre_section(points: Points, side: Side) -> Section:
    """Return k-means' centres in the columns' own units."""
    centres = points.own_units(side.mixture.means)
    rows = [
        (str(i + 1), f"{int((side.labels == i).sum()):,}", *map(_number, centre))
        for i, centre in enumerate(centres)
    ]
    return Section(
        "Clusters of k-means: centres", tuple(rows), ("Cluster", "Points", *points.columns)
    )


def setting_section(state: AppState, names: Mapping[str, str]) -> Section:
    """Return the settings that had a part in what is shown.

    Parameters
    ----------
    state : AppState
    names : mapping of str to str
        What the settings of the view are called, by key.
    """
    idle = _idle(state)
    values = dict(parse_qsl(to_query(state).lstrip("?")))
    rows = [
        (label, values[key], key)
        for key, label in names.items()
        if values.get(key) and key not in idle
    ]
    return Section("Settings", tuple(rows))


def version_section() -> Section:
    """Return the versions of what computed it."""
    own = import_module(__name__.partition(".")[0]).__version__  # it is above every layer
    rows = [("gmm-dash", own), ("Python", platform.python_version())]
    rows += [(name, version(name)) for name in _PACKAGES]
    return Section("Versions", tuple(rows))


def report_page(
    link: str,
    sentences: Sequence[str],
    numbers: Mapping[str, float | None],
    sections: Sequence[Section],
) -> str:
    """Return a report without plots as one page (HTML) that needs no network.

    Parameters
    ----------
    link : str
        The settings as the query of a link.
    sentences : sequence of str
        What the page says.
    numbers : mapping of str to (float or None)
        The numbers of its cards.
    sections : sequence of Section
    """
    known = tuple((name, _number(value)) for name, value in numbers.items() if value is not None)
    body = [
        "<h1>Mixture explorer: report</h1>",
        f"<p>The settings as a link: <code>{html.escape(link)}</code></p>",
        *(f'<p class="notice">{html.escape(sentence)}</p>' for sentence in sentences),
        *map(_table, [*([Section("Numbers", known)] if known else []), *sections]),
    ]
    return _PAGE.format(body="\n".join(body))


def _idle(state: AppState) -> set[str]:
    """Return the keys of settings without any effect on these data."""
    idle = {"hide", "lock", "lesson", "part"}
    idle |= set() if state.view.span else {"span"}
    if state.view.view == "compare" and "shapes" in state.view.show:
        idle |= {"cov", "kinit", "background"}
    if state.data.dataset in TABLE_DATA:
        return idle | set(_DRAWN)
    dataset = DATASETS[state.data.dataset]
    idle |= set(_CONTROLS) - dataset.controls.keys()
    idle |= set() if dataset.seeded else {"dseed"}
    return idle | (set() if dataset.oriented else {"orient"}) | {"label"}


def _number(value: float) -> str:
    return f"{value:.6g}"


def _table(section: Section) -> str:
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in section.head)
    rows = [f"<tr>{head}</tr>"] if head else []
    for first, *others in section.rows:
        cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in others)
        rows.append(f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>')
    return f"<h2>{html.escape(section.title)}</h2>\n<table>\n" + "\n".join(rows) + "\n</table>"


_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mixture explorer: report</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; }}
body {{ max-width: 1080px; margin: 24px auto; padding: 0 16px; overflow-x: auto; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 17px; margin: 20px 0 6px; }}
.notice {{ background: #eef2ff; border-radius: 8px; padding: 10px 14px; }}
table {{ border-collapse: collapse; font-size: 14px; }}
th {{ text-align: left; font-weight: 500; color: #5c6370; padding: 2px 18px 2px 0; }}
td {{ font-variant-numeric: tabular-nums; padding: 2px 18px 2px 0; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""
