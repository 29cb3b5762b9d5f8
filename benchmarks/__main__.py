"""Run every benchmark and print its tables: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse

import gmm_dash  # noqa: F401  (sets one BLAS thread before NumPy is loaded)
from benchmarks import bench_engine, bench_search


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one repeat, no growth tables")
    quick = parser.parse_args().quick
    bench_engine.main(quick=quick)
    bench_search.main(quick=quick)


if __name__ == "__main__":
    main()
