"""Data to cluster. Add a set by adding a module to this folder; copy ``moons.py``."""

from gmm_dash.datasets._dataset import (
    DATASETS,
    GROUPS,
    Dataset,
    NumberControl,
    Sample,
    Settings,
    Sources,
)
from gmm_dash.datasets._images import IMAGE_SOURCES, IMAGE_TITLES, load_image
from gmm_dash.datasets._squeeze import squeezes

__all__ = [
    "DATASETS",
    "GROUPS",
    "IMAGE_SOURCES",
    "IMAGE_TITLES",
    "Dataset",
    "NumberControl",
    "Sample",
    "Settings",
    "Sources",
    "load_image",
    "squeezes",
]
