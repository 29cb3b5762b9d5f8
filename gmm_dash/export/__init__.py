"""What a user takes away: tables of labels and probabilities."""

from gmm_dash.export.posteriors import posterior_csv, posterior_page
from gmm_dash.export.steps_gif import steps_gif
from gmm_dash.export.table_page import TablePage, table_page

__all__ = ["TablePage", "posterior_csv", "posterior_page", "steps_gif", "table_page"]
