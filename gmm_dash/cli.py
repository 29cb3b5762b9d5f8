"""The command line: ``gmm-dash [FILE]`` opens a page; the commands print or save what it has."""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import re
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.parse import parse_qsl, urlencode

from werkzeug.serving import make_server

from gmm_dash import __version__
from gmm_dash.callbacks.export import LABEL_FILES, STREAMS, check_offered, write
from gmm_dash.callbacks.report import sections
from gmm_dash.config import Config
from gmm_dash.contract.directions import first_axes
from gmm_dash.describe import describe
from gmm_dash.errors import GmmDashError, ImportProblem, StateError
from gmm_dash.export import report_page
from gmm_dash.factory import assemble, open_pipeline, open_store
from gmm_dash.files.limits import Limits
from gmm_dash.fit_all import fit_all
from gmm_dash.lessons import open_link
from gmm_dash.pipeline.parted.crew import Alone, crew
from gmm_dash.pipeline.parted.draws import (
    FILE_ROWS,
    MOST_ROWS,
    model_to_draw_from,
    portions,
    write_draws,
)
from gmm_dash.pipeline.parted.sample import store_sample
from gmm_dash.pipeline.parted.study import MOST_RESTARTS, open_table
from gmm_dash.pipeline.parted.tenths import FIRST_LOOK, Tenths
from gmm_dash.say import say
from gmm_dash.serving import paced
from gmm_dash.state import START, AppState, names_of, to_query
from gmm_dash.state.bounds import LARGEST_SEED
from gmm_dash.tables import open_if_large, read_and_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gmm_dash.pipeline import Pipeline
    from gmm_dash.tables import ReadReport, TableStore

_REFUSED: Final = 2  # the exit code of a command that was asked for something it cannot do
_SOON: Final = 5_000_000  # rows that one process draws a sample of in a few seconds
_MOST_WORKERS: Final = 256
_KINDS: Final = ("labels", "script", "notebook", "model", "report", "data", "profile")
_KINDS_HELP: Final = "labels (OUT ends in .csv, .xlsx or .parquet), " + ", ".join(_KINDS[1:])


class _CommandParser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence."""

    def error(self, message: str) -> NoReturn:
        """End with the sentence on standard error."""
        self.exit(_REFUSED, f"{self.prog}: {message}; --help says more.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or else the dashboard until it is interrupted; return the exit code."""
    given = sys.argv[1:] if argv is None else list(argv)
    if given[:1] == ["say"]:
        return _say_command(given[1:])
    if given[:1] == ["describe"]:
        return _describe_command(given[1:])
    if given[:1] == ["export"]:
        return _export_command(given[1:])
    if given[:1] == ["fit"]:
        return _fit_command(given[1:])
    if given[:1] == ["sample"]:
        return _sample_command(given[1:])
    return _serve(given)


