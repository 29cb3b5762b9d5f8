"""A single table that is kept nowhere: what a pipeline reads where nothing may be stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.tables.reading.origin import unpack
from gmm_dash.tables.stored.store import StoredTable, TableStore

if TYPE_CHECKING:
    from gmm_dash.tables.reading.origin import Origin
    from gmm_dash.tables.reading.report import ReadTable


class OneTable(TableStore):
    """A store without a folder behind it: it has one table, under any key, and takes no other.

    Parameters
    ----------
    table : ReadTable
    """

    def __init__(self, table: ReadTable) -> None:
        self._table = StoredTable(table.frame, table.report, float("inf"), 0)
        self._origin = table.origin

    def get(self, key: str) -> StoredTable:  # noqa: ARG002
        """Return the table."""
        return self._table

    def origin(self, key: str) -> Origin:  # noqa: ARG002
        """Return what is kept of it beside its values."""
        return unpack(self._origin, len(self._table.frame))

    def touch(self, key: str) -> None:
        """Do nothing: it does not expire."""
