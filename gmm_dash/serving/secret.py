"""The key behind unguessable table links: given, or made once and kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from gmm_dash.config import ConfigError
from gmm_dash.serving import logs

if TYPE_CHECKING:
    from gmm_dash.config import Config

NAME = ".secret"


def signing_key(config: Config) -> bytes:
    """Return the secret that table keys are made with.

    Given in the settings, it is used as it is. Otherwise it is made at the first start and
    kept, readable by its owner only, in the folder of the tables, so that it outlives a
    restart and is the same for all workers. A folder that cannot be written leaves a
    secret that lives as long as this process: old links still open, since a key is a name.

    Raises
    ------
    ConfigError
        When tables are in a shared place and no secret is given: replicas would differ.
    """
    if config.secret:
        return config.secret.encode()
    if "://" in config.store and not config.store.startswith("file://"):
        raise ConfigError(
            "GMM_DASH_SECRET is not set, but GMM_DASH_STORE is shared by several servers.",
            hint="Give every server the same secret of at least 32 characters.",
        )
    folder = Path(config.store.removeprefix("file://")).expanduser()
    try:
        return _kept(folder)
    except OSError as error:
        logs.LOGGER.warning(logs.line("secret_not_kept", error=type(error).__name__))
        return secrets.token_bytes(32)


def _kept(folder: Path) -> bytes:
    """Return the secret in ``folder``; the first process to come makes it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    draft = folder / f"{NAME}.{secrets.token_hex(8)}"
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_hex(32).encode())
            _link_if_absent(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return _long_enough(path.read_bytes())


def _link_if_absent(draft: Path, path: Path) -> None:
    """Give ``draft`` its final name, unless another process was first; never half written."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return


def _long_enough(secret: bytes) -> bytes:
    """Return ``secret``; one that was cut short on the disk is not used."""
    if len(secret) < 32:
        raise OSError("The kept secret is too short.")
    return secret
