"""The file that the contract is written into."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gmm_dash.contract.typescript import module

# In the source tree only: an installed package has the scripts that were made from it.
FILE: Final = Path(__file__).parents[2] / "browser" / "src" / "contract.ts"


def write() -> None:
    """Write it."""
    FILE.write_text(module(), encoding="utf-8")
