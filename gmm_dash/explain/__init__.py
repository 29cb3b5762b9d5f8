"""Words: what every number means, and what this very result shows."""

from gmm_dash.explain.captions import (
    gmm_badge,
    gmm_caption,
    kmeans_badge,
    kmeans_caption,
    notes,
)
from gmm_dash.explain.colors import (
    colors_badge,
    colors_caption,
    colors_notice,
    kilobytes,
    space_caption,
)
from gmm_dash.explain.compare import notice, shapes_notice
from gmm_dash.explain.defaults import against_defaults
from gmm_dash.explain.density import (
    density_badge,
    density_caption,
    density_notice,
    draws_badge,
    draws_caption,
    held_out_caption,
)
from gmm_dash.explain.glossary import GLOSSARY, Term
from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.why import reasons, shape_reasons

__all__ = [
    "GLOSSARY",
    "Term",
    "against_defaults",
    "colors_badge",
    "colors_caption",
    "colors_notice",
    "counted",
    "density_badge",
    "density_caption",
    "density_notice",
    "draws_badge",
    "draws_caption",
    "gmm_badge",
    "gmm_caption",
    "held_out_caption",
    "kilobytes",
    "kmeans_badge",
    "kmeans_caption",
    "notes",
    "notice",
    "reasons",
    "shape_reasons",
    "shapes_notice",
    "shown",
    "space_caption",
]
