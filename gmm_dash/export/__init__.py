"""What a user takes away: tables of labels and probabilities."""

from gmm_dash.export.posteriors import posterior_csv, posterior_page
from gmm_dash.export.table_page import TablePage, table_page

__all__ = ["TablePage", "posterior_csv", "posterior_page", "table_page"]
from gmm_dash.export.posteriors import PosteriorRows, posterior_csv, posterior_rows
from gmm_dash.export.steps_gif import steps_gif

__all__ = ["PosteriorRows", "posterior_csv", "posterior_rows", "steps_gif"]
