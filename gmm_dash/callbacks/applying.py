"""A saved model opened beside a table: what it says of the rows, in words and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.errors import WorkLimitError
from gmm_dash.export import ModelFileError, applied_csv, applied_sentence, read_model
from gmm_dash.state import from_query

if TYPE_CHECKING:
    from gmm_dash.contract.answers import Applied
    from gmm_dash.export import SavedModel
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.tables import Given

MOST_BYTES: Final = 5_000_000
MOST_CELLS: Final = 100_000_000  # of deviations from means; a second or two


def applied(pipeline: Pipeline, data: bytes, link: str) -> Applied:
    """Return in words what a model says of the data of a link.

    Raises
    ------
    GmmDashError
        When the model cannot be read, or the data do not have its columns.
    """
    model, frame, _ = _both(pipeline, data, link)
    return {"applied": applied_sentence(model, frame)}


def applied_file(pipeline: Pipeline, data: bytes, link: str) -> str:
    """Return the same as CSV, every row of the data with its results; see :func:`applied`."""
    return applied_csv(*_both(pipeline, data, link))


def _both(pipeline: Pipeline, data: bytes, link: str) -> tuple[SavedModel, Any, Given]:
    if len(data) > MOST_BYTES:
        raise ModelFileError(
            f"This model file is larger than {MOST_BYTES / 1e6:g} MB.",
            hint="Apply it in Python: gmm_dash.predict(model, table).",
        )
    model = read_model(data.decode("utf-8-sig", "replace"))
    frame, given = pipeline.data.whole_table(from_query(link.rpartition("?")[2])[0].data)
    if len(frame) * model.mixture.means.size > MOST_CELLS:
        raise WorkLimitError(
            "Applying this model to all rows would take too long here.",
            hint="Apply it in Python: gmm_dash.predict(model, table).",
        )
    return model, frame, given
