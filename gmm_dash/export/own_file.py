"""How a script reads a user's own file as the page read it: cell by cell, nothing to guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.export.scaling import bent
from gmm_dash.tables import NO_LABEL, PACKED, RUNS, harmless

if TYPE_CHECKING:
    from gmm_dash.results import Points, Source
    from gmm_dash.tables import ReadReport

_ENCODINGS: Final = {"utf-8": "utf-8-sig"}  # which reads a file with and without a mark
_FLAT: Final = ("parquet", "feather")
_IMPORTS: Final = {
    "csv": ("import csv", "import re"),
    "xlsx": ("import re", "import openpyxl"),
    "parquet": ("import re", "import pyarrow.parquet"),
    "feather": ("import re", "import pyarrow.feather"),
}


# Blanks between the cells: how each line becomes one with a separator.
_BLANKS: Final = {
    " ": (r'(re.sub(r"[ \t]+", " ", row).strip(" \r\n") + "\n" for row in file)', " "),
    "  ": (
        r'(re.sub(r" {2,}|[ ]*\t[ \t]*", "\x1f", row.strip()) + "\n" for row in file)',
        "\x1f",
    ),
}


def can_read(points: Points) -> bool:
    """Return whether a script can read the file of these points itself.

    Pasted text has no name; JSON, OpenDocument, ARFF and archives would take a script as long
    as the reader, and so would a text whose columns have different decimal signs.
    """
    if points.source is None:
        return False
    report = points.source.report
    archive = _is_packed(report) and not report.file_name.lower().endswith(".gz")
    mixed = report.kind == "csv" and report.options.decimal == "auto"
    return bool(report.file_name) and report.first_line > 0 and not archive and not mixed


def imports_of(source: Source) -> tuple[str, ...]:
    """Return the import lines that reading the file takes."""
    packed = ("import gzip",) if _is_packed(source.report) else ()
    return (*_IMPORTS[source.report.kind], *packed)


def _is_packed(report: ReadReport) -> bool:
    return report.sentence.endswith(PACKED)


def reading(points: Points, source: Source) -> list[str]:
    """Return the statements that read the file.

    They leave ``names``, ``lines`` (m,), ``table`` (m rows of cells), ``values`` (m, e) of the
    columns in which a row needs a number, ``complete`` (m,), ``X`` (n, d), and of rows that count
    by weights ``weights`` (n,) behind.
    """
    report = source.report
    places = {column.name: i for i, column in enumerate(report.columns)}
    looked = [places[name] for name in source.looked]
    kept = [source.looked.index(name) for name in points.columns]
    lines = [
        f"FILE = {report.file_name!r}  # lies where this script is run",
        f"names = {[column.original_name or column.name for column in report.columns]!r}",
        f"columns = {list(points.columns)!r}",
        "",
        "",
        *_number(report).split("\n"),
        "",
        "",
        *_rows(report),
        f"values = np.array([[number(row[i]) for i in {looked}] for row in table])",
        "complete = np.isfinite(values).all(axis=1)",
    ]
    if source.weights:
        lines += [
            f"weights = np.array([number(row[{places[source.weights]}]) for row in table])",
            "complete &= weights > 0  # rows of weight zero, or without one, are left out",
            "weights = weights[complete]",
        ]
    return [*lines, f"X = values[complete][:, {kept}]"]


def gap_rows(points: Points) -> str:
    """Return the statements that leave ``gaps`` (m, d) behind: rows with gaps, as models see them.

    They want ``values`` of the whole file; NaN is a gap.
    """
    kept = _kept(points)
    return "\n".join(
        [
            "partly = np.isnan(values).any(axis=1) & ~np.isinf(values).any(axis=1)",
            f"partly &= ~np.isnan(values[:, {kept}]).all(axis=1)  # rows of nothing tell nothing",
            f"gaps = values[partly][:, {kept}]",
            seen_gaps(points),
        ]
    )


def seen_gaps(points: Points) -> str:
    """Return the statement that gives ``gaps``, in the columns' own units, as models see them."""
    return f"gaps = ({bent(points, 'gaps')} - {_array(points.shift)}) / {_array(points.scale)}"


def groups(source: Source) -> list[str]:
    """Return the statements that leave the known groups behind: -1 where a row has none."""
    place = [column.name for column in source.report.columns].index(source.label)
    missing = sorted({*NO_LABEL, *(w.strip().lower() for w in source.report.options.missing)})
    return [
        f"named = [str('' if row[{place}] is None else row[{place}]).strip() for row in table]",
        f"missing = {missing!r}",
        "named = pd.Series(named).mask(lambda text: text.str.lower().isin(missing))[complete]",
        "true_groups = pd.factorize(named)[0]",
    ]


