"""Finds ids that product code spells by itself: they belong to ``gmm_dash.ids`` alone.

Many ids are words of other trades too ("upload" is a data set, "lesson" a URL key). So an id with
a hyphen counts wherever it is not a class of a style sheet, and a plain word where ids go.
"""

import ast
import itertools
import re

from gmm_dash.contract import spelt_ids
from gmm_dash.contract.methods import METHODS
from gmm_dash.state import VIEWS
from tests.contract.literals import HOLE, of_javascript, of_python

CONSTANTS = frozenset(spelt_ids.constants().values())
DISTINCT = frozenset(one for one in CONSTANTS if "-" in one)
_MADE = [spelt_ids.pattern(function) for function in spelt_ids.functions().values()]
KINDS = frozenset(made["kind"] for _, made in _MADE if isinstance(made, dict))
_TEXTS = [(wanted, made) for wanted, made in _MADE if isinstance(made, str)]
_KNOWN = {"view": VIEWS, "part": ("phase", "said", "curve", "formulas")}  # else a method


def _instances():
    for wanted, made in _TEXTS:
        choices = [_KNOWN.get(name, tuple(METHODS)) for name in wanted]
        for values in itertools.product(*choices):
            text = made
            for name, value in zip(wanted, values, strict=True):
                text = text.replace(f"§{name}§", value)
            yield text


INSTANCES = frozenset(_instances())
_PATTERNS = [re.compile(re.sub(r"§\w+§", f"[\\\\w{HOLE}-]+", made)) for _, made in _TEXTS]
PREFIXES = frozenset(made.split("§")[0] for _, made in _TEXTS)

_TAKES_ID = re.compile(
    r"\b(getElementById|find|onPress|set_props|set)\(\s*$|\brefocus\([^)]*$|\.id\s*={1,3}\s*$|\bid:\s*$"
)
_CLASS = re.compile(r"\bclass: $|\bclassName\b[^;]*$|classList[^;]*$")
_KIND = re.compile(r"\bkind\b\W*$")


def _whole(text):
    """Return whether a text is an id, with values put in or without."""
    holes = HOLE in text and any(one.fullmatch(text) for one in _PATTERNS)
    return text in DISTINCT or text in INSTANCES or holes


def _selected(text):
    """Return whether a selector in a text names an id."""
    names = re.findall(rf"#([a-z][\w{HOLE}-]*)", text)
    return any(name in CONSTANTS or _whole(name) for name in names)


def in_javascript(source):
    """Return ``(line, text)`` of every id that a script spells."""
    return [(one.line, one.text) for one in of_javascript(source) if _spelt_in_script(one)]


def _spelt_in_script(one):
    if _selected(one.text) or (one.text in KINDS and _KIND.search(one.before)):
        return True
    if _CLASS.search(one.before):
        return False
    joined = one.text in PREFIXES and one.after.lstrip().startswith("+")
    anchored = one.text.strip("^$\\b") in PREFIXES  # a regular expression
    placed = one.text in CONSTANTS and _TAKES_ID.search(one.before)
    return bool(_whole(one.text) or joined or anchored or placed)


def in_python(source):
    """Return ``(line, text)`` of every id that a module spells."""
    return [
        (one.line, one.text)
        for one, node, parents in of_python(source)
        if _spelt_in_module(one.text, node, parents)
    ]


def _spelt_in_module(text, node, parents):
    parent = parents[-1]
    named = parent.arg if isinstance(parent, ast.keyword) else ""
    if named in {"className", "class_name"} or isinstance(parent, ast.JoinedStr):
        return False
    if isinstance(parent, ast.Dict) and node in parent.values:
        key = parent.keys[parent.values.index(node)]
        if isinstance(key, ast.Constant) and key.value == "kind" and text in KINDS:
            return True
    called = getattr(parent.func, "id", "") if isinstance(parent, ast.Call) else ""
    wired = called in {"Input", "Output", "State"} and parent.args[:1] == [node]
    linked = named == "href" and _selected(text)
    return bool(named in {"id", "component_id"} or wired or linked or _whole(text))
