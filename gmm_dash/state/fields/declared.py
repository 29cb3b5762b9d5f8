"""Groups of settings, each of which declares what it accepts."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeAlias

from gmm_dash.state.fields.closed import Choice, Flags
from gmm_dash.state.fields.declaring import SPEC
from gmm_dash.state.fields.frames import Frame
from gmm_dash.state.fields.free import Names, Text
from gmm_dash.state.fields.keeping import Kept
from gmm_dash.state.fields.numeric import Number, Numbers
from gmm_dash.state.fields.of_each import Called, Treatments

Spec: TypeAlias = (
    Choice | Number | Frame | Flags | Names | Treatments | Called | Kept | Numbers | Text
)


class Declared:
    """Base of the setting groups: parses every value, so that a bad one cannot exist."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Raise ``StateError`` on the first value outside its declared bounds."""
        for name, spec in specs(type(self)).items():
            object.__setattr__(self, name, spec.parse(getattr(self, name)))


def specs(cls: type[Any]) -> dict[str, Spec]:
    """Return the spec of every field of ``cls``, by field name, in declared order."""
    return {f.name: f.metadata[SPEC] for f in dataclasses.fields(cls)}
