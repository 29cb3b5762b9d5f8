"""How many? compares numbers of components, and types of covariance."""

from __future__ import annotations

from typing import Final

SELECT_NOTICE: Final = "select-notice"
SELECT_NOTES: Final = "select-notes"
SELECT_RANGE: Final = "select-range"
SELECT_TOOLBAR: Final = "select-toolbar"
SELECT_OPEN: Final = "select-open"
SELECT_OPEN_KMEANS: Final = "select-open-kmeans"
SELECT_WANTED: Final = "select-wanted"
SELECT_DOWNLOAD: Final = "select-download"
SELECT_DOWNLOAD_BUTTON: Final = "select-download-button"
SELECT_MIXTURES: Final = "select"  # the name of a plot, as the next one
SELECT_KMEANS: Final = "select-kmeans"
