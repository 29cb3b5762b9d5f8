"""The first thing that a fit's own check-up found, as a sentence with a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.sentence import Sentence

if TYPE_CHECKING:
    from gmm_dash.engine import KMeansFit, MixtureFit


def finding_sentences(fit: KMeansFit | MixtureFit) -> tuple[Sentence, ...]:
    """Return the gravest finding about a fit, as ``"finding.<code>"``; empty for a sound one."""
    return tuple(Sentence(f"finding.{found.code}", found.student) for found in fit.health[:1])
