"""Deployment settings: every place and every limit, read once from the environment.

A setting is declared once, as a field of :class:`Config`. Its variable is ``GMM_DASH_`` and
the field's name in capitals; its bounds, its help and its row in ``docs/limits.md`` come
from the same declaration.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from gmm_dash.setting import PREFIX, ConfigError, variable
from gmm_dash.setting import check as _check
from gmm_dash.setting import number as _number
from gmm_dash.setting import parse as _parse
from gmm_dash.setting import text as _text
from gmm_dash.setting import wanted as _wanted

__all__ = [
    "ADDRESS",
    "DAY",
    "NOT_ADDRESSES",
    "OWNERS",
    "PREFIX",
    "RETIRED",
    "Config",
    "ConfigError",
    "addresses_in",
    "default_of",
    "default_store",
    "limits_table",
    "variable",
]

DAY: Final = 86_400  # seconds
# What is larger where somebody opens a large table on their own machine.
OWNERS: Mapping[str, int | float] = MappingProxyType(
    {"all_rows": 10_000_000, "fit_seconds": 120.0, "cache_bytes": 2_000_000_000}
)
RETIRED: frozenset[str] = frozenset()  # settings that are no more, and may still be set somewhere
# Places that are no addresses of a table elsewhere: this machine's own, and what wraps others.
NOT_ADDRESSES = (
    *("file", "local", "asynclocal", "dir", "data", "reference", "git", "root"),
    *("simplecache", "filecache", "blockcache", "cached", "asyncwrapper", "generic"),
    *("zip", "tar", "libarchive", "rar", "7z"),
)
# One address: no other protocol inside, no step up, nothing that is a pattern, a password or coded.
ADDRESS = (
    rf"(?!(?:{'|'.join(NOT_ADDRESSES)})://)[a-z][a-z0-9+.-]*://"
    r"(?!\S*(?:::|//))(?!(?:\S*/)?\.\.?(?:/|\s|$))(?!/)[^\s\x00-\x1f\x7f\\%?#*@\[\]{}|<>\"]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the person who runs the dashboard may change.

    Sizes are in bytes and durations in seconds unless the name says otherwise.

    Raises
    ------
    ConfigError
        When a value is of the wrong kind or out of bounds; the message names the variable.
    """

    base_path: str = field(
        default="/",
        metadata=_text(
            r"/([A-Za-z0-9._~-]+/)*",
            "a path such as /gmm/",
            "URL prefix behind a proxy; slashes at both ends are added when missing.",
        ),
    )
    store: str = field(
        default="",
        metadata=_text(
            r"[^\x00-\x1f]*",
            "a folder or an fsspec URL such as s3://bucket/tables",
            "Where uploaded tables are kept: a folder or any fsspec URL. "
            "Empty: a folder in the user's cache, or in the temporary folder when there is none.",
        ),
    )
    secret: str = field(
        default="",
        repr=False,
        metadata=_text(
            r"(.{32,})?",
            "at least 32 characters",
            "Key that makes table links unguessable; the same on every replica. "
            "Empty: made once and kept, readable by its owner only, in the folder secret of the "
            "local table folder. Stored tables open with the secret they were stored with alone.",
        ),
    )
    upload_bytes: int = field(
        default=20_000_000,
        metadata=_number(1_000, 1_000_000_000, "Largest file a user may upload."),
    )
    callback_bytes: int = field(
        default=2_000_000,
        metadata=_number(
            100_000, 1_000_000_000, "Largest request of the page's controls; files go apart."
        ),
    )
    upload_seconds: int = field(
        default=20,
        metadata=_number(1, 600, "Time one uploaded file may take to be read."),
    )
    upload_memory_mb: int = field(
        default=768,
        metadata=_number(
            256, 65_536, "Megabytes the process that reads a file gets beyond its start."
        ),
    )
    upload_unpacked_bytes: int = field(
        default=100_000_000,
        metadata=_number(
            1_000_000, 10**11, "Size of a packed file (Excel, OpenDocument, Parquet) once unpacked."
        ),
    )
    uploads_at_once: int = field(
        default=2,
        metadata=_number(1, 64, "Files read at the same time on this machine; others wait."),
    )
    upload_queue_seconds: int = field(
        default=20,
        metadata=_number(1, 600, "Time a file waits for its turn to be read."),
    )
    table_rows: int = field(
        default=1_000_000,
        metadata=_number(10, 100_000_000, "Rows an uploaded table may have."),
    )
    table_columns: int = field(
        default=256,
        metadata=_number(1, 10_000, "Columns an uploaded table may have."),
    )
    table_cells: int = field(
        default=3_000_000,
        metadata=_number(100, 10**10, "Cells an uploaded table may have: rows times columns."),
    )
    table_bytes: int = field(
        default=32_000_000,
        metadata=_number(100_000, 10**11, "Memory an uploaded table may take once it is read."),
    )
    store_quota_bytes: int = field(
        default=2_000_000_000,
        metadata=_number(
            1_000_000, 10**15, "Space for all stored tables; then the least used are removed."
        ),
    )
    store_ttl_seconds: int = field(
        default=30 * DAY,
        metadata=_number(60, 10 * 365 * DAY, "Time a stored table is kept after its last use."),
    )
    head_seconds: float = field(
        default=10.0,
        metadata=_number(0.1, 600, "Time a request may take from its first byte to its body."),
    )
    body_seconds: float = field(
        default=30.0,
        metadata=_number(
            0.1,
            600,
            "Time the body of a request may take; it may take longer while it brings "
            "20 kB a second.",
        ),
    )
    fit_seconds: float = field(
        default=20.0,
        metadata=_number(
            0.1,
            3_600,
            "Processor time one request may spend on fits: refused when estimated above it, "
            "stopped when above it in fact.",
        ),
    )
    fit_rows: int = field(
        default=50_000,
        metadata=_number(
            10, 10_000_000, "Rows that starts are searched in; of a longer table a random sample."
        ),
    )
    all_rows: int = field(
        default=200_000,
        metadata=_number(
            10,
            100_000_000,
            "Rows that models of Compare, Density, How many? and Restarts may end on: a longer "
            "table than "
            "GMM_DASH_FIT_ROWS is searched in its sample, and up to this many rows the answer is "
            "of all.",
        ),
    )
    open_cells: int = field(
        default=100_000_000,
        metadata=_number(
            100,
            10**11,
            "Cells of a table that is opened from disk, by its name on the command line or in a "
            "notebook: rows times the columns that are read.",
        ),
    )
    sources: str = field(
        default="",
        metadata=_text(
            rf"({ADDRESS}(?: +{ADDRESS})*)?",
            "addresses separated by spaces, such as s3://bucket/tables/, none on this machine",
            "Below these addresses tables in many Parquet files may be opened from the page, with "
            "the credentials of the server. Empty: nobody can type an address.",
        ),
    )
    sources_write: str = field(
        default="",
        metadata=_text(
            rf"({ADDRESS}(?: +{ADDRESS})*)?",
            "addresses separated by spaces, such as s3://bucket/labels/, none on this machine",
            "Below these addresses whoever reaches the page may write labels of all rows of such a "
            "table, where there is nothing yet, with the credentials of the server. Empty: nobody.",
        ),
    )
    source_seconds: int = field(
        default=30,
        metadata=_number(
            1, 600, "Time that a table at a typed address may take until its sample is drawn."
        ),
    )
    plot_points: int = field(
        default=20_000,
        metadata=_number(
            100,
            1_000_000,
            "Points that a plot of Compare draws; of more, so many that every part of the plot "
            "keeps its share.",
        ),
    )
    cache_bytes: int = field(
        default=64_000_000,
        metadata=_number(
            0,
            10**11,
            "Kept in memory, per worker: a quarter for answers, a half for fitted results, a "
            "quarter for tables; 0 keeps none.",
        ),
    )
    health_seconds: float = field(
        default=5.0,
        metadata=_number(0, 600, "Time an answer of /healthz is reused."),
    )
    frame_ancestors: str = field(
        default="'self'",
        metadata=_text(
            r"[^;,\x00-\x1f]+",
            "origins separated by spaces, such as 'self' https://lms.example.org",
            "Pages that may show the dashboard in a frame (Content-Security-Policy).",
        ),
    )
    class_password: str = field(
        default="",
        repr=False,
        metadata=_text(
            r"(.{8,})?",
            "at least 8 characters",
            "Password with which a teacher opens a class; empty: there is no class board.",
        ),
    )
    class_size: int = field(
        default=400,
        metadata=_number(2, 2_000, "How many may join one class."),
    )
    trusted_proxies: int = field(
        default=0,
        metadata=_number(0, 10, "Proxies in front whose X-Forwarded headers are believed."),
    )
    scheduler: str = field(
        default="",
        metadata=_text(
            r"((tcp|tls|ws|wss|inproc)://\S+)?",
            "an address such as tcp://scheduler:8786",
            "Dask scheduler for long work; empty: this machine.",
        ),
    )
    metrics: bool = field(
        default=False,
        metadata={"help": "Serve Prometheus metrics at /metrics."},
    )
    log_level: str = field(
        default="info",
        metadata=_text(
            r"debug|info|warning|error",
            "one of debug, info, warning, error",
            "Least severe message written to the log.",
        ),
    )

    def __post_init__(self) -> None:
        """Fill in the default folder, then check every value."""
        object.__setattr__(self, "store", self.store or default_store())
        for declared in fields(self):
            _check(declared, getattr(self, declared.name))

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Return the settings in ``environ``; an unset or empty variable is the default.

        Raises
        ------
        ConfigError
            When a value cannot be used, or a variable with our prefix is not a setting.
        """
        known = {variable(declared.name): declared for declared in fields(cls)}
        for name in environ:
            if name.startswith(PREFIX) and name not in known and name not in RETIRED:
                raise ConfigError(
                    f"{name} is not a setting of the dashboard.",
                    hint="docs/limits.md lists all of them.",
                )
        given = {
            declared.name: _parse(declared, environ[name].strip())
            for name, declared in known.items()
            if environ.get(name, "").strip()
        }
        given.setdefault("store", default_store(environ))
        return cls(**given)

    def for_owner(self, environ: Mapping[str, str] = os.environ) -> Self:
        """Return the settings for whoever opens a large table of their own on their own machine.

        What ``environ`` sets stays as it is; the rest of ``OWNERS`` is raised.
        """
        larger = {
            name: max(value, getattr(self, name))
            for name, value in OWNERS.items()
            if not environ.get(variable(name), "").strip()
        }
        return replace(self, **larger)

    @property
    def body_limit(self) -> int:
        """Largest request body of any kind, in bytes."""
        return max(self.upload_bytes, self.callback_bytes)


def addresses_in(setting: str) -> tuple[str, ...]:
    """Return the addresses that a setting lists, separated by spaces."""
    return tuple(setting.split())


def default_of(name: str) -> Any:
    """Return the default of one setting, for parts that also run without a deployment."""
    return next(declared.default for declared in fields(Config) if declared.name == name)


def default_store(environ: Mapping[str, str] = os.environ) -> str:
    """Return the folder for tables when none is set: the user's cache, else a temporary one.

    Never the current folder, which is often the repository. Nothing is created here.
    """
    cache = environ.get("XDG_CACHE_HOME", "")
    home = environ.get("HOME", "")
    for folder in (cache, home and f"{home}/.cache", home):
        if folder and Path(folder).is_absolute() and os.access(folder, os.W_OK | os.X_OK):
            base = Path(folder) if folder != home else Path(folder) / ".cache"
            return str(base / "gmm-dash" / "tables")
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return str(Path(tempfile.gettempdir()) / f"gmm-dash-{user}" / "tables")


def limits_table() -> str:
    """Return the Markdown table of all settings, the one in ``docs/limits.md``."""
    rows = ["| variable | default | allowed | meaning |", "|---|---|---|---|"]
    for declared in fields(Config):
        default = declared.default
        shown = "empty" if default == "" else "off" if default is False else f"`{default}`"
        meaning = declared.metadata["help"]
        rows.append(f"| `{variable(declared.name)}` | {shown} | {_wanted(declared)} | {meaning} |")
    return "\n".join(rows) + "\n"