_GROUP_COLUMNS: Final = (
    "group_shares = np.column_stack([shares[:, group].sum(axis=1) for group in members])",
    'extra.insert(2, "group", np.array(group_names)[group_shares.argmax(axis=1)])',
    'extra.insert(3, "group_posterior", group_shares.max(axis=1).round(6))',
)


_LOOSE_GROUP_COLUMNS: Final = (
    "group_shares = np.column_stack([shares[:, group].sum(axis=1) for group in members])",
    "own_group = np.where(behind > group_shares.max(axis=1), -1, group_shares.argmax(axis=1))",
    'extra.insert(2, "group", np.array([*group_names, "-1"])[own_group])',
    'extra.insert(3, "group_posterior", np.maximum(behind, group_shares.max(axis=1)).round(6))',
)
_LIKELIEST: Final = {
    False: "shares.max(axis=1)",
    True: "np.maximum(behind, shares.max(axis=1))",
}


def labels_file(
    points: Points,
    *,
    joined: bool = False,
    names: tuple[str, ...] = (),
    gaps: bool = False,
    background: bool = False,
) -> str:
    """Return the code that saves every row read with its label, beside the file.

    ``joined`` saves the groups of joined components, too, and ``names`` what they are called;
    ``gaps`` what the mixture says of the rows with gaps that it was fitted to. With a
    ``background`` the label of what belongs to no group is -1.
    """
    where, origin = "np.flatnonzero(complete)", points.origin
    results = [
        "results = np.column_stack([kmeans_labels, mixture_labels])",
        "shares = posteriors",
        *(["behind = mixture.background"] if background else []),
    ]
    if points.n < points.n_total:
        results = [
            "# Rows outside the sample are labelled by the fitted models.",
            f"others = values[complete][:, {_kept(origin)}]",
            f"others = ({bent(origin, 'others')} - {_array(origin.shift)}) / "
            f"{_array(origin.scale)}",
            *(["others = pca.transform(others)"] if points.reduction else []),
            "results = np.column_stack([",
            "    np.argsort(kmeans_order)[kmeans.predict(others)] + 1,",
            "    np.argsort(mixture_order)[mixture.predict(others)] + 1,",
            "])",
            "results[rows] = np.column_stack([kmeans_labels, mixture_labels])",
            "shares = mixture.predict_proba(others)[:, mixture_order]",
        ]
        if background:
            begin = results.index("results = np.column_stack([")
            results[begin:] = [
                "shares, behind = mixture.uniform.posteriors(others, mixture.scaled)",
                "shares = shares[:, mixture_order]",
                "results = np.column_stack([",
                "    np.argsort(kmeans_order)[kmeans.predict(others)] + 1,",
                "    np.where(behind > shares.max(axis=1), -1, shares.argmax(axis=1) + 1),",
                "])",
                "results[rows] = np.column_stack([kmeans_labels, mixture_labels])",
            ]
    if gaps:
        results = [
            "# k-means has no cluster for a row with gaps.",
            "gap_shares = mixture.fit_.responsibilities[len(Z):, mixture_order]",
            "gap_labels = np.argsort(mixture_order)[mixture.fit_.labels[len(Z):]] + 1",
            "gap_results = np.column_stack([np.full(len(gaps), np.nan), gap_labels])",
            "results = np.vstack([np.column_stack([kmeans_labels, mixture_labels]), gap_results])",
            "shares = np.vstack([posteriors, gap_shares])",
        ]
        where = "np.concatenate([np.flatnonzero(complete), np.flatnonzero(partly)])"
    k = "posteriors.shape[1]"
    return "\n".join(
        [
            *results,
            "labels = pd.DataFrame(table, columns=names, dtype=object)",
            'labels.insert(0, "row", lines, allow_duplicates=True)',
            'extra = pd.DataFrame(results, columns=["cluster", "component"], dtype="Int64")',
            f'extra["certainty"] = {_LIKELIEST[background]}.round(6)',
            f'extra[[f"P({{i + 1}})" for i in range({k})]] = shares.round(6)',
            *(['extra["P(background)"] = behind.round(6)'] if background else []),
            *((_LOOSE_GROUP_COLUMNS if background else _GROUP_COLUMNS) if joined else ()),
            *_name_column(joined, names, background=background),
            f"extra.index = {where}",
            "labels = pd.concat([labels, extra.reindex(range(len(labels)))], axis=1)",
            'labels.to_csv("labels.csv", index=False)',
        ]
    )


