"""Every sortable table, by its name."""

from __future__ import annotations

from typing import Any


def table(name: Any) -> dict[str, Any]:
    """Return the id of the box that holds one sortable table."""
    return {"kind": "table", "name": name}


def table_rows(name: Any) -> dict[str, Any]:
    """Return the id of the store that holds the shown page of one table."""
    return {"kind": "table-rows", "name": name}


def table_order(name: Any) -> dict[str, Any]:
    """Return the id of the store that says how one table is sorted."""
    return {"kind": "table-order", "name": name}


def table_page(name: Any) -> dict[str, Any]:
    """Return the id of the page numbers under one table."""
    return {"kind": "table-page", "name": name}
