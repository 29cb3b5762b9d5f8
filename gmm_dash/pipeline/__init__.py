"""From what the user chose to what there is to see: the only place that computes and caches."""

from gmm_dash.pipeline.pipeline import Pipeline
from gmm_dash.pipeline.runs import Runs

__all__ = ["Pipeline", "Runs"]
