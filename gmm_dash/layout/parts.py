"""Small pieces that every view is put together from."""

from __future__ import annotations

import json
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.explain import GLOSSARY


def icon(name: str) -> html.Span:
    """Return a drawn icon (``assets/icons``); it says nothing to a screen reader."""
    return html.Span(className=f"icon icon-{name}", **{"aria-hidden": "true"})


def lock_note() -> html.Span:
    """Return the mark beside a setting that the link keeps as it is."""
    words = "locked by the link"
    return html.Span(
        icon("lock"), className="lock-note", title=words, role="img", **{"aria-label": words}
    )


def tool(words: str, component_id: str | None, icon_name: str) -> dmc.Button:
    """Return a button of the header; its menu finds it without an id."""
    named = {"id": component_id} if component_id else {}
    return dmc.Button(
        words,
        leftSection=icon(icon_name),
        variant="default",
        size="xs",
        className="tool",
        **named,
    )


def help_mark(term: str) -> dmc.Tooltip:
    """Return the "?" beside a number: what it is, how it is computed, where it is from."""
    entry = GLOSSARY[term]
    better = {"lower": "Lower is better.", "higher": "Higher is better."}.get(entry.better, "")
    sentence = f"{entry.sentence} {better}".strip()
    card = html.Div(
        [
            html.Div(entry.name, className="help-name"),
            html.Div(sentence),
            html.Div(entry.formula, className="help-formula"),
            html.Div(entry.source, className="help-source"),
        ],
        className="help-card",
    )
    return dmc.Tooltip(
        dmc.UnstyledButton(
            "?",
            className="help-mark",
            **{"aria-label": f"{entry.name}: {sentence}", "data-term": f"term-{term}"},
        ),
        label=card,
        multiline=True,
        w=310,
        withArrow=True,
        events={"hover": True, "focus": True, "touch": True},
    )


def number(panel: str, term: str) -> html.Div:
    """Return one named number with its "?"; the callbacks fill it in."""
    entry = GLOSSARY[term]
    return html.Div(
        [
            html.Div([html.Span(entry.name), help_mark(term)], className="number-name"),
            html.Div("–", id=ids.number(panel, term), className="number-value"),
        ],
        className="number",
    )


def numbers(panel: str, terms: tuple[str, ...]) -> html.Div:
    """Return the row of numbers under a plot."""
    return html.Div([number(panel, term) for term in terms], className="numbers")


def plot(
    name: str, *, label: str, link: str = "", config: dict[str, Any], also: tuple[str, ...] = ()
) -> html.Figure:
    """Return an empty plot with its caption.

    Parameters
    ----------
    name : str
        What ids and callbacks call it.
    label : str
        What a screen reader calls it.
    link : str
        Plots of one page with the same ``link`` zoom together.
    config : dict
        Plotly's, such as ``layout.graph_config.GRAPH_CONFIG``.
    also : tuple of str
        Ids of what else describes it to a screen reader, before what it shows.
    """
    words = [*also, _in_page(ids.described(name))]
    return html.Figure(
        [
            dcc.Store(id=ids.picture(name)),
            html.Div(
                dcc.Graph(
                    id=ids.graph(name),
                    figure={"data": [], "layout": _EMPTY},
                    config=config,
                    className="plot-graph",
                    responsive=True,
                ),
                className="plot-box",
                role="group",
                **{
                    "aria-label": label,
                    "aria-describedby": " ".join(words),
                    "data-link": link,
                },
            ),
            html.P(id=ids.described(name), className="visually-hidden"),
            html.Figcaption(id=ids.caption(name), className="caption"),
        ],
        className="plot",
    )


def _in_page(component_id: dict[str, Any]) -> str:
    """Return an id as its element on the page bears it, so that another one can refer to it."""
    return json.dumps(component_id, sort_keys=True, separators=(",", ":"))


_EMPTY = {
    "xaxis": {"visible": False},
    "yaxis": {"visible": False},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
}


def either(plane: str, line: str) -> list[html.Span]:
    """Return words of which the first are shown for a plane, the others for one column."""
    return [html.Span(plane, className="of-plane"), html.Span(line, className="of-line")]


def panel(title: Any, name: str, children: list[Any], *beside: Any) -> dmc.Paper:
    """Return a card: a title with short facts and ``beside`` it, then ``children``."""
    return dmc.Paper(
        [
            html.Div(
                [
                    html.H2(title, className="panel-title"),
                    html.Span(id=ids.badge(name), className="panel-badge"),
                    dmc.Button(
                        "Reset zoom",
                        className="reset-zoom",
                        size="compact-xs",
                        variant="subtle",
                    ),
                    *beside,
                ],
                className="panel-head",
            ),
            *children,
        ],
        withBorder=True,
        radius="md",
        className=f"panel panel-of-{name}",
    )


def notice(component_id: str) -> html.Div:
    """Return the line that says what to notice; announced when it changes."""
    return html.Div(id=component_id, className="notice", role="status", **{"aria-live": "polite"})
