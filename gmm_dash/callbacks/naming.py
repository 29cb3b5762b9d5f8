"""Names of groups that are too long for a link: the page sends one, and gets what its link has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
from flask import Response, request

from gmm_dash.callbacks.asked import read
from gmm_dash.contract import addresses
from gmm_dash.errors import BusyError, GmmDashError, StateError
from gmm_dash.rooms import Tries
from gmm_dash.state import names_of

if TYPE_CHECKING:
    from dash import Dash

    from gmm_dash.contract.answers import KeptNames
    from gmm_dash.state import StoredNames

ENDPOINT: Final = "take_names"
FROM_ONE: Final = 120  # names that one address, and all, may give in a minute
FROM_ALL: Final = 1_200
TOO_MANY: Final = "There were too many names within a minute."


def register(app: Dash, base: str, stored: StoredNames) -> None:
    """Keep names."""
    made = Tries(FROM_ONE, FROM_ALL, words=TOO_MANY)

    def take() -> Response:
        response = Response(orjson.dumps(_kept(stored, made)), mimetype="application/json")
        response.cache_control.no_store = True
        return response

    app.server.add_url_rule(f"{base}{addresses.NAMES}", ENDPOINT, take, methods=["POST"])


def _kept(stored: StoredNames, made: Tries) -> KeptNames:
    """Return what the link has for the names, one of them anew; or in words why not."""
    asked = request.get_json()
    address = request.remote_addr or ""
    try:
        made.check(address)
        made.count(address)
        number, name = asked.get("number"), asked.get("name")
        if type(number) is not int or not isinstance(name, str):
            raise StateError("The page sent a name that cannot be read.", hint="Reload the page.")
        state, _ = read({"names": asked.get("names")})
        names, _ = names_of(state, stored)
        return {"names": list(stored.setting(names | {number: name.strip()}))}
    except GmmDashError as error:
        return {"message": error.sentence}
    except OSError:
        raise BusyError("Names cannot be stored right now.", seconds=2.0) from None
