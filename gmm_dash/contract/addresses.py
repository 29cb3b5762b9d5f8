"""Below the path of the page: where files go, what is asked for beside callbacks, and texts."""

from __future__ import annotations

from typing import Final

TABLES: Final = "tables"
IMAGES: Final = "images"
PLACE: Final = "place"  # opens a table at an address that is typed
PIECES: Final = "pieces"  # of long work; then the name of its view
ALL_ROWS: Final = "rows"  # below pieces: those of a fit to all rows of a table in many files
ALL_MODELS: Final = "models"  # below pieces, too: of How many? over all these rows
ALL_LABELS: Final = "labels"  # below pieces, too: of writing the labels of all these rows
LIVE: Final = "live"  # what a view shows while a slider is dragged; then its name
DRAWN: Final = "drawn"  # below it: the same of points that are being drawn
EDITED: Final = "edited"  # below it, too: where Step by step ends with points that are being edited
CLASS: Final = "class"  # what a class does; then the name of the act
ROOM: Final = "room"  # below it: what a class sees; then the key of its room
AFTER: Final = "after"  # in the query: the version that is known
SHORT: Final = "s"  # makes short links; below it: the key of one
NAMES: Final = "names"  # keeps names of groups that are too long for a link
SPENT: Final = "short"  # in the query: why a short link leads nowhere
PLAIN: Final = "source/plain.py"  # the algorithms as short programs, to read
OPTIONS: Final = "options"  # in the query: how to read the file, as JSON
FILE_NAME: Final = "X-File-Name"  # a header: what the file is called where it comes from
BESIDE: Final = "X-Beside"  # a header: the link of the page that the file is opened on
KIND: Final = "as"  # in the query: what the table is, where it is no file of the user's
