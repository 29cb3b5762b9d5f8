"""The bundled real data sets: scikit-learn's own by their loader, the others written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pandas as pd

from gmm_dash.datasets import DATASETS

if TYPE_CHECKING:
    from gmm_dash.export.recipes_drawn import Code


def _loader(name: str) -> Callable[[], Code]:
    """Return the recipe of a set that comes with scikit-learn."""

    def lines() -> Code:
        return (f"from sklearn.datasets import {name}",), (
            f"bunch = {name}()",
            "X, true_groups = bunch.data, bunch.target",
        )

    return lines


def _written_out(name: str) -> Callable[[], Code]:
    """Return the recipe of a set whose complete rows the script carries itself."""

    def lines() -> Code:
        sample = DATASETS[name].draw(n=0, noise=0, centers=0, seed=0)
        table = pd.DataFrame(sample.points, columns=list(sample.columns))
        read = [
            "table = pd.read_csv(io.StringIO(TABLE), dtype=str)",
            f"X = table.iloc[:, :{len(sample.columns)}].to_numpy().astype(float)",
        ]
        if sample.labels is not None:
            table["group"] = [sample.label_names[i] for i in sample.labels]
            read.append("true_groups = pd.factorize(table['group'], sort=True)[0]")
        rows = table.to_csv(index=False, lineterminator="\n").rstrip("\n").split("\n")
        written = ('TABLE = """\\', *rows, '"""')
        return ("import io", "import pandas as pd"), (*written, *read)

    return lines


REAL: Final[dict[str, Callable[[], Code]]] = {
    "digits": _loader("load_digits"),
    "faithful": _written_out("faithful"),
    "galaxies": _written_out("galaxies"),
    "galton": _written_out("galton"),
    "iris": _loader("load_iris"),
    "penguins": _written_out("penguins"),
    "waits": _written_out("waits"),
    "wine": _loader("load_wine"),
}
