"""Run every benchmark and print its tables: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
from pathlib import Path

import gmm_dash  # noqa: F401  (sets one BLAS thread before NumPy is loaded)
from benchmarks import (
    bench_bootstrap,
    bench_engine,
    bench_page,
    bench_rows,
    bench_search,
    bench_workers,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one repeat, no growth tables")
    parser.add_argument(
        "--rows",
        type=int,
        default=bench_rows.DEFAULT_ROWS,
        help="longest table of the rows a second, up to 10,000,000",
    )
    parser.add_argument(
        "--only",
        choices=("engine", "rows", "search", "bootstrap", "page", "workers"),
        help="one table alone",
    )
    parser.add_argument(
        "--tables",
        default="",
        help="of the search: what the names of its tables begin with, as 'iris;wine'",
    )
    parser.add_argument("--beside", type=Path, help="a checkout whose page is measured, too")
    asked = parser.parse_args()
    if asked.only in (None, "engine"):
        bench_engine.main(quick=asked.quick)
    if asked.only in (None, "rows"):
        bench_rows.main(quick=asked.quick, most_rows=asked.rows)
    if asked.only in (None, "search"):
        bench_search.main(quick=asked.quick, only=asked.tables)
    if asked.only in (None, "page"):
        bench_page.main(quick=asked.quick, beside=asked.beside)
    if asked.only == "workers":  # a quiet machine, ten minutes
        bench_workers.main(quick=asked.quick)
    if asked.only == "bootstrap":  # half an hour, by hand
        bench_bootstrap.main(quick=asked.quick)


if __name__ == "__main__":
    main()
