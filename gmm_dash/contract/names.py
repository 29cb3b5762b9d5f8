"""What the data sets are called on the page: in the menu, and in the title of the page."""

from __future__ import annotations

from typing import Final

from gmm_dash.datasets import DATASETS

OWN_NAMES: Final = {"upload": "Your file", "drawn": "Your drawing"}
DATA_NAMES: Final = {dataset.name: dataset.title for dataset in DATASETS} | OWN_NAMES

# What an axis of a bent column is called.
SCALE_NAMES: Final = {"log": "log scale", "sqrt": "square-root scale", "asinh": "signed log scale"}
