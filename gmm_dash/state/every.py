"""Every setting by its URL key: for those settings of one group that speak of all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.state.fields import specs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gmm_dash.state.fields import Declared, Spec

_EVERY: Final[dict[str, Spec]] = {}


def gather(groups: Iterable[type[Declared]]) -> None:
    """Take in the groups that make up a state, in page order."""
    _EVERY.update({spec.key: spec for group in groups for spec in specs(group).values()})


def every_setting() -> Mapping[str, Spec]:
    """Return what each setting accepts, by URL key and in page order."""
    return _EVERY
