"""The answers to one question: an object of each member's own, and who is here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import orjson

from gmm_dash.errors import RoomError
from gmm_dash.files.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.files.folder import StoredFile
    from gmm_dash.rooms.questions import Answer, Question

_MEMBER: Final = re.compile(r"[0-9a-f]{24}")  # all else is unfinished, or not ours
HERE_FOR: Final = 50.0  # seconds that somebody counts as present after the last sign


class Answers:
    """The answers in one folder; what was read is read again only when it has changed."""

    def __init__(self, url: str) -> None:
        self._folder = Folder(url)
        self._known: dict[str, tuple[float, Answer]] = {}

    def put(self, member: str, answer: Answer) -> None:
        """Keep a member's answer, in place of an earlier one.

        Raises
        ------
        OSError
            When it cannot be written.
        """
        self._folder.write(member, orjson.dumps(answer, default=list))

    def of(self, question: Question, *, anew: bool = False) -> list[Answer]:
        """Return the answers there are, those aside that the question does not allow."""
        files = {file.name: file.modified for file in _members(self._folder)}
        known = {} if anew else self._known
        unread = [n for n, t in files.items() if n not in known or known[n][0] != t]
        fresh = {}
        for name, data in self._folder.read_many(unread).items():
            answer = _read(question, data)
            if answer is not None:
                fresh[name] = (files[name], answer)
        self._known = {name: kept for name, kept in (known | fresh).items() if name in files}
        return [answer for _, answer in self._known.values()]


class Presence:
    """Who gives signs of life: one empty file each, by its time."""

    def __init__(self, url: str) -> None:
        self._folder = Folder(url)

    def sign(self, member: str) -> None:
        """Note that a member is here."""
        self._folder.write(member, b"")

    def leave(self, member: str) -> None:
        """Note that a member is here no more."""
        self._folder.remove(member)

    def everybody(self) -> int:
        """Return how many have ever given a sign and not left."""
        return sum(_MEMBER.fullmatch(name) is not None for name in self._folder.names())

    def count(self, since: float) -> int:
        """Return how many have given a sign since a time in seconds since 1970."""
        return sum(file.modified >= since for file in _members(self._folder))


def _members(folder: Folder) -> Iterator[StoredFile]:
    return (file for file in folder.files() if _MEMBER.fullmatch(file.name))


def _read(question: Question, data: bytes) -> Answer | None:
    try:
        return question.answer(orjson.loads(data))
    except (ValueError, RoomError):
        return None  # an unfinished file, or one that somebody else has put there
