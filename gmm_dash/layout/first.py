"""What stands on the page before its scripts have run: the plots where they will be.

It bears the classes of the page itself, so that the one style sheet gives both the same sizes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from gmm_dash import ids, theme
from gmm_dash.explain import GLOSSARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Panel:
    """One card with a plot.

    Attributes
    ----------
    title, badge, caption : str
    svg : str
        What lies between the axes; nothing in an empty plot.
    axes : mapping
        Ranges, titles and ticks, as ``figures.still.axes`` returns them.
    numbers : mapping of str to str
        What the named numbers say.
    """

    title: str = ""
    badge: str = ""
    caption: str = ""
    svg: str = ""
    axes: Mapping[str, Any] | None = None
    numbers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class First:
    """All of it.

    Attributes
    ----------
    panels : tuple of Panel
    style : str
        A style sheet with the colours.
    notice : str
    notes : tuple of str
    classes : str
        Those of the page: whether it is a presentation, and what its link hides.
    whole : bool
        Whether it shows what the page will show: it then stays until that is drawn.
    title : str
        The question over the sentence, at the start.
    """

    panels: tuple[Panel, ...]
    style: str
    notice: str = ""
    notes: tuple[str, ...] = ()
    classes: str = ""
    whole: bool = False
    title: str = ""


def markup(first: First, script: str) -> str:
    """Return the element, hidden from screen readers: what they read comes with the page.

    Parameters
    ----------
    first : First
    script : str
        Address of what draws the axes, and takes all of it away when the page is there.
    """
    classes = f"first {first.classes}".strip()
    main = [
        f'<p class="start-title">{escape(first.title)}</p>' if first.title else "",
        _div("sub-tabs") if any(panel.title for panel in first.panels) else "",
        _div("notice", escape(first.notice)),
        _div("notes", "".join(f"<p>{escape(note)}</p>" for note in first.notes)),
        _div("panels", "".join(_panel(panel) for panel in first.panels)),
    ]
    return (
        f'<div class="{classes}" aria-hidden="true" data-whole="{int(first.whole)}"'
        f' data-main="{ids.MAIN}" data-error="{ids.ERROR}"'
        f" style='font-family:{theme.FONT}'><style>{first.style}</style>"
        '<div class="first-header"><span class="brand">Mixture explorer</span></div>'
        '<div class="first-navbar"></div>'
        f"{_div('first-main', _div('first-stage', *main))}"
        f'</div><script src="{script}"></script>'
    )


def _div(name: str, *inner: str) -> str:
    return f'<div class="{name}">{"".join(inner)}</div>'


def _panel(panel: Panel) -> str:
    axes = escape(json.dumps(panel.axes or {}, ensure_ascii=False, separators=(",", ":")))
    plot = f'<div class="first-plot" data-axes="{axes}">{_div("first-area", panel.svg)}</div>'
    head = f'<span class="panel-title">{escape(panel.title)}</span>' + (
        f'<span class="panel-badge">{escape(panel.badge)}</span>'
    )
    numbers = "".join(_number(*pair) for pair in (panel.numbers or {}).items())
    return _div(
        "panel first-panel",
        _div("panel-head", head),
        _div("plot-box first-box", plot),
        f'<p class="caption">{escape(panel.caption)}</p>',
        _div("numbers", numbers),
    )


def _number(term: str, value: str) -> str:
    name = f'<span>{escape(GLOSSARY[term].name)}</span><span class="help-mark">?</span>'
    return _div("number", _div("number-name", name), _div("number-value", escape(value)))


def plain(parts: Iterable[Any]) -> tuple[str, ...]:
    """Return the words of components, without what is around them."""
    return tuple(_words(part) for part in parts)


def _words(part: Any) -> str:
    inner = getattr(part, "children", part)
    if isinstance(inner, list | tuple):
        return "".join(_words(one) for one in inner)
    return "" if inner is None else str(inner)
