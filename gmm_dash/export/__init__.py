"""What a user takes away: code, tables of labels and probabilities, models, animations."""

from gmm_dash.export.data import data_csv
from gmm_dash.export.model import ModelFileError, SavedModel, model_json, read_model
from gmm_dash.export.notebook import NOTEBOOK_FILE, notebook
from gmm_dash.export.posteriors import posterior_csv, posterior_page
from gmm_dash.export.recipe import DATA_FILE, Recipe, recipe
from gmm_dash.export.script import SCRIPT_FILE, python_script, script_parts
from gmm_dash.export.steps_gif import steps_gif
from gmm_dash.export.table_page import TablePage, table_page

__all__ = [
    "DATA_FILE",
    "NOTEBOOK_FILE",
    "SCRIPT_FILE",
    "ModelFileError",
    "Recipe",
    "SavedModel",
    "TablePage",
    "data_csv",
    "model_json",
    "notebook",
    "posterior_csv",
    "posterior_page",
    "python_script",
    "read_model",
    "recipe",
    "script_parts",
    "steps_gif",
    "table_page",
]
