"""The same code as a Jupyter notebook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.state import to_query

if TYPE_CHECKING:
    from gmm_dash.export.program import Program
    from gmm_dash.state import AppState


def notebook(state: AppState, program: Program) -> str:
    """Return the program as a notebook (format 4.5), one cell for each step.

    Parameters
    ----------
    state : AppState
    program : Program
    """
    intro = (
        f"# {program.title}\n\n"
        "Exactly what the page showed: same data, same starts, same numbers.\n\n"
        f"Needs {program.needs}; matplotlib for the picture.\n\n"
        f"The settings as a link: `{to_query(state)}`"
    )
    cells = [_cell("markdown", intro)]
    for part in program.parts:
        cells += [_cell("markdown", f"## {part.title}"), _cell("code", part.code)]
    cells.append(_cell("code", _SHOW))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return json.dumps({"cells": cells, **_FORMAT}, indent=1)


def _cell(kind: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    cell = {"cell_type": kind, "id": "", "metadata": {}, "source": lines}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


_SHOW: Final = """\
try:
    picture()
except ImportError:
    print("Install matplotlib to see the picture: %pip install matplotlib")"""
_FORMAT: Final = {
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}
