"""Data to cluster. Add a set by adding a module to this folder; copy ``moons.py``."""

from gmm_dash.datasets._dataset import DATASETS, GROUPS, Dataset, NumberControl, Sample, Settings

__all__ = ["DATASETS", "GROUPS", "Dataset", "NumberControl", "Sample", "Settings"]
