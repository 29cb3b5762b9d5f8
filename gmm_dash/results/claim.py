"""A claim: something that was found true of a result, and worth saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence of the page says, before it has words.

    Whoever makes one has computed that it is true; ``explain`` only finds the words.

    Attributes
    ----------
    code : str
        Stable name of the kind of sentence, as ``"compare.same-clusters"``: the view (or what
        several views share), a point, and what is claimed.
    facts : mapping
        The numbers and names that the words are made with.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
