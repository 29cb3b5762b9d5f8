"""Digits: images, and the sweep over the number of components."""

from __future__ import annotations

from typing import Final

DIGITS_NOTICE: Final = "digits-notice"
DIGITS_NOTES: Final = "digits-notes"
DIGITS_AGAIN: Final = "digits-again"
DIGITS_PICK: Final = "digits-pick"
DIGITS_PAIRS: Final = "digits-pairs"
DIGITS_PAIR: Final = "digits-pair"  # the name of a plot, as the next one
DIGITS_SWEEP: Final = "digits-sweep"
SWEEP_PLAN: Final = "sweep-plan"
SWEEP_START: Final = "sweep-start"
SWEEP_STOP: Final = "sweep-stop"
SWEEP_PROGRESS: Final = "sweep-progress"
SWEEP_STATUS: Final = "sweep-status"
