"""The types of the contract: of its script, of a state, and of the answers that scripts read."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, Final, NotRequired

from gmm_dash.contract import spelt_ids
from gmm_dash.contract.answers import ANSWERS
from gmm_dash.contract.browser import facts
from gmm_dash.contract.script import SAYS, as_json

_BOUNDS: Final = ("low", "high", "longest", "most", "largest")
_TYPES: Final = {str: "string", int: "number", float: "number", bool: "boolean", Any: "unknown"}
_SETTING: Final = (
    "interface ExplorerSetting {",
    "  readonly group: string;",
    "  readonly default: unknown;",
    "  readonly options?: readonly string[];",
    *(f"  readonly {bound}?: number;" for bound in _BOUNDS),
    "}",
)


def declarations() -> str:
    """Return the types of the script, of a state, and of the answers that scripts read."""
    known = facts()
    lines = [SAYS, "", "interface ExplorerState {"]
    lines += [f"  {as_json(key)}: {_of(one['default'])};" for key, one in known["settings"].items()]
    lines += ["}", "type ExplorerKey = keyof ExplorerState;", ""]
    lines += [*_SETTING, ""]
    for answer in ANSWERS:
        lines += [f"interface {answer.__name__} {{", *_fields(answer), "}", ""]
    lines += ["interface ExplorerContract {", "  readonly ids: {"]
    lines += [f"    readonly {n}: {as_json(v)};" for n, v in spelt_ids.constants().items()]
    lines += [f"    {n}({_wanted(f)}): {_made(f)};" for n, f in spelt_ids.functions().items()]
    lines.append("  };")
    lines += [f"  readonly {name}: {_shape(name, value)};" for name, value in known.items()]
    lines += ["}", "interface Window {", "  explorerContract: ExplorerContract;", "}"]
    return "\n".join(lines) + "\n"


def _of(value: Any) -> str:
    """Return the type of a value of which others of its kind may be elsewhere."""
    if isinstance(value, list | tuple):
        return f"{_of(value[0])}[]" if value else "(string | number)[]"
    return _TYPES[type(value)]


def _shape(name: str, value: Any) -> str:
    if name == "keys":
        lists = " ".join(f"readonly {key}: readonly (ExplorerKey | 'scheme')[];" for key in value)
        return f"{{ {lists} }}"
    if name == "settings":
        return "Readonly<Record<ExplorerKey, ExplorerSetting>>"
    if isinstance(value, dict):
        parts = (f"readonly {as_json(key)}: {_shape('', one)};" for key, one in value.items())
        return f"{{ {' '.join(parts)} }}"
    return f"readonly {_of(value)}" if isinstance(value, list | tuple) else _of(value)


def _fields(answer: Any) -> list[str]:
    hints = typing.get_type_hints(answer, include_extras=True)
    return [f"  {name}{_typescript_field(hint)};" for name, hint in hints.items()]


def _typescript_field(hint: Any) -> str:
    optional = typing.get_origin(hint) is NotRequired
    return (
        f"{'?' if optional else ''}: {_typescript(typing.get_args(hint)[0] if optional else hint)}"
    )


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


def _wanted(function: Any) -> str:
    return ", ".join(f"{name}: string" for name in spelt_ids.pattern(function)[0])


def _made(function: Any) -> str:
    _, made = spelt_ids.pattern(function)
    if isinstance(made, str):
        return "string"
    return f"{{ {' '.join(f'{key}: string;' for key in sorted(made))} }}"
