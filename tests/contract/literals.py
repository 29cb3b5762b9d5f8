"""The texts that a source file of either language spells, each with the code around it."""

import ast
import re
from dataclasses import dataclass

HOLE = "§"  # what stands for a value put into a text


@dataclass(frozen=True)
class Literal:
    """One text; ``before`` is the code on its left, ``after`` that on its right."""

    line: int
    text: str
    before: str
    after: str


# What may stand left of a slash that begins a regular expression.
_BEFORE_REGEX = re.compile(r"(^|[(,=:\[!&|?{};])\s*$|\breturn\s*$")


def of_javascript(source):
    """Yield the strings, templates and regular expressions of a script, comments left out."""
    code, i = "", 0
    while i < len(source):
        one, two = source[i], source[i : i + 2]
        if two == "//":
            i = _upto(source, "\n", i)
        elif two == "/*":
            i = source.index("*/", i) + 2
        elif one in "\"'`" or (one == "/" and _BEFORE_REGEX.search(code)):
            end, text, inner = _literal(source, i, one)
            line = source.count("\n", 0, i) + 1
            yield Literal(line, text, code[-200:], source[end : end + 20])
            for start, expression in inner:
                for found in of_javascript(expression):
                    at = source.count("\n", 0, start) + found.line
                    yield Literal(at, found.text, found.before, found.after)
            code += HOLE
            i = end
        else:
            code += one
            i += 1


def _upto(source, mark, start):
    found = source.find(mark, start)
    return len(source) if found < 0 else found


def _literal(source, start, quote):
    """Return where a literal ends, its text with holes, and the expressions in these."""
    text, inner, i, bracket = "", [], start + 1, False
    while bracket or source[i] != quote:
        if source[i] == "\\":
            text += source[i : i + 2]
            i += 2
        elif quote == "`" and source.startswith("${", i):
            end = _closing(source, i + 2)
            inner.append((i + 2, source[i + 2 : end]))
            text += HOLE
            i = end + 1
        else:
            bracket = quote == "/" and (source[i] == "[" or (bracket and source[i] != "]"))
            text += source[i]
            i += 1
    return i + 1, text, inner


def _closing(source, i):
    depth, start = 1, i
    while depth:
        regex = source[i] == "/" and _BEFORE_REGEX.search(source[start:i])
        if source[i] in "\"'`" or regex:
            i = _literal(source, i, source[i])[0]
            continue
        depth += {"{": 1, "}": -1}.get(source[i], 0)
        i += 1
    return i - 1


def of_python(source):
    """Yield ``(literal, node, parents)`` for the strings of a module, docstrings left out."""
    yield from _walk(ast.parse(source), ())


def _walk(node, parents):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        text = _text(child)
        if text is not None:
            yield Literal(child.lineno, text, "", ""), child, (*parents, node)
        yield from _walk(child, (*parents, node))


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or HOLE for part in node.values)
    return None
