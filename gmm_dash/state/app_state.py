"""The one object that says what is on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from gmm_dash.datasets import DATASETS
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.state.bounds import LARGEST_SEED, MOST_COMPONENTS
from gmm_dash.state.colors_choice import ColorsChoice
from gmm_dash.state.density_choice import DensityChoice
from gmm_dash.state.digits_choice import DigitsChoice
from gmm_dash.state.fields import (
    Declared,
    Spec,
    called,
    choice,
    flags,
    frame,
    integer,
    kept,
    names,
    real,
    specs,
    text,
    treatments,
)
from gmm_dash.state.select_choice import EVERY_SHAPE, SHAPES, SelectChoice
from gmm_dash.state.steps_choice import StepsChoice
from gmm_dash.state.teach_choice import TeachChoice

VIEWS: Final = ("compare", "steps", "select", "restarts", "density", "digits", "colors")
OVERLAYS: Final = (
    "size",
    "ellipses",
    "circles",
    "centers",
    "regions",
    "density",
    "truth",
    "plain",
    "bootstrap",
    "shapes",
    "sources",
    "borders",
)
TABS: Final = ("plots", "groups", "rows", "pinned")  # of Compare
# The URL keys in which a pinned result may differ from the one shown: both are of the same data.
PINNED: Final = (
    "cols", "scale", "transform", "pcs", "k", "cov", "init", "n_init", "seed", "tol", "max_iter",
    "reg", "kinit", "hard", "merge",
)  # fmt: skip
TABLE_DATA: Final = ("upload", "drawn")  # data sets that live in the store, not in the program
TRANSFORMS: Final = ("log", "sqrt", "asinh", "robust", "standard", "none")
COVARIANCE_TYPES: Final = SHAPES
EVERY_TYPE: Final = EVERY_SHAPE  # and those that only this engine fits
# What a link can hide besides controls: what the page says, and one of the two methods.
PARTS: Final = {
    "notice": "Sentences",
    "scores": "Scores",
    "captions": "Captions",
    "kmeans": "k-means",
    "gmm": "Gaussian mixture",
}
INITS: Final = (
    "kmeans",
    "k-means++",
    "random_from_data",
    "random",
    "mixed",
    "informed",
    "whitened",
    "random_gaussians",
)
KMEANS_INITS: Final = ("k-means++", "random")


def _data_names() -> tuple[str, ...]:
    return (*DATASETS.names(), *TABLE_DATA)


def _all_keys() -> tuple[str, ...]:
    return tuple(AppState.fields())


def _hideable() -> tuple[str, ...]:
    return (*_all_keys(), *PARTS)


@dataclass(frozen=True, slots=True)
class DataChoice(Declared):
    """Which points. A change here refits."""

    dataset: str = choice("data", "stretched", label="Data set", options=_data_names)
    n: int = integer(
        "n", 400, label="Points", low=2, high=100_000, explain="How many points to draw."
    )
    noise: float = real(
        "noise", 0.6, label="Spread", low=0.0, high=1000.0, explain="How far the points scatter."
    )
    centers: int = integer(
        "centers", 4, label="True groups", low=1, high=64, explain="How many groups there are."
    )
    seed: int = integer(
        "dseed",
        0,
        label="Data seed",
        low=0,
        high=LARGEST_SEED,
        explain="Another seed draws other points from the same recipe.",
    )
    orient: str = choice(
        "orient",
        "swapped",
        label="Orientation",
        options=lambda: ("swapped", "own"),
        explain="Own: the columns as scikit-learn's make_blobs gives them. Swapped: exchanged, as "
        "textbooks draw them. Every distance, and so every fit, is the same.",
    )
    stretch: float = real(
        "stretch",
        0.0,
        label="Round … stretched",
        low=-1.0,
        high=1.0,
        explain="Squeezes every group of a generated data set about its own centre, keeping its "
        "area: 0 is the set as it is, higher is longer.",
    )
    table: str = text("table", label="Stored table", longest=80)
    cols: tuple[str, ...] = names(
        "cols", label="Columns", longest=800, explain="The columns to cluster on."
    )
    label: str = text(
        "label",
        label="True groups column",
        longest=80,
        explain="A column of known groups: never used by the fits, only to judge them.",
    )
    scale: str = choice(
        "scale",
        "none",
        label="Scale",
        options=lambda: ("none", "standard"),
        explain="Standard: every column gets mean 0 and standard deviation 1 before the fit, "
        "so that no unit counts more than another.",
    )
    transform: tuple[str, ...] = treatments(
        "transform",
        label="Transforms",
        options=TRANSFORMS,
        longest=400,
        explain="What single columns get before the fit: log, square root or signed log, then the "
        "scale of all; or a scale of their own.",
    )
    gaps: str = choice(
        "gaps",
        "drop",
        label="Rows with gaps",
        options=lambda: ("drop", "use"),
        explain="Leave out: every fit is of complete rows. Use what is known: Compare's mixture is "
        "fitted to the known values of all rows (our engine: scikit-learn takes no gaps).",
    )

    components: float = real(
        "pcs",
        0.0,
        label="PCA before the fit",
        low=0.0,
        high=1000.0,
        explain="The fits see principal components in place of the scaled columns: so many, such "
        "as 3, or below 1 as many as hold that share of the variance, such as 0.9. 0 keeps the "
        "columns.",
    )

    @property
    def transforms(self) -> dict[str, str]:
        """What is done to single columns, by name."""
        pairs = (item.partition(":") for item in self.transform)
        return {name: kind for kind, _, name in pairs}


@dataclass(frozen=True, slots=True)
class ModelChoice(Declared):
    """Which fits. A change here refits."""

    k: int = integer(
        "k",
        4,
        label="K",
        low=1,
        high=MOST_COMPONENTS,
        explain="Number of clusters for k-means and of components for the mixture.",
    )
    covariance_type: str = choice(
        "cov",
        CovarianceType.FULL.value,
        label="Covariance",
        options=lambda: EVERY_TYPE,
        explain=" ".join(
            [
                "The shapes a component may take.",
                *(f"{kind.capitalize()}: {kind.shape.explain}." for kind in CovarianceType),
            ]
        ),
    )
    init: str = choice(
        "init",
        "mixed",
        label="Mixture starts from",
        options=lambda: INITS,
        explain="Where EM begins. Mixed tries several kinds in turn and keeps the best run. "
        "Mixed, then neighbours goes on from there: it cuts and joins what fits of other sizes and "
        "shapes have found. Whitened is k-means on uncorrelated columns of equal width. "
        "Random Gaussians draws centres and shapes; all others draw centres or shares alone.",
    )
    n_init: int = integer(
        "n_init",
        5,
        label="Restarts",
        low=1,
        high=200,
        explain="How many starts each method tries; the best result is shown.",
    )
    seed: int = integer(
        "seed",
        0,
        label="Model seed",
        low=0,
        high=LARGEST_SEED,
        explain="random_state of the first start; restart i uses seed + i.",
    )
    tol: float = real(
        "tol",
        1e-6,
        label="Tolerance",
        low=0.0,
        high=1.0,
        explain="EM stops when an iteration raises the mean log-likelihood by less than this.",
    )
    max_iter: int = integer(
        "max_iter", 500, label="Iteration limit", low=1, high=10_000, explain="Most EM iterations."
    )
    reg_covar: float = real(
        "reg",
        1e-6,
        label="Regularisation",
        low=0.0,
        high=1000.0,
        explain="Added to every variance, in squared units of the fitted data; "
        "keeps a component from collapsing onto one point.",
    )
    kmeans_init: str = choice(
        "kinit",
        "k-means++",
        label="k-means starts from",
        options=lambda: KMEANS_INITS,
        explain="k-means++ spreads the first centres out; random takes any k points.",
    )

    @property
    def drawn(self) -> str:
        """Kind of the starts that are drawn: those made from neighbours improve on mixed ones."""
        return "mixed" if self.init == "informed" else self.init

    @property
    def climbs(self) -> bool:
        """Whether "How many?" tries starts made from neighbours, too.

        Who asks for one kind of start gets that kind alone.
        """
        return self.drawn == "mixed"


@dataclass(frozen=True, slots=True)
class ViewChoice(Declared):
    """How it is shown. A change here never refits."""

    view: str = choice("view", "compare", label="View", options=lambda: VIEWS)
    x: str = text("x", label="Horizontal axis", longest=80)
    y: str = text("y", label="Vertical axis", longest=80)
    span: float = real(
        "span",
        0.0,
        label="Axes reach",
        low=0.0,
        high=1e6,
        explain="In Compare both axes go from minus this to this; 0 means as far as the data do.",
    )
    hard: float = real(
        "hard",
        0.0,
        label="Soft … hard",
        low=0.0,
        high=1.0,
        explain="For equal circles: how far their radius is taken from what EM finds (0) towards "
        "nothing (1), where each point belongs to the nearest centre, as in k-means.",
    )
    step: int | str = frame("step", label="Step", high=100_000)
    show: tuple[str, ...] = flags(
        "show",
        ("size", "ellipses", "circles", "centers"),
        label="Show",
        options=lambda: OVERLAYS,
    )
    merge: int = integer(
        "merge",
        0,
        label="Groups of the mixture",
        low=0,
        high=MOST_COMPONENTS,
        explain="Joins components that overlap, two at a time, until so many groups are left. "
        "0 joins none: each component is a group.",
    )
    called: tuple[str, ...] = called(
        "names",
        label="Names of groups",
        most=MOST_COMPONENTS,
        letters=40,
        longest=800,
        explain="What the mixture's groups are called, by their lowest component. Names of numbers "
        "that there are not are kept, and shown when there are. A list that is too long for a link "
        "is stored: the link has its key.",
    )
    tab: str = choice("tab", "plots", label="Sub-tab of Compare", options=lambda: TABS)
    pin: tuple[str, ...] = kept(
        "pin",
        label="Pinned result",
        keys=PINNED,
        among=lambda: AppState.fields(),  # noqa: PLW0108  (it is not there yet)
        longest=900,
        explain="Settings of a second result of the same data, to compare with the one that is "
        "shown. What it does not name is as in the link.",
    )
    hide: tuple[str, ...] = flags("hide", (), label="Hidden", options=_hideable)
    lock: tuple[str, ...] = flags("lock", (), label="Locked controls", options=_all_keys)
    lesson: str = text("lesson", label="Lesson", longest=40)
    part: int = integer("part", 0, label="Part of the lesson", low=0, high=99)


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything the user has chosen. Immutable and hashable."""

    data: DataChoice = DataChoice()
    model: ModelChoice = ModelChoice()
    view: ViewChoice = ViewChoice()
    density: DensityChoice = DensityChoice()  # noqa: RUF009  (frozen, as all its fields)
    digits: DigitsChoice = DigitsChoice()  # noqa: RUF009
    colors: ColorsChoice = ColorsChoice()  # noqa: RUF009
    steps: StepsChoice = StepsChoice()  # noqa: RUF009
    teach: TeachChoice = TeachChoice()  # noqa: RUF009  (frozen, so one default serves all)
    select: SelectChoice = SelectChoice()  # noqa: RUF009

    @classmethod
    def fields(cls) -> dict[str, Spec]:
        """Return every declared setting by its URL key, in page order."""
        return {s.key: s for group in _GROUPS.values() for s in specs(group).values()}

    @classmethod
    def groups(cls) -> dict[str, tuple[str, ...]]:
        """Return the URL keys of every group of settings, in page order."""
        return {
            name: tuple(spec.key for spec in specs(group).values())
            for name, group in _GROUPS.items()
        }

    @classmethod
    def from_flat(cls, flat: dict[str, Any]) -> Self:
        """Build from ``{url key: value}``; raise ``StateError`` on the first bad value."""

        def pick(group: type[Any]) -> dict[str, Any]:
            return {f: flat[s.key] for f, s in specs(group).items() if s.key in flat}

        return cls(**{name: group(**pick(group)) for name, group in _GROUPS.items()})

    def to_flat(self) -> dict[str, Any]:
        """Return ``{url key: value}``: the one serial form, for store, URL and controls."""
        return {
            s.key: _plain(getattr(getattr(self, name), f))
            for name, group in _GROUPS.items()
            for f, s in specs(group).items()
        }

    def but(self, **flat: Any) -> AppState:
        """Return a copy with some settings changed, named by URL key."""
        return AppState.from_flat(self.to_flat() | flat)

    def with_model(self, **fields: Any) -> AppState:
        """Return a copy with some fields of the model changed, named by field."""
        return replace(self, model=replace(self.model, **fields))


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON has it: a tuple is a list."""
    return list(value) if isinstance(value, tuple) else value


_GROUPS: dict[str, type[Any]] = {
    "data": DataChoice,
    "model": ModelChoice,
    "view": ViewChoice,
    "density": DensityChoice,
    "digits": DigitsChoice,
    "colors": ColorsChoice,
    "steps": StepsChoice,
    "teach": TeachChoice,
    "select": SelectChoice,
}
