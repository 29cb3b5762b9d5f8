"""The contract as a script, always the same text for the same contract."""

from __future__ import annotations

import json
from typing import Any, Final

from gmm_dash.contract import spelt_ids
from gmm_dash.contract.browser import facts

SAYS: Final = (
    "// Written by `make contract` from gmm_dash/contract and gmm_dash/ids: change it there."
)
_HEAD: Final = f"""{SAYS}
window.explorerContract = (function () {{
  function frozen(value) {{
    if (value && typeof value === "object") {{
      Object.values(value).forEach(frozen);
      Object.freeze(value);
    }}
    return value;
  }}
  return frozen({{
"""


def javascript() -> str:
    """Return the script; its name puts it before all others."""
    lines = ["    ids: {"]
    lines += [f"      {n}: {as_json(value)}," for n, value in spelt_ids.constants().items()]
    lines += [f"      {n}: {spelt_ids.arrow(f)}," for n, f in spelt_ids.functions().items()]
    lines.append("    },")
    for name, value in facts().items():
        if isinstance(value, dict):
            inner = [f"      {as_json(key)}: {as_json(one)}," for key, one in value.items()]
            lines += [f"    {name}: {{", *inner, "    },"]
        else:
            lines.append(f"    {name}: {as_json(value)},")
    return _HEAD + "\n".join(lines) + "\n  });\n})();\n"


def as_json(value: Any) -> str:
    """Return a value as both languages have it."""
    return json.dumps(value, ensure_ascii=False)
