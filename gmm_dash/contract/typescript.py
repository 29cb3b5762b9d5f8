"""The contract as one TypeScript module, always the same text for the same contract."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, Final, NotRequired

from gmm_dash.contract import functions, spelt_ids
from gmm_dash.contract.answers import ANSWERS
from gmm_dash.contract.browser import facts

_HEAD: Final = """// Written by `make contract` from gmm_dash/contract and gmm_dash/ids:
// change it there.

function frozen<const T>(value: T): T {
  if (value && typeof value === "object") {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
"""
_FROZEN: Final = "/* @__PURE__ */ frozen"  # what a script does not use is left out of it
_BOUNDS: Final = ("low", "high", "letters", "longest", "most", "largest")
_TYPES: Final = {str: "string", int: "number", float: "number", bool: "boolean", Any: "unknown"}
_SETTING: Final = (
    "export interface Setting {",
    "  readonly group: string;",
    "  readonly default: unknown;",
    "  readonly options?: readonly string[];",
    *(f"  readonly {bound}?: number;" for bound in _BOUNDS),
    "}",
)
# What a name of `facts` may be used as, where its own values say too little.
_SHAPES: Final = {
    "keys": "Readonly<Record<string, readonly (Key | 'scheme')[]>>",
    "settings": "Readonly<Record<Key, Setting>>",
}


def module() -> str:
    """Return the module: types of a state and of answers, the ids, the facts, the functions."""
    known = facts()
    lines = [_HEAD, *_state(known["settings"]), "", *_SETTING, ""]
    for answer in ANSWERS:
        lines += [f"export interface {answer.__name__} {{", *_fields(answer), "}", ""]
    lines += [f"export const ids = {_FROZEN}({{"]
    lines += [f"  {n}: {as_json(value)}," for n, value in spelt_ids.constants().items()]
    lines += [f"  {n}: {spelt_ids.arrow(f)}," for n, f in spelt_ids.functions().items()]
    lines += ["});", ""]
    for name, value in known.items():
        lines += [*_constant(name, value), ""]
    lines += _functions()
    return "\n".join(lines) + "\n"


def as_json(value: Any) -> str:
    """Return a value as both languages have it."""
    return json.dumps(value, ensure_ascii=False)


def _state(settings: Mapping[str, Any]) -> list[str]:
    fields = [f"  {as_json(key)}: {_of(one['default'])};" for key, one in settings.items()]
    return ["export interface State {", *fields, "}", "export type Key = keyof State;"]


def _constant(name: str, value: Any) -> list[str]:
    shape = f" satisfies {_SHAPES[name]}" if name in _SHAPES else ""
    if not isinstance(value, dict):
        return [f"export const {name} = {_FROZEN}({as_json(value)});"]
    inner = [f"  {as_json(key)}: {as_json(one)}," for key, one in value.items()]
    return [f"export const {name} = {_FROZEN}({{", *inner, f"}}{shape});"]


def _functions() -> list[str]:
    lines = ["// What Dash calls, by namespace: each is there, and nothing else.", ""]
    lines += ["export interface BrowserFunctions {"]
    for namespace, names in functions.FUNCTIONS.items():
        listed = " | ".join(as_json(name) for name in names)
        lines.append(f"  {namespace}: Record<{listed}, (...args: never[]) => unknown>;")
    return [*lines, "}"]


def _of(value: Any) -> str:
    """Return the type of a value of which others of its kind may be elsewhere."""
    if isinstance(value, list | tuple):
        return f"{_of(value[0])}[]" if value else "(string | number)[]"
    return _TYPES[type(value)]


def _fields(answer: Any) -> list[str]:
    hints = typing.get_type_hints(answer, include_extras=True)
    return [f"  {name}{_field(hint)};" for name, hint in hints.items()]


def _field(hint: Any) -> str:
    optional = typing.get_origin(hint) is NotRequired
    inner = typing.get_args(hint)[0] if optional else hint
    return f"{'?' if optional else ''}: {_typescript(inner)}"


def _typescript(hint: Any) -> str:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in {list, Sequence}:
        return f"Array<{_typescript(args[0])}>"
    if origin in {dict, Mapping}:
        return f"Record<string, {_typescript(args[1])}>"
    if origin is tuple:
        return f"[{', '.join(map(_typescript, args))}]"
    if origin is types.UnionType:
        return " | ".join("null" if arg is type(None) else _typescript(arg) for arg in args)
    return _TYPES.get(hint) or str(hint.__name__)
