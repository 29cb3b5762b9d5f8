"""The picture of the script of "How many?": a criterion of all types, or several of one type."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Final


def criteria_picture(criteria: tuple[str, ...], kind: str, *, judged: bool) -> str:
    """Return the function ``picture`` of a script.

    Parameters
    ----------
    criteria : tuple of str
        One curve each.
    kind : str
        The covariance type drawn.
    judged : bool
        Whether a search that stopped short is no candidate.
    """
    unless = _UNLESS if judged else ""
    styles = list(islice(cycle(_STYLES), max(len(criteria), len(_STYLES))))
    shown = "[" + ", ".join(f'"{style}"' for style in styles) + "]"
    curves = _CURVES.format(criteria=list(criteria), kind=kind, unless=unless, styles=shown)
    return curves + _BEST


_STYLES: Final = ("o-", "s--", "D:", "^-.")


_UNLESS: Final = """
fair = fair[[not stopped_short(rows[i]) for i in fair.index]]"""

_CURVES: Final = '''\
kind, criteria = {kind!r}, {criteria!r}
part = table[table["covariance_type"] == kind]
fair = part[~part["collapsed"]]{unless}
lowest = {{name: fair[name].idxmin() for name in criteria if fair[name].notna().any()}}


def picture():
    """Show some criteria over K, the lowest of each marked, and the best model on the data."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5))
    for name, style in zip(criteria, {styles}, strict=False):
        label = f"{{name}}, {{kind}}"
        left.plot(part["n_components"], part[name], style, markersize=5, label=label)
    for name, i in lowest.items():
        k, value = part.loc[i, "n_components"], part.loc[i, name]
        left.plot(k, value, "*", markersize=16, color="gold", markeredgecolor="black")
        left.annotate(f"K = {{k}}", (k, value), (0, -18), textcoords="offset points", ha="center")
    left.margins(y=0.12)
    left.set_xlabel("K")
    left.set_ylabel("lower is better")
    left.legend()
'''

_BEST: Final = """\
    xy = Z @ plane.T + origin
    if best is None:
        right.scatter(xy[:, 0], xy[:, 1], s=16)
    else:
        labels = models[best].predict(Z)
        right.scatter(xy[:, 0], xy[:, 1], c=labels, cmap="tab10", s=16)
        draw_ellipses(right, models[best])
    name_axes(right)
    plt.show()"""

MODELS_PICTURE: Final = (
    '''\
def picture():
    """Show the criterion of every mixture over K, and the best one on the data."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5))
    for kind, part in table.groupby("covariance_type", sort=False):
        left.plot(part["n_components"], part[criterion], marker="o", markersize=4, label=kind)
    left.set_xlabel("K")
    left.set_ylabel(criterion)
    left.legend()
'''
    + _BEST
)
"""The function ``picture`` of a script: one criterion of every covariance type."""