def _serve(argv: Sequence[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        config = Config.from_env()
        store = open_store(config)
        opening, places = START, tuple[str, ...]()
        if options.file:
            config, opening = _opening(options.file, options.columns, config, store)
            places = (_place(options.file),) if _is_place(options.file) else ()
        app = assemble(config, store, opening=opening, places=places)
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server(
            options.host,
            options.port,
            app.server,
            threaded=True,
            request_handler=paced.handler(config),
        )
    except GmmDashError as problem:
        return _fail(problem.sentence, 1)
    except OSError as problem:
        return _fail(f"Cannot listen on {options.host}:{options.port}: {problem.strerror}.", 1)
    _tell(f"Mixture explorer is at http://{options.host}:{server.server_port}{config.base_path}")
    _tell("Press Ctrl+C to stop.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def _say_command(argv: Sequence[str]) -> int:
    """Print what the page says for a link, as JSON."""
    parser = _CommandParser(
        prog="gmm-dash say",
        description="Print what the page says for a link: view, sentences and numbers, as JSON.",
    )
    parser.add_argument("query", metavar="QUERY", help="the link's settings, as '?data=moons&k=2'")
    parser.add_argument("--file", metavar="FILE", help="a table that the link is about")
    options = parser.parse_args(argv)
    return _print(lambda: _said(options.query, options.file))


def _describe_command(argv: Sequence[str]) -> int:
    """Print how a table is read, as JSON."""
    parser = _CommandParser(
        prog="gmm-dash describe",
        description="Print how a table is read, and what would be asked and fitted, as JSON.",
    )
    parser.add_argument("file", metavar="FILE", help="a table (CSV, Excel, ...)")
    options = parser.parse_args(argv)
    return _print(lambda: _described(options.file))


def _export_command(argv: Sequence[str]) -> int:
    """Save what the Export menu of the page saves for a link."""
    parser = _CommandParser(
        prog="gmm-dash export",
        description="Save what the Export menu of the page saves for a link.",
    )
    parser.add_argument("query", metavar="QUERY", help="the link's settings, as '?data=moons&k=2'")
    parser.add_argument("--file", metavar="FILE", help="a table that the link is about")
    parser.add_argument("--what", metavar="KIND", required=True, choices=_KINDS, help=_KINDS_HELP)
    parser.add_argument("-o", dest="out", metavar="OUT", required=True, help="the file to write")
    options = parser.parse_args(argv)
    try:
        with _linked(options.query, options.file) as (pipeline, state):
            _export(options.what, Path(options.out), state, pipeline)
    except GmmDashError as problem:
        return _fail(problem.sentence, _REFUSED)
    return 0


def _fit_command(argv: Sequence[str]) -> int:
    """Print the models of every row of a table in many files, as JSON."""
    parser = _CommandParser(
        prog="gmm-dash fit",
        description="Fit k-means and Gaussian mixtures to every row of a table in many Parquet "
        "files, over the processors of this machine or a Dask cluster (GMM_DASH_SCHEDULER), and "
        "print them as JSON.",
    )
    parser.add_argument("place", metavar="PLACE", help="a folder, a file, or s3://bucket/table/")
    parser.add_argument(
        "query", metavar="QUERY", nargs="?", default="",
        help="settings as in a link: '?k=6&cov=tied&cols=x,y&scale=standard', or "
        "'?view=select&kmax=6' to compare",
    )  # fmt: skip
    parser.add_argument("--labels", metavar="OUT", default="", help="write the labels there")
    parser.add_argument(
        "--restarts", metavar="N", type=_restarts,
        help="starts of each model that go on over all rows, each from a sample of its own; if "
        f"left out those of a link with view=restarts (up to {MOST_RESTARTS}), else one",
    )  # fmt: skip
    parser.add_argument(
        "--workers", metavar="N", type=_workers, default=0,
        help="processes on this machine; one for each processor if left out",
    )  # fmt: skip
    options = parser.parse_args(argv)
    try:
        state = _settings(options.query)
        with crew(Config.from_env().scheduler, options.workers) as who:
            found = fit_all(
                who, options.place, state, options.labels, _progress, restarts=options.restarts
            )
    except GmmDashError as problem:
        return _fail(problem.sentence, _REFUSED)
    _tell(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
    return _REFUSED if found["stopped"] else 0


def _sample_command(argv: Sequence[str]) -> int:
    """Write new rows drawn from a fitted mixture."""
    parser = _CommandParser(
        prog="gmm-dash sample",
        description="Draw new rows from a fitted mixture and write them as Parquet, in files of "
        f"at most {FILE_ROWS:,} rows, over the processors of this machine or a Dask cluster "
        "(GMM_DASH_SCHEDULER).",
    )
    parser.add_argument(
        "model", metavar="MODEL", type=Path,
        help="what gmm-dash fit has printed, or a model saved by gmm-dash export",
    )  # fmt: skip
    parser.add_argument("out", metavar="OUT", help="a new folder, or s3://bucket/drawn/")
    parser.add_argument("--rows", metavar="N", type=_rows, required=True, help="how many to draw")
    parser.add_argument(
        "--seed", metavar="S", type=_seed, default=0, help="the same rows for the same seed; 0"
    )
    parser.add_argument(
        "--workers", metavar="N", type=_workers, default=0,
        help="processes on this machine; one for each processor if left out",
    )  # fmt: skip
    options = parser.parse_args(argv)
    try:
        found = _sampled(options)
    except OSError as problem:
        return _fail(f"Cannot read {options.model}: {problem.strerror}.", _REFUSED)
    except UnicodeDecodeError:
        return _fail(f"Cannot read {options.model}: it is no text.", _REFUSED)
    except GmmDashError as problem:
        return _fail(problem.sentence, _REFUSED)
    _tell(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
    return 0


def _sampled(options: argparse.Namespace) -> dict[str, Any]:
    """Draw the rows, and return what was done."""
    model = model_to_draw_from(options.model.read_text(encoding="utf-8"))
    files = portions(options.rows, len(model.columns))

    def tell(done: int, of: int) -> None:
        _progress(f"Files: {done} of {of}")

    # one file is done before others have started
    with crew(Config.from_env().scheduler, options.workers or int(len(files) == 1)) as who:
        n = write_draws(who, model, files, options.seed, options.out, tell)
    k = model.mixture.n_components
    what = f"{model.covariance_type} with {k} component{'s' * (k > 1)}"
    where = f"{len(files):,} file{'s' * (len(files) > 1)} at {options.out}"
    return {
        "sentences": [f"{n:,} row{'s' * (n > 1)} drawn from {what}, in {where}."],
        "place": options.out,
        "columns": list(model.columns),
        "n": n,
        "files": len(files),
        "random_state": options.seed,
    }


def _export(kind: str, path: Path, state: AppState, pipeline: Pipeline) -> None:
    """Write one file; labels block by block, once the fits they are of are found."""
    stream = STREAMS.get(LABEL_FILES.get(path.suffix.lower(), "posteriors"))
    if kind != "labels" or stream is None:
        _save(path, _taken(kind, str(path), state, pipeline))
        return
    check_offered("posteriors", state)
    sentences, blocks = pipeline.labels.in_blocks(state)  # refused before there is a file
    try:
        with path.open("wb") as sink:
            stream(sentences, blocks, sink)
    except OSError as problem:
        raise _unwritten(path, problem) from problem


def _taken(kind: str, out: str, state: AppState, pipeline: Pipeline) -> str | bytes:
    """Return the content of one file; the ending of its name chooses the form of labels."""
    if kind == "report":
        said = say(pipeline, state)
        sentences = [one["text"] for one in said["sentences"]]
        link = to_query(state.but(table=""))  # a file's key means nothing beyond this command
        return report_page(link, sentences, said["numbers"], sections(state, pipeline))
    what = LABEL_FILES.get(Path(out).suffix.lower(), "posteriors") if kind == "labels" else kind
    return write(what, state, pipeline)[1]


def _save(path: Path, content: str | bytes) -> None:
    try:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as problem:
        raise _unwritten(path, problem) from problem


def _unwritten(path: Path, problem: OSError) -> StateError:
    return StateError(f"Cannot write {path}: {problem.strerror}.", hint="Choose another place.")


def _print(find: Callable[[], dict[str, Any]]) -> int:
    """Print what is found as JSON, or the sentence that says why there is nothing."""
    try:
        found = find()
    except GmmDashError as problem:
        return _fail(problem.sentence, _REFUSED)
    _tell(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
    return 0


def _described(file: str) -> dict[str, Any]:
    with _table_in(file) as (config, store, key):
        return describe(open_pipeline(config, store), key)


@contextmanager
def _table_in(file: str) -> Iterator[tuple[Config, TableStore, str]]:
    """Read a file into a store that goes when it is done with."""
    with TemporaryDirectory(prefix="gmm-dash-") as folder:
        config = Config.from_env(os.environ | {"GMM_DASH_STORE": folder, "GMM_DASH_SECRET": ""})
        store = open_store(config)
        config, key, _ = _read(file, (), config, store)
        yield config, store, key


@contextmanager
def _linked(query: str, file: str | None) -> Iterator[tuple[Pipeline, AppState]]:
    """Give what computes a link's results, and its settings, about a file if there is one."""
    if file is None:
        config = Config.from_env()
        pipeline = open_pipeline(config, open_store(config))
        yield pipeline, _asked(query, pipeline)
        return
    with _table_in(file) as (config, store, key):
        own = {"data": "upload", "table": key}
        asked = parse_qsl(query.rpartition("?")[2], keep_blank_values=True)
        others = [(name, value) for name, value in asked if name not in own]
        pipeline = open_pipeline(config, store)
        yield pipeline, _asked(urlencode([*others, *own.items()]), pipeline)


def _asked(query: str, pipeline: Pipeline) -> AppState:
    """Return a link's settings, whose names of groups can be had."""
    state = _settings(query)
    nameless = names_of(state, pipeline.names)[1]
    if nameless:
        raise StateError(nameless)
    return state


def _settings(query: str) -> AppState:
    # a whole address will do as well
    state, problems = open_link(query.rpartition("?")[2])
    if problems:
        raise StateError(problems[0])
    return state


def _said(query: str, file: str | None) -> dict[str, Any]:
    """Return what the page says; a file is read into a store that goes when it is said."""
    with _linked(query, file) as (pipeline, state):
        found = say(pipeline, state)
    numbers = found["numbers"]
    plain = {k: v if v is None or math.isfinite(v) else None for k, v in numbers.items()}
    return found | {"numbers": plain}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gmm-dash",
        description="See what Gaussian mixtures and k-means do, side by side, in a browser.",
        epilog="gmm-dash say QUERY prints what the page says for a link, gmm-dash describe FILE "
        "how a table is read, gmm-dash export QUERY saves labels, code or a model, gmm-dash fit "
        "PLACE fits every row of a table in many files, gmm-dash sample MODEL OUT draws new rows; "
        "each has a --help of its own.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a table to open (CSV, Excel, ...), or a folder or an address such as "
        "s3://bucket/table/ with many Parquet files, of which a sample is opened",
    )
    parser.add_argument(
        "--columns",
        type=_names,
        default=(),
        metavar="A,B,...",
        help="of Parquet or Arrow files read these columns only, and cluster them",
    )
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=_port, default=_port(os.environ.get("PORT") or "8050"))
    parser.add_argument("--version", action="version", version=__version__)
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _workers(text: str) -> int:
    return _number(text, _MOST_WORKERS)


def _restarts(text: str) -> int:
    return _number(text, MOST_RESTARTS)


def _rows(text: str) -> int:
    return _number(text, MOST_ROWS)


def _seed(text: str) -> int:
    return _number(text, LARGEST_SEED, 0)


def _number(text: str, most: int, least: int = 1) -> int:
    if not re.fullmatch("[0-9]{1,18}", text) or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number from {least} to {most}")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _opening(
    name: str, columns: Sequence[str], config: Config, store: TableStore
) -> tuple[Config, str]:
    """Open the table; return the settings it is served with, and the query that shows it."""
    config, key, report = (_sample if _is_place(name) else _read)(name, columns, config, store)
    _tell(report.sentence)
    state = AppState()
    chosen = tuple(one for one in report.numeric_columns if columns)
    axes = first_axes(len(report.numeric_columns), state.model.covariance_type, state.model.k)
    shown = state.but(data="upload", table=key, scale="standard", cols=chosen, **axes)
    return config, to_query(shown)


def _is_place(name: str) -> bool:
    """Return whether a table in many files is named: a folder, or an address."""
    return "://" in name or Path(name).is_dir()


def _place(name: str) -> str:
    """Return what a table in many files is called wherever its name is kept."""
    return name if "://" in name else str(Path(name).resolve())


def _sample(
    name: str, columns: Sequence[str], config: Config, store: TableStore
) -> tuple[Config, str, ReadReport]:
    """Open a sample of a table in many files; return as :func:`_read` does."""
    table = open_table(Alone(), _place(name), columns)
    # where one process is done before others have started
    with crew(config.scheduler, int(table.n_rows <= _SOON)) as who:
        told = partial(Tenths(_progress).say, FIRST_LOOK)
        return config, *store_sample(who, table, config.fit_rows, store, told)


def _read(
    name: str, columns: Sequence[str], config: Config, store: TableStore
) -> tuple[Config, str, ReadReport]:
    """Open a file; return the settings it is worked on with, its key, and how it was read."""
    path, limits = Path(name), Limits.of(config)
    try:
        opened = open_if_large(path, columns, config.open_cells, limits, store)
        if opened is not None:
            return config.for_owner(), *opened
        size = path.stat().st_size
        if size > config.upload_bytes:
            raise ImportProblem(
                f"{name} is larger than {config.upload_bytes // 1_000_000} MB.",
                hint="Save it as Parquet, which is opened where it lies, or set "
                "GMM_DASH_UPLOAD_BYTES to a larger number.",
            )
        data = path.read_bytes()
    except OSError as problem:
        raise ImportProblem(
            f"Cannot read {name}: {problem.strerror}.", hint="Check the name and try again."
        ) from problem
    key, report = read_and_store(data, None, limits, store, name=path.name)
    # a long table of one's own ends on all its rows, whatever kind of file it is
    return (config.for_owner() if report.n_rows > config.fit_rows else config), key, report


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _fail(text: str, code: int) -> int:
    sys.stderr.write(f"{text}\n")
    return code
