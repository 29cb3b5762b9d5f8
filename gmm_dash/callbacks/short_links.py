"""Short links: one is made on a press in "Link for a class", with its picture for telephones.

Opening one is a redirection to the long link it stands for, so that nothing else has to know of
them. One that leads nowhere opens the page with a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode

import orjson
from flask import Response, request

from gmm_dash.config import DAY
from gmm_dash.contract import addresses
from gmm_dash.errors import BusyError, GmmDashError, LinkGoneError
from gmm_dash.rooms import Tries, qr

if TYPE_CHECKING:
    from dash import Dash

    from gmm_dash.contract.answers import ShortLink
    from gmm_dash.state import ShortLinks

ENDPOINT: Final = "take_short_link"
OPEN: Final = "open_short_link"
FROM_ONE: Final = 60  # links that one address, and all, may make in a minute
FROM_ALL: Final = 600
TOO_MANY: Final = "There were too many short links within a minute."
GONE: Final = "expired"
AWAY: Final = "away"
_SPENT: Final = {
    GONE: "This short link has expired, or was never made here. Ask whoever gave it to you for "
    "the long link, or for a new one.",
    AWAY: "Short links cannot be reached right now. Open it again in a moment, or use the long "
    "link.",
}


def register(app: Dash, base: str, links: ShortLinks) -> None:
    """Make short links, and open them."""
    made = Tries(FROM_ONE, FROM_ALL, words=TOO_MANY)

    def take() -> Response:
        response = Response(orjson.dumps(_made(links, made)), mimetype="application/json")
        response.cache_control.no_store = True
        return response

    def follow(key: str) -> Response:
        try:
            query = links.get(key)
        except LinkGoneError:
            query = _leads_nowhere(GONE)
        except OSError:
            query = _leads_nowhere(AWAY)
        response = Response(status=302)
        response.headers["Location"] = f"{base}{query}"
        response.autocorrect_location_header = False  # a proxy may have another name for us
        response.cache_control.no_store = True
        return response

    app.server.add_url_rule(f"{base}{addresses.SHORT}", ENDPOINT, take, methods=["POST"])
    app.server.add_url_rule(f"{base}{addresses.SHORT}/<key>", OPEN, follow, methods=["GET"])


def spent(query: str) -> tuple[str, ...]:
    """Return what to say where somebody arrives by a short link that leads nowhere."""
    reasons = parse_qs(query.removeprefix("?")).get(addresses.SPENT, [])
    return tuple(_SPENT[reason] for reason in reasons[:1] if reason in _SPENT)


def _leads_nowhere(reason: str) -> str:
    return f"?{urlencode({addresses.SPENT: reason})}"


def _made(links: ShortLinks, made: Tries) -> ShortLink:
    """Return the key of a link, and its picture; or in words why there is none."""
    asked = request.get_json()
    address = request.remote_addr or ""
    try:
        made.check(address)
        made.count(address)
        key = links.put(asked.get("link"))
        rows = qr.rows(f"{asked.get('page')}{addresses.SHORT}/{key}")
    except GmmDashError as error:
        return {"message": error.sentence}
    except OSError:
        raise BusyError("Short links cannot be stored right now.", seconds=2.0) from None
    return {"key": key, "rows": rows, "days": max(1, links.ttl_seconds // DAY)}
