"""The layers of the package, drawn from the rule that the linter checks."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import Final

_RULES: Final = Path(__file__).parents[1] / "pyproject.toml"
_WIDTH, _HEIGHT, _GAP = 720, 44, 10  # of a floor, and between two, in pixels


def floors() -> tuple[tuple[str, ...], ...]:
    """Return the names on each floor of ``gmm_dash``, uppermost first."""
    rules = tomllib.loads(_RULES.read_text())["tool"]["importlinter"]["contracts"]
    house = next(rule for rule in rules if rule.get("containers") == ["gmm_dash"])
    return tuple(tuple(room.strip(" ()") for room in floor.split("|")) for floor in house["layers"])


def drawing() -> str:
    """Return the floors as one SVG element that takes the colours of the page around it."""
    house = floors()
    parts = []
    for i, rooms in enumerate(house):
        wide = (_WIDTH - _GAP * (len(rooms) - 1)) / len(rooms)
        for j, room in enumerate(rooms):
            x, y = j * (wide + _GAP), i * (_HEIGHT + _GAP)
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{_HEIGHT}" rx="6"/>'
                f'<text x="{x + wide / 2:.1f}" y="{y + _HEIGHT / 2 + 5}">{escape(room)}</text>'
            )
    tall = len(house) * (_HEIGHT + _GAP) - _GAP
    said = "; under it ".join(", ".join(rooms) for rooms in house)
    return (
        f'<svg class="layers" viewBox="-1 -1 {_WIDTH + 2} {tall + 2}" role="img" '
        f'aria-label="The layers from the top: {escape(said)}." '
        'style="width:100%;max-width:45rem;font:15px var(--md-code-font-family,monospace);'
        'fill:currentColor;text-anchor:middle">'
        '<g style="stroke:currentColor">'
        f"<style>.layers rect{{fill:none;stroke-opacity:.5}}.layers text{{stroke:none}}</style>"
        f"{''.join(parts)}</g></svg>"
    )
