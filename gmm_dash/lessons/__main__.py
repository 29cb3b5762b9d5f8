"""Prints the page for teachers: ``python -m gmm_dash.lessons > docs/lessons.md``."""

import sys

from gmm_dash.lessons._guide import guide

if __name__ == "__main__":
    sys.stdout.write(guide())
