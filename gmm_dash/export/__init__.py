"""What a user takes away: code, tables of labels and probabilities, models, animations."""

from gmm_dash.export.applied import applied_csv, applied_sentence, predict, results_of
from gmm_dash.export.colors_script import IMAGE_FILE, colors_program
from gmm_dash.export.data import data_csv, group_names
from gmm_dash.export.density_script import density_program, draws_csv
from gmm_dash.export.digits_script import digits_program, images_csv
from gmm_dash.export.labels import (
    LABELS_FILE,
    labels_csv,
    labels_csv_in_blocks,
    labels_parquet,
    labels_workbook,
    write_labels_parquet,
)
from gmm_dash.export.model import ModelFileError, SavedModel, read_model
from gmm_dash.export.model_write import colors_model_json, density_model_json, model_json
from gmm_dash.export.notebook import notebook
from gmm_dash.export.posteriors import posterior_page
from gmm_dash.export.program import Part, Program, python_script
from gmm_dash.export.recipe import DATA_FILE, Recipe, recipe
from gmm_dash.export.report import report_page
from gmm_dash.export.restarts_script import restarts_program
from gmm_dash.export.script import compare_program, shapes_program
from gmm_dash.export.select_script import select_program
from gmm_dash.export.steps_gif import steps_gif
from gmm_dash.export.steps_script import steps_program
from gmm_dash.export.table_page import TablePage, table_page

__all__ = [
    "DATA_FILE",
    "IMAGE_FILE",
    "LABELS_FILE",
    "ModelFileError",
    "Part",
    "Program",
    "Recipe",
    "SavedModel",
    "TablePage",
    "applied_csv",
    "applied_sentence",
    "colors_model_json",
    "colors_program",
    "compare_program",
    "data_csv",
    "density_model_json",
    "density_program",
    "digits_program",
    "draws_csv",
    "group_names",
    "images_csv",
    "labels_csv",
    "labels_csv_in_blocks",
    "labels_parquet",
    "labels_workbook",
    "model_json",
    "notebook",
    "posterior_page",
    "predict",
    "python_script",
    "read_model",
    "recipe",
    "report_page",
    "restarts_program",
    "results_of",
    "select_program",
    "shapes_program",
    "steps_gif",
    "steps_program",
    "table_page",
    "write_labels_parquet",
]
