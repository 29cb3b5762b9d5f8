"""What the groups of Compare are, how they are called, and how components are joined."""

from __future__ import annotations

from typing import Final

GROUPS: Final = "compare-groups"
GROUPS_REQUEST: Final = "groups-request"
GROUPS_NOTICE: Final = "groups-notice"
GROUPS_NOTES: Final = "groups-notes"
MERGE: Final = "groups-merge"
MERGE_SLIDER: Final = "groups-merge-slider"
MERGE_COUNT: Final = "groups-merge-count"
MERGE_SAID: Final = "groups-merge-said"
GROUP_NAMES: Final = "groups-names"
GROUP_NAMES_BOX: Final = "groups-names-box"
GROUP_NAMES_SAID: Final = "groups-names-said"
MERGE_PLOT: Final = "merge-plot"  # the names of three plots
MERGE_CURVE: Final = "merge-curve"
MERGE_TREE: Final = "merge-tree"


def groups_plot(method: str) -> str:
    """Return the name of the heat map of one method's groups."""
    return f"groups-{method}"


def groups_box(method: str) -> str:
    """Return the id of the box around that heat map, which gives it its height."""
    return f"groups-box-{method}"


def groups_table(method: str) -> str:
    """Return the name of the table of one method's groups."""
    return f"groups-{method}"


def columns_table(method: str) -> str:
    """Return the name of the table of the columns, group by group."""
    return f"columns-{method}"
