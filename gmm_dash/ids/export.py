"""The Export menu, and the report."""

from __future__ import annotations

from typing import Any, Final

EXPORT_DOWNLOAD: Final = "export-download"
EXPORT_SAID: Final = "export-said"
EXPORT_SCENE: Final = "export-scene"
EXPORT_WORDS: Final = "export-words"
EXPORT_NOTE: Final = "export-note"
REPORT_TABLES: Final = "report-tables"


def export_item(what: Any) -> dict[str, Any]:
    """Return the id of one line of the export menu; ``dash.ALL`` matches all."""
    return {"kind": "export", "what": what}


def export_hint(what: Any) -> dict[str, Any]:
    """Return the id of the few words under that line."""
    return {"kind": "export-hint", "what": what}
