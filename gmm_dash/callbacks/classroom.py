"""The addresses of the class board: plain JSON, asked for again and again by a whole class.

They do not queue and are not remembered with other answers: what a class asks for costs next to
nothing, and changes; only where a pupil's start ends has to be computed, and waits its turn. What
a person has to be told comes as ``message``, with ``over`` when the class has ended. With no
password set there are none of these addresses.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
from dash import Dash
from flask import Response, abort, request

from gmm_dash.callbacks.asking import question_of
from gmm_dash.callbacks.pooling import Turn, ended
from gmm_dash.contract import addresses
from gmm_dash.errors import BusyError, GmmDashError, RoomError
from gmm_dash.rooms import Rooms, Tries, WrongCodeError, qr
from gmm_dash.rooms.starts import Start
from gmm_dash.state import from_query

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.rooms.room import Room

ENDPOINT: Final = "take_class"
LOOK: Final = "show_class"
LONGEST_LINK: Final = 4_000
ANSWERS: Final = 20  # of one member within a minute, and of all in all rooms
ALL_ANSWERS: Final = 20_000
SIGNS: Final = 60
TOO_MANY: Final = "This page has sent too many answers."
WRONG_PASSWORD: Final = "This is not the password for classes."
Asked: TypeAlias = Mapping[str, Any]
Act: TypeAlias = Callable[[Asked], Mapping[str, Any]]


def register(app: Dash, pipeline: Pipeline, rooms: Rooms, turn: Turn) -> None:
    """Answer requests about classes, if a password for them is set.

    Parameters
    ----------
    app : Dash
    pipeline : Pipeline
    rooms : Rooms
    turn : callable
        Waits for a slot among what a worker computes; takes the name of the work.
    """
    config = pipeline.config
    if not config.class_password:
        return
    acts = _at_the_door(rooms, config.class_password)
    acts |= _of_members(rooms, pipeline, turn) | _of_teachers(rooms, pipeline)

    def take(act: str) -> Response:
        if act not in acts:
            abort(404)
        return _answer(lambda: acts[act](request.get_json()))

    def look(key: str) -> Response:
        return _polled(lambda: rooms.room(key).board().public())

    base = f"{config.base_path}{addresses.CLASS}/"
    app.server.add_url_rule(f"{base}<act>", ENDPOINT, take, methods=["POST"])
    app.server.add_url_rule(f"{base}{addresses.ROOM}/<key>", LOOK, look, methods=["GET"])


def _at_the_door(rooms: Rooms, password: str) -> dict[str, Act]:
    passwords, codes = Tries(), Tries()

    def open_room(asked: Asked) -> Mapping[str, Any]:
        passwords.check(_address())
        if not _same(asked.get("password"), password):
            passwords.count(_address())
            raise RoomError(WRONG_PASSWORD)
        code, key, token = rooms.open()
        return {"code": code, "key": key, "token": token}

    def join(asked: Asked) -> Mapping[str, Any]:
        codes.check(_address())
        try:
            key, token = rooms.enter(asked.get("code"))
        except WrongCodeError:
            codes.count(_address())
            raise
        return {"key": key, "token": token}

    return {"open": open_room, "join": join}


def _of_members(rooms: Rooms, pipeline: Pipeline, turn: Turn) -> dict[str, Act]:
    answers = Tries(ANSWERS, ALL_ANSWERS, words=TOO_MANY)
    signs = Tries(SIGNS, ALL_ANSWERS, words="This page has sent too many signs of life.")

    def here(asked: Asked) -> Mapping[str, Any]:
        room, member = rooms.member(asked.get("key"), asked.get("token"))
        _counted(signs, member)
        room.sign(member, follows=asked.get("follows") is True)
        return {}

    def answer(asked: Asked) -> Mapping[str, Any]:
        room, member = rooms.member(asked.get("key"), asked.get("token"))
        _counted(answers, member)
        said = room.answer(
            member,
            asked.get("asked"),
            asked.get("answer"),
            lambda base, found: ended(base, found, pipeline, turn),
        )
        return {"ends": said[-2:]} if isinstance(said, Start) else {}

    return {"here": here, "answer": answer}


def _counted(tries: Tries, member: str) -> None:
    """Count what a member does: each is a file that is written, or a start that is computed."""
    tries.check(member)
    tries.count(member)


def _of_teachers(rooms: Rooms, pipeline: Pipeline) -> dict[str, Act]:
    def taught(do: Callable[[Room, Asked], object]) -> Act:
        def act(asked: Asked) -> Mapping[str, Any]:
            room = rooms.taught(asked.get("key"), asked.get("token"))
            do(room, asked)
            return room.desk()

        return act

    def picture(asked: Asked) -> Mapping[str, Any]:
        rooms.taught(asked.get("key"), asked.get("token"))
        return {"rows": qr.rows(asked.get("link"))}

    return {
        "desk": taught(lambda *_: None),
        "show": taught(lambda room, asked: room.show(_link(asked), asked.get("mark"))),
        "ask": taught(
            lambda room, asked: room.ask(
                question_of(asked.get("question"), pipeline), asked.get("mark")
            )
        ),
        "reveal": taught(lambda room, _: room.reveal()),
        "explain": taught(lambda room, _: room.explain()),
        "done": taught(lambda room, _: room.done()),
        "close": taught(lambda room, _: room.close()),
        "qr": picture,
    }


def _link(asked: Asked) -> str:
    """Return a state's query, or raise ``RoomError``: a class is shown no broken page."""
    link = asked.get("link")
    good = isinstance(link, str) and link.startswith("?") and len(link) <= LONGEST_LINK
    if not good or from_query(str(link))[1]:
        raise RoomError(
            "This state cannot be read.", hint="The class still sees the one that was shown before."
        )
    return str(link)


def _same(given: object, password: str) -> bool:
    """Compare in a time that does not depend on how much is right."""
    said = given if isinstance(given, str) else ""
    digests = [hashlib.sha256(text.encode(errors="replace")).digest() for text in (said, password)]
    return hmac.compare_digest(*digests)


def _address() -> str:
    return request.remote_addr or ""


def _answer(act: Callable[[], Mapping[str, Any]]) -> Response:
    response = _json(_words(act))
    response.cache_control.no_store = True
    return response


def _polled(look: Callable[[], Mapping[str, Any]]) -> Response:
    """Return what is new, or 204; the same for all who ask, so whoever is between may keep it."""
    said = _words(look)
    known = said.get("version") == request.args.get(addresses.AFTER, "")
    response = _nothing() if known else _json(said)
    response.cache_control.public = True
    response.cache_control.max_age = 1
    return response


def _nothing() -> Response:
    response = Response(status=204)
    del response.headers["Content-Type"]  # else nothing would be compressed, and said to be so
    return response


def _words(act: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what an act answers, or in words why it does not."""
    try:
        return act()
    except RoomError as error:
        return {"message": error.sentence, "over": error.over}
    except BusyError:
        raise
    except GmmDashError as error:
        return {"message": error.sentence, "over": False}
    except OSError:
        raise BusyError("The class cannot be reached right now.", seconds=2.0) from None


def _json(said: Mapping[str, Any]) -> Response:
    return Response(orjson.dumps(said), mimetype="application/json")
