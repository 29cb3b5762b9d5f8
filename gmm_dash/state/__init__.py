"""What the user has chosen: one immutable value, and its form in a URL."""

from gmm_dash.state.app_state import AppState
from gmm_dash.state.colors_choice import IMAGES, ColorsChoice
from gmm_dash.state.data_choice import TABLE_DATA, DataChoice
from gmm_dash.state.density_choice import DENSITY_MAPS, DENSITY_SCALES, DRAW_PLACES, DensityChoice
from gmm_dash.state.digits_choice import DigitsChoice
from gmm_dash.state.model_choice import (
    COVARIANCE_TYPES,
    EVERY_TYPE,
    INITS,
    KMEANS_INITS,
    ModelChoice,
)
from gmm_dash.state.pins import pinned_of
from gmm_dash.state.short_links import ShortLinks
from gmm_dash.state.start import START, can_stretch, starts
from gmm_dash.state.steps_choice import STARTS, StepsChoice
from gmm_dash.state.stored_names import StoredNames, names_of
from gmm_dash.state.url import dataset_defaults, from_query, read_pairs, short_query, to_query
from gmm_dash.state.view_choice import OVERLAYS, PARTS, PINNED, VIEWS, ViewChoice

__all__ = [
    "COVARIANCE_TYPES",
    "DENSITY_MAPS",
    "DENSITY_SCALES",
    "DRAW_PLACES",
    "EVERY_TYPE",
    "IMAGES",
    "INITS",
    "KMEANS_INITS",
    "OVERLAYS",
    "PARTS",
    "PINNED",
    "START",
    "STARTS",
    "TABLE_DATA",
    "VIEWS",
    "AppState",
    "ColorsChoice",
    "DataChoice",
    "DensityChoice",
    "DigitsChoice",
    "ModelChoice",
    "ShortLinks",
    "StepsChoice",
    "StoredNames",
    "ViewChoice",
    "can_stretch",
    "dataset_defaults",
    "from_query",
    "names_of",
    "pinned_of",
    "read_pairs",
    "short_query",
    "starts",
    "to_query",
]
