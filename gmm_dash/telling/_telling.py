"""What there is of a view without a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from gmm_dash.registry import Registry

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

Speak: TypeAlias = "Callable[[Pipeline, AppState], Spoken]"
Describe: TypeAlias = "Callable[[AppState, Pipeline], Program]"


@dataclass(frozen=True, slots=True)
class Telling:
    """One view without its page.

    Attributes
    ----------
    name : str
        The view's.
    speak : callable
        ``speak(pipeline, state)`` returns all that the page says, and the numbers on it.
    programs : mapping of str to callable
        For each scene of the view, ``program(state, pipeline)``, which makes its numbers again.
    """

    name: str
    speak: Speak
    programs: Mapping[str, Describe]

    @property
    def title(self) -> str:
        """The name: no menu shows it."""
        return self.name


TELLINGS: Registry[Telling] = Registry("view", "gmm_dash.telling")
