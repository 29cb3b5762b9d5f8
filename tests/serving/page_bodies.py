"""A well-formed body for every output of the real dashboard, with small but real values."""

import json

from gmm_dash import ids
from gmm_dash.state import AppState

FLAT = AppState().to_flat() | {
    "data": "blobs", "n": 40, "k": 2, "n_init": 1, "max_iter": 20, "kmin": 1, "kmax": 2,
    "types": ["diag"], "starts": 20, "draw": 40, "pca": 60.0, "dk": 2, "colors": 2,
}  # fmt: skip
LESSON = {"lesson": "ideal", "part": 0}
PART = {"restart": 0, "folds": 1, "lower_bound": -1.5, "held_sum": -9.5, "held_count": 4}
TABLE = b"x,y,group\n1,2,a\n2,1,b\n3,5,a\n4,4,b\n"


class PageBodies:
    """The bodies that a page of ``app`` may send, by output key.

    Parameters
    ----------
    app : Dash
        Gets a table first, and is asked for rows of both chains.
    """

    def __init__(self, app):
        self._client, self._callbacks = app.server.test_client(), app.callback_map
        key = self._client.post("/tables", data=TABLE).get_json()["key"]
        self._known = _known(key)
        self._flat = FLAT | {"table": key}
        self._rows = {name: self._first_rows(name) for name in ("select", "restarts")}

    def pieces(self):
        """Return what asks for a piece, or for a live picture, by address."""
        asked = {"work": self._flat, "piece": 0, "go": True}
        live = {"/live/compare": {"work": self._flat, "points": True}}
        return live | {f"/pieces/{name}": asked for name in ("select", "restarts", "digits")}

    def all(self):
        """Return a body for every output, also of those that only the browser computes."""
        # what sets nothing bears a digest in place of a name, and only the browser computes it
        return {key: self._body(key) for key in self._callbacks if "." in key}

    def _body(self, key):
        declared = self._callbacks[key]
        changed = [f"{e['id']}.{e['property']}" for e in declared["inputs"][:1]]
        return {
            "output": key,
            "outputs": outputs_of(key),
            "inputs": [self._entry(e) for e in declared["inputs"]],
            "state": [self._entry(e) for e in declared["state"]],
            "changedPropIds": changed,
            "parsedChangedPropsIds": changed,
        }

    def _entry(self, declared):
        name, prop = declared["id"], declared["property"]
        return split(f"{name}.{prop}") | {"value": self._value(name, prop)}

    def _value(self, name, prop):
        if name in self._known:
            return self._known[name]
        if name.startswith("{"):
            return self._of_pattern(json.loads(name))
        return 1 if prop == "n_clicks" else self._flat

    def _of_pattern(self, name):
        if name["kind"] == "chain" and name["name"] in self._rows:
            said = {"notes": ["one"], "finished": True, "waiting": False}
            return {"request": self._flat, "names": ["a"], "rows": self._rows[name["name"]], **said}
        return {"by": 0, "descending": True} if name["kind"] == "table-order" else 1

    def _first_rows(self, name):
        """Return the rows of the first piece of a chain, as the server computes them."""
        asked = {"work": self._flat, "piece": 0, "go": True}
        rows = self._client.post(f"/pieces/{name}", json=asked).get_json()["rows"]
        for kind in {"mixtures"} & rows.keys():  # as costly models come: restart by restart
            rows[kind] += [
                rows[kind][0] | {"n_components": 3} | PART | {"fold": f} for f in (-1, 0)
            ]
        return {kind: [_split(row) for row in some] for kind, some in rows.items()}


def _split(row):
    return {"columns": list(row), "data": [list(row.values())]}


def split(name):
    """Return id and property of a name such as ``'{"kind":"graph"}.figure'``."""
    component, _, prop = name.rpartition(".")
    return {"id": json.loads(component) if component[0] == "{" else component, "property": prop}


def outputs_of(key):
    """Return the outputs that the key of a callback names."""
    several = key.startswith("..")
    found = [split(name) for name in (key[2:-2].split("...") if several else [key])]
    return found if several else found[0]


def _known(table):
    return {
        ids.NAVIGATION: {"search": "?data=blobs&n=40"},
        ids.MOUNT: "select",
        ids.MOUNTED: ["compare"],
        ids.READING: {"key": table, "cols": ["x"], "label": ""},
        ids.DRAW_WANTED: table,
        ids.LESSON_AT: LESSON,
        ids.LESSON_ANSWERED: LESSON | {"answer": "1"},
        ids.SCHEME: "light",
        ids.RESTARTS_PICKED: ["gmm", 1],
    }
