"""How many?, All rows: the sample's mixtures carried on to every row of a long table."""

from __future__ import annotations

from typing import Final

WHOLE: Final = "whole"  # the name of a plot and of a chain, too
WHOLE_BOX: Final = "whole-box"
WHOLE_OFFER: Final = "whole-offer"
WHOLE_SAYS: Final = "whole-says"
WHOLE_FOUND: Final = "whole-found"
WHOLE_OPEN: Final = "whole-open"
WHOLE_WANTED: Final = "whole-wanted"
WHOLE_DOWNLOAD: Final = "whole-download"
WHOLE_DOWNLOAD_BUTTON: Final = "whole-download-button"
