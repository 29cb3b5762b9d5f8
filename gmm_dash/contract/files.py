"""The files that the contract is written into."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gmm_dash.contract.script import javascript
from gmm_dash.contract.typescript import declarations

ASSETS: Final = Path(__file__).parents[1] / "assets"


def files() -> dict[str, str]:
    """Return their texts by name; the script's name puts it before all others."""
    return {"_contract.js": javascript(), "_contract.d.ts": declarations()}


def write() -> None:
    """Write them."""
    for name, text in files().items():
        (ASSETS / name).write_text(text, encoding="utf-8")
