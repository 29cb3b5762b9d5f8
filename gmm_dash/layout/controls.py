"""One control for each setting, built from the setting's own declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout.parts import either, lock_note
from gmm_dash.state import AppState
from gmm_dash.state.bounds import MOST_COMPONENTS
from gmm_dash.state.fields import Choice, Flags, Number, join_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


K_MARKS: Final = (1, *range(10, MOST_COMPONENTS + 1, 10))  # numbers under a slider of K


class Controls:
    """Builds the control of any setting, at its value, hidden or locked as the link says."""

    def __init__(self, state: AppState) -> None:
        self._flat = state.to_flat()
        self._specs = AppState.fields()
        self._hidden, self._locked = set(state.view.hide), set(state.view.lock)
        self._built: set[str] = set()

    def slider(
        self,
        key: str,
        *,
        low: float,
        high: float,
        step: float,
        marks: tuple[float, ...] = (),
        name: str = "",
    ) -> html.Div:
        """Return a slider that acts on release, with its value beside the label.

        With a ``name`` of its own it says what it is in plain words, and has no "?".
        """
        spec = self._take(key)
        value = self._flat[key]
        widget = dmc.Slider(
            id=ids.control(key),
            value=value,
            min=min(low, value),
            max=max(high, value),
            step=step,
            marks=[{"value": mark, "label": f"{mark:g}"} for mark in marks],
            thumbLabel=name or spec.label,
            disabled=key in self._locked,
            size="sm",
            mb=18 if marks else 4,
        )
        shown = html.Span(f"{value:g}", id=ids.shown_value(key), className="shown-value")
        return self._wrap(key, widget, shown, name=name)

    def number(self, key: str, *, step: float = 1) -> html.Div:
        """Return a number field with arrows."""
        spec = self._take(key)
        assert isinstance(spec, Number)
        widget = dmc.NumberInput(
            id=ids.control(key),
            value=self._flat[key],
            min=spec.low,
            max=spec.high,
            step=step,
            allowDecimal=spec.kind is float,
            clampBehavior="strict",
            debounce=500,
            disabled=key in self._locked,
            size="sm",
            **{"aria-label": spec.label},
        )
        return self._wrap(key, widget)

    def field(self, key: str) -> html.Div:
        """Return a text field, for numbers people write as 1e-6."""
        spec = self._take(key)
        widget = dmc.TextInput(
            id=ids.control(key),
            value=f"{self._flat[key]:g}",
            debounce=True,
            disabled=key in self._locked,
            size="sm",
            **{"aria-label": spec.label},
        )
        return self._wrap(key, widget)

    def segments(self, key: str, names: Mapping[str, str] | None = None) -> html.Div:
        """Return a row of buttons of which one is pressed."""
        spec = self._take(key)
        assert isinstance(spec, Choice)
        widget = dmc.SegmentedControl(
            id=ids.control(key),
            value=self._flat[key],
            data=_labelled(spec, names),
            fullWidth=True,
            size="xs",
            disabled=key in self._locked,
            **{"aria-label": spec.label},
        )
        return self._wrap(key, widget)

    def select(self, key: str, names: Mapping[str, str] | None = None) -> html.Div:
        """Return a drop-down list of a closed set."""
        spec = self._take(key)
        assert isinstance(spec, Choice)
        widget = dmc.Select(
            id=ids.control(key),
            value=self._flat[key],
            data=_labelled(spec, names),
            allowDeselect=False,
            disabled=key in self._locked,
            size="sm",
            **{"aria-label": spec.label},
        )
        return self._wrap(key, widget)

    def column(self, key: str, placeholder: str, *, several: bool = False) -> html.Div:
        """Return a list of the data's own columns; the callbacks fill in the options."""
        spec = self._take(key)
        value = self._flat[key]
        kind = dmc.MultiSelect if several else dmc.Select
        options = value if several else [value] if value else []
        widget = kind(
            id=ids.control(key),
            value=value or ([] if several else None),
            data=options,
            placeholder=placeholder,
            clearable=True,
            searchable=True,
            disabled=key in self._locked,
            size="sm",
            **{"aria-label": spec.label},
        )
        return self._wrap(key, widget)

    def checks(self, key: str, names: Mapping[str, str], line: Mapping[str, str]) -> html.Div:
        """Return a list of check boxes, one for each overlay.

        Of one column some have other ``line`` names; those with an empty one are not shown there.
        """
        spec = self._take(key)
        widget = dmc.CheckboxGroup(
            id=ids.control(key),
            value=self._flat[key],
            children=html.Div(
                [
                    dmc.Checkbox(
                        label=either(label, line[name]) if line.get(name) else label,
                        value=name,
                        size="sm",
                        disabled=key in self._locked,
                        className="" if line.get(name, label) else "of-plane",
                    )
                    for name, label in names.items()
                ],
                className="check-row checks",
                role="toolbar",  # one stop of the keyboard: browser/src/parts/panel/check_rows.ts
                **{"aria-label": spec.label, "aria-orientation": "vertical"},
            ),
        )
        return self._wrap(key, widget, labelled=False)

    def chips(self, key: str, names: Mapping[str, str] | None = None) -> html.Div:
        """Return a row of chips, of which any number are chosen."""
        spec = self._take(key)
        assert isinstance(spec, Flags)
        widget = dmc.ChipGroup(
            [
                dmc.Chip(
                    (names or {}).get(name, name),
                    value=name,
                    size="xs",
                    disabled=key in self._locked,
                )
                for name in spec.options()
            ],
            id=ids.control(key),
            value=self._flat[key],
            multiple=True,
        )
        bar = {"role": "toolbar", "aria-label": spec.label}
        return self._wrap(key, html.Div(widget, className="check-row chips", **bar))

    def ends(self, low_key: str, high_key: str, component_id: str, label: str) -> html.Div:
        """Return one slider with two thumbs for two settings, and their hidden carriers."""
        low, high = self._specs[low_key], self._specs[high_key]
        assert isinstance(low, Number)
        assert isinstance(high, Number)
        values = sorted((self._flat[low_key], self._flat[high_key]))
        widget = dmc.RangeSlider(
            id=component_id,
            value=values,
            min=low.low,
            max=high.high,
            step=1,
            minRange=0,
            marks=[{"value": k, "label": f"{k}"} for k in K_MARKS],
            thumbFromLabel=low.label,
            thumbToLabel=high.label,
            disabled=bool({low_key, high_key} & self._locked),
            size="sm",
            mb=18,
        )
        head = html.Div([html.Span(label, className="control-name")], className="control-head")
        carriers = [self.carrier(low_key), self.carrier(high_key)]
        hidden = {low_key, high_key} & self._hidden
        return html.Div(
            [head, widget, *carriers],
            className="control",
            style={"display": "none"} if hidden else None,
        )

    def tabs(
        self,
        key: str,
        names: Mapping[str, str],
        shows: Callable[[str], str] = ids.stage,
        *,
        variant: str = "pills",
        class_name: str | None = "view-tabs",
    ) -> dmc.Tabs:
        """Return a row of tabs, of which each shows the element that ``shows`` names."""
        self._take(key)
        return dmc.Tabs(
            dmc.TabsList(
                [
                    dmc.TabsTab(label, value=name, **{"aria-controls": shows(name)})
                    for name, label in names.items()
                ]
            ),
            id=ids.control(key),
            value=self._flat[key],
            variant=variant,
            className=class_name,
        )

    def is_locked(self, key: str) -> bool:
        """Return whether the link keeps a setting as it is."""
        return key in self._locked

    def is_hidden(self, key: str) -> bool:
        """Return whether the link hides a setting."""
        return key in self._hidden

    @property
    def built(self) -> frozenset[str]:
        """The keys of the settings that have a control by now."""
        return frozenset(self._built)

    def rest(self) -> html.Div:
        """Return hidden carriers for every setting that has no visible control yet.

        Whatever a link says then survives the next change of any other setting.
        """
        keys = [key for key in self._specs if key not in self._built]
        return html.Div([self.carrier(key) for key in keys], hidden=True)

    def carrier(self, key: str) -> dcc.Input:
        """Return the hidden carrier of one setting."""
        self._take(key)
        value = self._flat[key]
        text = join_list(tuple(map(str, value))) if isinstance(value, list) else str(value)
        return dcc.Input(id=ids.control(key), type="hidden", value=text)

    def _take(self, key: str) -> Any:
        self._built.add(key)
        return self._specs[key]

    def _wrap(
        self,
        key: str,
        widget: Any,
        beside: Any = None,
        *,
        labelled: bool = True,
        name: str = "",
    ) -> html.Div:
        spec = self._specs[key]
        help_mark = [] if name else _help(key, spec.help)
        head = [html.Span(name or spec.label, id=ids.label(key)), *help_mark]
        locked = [lock_note()] if key in self._locked else []
        label = html.Div(
            [html.Div(head, className="control-name"), *locked, beside], className="control-head"
        )
        return html.Div(
            [label, widget] if labelled else [*locked, widget],
            id=ids.wrapper(key),
            className="control locked" if locked else "control",
            style={"display": "none"} if key in self._hidden else None,
        )


def _labelled(spec: Choice, names: Mapping[str, str] | None) -> list[dict[str, str]]:
    return [{"value": name, "label": (names or {}).get(name, name)} for name in spec.options()]


def _help(key: str, sentence: str) -> list[Any]:
    if not sentence:
        return []
    return [
        dmc.Tooltip(
            dmc.UnstyledButton(
                "?",
                className="help-mark",
                **{"aria-label": sentence, "data-term": f"term-{key}"},
            ),
            label=sentence,
            multiline=True,
            w=240,
            withArrow=True,
            events={"hover": True, "focus": True, "touch": True},
        )
    ]


START_NAMES: Final = {
    "mixed": "mixed kinds",
    "kmeans": "k-means",
    "k-means++": "k-means++",
    "random_from_data": "random points",
    "random": "random shares",
    "informed": "mixed, then neighbours",
    "whitened": "k-means, whitened",
    "random_gaussians": "random Gaussians",
}
