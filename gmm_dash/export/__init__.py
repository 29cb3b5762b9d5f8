"""What a user takes away: tables of labels and probabilities."""

from gmm_dash.export.posteriors import PosteriorRows, posterior_csv, posterior_rows

__all__ = ["PosteriorRows", "posterior_csv", "posterior_rows"]