def _name_column(
    joined: bool,  # noqa: FBT001
    names: tuple[str, ...],
    *,
    background: bool,
) -> list[str]:
    """Return the code that saves names of groups, where they have any."""
    if not names:
        return []
    at, own = (4, "group_shares.argmax(axis=1)") if joined else (2, 'extra["component"] - 1')
    if background:  # -1, in which a background is counted, finds the last
        own = "own_group" if joined else 'np.maximum(extra["component"] - 1, -1)'
    return [
        f"called = {[*(harmless(name) for name in names), *([''] if background else [])]!r}",
        f'extra.insert({at}, "name", [called[int(i)] for i in {own}])',
    ]


def _kept(points: Points) -> list[int]:
    assert points.source is not None
    return [points.source.looked.index(name) for name in points.columns]


def _array(values: object) -> str:
    return f"np.array({values.tolist()})"  # type: ignore[attr-defined]


def _rows(report: ReadReport) -> list[str]:
    """Return the statements that leave the cells of each row, and its line, behind."""
    first, last, d = report.first_line, report.last_line, len(report.columns)
    if report.kind in _FLAT:
        return [
            f"stored = pyarrow.{report.kind}.read_table(FILE).flatten()",
            "table = list(zip(*(stored[name].to_pylist() for name in names)))",
            "lines = np.arange(1, len(table) + 1)",
        ]
    if report.kind == "xlsx":
        left = report.first_column
        return [
            "book = openpyxl.load_workbook(FILE, read_only=True, data_only=True)",
            f"box = dict(min_row={first}, max_row={last}, min_col={left}, max_col={left + d - 1})",
            f"table = list(book[{report.options.sheet!r}].iter_rows(**box, values_only=True))",
            f"lines = np.arange({first}, {last + 1})",
        ]
    options = report.options
    encoding = _ENCODINGS.get(options.encoding, options.encoding)
    skip = options.separator != "\t"
    text, delimiter = _BLANKS.get(options.separator, ("file", options.separator))
    opened = f'gzip.open(FILE, "rt", encoding="{encoding}", newline="")'
    if not _is_packed(report):
        opened = f'open(FILE, encoding="{encoding}", newline="")'
    runs = [
        "        filled = [cell for cell in cells if cell.strip()]  # runs of tabs count as one",
        f"        cells = filled if len(filled) == {d} else cells",
    ]
    return [
        "table, lines, line = [], [], 1",
        f"with {opened} as file:",
        f"    text = {text}",
        f"    reader = csv.reader(text, delimiter={delimiter!r}, skipinitialspace={skip})",
        "    for cells in reader:",
        *(runs if RUNS in report.sentence else []),
        f"        fits = len(cells) >= {d} and not any(map(str.strip, cells[{d}:]))",
        f"        if {first} <= line <= {last} and fits:",
        f"            table.append(cells[:{d}])",
        "            lines.append(line)",
        "        line = reader.line_num + 1",
    ]


def _number(report: ReadReport) -> str:
    """Return ``number(cell)`` for the decimal sign and the words of one file."""
    options = report.options
    decimal = "," if options.decimal == "," else "."
    return _NUMBER.format(
        missing=sorted({*_ODD, *(word.strip().lower() for word in options.missing)}),
        groups="." if decimal == "," else ",",
        decimal=decimal,
        below={"limit": "1.0", "half": "0.5"}.get(options.below, 'float("nan")'),
        above={"limit": "1.0", "half": "1.0"}.get(options.below, 'float("nan")'),
    )


_ODD: Final = ("#div/0!", "-1.#ind", "1.#ind", "1.#qnan")  # no value, in spite of a digit
_NUMBER: Final = '''\
def number(cell):
    """Return the number in a cell, NaN where there is none; a unit around it does not count."""
    if isinstance(cell, str):
        text = cell.strip().replace("\\u2212", "-")
        if text.lower() in ("true", "false"):
            return float(text.lower() == "true")
        groups = "'\\u2019\\u00a0\\u2007\\u2009\\u202f "
        found = re.search(rf"[.,]?\\d[\\d.,{{groups}}]*(?:[eEdD][+-]?\\d+)?", text)
        if text.lower() in {missing!r}:
            return float("nan")
        if found is None:
            return float(text) if text.lower().strip("+-") in ("inf", "infinity") else float("nan")
        digits = re.sub(rf"[{{groups}}{groups}]", "", found[0]).replace({decimal!r}, ".")
        minus = "-" in text[: found.start()] or "(" in text[: found.start()] or text.endswith("-")
        factor = {below} if text[0] in "<≤" else {above} if text[0] in ">≥" else 1.0
        return float(re.sub("[dD]", "e", digits)) * (-factor if minus else factor)
    return float("nan") if cell is None else float(cell)'''
