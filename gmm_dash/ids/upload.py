"""A user's own table, as a file or pasted."""

from __future__ import annotations

from typing import Final

UPLOAD: Final = "upload"
UPLOAD_SAYS: Final = "upload-says"
UPLOAD_PICKER: Final = "upload-picker"
PLACE: Final = "place"
PLACE_OPEN: Final = "place-open"
UPLOADED: Final = "uploaded"
APPLIED_SAVE: Final = "applied-save"
UPLOAD_STATUS: Final = "upload-status"
UPLOAD_CANCEL: Final = "upload-cancel"
UPLOAD_CANCEL_BOX: Final = "upload-cancel-box"
PASTE: Final = "paste"
PASTE_DIALOG: Final = "paste-dialog"
PASTE_SAYS: Final = "paste-says"
PASTE_TEXT: Final = "paste-text"
PASTE_READ: Final = "paste-read"
PASTE_CANCEL: Final = "paste-cancel"
PASTE_STATUS: Final = "paste-status"
