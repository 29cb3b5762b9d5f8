"""How sure? tests the model that was chosen."""

from __future__ import annotations

from typing import Final

SURE: Final = "sure"  # the name of a plot and of a chain, too
SURE_BOX: Final = "sure-box"
SURE_OFFER: Final = "sure-offer"
SURE_SAYS: Final = "sure-says"
SURE_FOUND: Final = "sure-found"
SURE_CHOSEN: Final = "sure-chosen"
SURE_TESTED: Final = "sure-tested"
SURE_COPY: Final = "sure-copy"
SURE_COPIED: Final = "sure-copied"
