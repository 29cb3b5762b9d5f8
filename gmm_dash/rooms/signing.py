"""Codes to be typed, keys to be asked by, and tokens that say who asks; only digests are stored.

A code is short, so it opens the door only once: whoever joins with it gets the room's key, which
cannot be guessed, and a token of their own. The teacher has another token. Keys and members'
tokens follow from the server's secret; of the teacher's token the room keeps a digest.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from typing import Final

# No vowels, so that no words arise, and neither I, O nor Q, which look like others.
LETTERS: Final = "BCDFGHJKLMNPRSTVWXYZ"
LENGTH: Final = 6
KEY: Final = re.compile(r"[A-Za-z0-9_-]{32}")
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{48}")
_CODE: Final = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
_NONCE: Final = 16  # characters of a member's token that are random; the rest is their seal


def new_code() -> str:
    """Return six random letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: object) -> str:
    """Return the code that somebody has typed, in any case and spacing; empty when it is none."""
    if not isinstance(text, str) or len(text) > 60:
        return ""
    plain = re.sub(r"[\s-]", "", text).upper()
    return plain if _CODE.fullmatch(plain) else ""


class Signer:
    """What follows from the server's secret.

    Parameters
    ----------
    secret : bytes
        The same for all processes that serve a room.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def key(self, code: str) -> str:
        """Return the key of the room that a code opens."""
        return self._text("key", code, 24)

    def folder(self, key: str) -> str:
        """Return what the room of a key is called in the store."""
        return self._digest("folder", key)[:16].hex()

    def teacher(self) -> tuple[str, str]:
        """Return a new teacher's token, and what the room keeps of it."""
        token = base64.urlsafe_b64encode(secrets.token_bytes(36)).decode()
        return token, self.seal(token)

    def seal(self, token: str) -> str:
        """Return what a room keeps of a teacher's token."""
        return self._digest("teacher", token).hex()

    def is_teacher(self, token: object, seal: str) -> bool:
        """Return whether a token is the one that was sealed."""
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return False
        return hmac.compare_digest(self.seal(token), seal)

    def member(self, key: str) -> str:
        """Return a new token of somebody in the room of a key."""
        nonce = base64.urlsafe_b64encode(secrets.token_bytes(12)).decode()
        return nonce + self._text("member", key + nonce, 24)

    def name_of(self, key: str, token: object) -> str:
        """Return what a member is called in the store; empty when the token is not of this room."""
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return ""
        nonce = token[:_NONCE]
        good = hmac.compare_digest(token[_NONCE:], self._text("member", key + nonce, 24))
        return self._digest("name", key + nonce)[:12].hex() if good else ""

    def _text(self, purpose: str, said: str, length: int) -> str:
        return base64.urlsafe_b64encode(self._digest(purpose, said)[:length]).decode()

    def _digest(self, purpose: str, said: str) -> bytes:
        return hmac.digest(self._secret, f"gmm-dash class {purpose} 1\0{said}".encode(), "sha256")
