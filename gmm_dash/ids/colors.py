"""Colours: an image before and after."""

from __future__ import annotations

from typing import Final

COLORS_NOTICE: Final = "colors-notice"
COLORS_NOTES: Final = "colors-notes"
COLORS_SPLIT: Final = "colors-split"
IMAGE_UPLOAD: Final = "image-upload"
IMAGE_PICKER: Final = "image-picker"
IMAGE_UPLOADED: Final = "image-uploaded"
IMAGE_STATUS: Final = "image-status"


def before(method: str) -> str:
    """Return the id of the original image in one method's panel."""
    return f"colors-before-{method}"


def after(method: str) -> str:
    """Return the id of one method's version of the image."""
    return f"colors-after-{method}"


def split(method: str) -> str:
    """Return the id of the box that holds both, with the line between."""
    return f"colors-both-{method}"


def palette(method: str) -> str:
    """Return the id of the list of one method's colours."""
    return f"colors-palette-{method}"


def image_download(method: str) -> str:
    """Return the id of the link that saves one method's version."""
    return f"colors-download-{method}"
