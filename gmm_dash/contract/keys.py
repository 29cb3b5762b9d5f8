"""Lists of URL keys, in the order in which callbacks and scripts hand values to each other."""

from __future__ import annotations

from typing import Final

from gmm_dash.state import AppState

GROUPS: Final = AppState.groups()
DATA_KEYS: Final = GROUPS["data"]
MODEL_KEYS: Final = GROUPS["model"]
DENSITY_KEYS: Final = GROUPS["density"]
AXIS_KEYS: Final = ("x", "y")

# What the lists of columns and the words about the data are asked for with: what stands out
# about a column, and what may be done about it, depends on the last three, too.
DATA_REQUEST: Final = (*DATA_KEYS, *AXIS_KEYS, "reg", "hide", "lock")

# What Compare is asked for with.
COMPARE_REQUEST: Final = (
    *DATA_KEYS, *MODEL_KEYS, *AXIS_KEYS, "span", "show", "hard", "merge", "names", "simple",
)  # fmt: skip

# What Density is asked for with.
DENSITY_REQUEST: Final = tuple(  # no mixture there has a background
    key for key in (*DATA_KEYS, *MODEL_KEYS, *AXIS_KEYS, *DENSITY_KEYS) if key != "background"
)

# What Step by step is asked for with.
STEPS_REQUEST: Final = (
    *DATA_KEYS, "k", "kinit", "seed", "cov", "init", "n_init", "tol", "max_iter", "reg",
    *AXIS_KEYS, "start", "centres",
)  # fmt: skip

# What decides where points lie.
PLACED: Final = (*DATA_KEYS, *AXIS_KEYS)

# What the held-out curve of Density does not depend on.
DRAWN_ONLY: Final = (*DENSITY_KEYS, *AXIS_KEYS)

# What a sweep over the numbers of components of Digits does not depend on.
SWEEP_IGNORES: Final = ("dk", "digitseed", "scheme")

# What picking another data set may set.
PICKED: Final = (
    "data", "table", "n", "dseed", "noise", "centers", "stretch", "scale", "x", "y", "k", "cols",
    "label", "weights", "transform", "pcs",
)  # fmt: skip

# What a stored table that becomes the data sets.
OPENED: Final = (
    "data", "table", "scale", "cols", "label", "weights", "x", "y", "transform", "pcs",
)  # fmt: skip

# What hands on centres or points may set, all at once.
WISHED: Final = (
    "start", "centres", "k", "seed", "step", "data", "table", "cols", "label", "weights", "x", "y",
    "transform", "pcs",
)  # fmt: skip

# What a lesson's sentence is made from: changed, and it would speak of something else. The
# orientation exchanges columns and the true groups are seen by no fit.
RESULT_KEYS: Final = tuple(
    key for key in (*DATA_KEYS, *MODEL_KEYS, "hard") if key not in {"orient", "label"}
)

# Another value of these is a page to go back to.
TURNED: Final = ("view", "lesson", "part", "k")

# What undoing brings back by setting its control. A change of any other builds the page anew: other
# data have other bounds and words, and some controls stand for several keys.
RESTORED: Final = (
    *MODEL_KEYS, *DENSITY_KEYS, *AXIS_KEYS, "n", "noise", "centers", "stretch", "dseed", "orient",
    "scale", "view", "show", "span", "hard", "pca", "dk", "digitseed", "colors", "criterion",
    "merge", "names", "folds", "chart", "together", "ctype", "types", "against", "reps", "starts",
    "tab", "start", "centres", "pin", "whose",
)  # fmt: skip

# What a page that leaves its lesson forgets.
OF_A_LESSON: Final = ("lesson", "part", "hide", "lock")
