"""The groups of both fits as tables: to read on the page, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gmm_dash.contract.methods import METHODS
from gmm_dash.export.table_page import TablePage, table_page
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.profile import Profile, Profiles

PROFILE_FILE: Final = "groups.csv"
NAMED: Final = 3  # columns that the table of groups names for each
_LEAST: Final = 0.5  # standard deviations: what a column must set a group apart by to be named
_CERTAIN: Final = 0.999  # from here on a posterior would read as 100 %
_MOST_GROUPS: Final = 30  # columns of the table of columns beside its own


def profile_csv(found: Profiles) -> str:
    """Return both fits' groups as CSV: one row for each group and column, in the data's units.

    Every number keeps all its digits. A group without rows, or with one row only, has empty
    cells where it has no mean or no standard deviation.
    """
    parts = [_long(found, profile) for profile in found.both.values()]
    return safe_csv(pd.concat(parts, ignore_index=True))


def groups_page(found: Profiles, method: str, order: Any, page: Any) -> TablePage:
    """Return one page of a fit's groups: how many rows, what sets them apart, which rows.

    Parameters
    ----------
    found : Profiles
    method : str
    order, page
        As :func:`gmm_dash.export.table_page` takes them.
    """
    profile = found.both[method]
    k = profile.k
    frame = pd.DataFrame({"Group": _names(profile), "Rows": profile.counts})
    if method == "gmm":
        frame["Weight"] = profile.weights
    else:
        frame["Share"] = profile.weights
    frame["Set apart by"] = [_apart(profile, group) for group in range(k)]
    frame["Most typical rows"] = _rows(found, profile.typical, "\n")
    frame["Least certain rows"] = _doubtful(found, profile)
    return table_page(frame, order, page, {"Weight": ".3f", "Share": ".3f"})


def columns_page(found: Profiles, method: str, order: Any, page: Any) -> TablePage:
    """Return one page of a fit's columns, those that separate most first; see ``groups_page``."""
    profile = found.both[method]
    first = profile.telling()
    frame = pd.DataFrame(
        {
            "Column": [profile.columns[j] for j in first.tolist()],
            "Separation": profile.separation[first],
            "Between groups": profile.explained[first],
            "All: mean": profile.mean[first],
            "SD": profile.spread[first],
        }
    )
    parts = [frame]
    for group in range(min(profile.k, _MOST_GROUPS)):
        pair = {
            f"{profile.titles[group]}: mean": profile.means[group, first],
            f"{profile.titles[group]}: SD": profile.spreads[group, first],
        }
        parts.append(pd.DataFrame(pair))
    shares = dict.fromkeys(("Separation", "Between groups"), ".3f")
    return table_page(pd.concat(parts, axis=1), order, page, shares)


def _long(found: Profiles, profile: Profile) -> pd.DataFrame:
    k, d = profile.k, len(profile.columns)

    def each(values: Any) -> Any:
        return np.repeat(np.asarray(values, dtype=object), d)

    def every(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.tile(values, k)

    return pd.DataFrame(
        {
            "method": METHODS[profile.method],
            "group": each(
                profile.called if any("+" in one for one in profile.called) else range(1, k + 1)
            ),
            **({"name": each(profile.names)} if profile.names else {}),
            "rows": np.repeat(profile.counts, d),
            "weight": np.repeat(profile.weights, d),
            "column": list(profile.columns) * k,
            "mean": profile.means.ravel(),
            "standard deviation": profile.spreads.ravel(),
            "mean of all rows": every(profile.mean),
            "standard deviation of all rows": every(profile.spread),
            "standardised difference": profile.differences.ravel(),
            "share of the group's separation": profile.shares.ravel(),
            "share of the separation": every(profile.separation),
            "variance between groups": every(profile.explained),
            "most typical rows": each(_rows(found, profile.typical)),
            "least certain rows": each(_rows(found, profile.doubtful)),
        }
    )


def _names(profile: Profile) -> list[Any]:
    """Return what the groups are called: numbers where that is all."""
    return [int(name) if name.isdecimal() else name for name in profile.titles]


def _apart(profile: Profile, group: int) -> str:
    """Return the columns that a group differs most in, with how far its mean lies away."""
    chosen = profile.sets_apart(group, NAMED, _LEAST)
    words = [f"{profile.columns[j]} {profile.differences[group, j]:+.1f}" for j in chosen]
    return "\n".join(words).replace(" -", " \N{MINUS SIGN}") or "–"


def _rows(found: Profiles, rows: tuple[NDArray[np.int64], ...], joint: str = "; ") -> list[str]:
    return [joint.join(found.called(some)) for some in rows]


def _doubtful(found: Profiles, profile: Profile) -> list[str]:
    """Return the least certain rows; those of the mixture with the posterior of their group."""
    if profile.method != "gmm":
        return _rows(found, profile.doubtful, "\n")
    return [
        "\n".join(
            f"{name} ({_sure(1 - profile.doubt[row])})"
            for name, row in zip(found.called(some), some.tolist(), strict=True)
        )
        for some in profile.doubtful
    ]


def _sure(share: float) -> str:
    words = f"{100 * share:.3g} %" if share < _CERTAIN else f"over {100 * _CERTAIN:g} %"
    return words.replace(" ", "\N{NO-BREAK SPACE}")
