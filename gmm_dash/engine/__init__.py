"""The mathematics. Knows nothing of Dash, Plotly, URLs or the class room."""

from gmm_dash.engine.background import fit_background
from gmm_dash.engine.background_fit import BACKGROUND, BackgroundFit
from gmm_dash.engine.background_mixture import of_background
from gmm_dash.engine.background_starts import BACKGROUND_INITS, LEFT_OUT
from gmm_dash.engine.blocks import (
    BlockScores,
    Statistics,
    block_scores,
    block_statistics,
    combine,
    m_step_from_statistics,
)
from gmm_dash.engine.bootstrap import BootstrapTest, bootstrap_test
from gmm_dash.engine.certainty import bootstrap_certainty
from gmm_dash.engine.complete_rows import of_complete_rows
from gmm_dash.engine.conditional import Conditional, condition
from gmm_dash.engine.cost import (
    check_budget,
    estimate_cost,
    estimate_gaps_cost,
    estimate_joining_cost,
    estimate_kmeans_cost,
)
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import carried, check_time, note_passing, note_stop, time_limit
from gmm_dash.engine.density import (
    density_grid,
    log_joint,
    marginal_density,
    project,
    responsibilities,
    sample,
    score_samples,
)
from gmm_dash.engine.estimator import EqualMixture, gaussian_mixture
from gmm_dash.engine.gap_expectation import Expected, expect_gaps
from gmm_dash.engine.gap_fit import GapFit
from gmm_dash.engine.gaps import fit_gaps
from gmm_dash.engine.geometry import ellipse, ellipse_mass, ellipses
from gmm_dash.engine.gmm import WEIGHTED_INITS, fit_gmm, weighted_init
from gmm_dash.engine.hardening import hardened, soft_kmeans
from gmm_dash.engine.kmeans import KMEANS_INITS, CentersRun, KMeansFit, fit_kmeans
from gmm_dash.engine.kmeans_blocks import (
    CenterSums,
    block_center_sums,
    centers_from_sums,
    nearest_centers,
)
from gmm_dash.engine.kmeans_trace import KMeansTrace
from gmm_dash.engine.known_starts import (
    fit_again,
    fit_from_labels,
    fit_from_mixture,
    fit_of_run,
    rises_ahead,
)
from gmm_dash.engine.matching import match_labels
from gmm_dash.engine.merging import Merging, merge_components, merged
from gmm_dash.engine.mixture_fit import EndedRun, MixtureFit
from gmm_dash.engine.mixture_trace import MixtureTrace
from gmm_dash.engine.ordering import canonical_order
from gmm_dash.engine.restarts import RestartStudy, study_restarts
from gmm_dash.engine.row_estimators import GapMixture, WeightedMixture
from gmm_dash.engine.scores import (
    aic,
    aicc,
    ami,
    ari,
    bic,
    calinski_harabasz,
    icl,
    n_parameters,
    silhouette,
    silhouettes,
)
from gmm_dash.engine.select import select_models
from gmm_dash.engine.select_rows import SelectionRow, SelectionRows
from gmm_dash.engine.starts import cycle_kinds
from gmm_dash.engine.types import MAX_FRAMES, START_KINDS, Finding, Mixture
from gmm_dash.engine.uniform import Uniform, data_box
from gmm_dash.engine.weights import Weighting, as_weighting, is_counts

__all__ = [
    "BACKGROUND",
    "BACKGROUND_INITS",
    "KMEANS_INITS",
    "LEFT_OUT",
    "MAX_FRAMES",
    "START_KINDS",
    "WEIGHTED_INITS",
    "BackgroundFit",
    "BlockScores",
    "BootstrapTest",
    "CenterSums",
    "CentersRun",
    "Conditional",
    "CovarianceType",
    "EndedRun",
    "EqualMixture",
    "Expected",
    "Finding",
    "GapFit",
    "GapMixture",
    "KMeansFit",
    "KMeansTrace",
    "Merging",
    "Mixture",
    "MixtureFit",
    "MixtureTrace",
    "RestartStudy",
    "SelectionRow",
    "SelectionRows",
    "Statistics",
    "Uniform",
    "WeightedMixture",
    "Weighting",
    "aic",
    "aicc",
    "ami",
    "ari",
    "as_weighting",
    "bic",
    "block_center_sums",
    "block_scores",
    "block_statistics",
    "bootstrap_certainty",
    "bootstrap_test",
    "calinski_harabasz",
    "canonical_order",
    "carried",
    "centers_from_sums",
    "check_budget",
    "check_time",
    "combine",
    "condition",
    "cycle_kinds",
    "data_box",
    "density_grid",
    "ellipse",
    "ellipse_mass",
    "ellipses",
    "estimate_cost",
    "estimate_gaps_cost",
    "estimate_joining_cost",
    "estimate_kmeans_cost",
    "expect_gaps",
    "fit_again",
    "fit_background",
    "fit_from_labels",
    "fit_from_mixture",
    "fit_gaps",
    "fit_gmm",
    "fit_kmeans",
    "fit_of_run",
    "gaussian_mixture",
    "hardened",
    "icl",
    "is_counts",
    "log_joint",
    "m_step_from_statistics",
    "marginal_density",
    "match_labels",
    "merge_components",
    "merged",
    "n_parameters",
    "nearest_centers",
    "note_passing",
    "note_stop",
    "of_background",
    "of_complete_rows",
    "project",
    "responsibilities",
    "rises_ahead",
    "sample",
    "score_samples",
    "select_models",
    "silhouette",
    "silhouettes",
    "soft_kmeans",
    "study_restarts",
    "time_limit",
    "weighted_init",
]
