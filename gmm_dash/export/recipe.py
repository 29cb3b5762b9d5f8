"""How a script gets its points: a few lines of plain NumPy, scikit-learn or pandas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gmm_dash.datasets import DATASETS, Settings, squeezes
from gmm_dash.export.own_file import can_read, groups, imports_of, reading
from gmm_dash.export.recipes_drawn import DRAWN
from gmm_dash.export.recipes_real import REAL
from gmm_dash.results import known
from gmm_dash.state import TABLE_DATA

if TYPE_CHECKING:
    from gmm_dash.datasets import Dataset, NumberControl, Sample
    from gmm_dash.results import Points
    from gmm_dash.state import DataChoice

DATA_FILE = "data.csv"
_SAMPLE_SEED = 0  # as where the page draws its sample of a long table


@dataclass(frozen=True, slots=True)
class Recipe:
    """Python that makes exactly the points on the page.

    Attributes
    ----------
    imports : tuple of str
        Import lines.
    lines : tuple of str
        Statements that leave ``X`` (n, d), ``columns`` and, where the groups are known,
        ``true_groups`` behind.
    """

    imports: tuple[str, ...]
    lines: tuple[str, ...]


def recipe(data: DataChoice, points: Points) -> Recipe:
    """Return how to make the chosen points.

    Parameters
    ----------
    data : DataChoice
    points : Points
        What the page made of that choice: names of columns, and how many rows were kept.
    """
    points = points.origin
    if data.dataset in TABLE_DATA:
        return _from_own_file(points) if can_read(points) else _from_file(points)
    made = _whole_set(data)
    every = _columns_of(data)
    lines = [*made.lines, *_complete_rows(data, points, every), *_chosen_columns(points, every)]
    if points.weighting is not None:  # of a set that comes with the page all rows are fitted
        lines.append(f"weights = np.array({points.weighting.values.tolist()})")
    lines += _chosen_rows(points)
    if points.labels is None:
        lines.append("true_groups = None")
    return Recipe(made.imports, tuple(lines))


def _whole_set(data: DataChoice) -> Recipe:
    """Return how to make every row and column of a data set."""
    if data.dataset in REAL:
        return Recipe(*REAL[data.dataset]())
    dataset = DATASETS[data.dataset]
    imports, lines = DRAWN[data.dataset](_settings(dataset, data))
    return Recipe(imports, (*lines, *_squeezed(dataset, data)))


def _squeezed(dataset: Dataset, data: DataChoice) -> list[str]:
    """Return the lines that squeeze every group about its centre, if that is asked for."""
    amount = 0 if dataset.stretch is None else dataset.stretch.clamp(data.stretch)
    if not amount:
        return []
    sources = _drawn(dataset, data).sources
    assert sources is not None  # a set whose groups can be squeezed says where they come from
    return [
        "# Every group is squeezed about the centre it was drawn from.",
        f"middles = np.array({sources.means.tolist()})[true_groups]",
        "squeezes = np.array(",
        f"    {squeezes(sources.covariances, amount).tolist()}",
        ")[true_groups]",
        "X = middles + ((X - middles)[:, :, None] * squeezes).sum(axis=1)",
    ]


def _settings(dataset: Dataset, data: DataChoice) -> Settings:
    """Return the settings of a drawing as the data set itself bounds them."""

    def within(control: NumberControl | None, value: float) -> float:
        return 0 if control is None else control.clamp(value)

    return Settings(
        n=int(within(dataset.points, data.n)),
        noise=float(within(dataset.noise, data.noise)),
        centers=int(within(dataset.centers, data.centers)),
        seed=data.seed,
        own=data.orient == "own",
    )


def _columns_of(data: DataChoice) -> tuple[str, ...]:
    """Return the names of all columns of a data set."""
    return _drawn(DATASETS[data.dataset], data).columns


def _drawn(dataset: Dataset, data: DataChoice) -> Sample:
    return dataset.draw(
        n=data.n, noise=data.noise, centers=data.centers, seed=data.seed, own=data.orient == "own"
    )


def _complete_rows(data: DataChoice, points: Points, every: tuple[str, ...]) -> list[str]:
    """Return the lines that part complete rows from the others, where a data set has gaps."""
    dataset = DATASETS[data.dataset]
    if _drawn(dataset, data).missing is None:
        return []
    places = [every.index(name) for name in points.columns]
    return [
        f"known = np.where(missing, np.nan, X)[:, {places}]",
        "complete = ~np.isnan(known).any(axis=1)",
        "partly = ~complete & ~np.isnan(known).all(axis=1)",
        "X, true_groups = X[complete], true_groups[complete]",
    ]


def _chosen_columns(points: Points, every: tuple[str, ...]) -> list[str]:
    """Return the line that names the columns, and the one that leaves the others out."""
    named = [f"columns = {list(points.columns)!r}"]
    if points.columns == every:
        return named
    return [*named, f"X = X[:, {[every.index(name) for name in points.columns]}]"]


def _chosen_rows(points: Points) -> list[str]:
    """Return the lines that draw the page's sample of the rows, if it has drawn one."""
    if points.n == points.n_total:
        return []
    lines = [
        "# The page fits a random sample of the rows.",
        f"rows = np.random.default_rng({_SAMPLE_SEED}).choice(",
        f"    len(X), size={points.n}, replace=False, shuffle=False",
        ")",
        "rows = np.sort(rows)",
        "X = X[rows]",
    ]
    lines += [] if points.labels is None else ["true_groups = true_groups[rows]"]
    return [*lines, "weights = weights[rows]"] if points.weighting is not None else lines


def _mean_one(points: Points) -> list[str]:
    """Return the line that scales weights which are no counts."""
    if points.weighting is None or points.weighting.counts:
        return []
    return ["weights = weights / weights.mean()  # no whole numbers: their scale says nothing"]


def _from_own_file(points: Points) -> Recipe:
    """Return how to read the user's file where it lies."""
    source = points.source
    assert source is not None
    told = ["true_groups = None"] if points.labels is None else groups(source)
    rows = [*_chosen_rows(points), *_mean_one(points)]
    lines = [*reading(points, source), *told, *rows, *_labelled(points)]
    return Recipe(("import pandas as pd", *imports_of(source)), tuple(lines))


def _from_file(points: Points) -> Recipe:
    """Return how to read the CSV file that the page offers beside the script."""
    lines = [
        f'# "{DATA_FILE}" is in the same menu: "Data on the page (CSV)".',
        f'table = pd.read_csv("{DATA_FILE}", dtype=str, keep_default_na=False)',
        f"columns = {list(points.columns)!r}",
        f"X = table.iloc[:, :{points.d}].to_numpy().astype(float)",
    ]
    if points.weighting is not None:
        lines.append("weights = table.iloc[:, -1].to_numpy().astype(float)  # as the models see")
    return Recipe(("import pandas as pd",), (*lines, *_groups_of_file(points)))


def _groups_of_file(points: Points) -> list[str]:
    """Return how to read the known groups: -1 where a row has none, as on the page."""
    if points.labels is None:
        return ["true_groups = None"]
    column = f"table.iloc[:, {points.d}]"
    if not known.is_partial(points.labels):
        return [f"true_groups = pd.factorize({column})[0]"]
    return [
        f'true_groups = pd.factorize({column}.where({column} != ""))[0]',
        *_labelled(points),
    ]


def _labelled(points: Points) -> list[str]:
    """Return the line that tells which rows scores look at, where that is not all."""
    if not known.is_partial(points.labels):
        return []
    return ["known = true_groups >= 0  # the labelled rows: scores are on these, fits on all"]
