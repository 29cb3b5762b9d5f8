"""From what the user chose to what there is to see: the only place that computes and caches."""

from gmm_dash.pipeline.pipeline import Pipeline

__all__ = ["Pipeline"]
