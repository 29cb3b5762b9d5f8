"""The key behind unguessable links: given, or made once and kept; never replaced under tables.

It lives in a folder of its own inside the store, ``secret``, which no sweep looks into. A
fingerprint beside it tells a start with another secret from one with the same: links to
tables that are stored would all break, so such a start is refused.
"""

from __future__ import annotations

import contextlib
import hmac
import logging
import os
import re
import secrets
from pathlib import Path
from typing import Final

from gmm_dash.config import ConfigError
from gmm_dash.files.folder import Folder
from gmm_dash.files.shelf import KEY

FOLDER: Final = "secret"
KEY_FILE: Final = "key"
FINGERPRINT_FILE: Final = "fingerprint"
FORMER: Final = ".secret"  # where version 0.1 kept it, beside the tables
SHORTEST: Final = 32
_PURPOSE: Final = b"gmm-dash secret fingerprint 1\0"
_TABLE: Final = re.compile(KEY.pattern + r"\.(parquet|png)")
_PLACES: Final = ("", "/images")  # where stored files are, below the store
logger = logging.getLogger(__name__)


class Secret:
    """The secret of one store.

    Parameters
    ----------
    store : str
        Where tables are kept: a folder or any fsspec URL.
    given : str
        The secret from the settings; empty to use the one that is kept in the store, which
        the first process to come makes.

    Raises
    ------
    ConfigError
        When stored files were signed with another secret, or one that is lost; or when the
        store is shared by several servers and no secret is given.
    """

    def __init__(self, store: str, given: str = "") -> None:
        self._store, self._given = store, given
        if not given and "://" in store and not store.startswith("file://"):
            raise ConfigError(
                "GMM_DASH_SECRET is not set, but GMM_DASH_STORE is shared by several servers.",
                hint="Give every server the same secret of at least 32 characters.",
            )
        self.value = given.encode() if given else self._found()
        try:
            if not given:
                self.value = _made_once(self._path(), self.value)  # or another process's
            self._refuse_another()
            self.keep()
        except OSError as error:  # nothing can be stored then, but what is built in works
            logger.warning('event=secret_not_kept error="%s"', type(error).__name__)

    def keep(self) -> None:
        """Make sure that the next start finds this secret; called before anything is stored.

        Raises
        ------
        OSError
            When it cannot be written, or the store holds another one.
        """
        if not self._given and _made_once(self._path(), self.value) != self.value:
            raise OSError("The store holds another secret.")
        known = self._known()
        if known is None:
            Folder(self._place()).write(FINGERPRINT_FILE, self._fingerprint())
        elif known != self._fingerprint():
            raise OSError("The store holds the fingerprint of another secret.")

    def _refuse_another(self) -> None:
        """Raise ``ConfigError`` when stored files were signed with another secret.

        A store of version 0.1 has no fingerprint: nothing is known, so the secret is believed.
        """
        if self._known() in (None, self._fingerprint()):
            return
        count = self._stored()
        if count:
            raise ConfigError(
                f"GMM_DASH_SECRET is not the secret that the {count:,} files stored in "
                f"{self._store} were signed with.",
                hint="Set it as it was before, or unset it if it was not set; or move the folder "
                "away if the links to those tables may break.",
            )
        Folder(self._place()).remove(FINGERPRINT_FILE)

    def _known(self) -> bytes | None:
        """Return the fingerprint in the store, or None when there is none yet."""
        try:
            return Folder(self._place()).read(FINGERPRINT_FILE)
        except FileNotFoundError:
            return None

    def _found(self) -> bytes:
        """Return the kept secret, or a new one where none was lost."""
        path = self._path()
        problem = f"{path} is missing"
        for place in (path, path.parents[1] / FORMER):
            try:
                kept = place.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                problem = f"{place} cannot be read ({error.strerror})"
                break
            if len(kept) >= SHORTEST:
                return kept
            problem = f"{place} is cut short"
            break
        if self._stored():
            raise self._lost(problem)
        if problem.endswith("cut short"):
            with contextlib.suppress(OSError):
                path.unlink()  # nothing was signed with it
        return secrets.token_hex(SHORTEST).encode()

    def _lost(self, reason: str) -> ConfigError:
        return ConfigError(
            f"The secret that signs the tables in {self._store} is lost: {reason}.",
            hint="Put the file back from a backup, or set GMM_DASH_SECRET to what it held. If the "
            "links to those tables may break, move the folder away and start again.",
        )

    def _stored(self) -> int:
        """Return how many tables and images are stored, as far as that can be seen."""
        count = 0
        for place in _PLACES:
            try:
                files = Folder(self._store.rstrip("/") + place).files()
            except OSError:
                continue
            count += sum(_TABLE.fullmatch(file.name) is not None for file in files)
        return count

    def _fingerprint(self) -> bytes:
        return hmac.digest(self.value, _PURPOSE, "sha256").hex().encode()

    def _place(self) -> str:
        return f"{self._store.rstrip('/')}/{FOLDER}"

    def _path(self) -> Path:
        return Path(self._place().removeprefix("file://")).expanduser() / KEY_FILE


def _made_once(path: Path, secret: bytes) -> bytes:
    """Return what ``path`` holds: ``secret``, unless another process was first."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(secret)
                file.flush()
                os.fsync(file.fileno())
            _name_once(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path.read_bytes()


def _name_once(draft: Path, path: Path) -> None:
    """Give ``draft`` its final name, unless another process was first; never half written."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without links: a rename is all or nothing, too
        if not path.exists():
            draft.replace(path)
