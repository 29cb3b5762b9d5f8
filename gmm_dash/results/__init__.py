"""What there is to show: the points as chosen, how they are looked at, and both fits."""

from gmm_dash.results.assigned import Assigned
from gmm_dash.results.comparison import (
    Comparison,
    Shapes,
    Side,
    compare,
    gmm_side,
    kmeans_side,
)
from gmm_dash.results.density_study import DensityStudy, HeldOut, Spacing, study_density
from gmm_dash.results.digits import (
    DrawnImages,
    ImageSpace,
    ImageTable,
    SweepRow,
    compress,
    draw_images,
)
from gmm_dash.results.labelled import Labelled, labelled
from gmm_dash.results.low_score import LowScore, is_low, n_groups, sources_ari
from gmm_dash.results.points import Points, Source
from gmm_dash.results.projection import Projection, axis_choices, project
from gmm_dash.results.recolor import WHITE, ColourStudy, Recolouring, recolour
from gmm_dash.results.steps import (
    KMeansRun,
    MixtureRun,
    Start,
    Steps,
    kmeans_run,
    mixture_run,
)

__all__ = [
    "WHITE",
    "Assigned",
    "ColourStudy",
    "Comparison",
    "DensityStudy",
    "DrawnImages",
    "HeldOut",
    "ImageSpace",
    "ImageTable",
    "KMeansRun",
    "Labelled",
    "LowScore",
    "MixtureRun",
    "Points",
    "Projection",
    "Recolouring",
    "Shapes",
    "Side",
    "Source",
    "Spacing",
    "Start",
    "Steps",
    "SweepRow",
    "axis_choices",
    "compare",
    "compress",
    "draw_images",
    "gmm_side",
    "is_low",
    "kmeans_run",
    "kmeans_side",
    "labelled",
    "mixture_run",
    "n_groups",
    "project",
    "recolour",
    "sources_ari",
    "study_density",
]
