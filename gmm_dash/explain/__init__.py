"""Words: what every number means, and what this very result shows."""

from gmm_dash.explain.captions import (
    gmm_badge,
    gmm_badge_sentence,
    gmm_caption,
    gmm_caption_sentences,
    kmeans_badge,
    kmeans_badge_sentence,
    kmeans_caption,
    kmeans_caption_sentences,
    note_sentences,
    notes,
)
from gmm_dash.explain.colors import (
    colors_spoken,
    kilobytes,
)
from gmm_dash.explain.compare_page import compare_spoken, shapes_spoken
from gmm_dash.explain.defaults import against_defaults
from gmm_dash.explain.density import (
    OPEN_COMPARE,
    density_spoken,
    held_out_refusal,
    held_out_sentences,
)
from gmm_dash.explain.described import described
from gmm_dash.explain.digits import digits_spoken, drawn_spoken, real_spoken, sweep_offer
from gmm_dash.explain.findings import finding_sentences
from gmm_dash.explain.glossary import GLOSSARY, Term
from gmm_dash.explain.groups import apart_sentences, groups_spoken
from gmm_dash.explain.merging import entropies_described, joinings_described
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.restarts import restarts_spoken
from gmm_dash.explain.run_on import GO_ON
from gmm_dash.explain.select import select_spoken
from gmm_dash.explain.sentence import Sentence, Spoken, Words, spell
from gmm_dash.explain.step_formulas import kmeans_formulas, mixture_formulas
from gmm_dash.explain.steps import (
    kmeans_said,
    mixture_said,
    seeding_said,
    steps_end_spoken,
    steps_spoken,
)

__all__ = [
    "GLOSSARY",
    "GO_ON",
    "OPEN_COMPARE",
    "Sentence",
    "Spoken",
    "Term",
    "Words",
    "against_defaults",
    "apart_sentences",
    "colors_spoken",
    "compare_spoken",
    "counted",
    "density_spoken",
    "described",
    "digits_spoken",
    "drawn_spoken",
    "entropies_described",
    "finding_sentences",
    "gmm_badge",
    "gmm_badge_sentence",
    "gmm_caption",
    "gmm_caption_sentences",
    "groups_spoken",
    "held_out_refusal",
    "held_out_sentences",
    "joinings_described",
    "kilobytes",
    "kmeans_badge",
    "kmeans_badge_sentence",
    "kmeans_caption",
    "kmeans_caption_sentences",
    "kmeans_formulas",
    "kmeans_said",
    "mixture_formulas",
    "mixture_said",
    "note_sentences",
    "notes",
    "percent",
    "real_caption",
    "real_spoken",
    "restarts_spoken",
    "seeding_said",
    "select_spoken",
    "shapes_spoken",
    "shown",
    "spell",
    "steps_end_spoken",
    "steps_spoken",
    "sweep_offer",
]
