"""The one object that says what is on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from gmm_dash.state.colors_choice import ColorsChoice
from gmm_dash.state.data_choice import DataChoice
from gmm_dash.state.density_choice import DensityChoice
from gmm_dash.state.digits_choice import DigitsChoice
from gmm_dash.state.every import every_setting, gather
from gmm_dash.state.fields import Spec, specs
from gmm_dash.state.model_choice import ModelChoice
from gmm_dash.state.select_choice import SelectChoice
from gmm_dash.state.steps_choice import StepsChoice
from gmm_dash.state.teach_choice import TeachChoice
from gmm_dash.state.view_choice import ViewChoice


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything the user has chosen. Immutable and hashable."""

    data: DataChoice = DataChoice()  # noqa: RUF009  (frozen, so one default serves all)
    model: ModelChoice = ModelChoice()  # noqa: RUF009
    view: ViewChoice = ViewChoice()  # noqa: RUF009
    density: DensityChoice = DensityChoice()  # noqa: RUF009
    digits: DigitsChoice = DigitsChoice()  # noqa: RUF009
    colors: ColorsChoice = ColorsChoice()  # noqa: RUF009
    steps: StepsChoice = StepsChoice()  # noqa: RUF009
    teach: TeachChoice = TeachChoice()  # noqa: RUF009
    select: SelectChoice = SelectChoice()  # noqa: RUF009

    @classmethod
    def fields(cls) -> dict[str, Spec]:
        """Return every declared setting by its URL key, in page order."""
        return dict(every_setting())

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


_GROUPS: Final[dict[str, type[Any]]] = {
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
gather(_GROUPS.values())
