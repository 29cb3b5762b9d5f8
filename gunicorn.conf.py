"""How the dashboard is served. Every lower-case name here is a gunicorn setting.

``HOST``, ``PORT`` and ``WEB_CONCURRENCY`` come from the environment, like the
``GMM_DASH_...`` settings. Outside a container only this machine may connect
(``HOST=127.0.0.1``); the image sets ``HOST=0.0.0.0``.
"""

import ctypes as _ctypes
import os as _os
import resource as _resource
import shutil as _shutil
import sys as _sys
import tempfile as _tempfile
from pathlib import Path as _Path
from typing import Any as _Any

_sys.path.insert(0, str(_Path(__file__).resolve().parent))

# Importing the package pins the linear algebra to one thread, before NumPy is loaded:
# more only wait for each other here, and forked workers can hang in them.
from gmm_dash.config import Config as _Config
from gmm_dash.config import ConfigError as _ConfigError
from gmm_dash.serving.admission import threads as _threads

try:
    _config = _Config.from_env()
    _port = int(_os.environ.get("PORT") or 8050)
    _workers = int(_os.environ.get("WEB_CONCURRENCY") or 0)
except _ConfigError as _error:
    raise SystemExit(_error.sentence) from None
except ValueError:
    raise SystemExit("PORT and WEB_CONCURRENCY must be whole numbers.") from None


def _return_memory() -> None:
    """Make the C library give freed memory back, so that one large table is not kept for ever.

    Left alone it keeps an arena per thread and whatever was once in use. The sizes are those
    that cost no time: an iteration of EM works on less than a megabyte.
    """
    try:
        mallopt = _ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # not the GNU C library
        return
    arenas, mapped_from, trimmed_from = -8, -3, -1  # names in malloc.h
    mallopt(arenas, 2)
    mallopt(mapped_from, 4 << 20)
    mallopt(trimmed_from, 16 << 20)


_return_memory()


def _cores() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(_os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else _os.cpu_count() or 1


bind = f"{_os.environ.get('HOST') or '127.0.0.1'}:{_port}"
workers = _workers if _workers > 0 else _cores()
worker_class = "gmm_dash.serving.worker.GatheringWorker"  # gthread that slow clients cannot hold
# Work queues for few slots (gmm_dash/serving/admission.py); the rest wait, or answer at once.
threads = _threads(_config.uploads_at_once)
preload_app = True  # workers share the memory of what was imported before the fork

# Browsers keep connections open between clicks; with two seconds, clicks get lost.
keepalive = 75
# A browser keeps up to six. Each is a file, of which many systems allow 1,024 unless asked.
worker_connections = 4_000


def _allow_files(count: int) -> None:
    """Let this process, and its workers, open so many files if the system agrees."""
    soft, hard = _resource.getrlimit(_resource.RLIMIT_NOFILE)
    wanted = count if hard == _resource.RLIM_INFINITY else min(count, hard)
    if soft != _resource.RLIM_INFINITY and soft < wanted:
        _resource.setrlimit(_resource.RLIMIT_NOFILE, (wanted, hard))


_allow_files(worker_connections + 1_000)

# A worker that no longer answers at all is replaced after this. Threads that compute do not count:
# what ends a fit is its limit on processor time.
timeout = int(max(60, 2 * _config.fit_seconds, 2 * _config.upload_seconds))
graceful_timeout = 30
# Slow leaks never grow old; the jitter keeps workers from restarting together.
max_requests = 20_000
max_requests_jitter = 4_000
# A link holds the whole state and comes back percent-encoded: 4 kB in, 8 kB at most.
limit_request_line = 8_190

# The heartbeat file must not be on a disk that can stall; the root may be read-only.
if _os.access("/dev/shm", _os.W_OK | _os.X_OK):
    worker_tmp_dir = "/dev/shm"
control_socket_disable = True

# Whose X-Forwarded headers gunicorn itself believes. The application counts proxies
# (GMM_DASH_TRUSTED_PROXIES); behind one, only the proxy can reach this port.
forwarded_allow_ips = "*" if _config.trusted_proxies else "127.0.0.1,::1"

accesslog = None  # one line per click, with table keys in the links: off
errorlog = "-"
loglevel = _config.log_level

if _config.metrics:  # workers count into files of one folder; see gmm_dash/serving/metrics.py
    _counters = _tempfile.mkdtemp(prefix="gmm-dash-metrics-", dir=globals().get("worker_tmp_dir"))
    _os.environ["PROMETHEUS_MULTIPROC_DIR"] = _counters

    def on_exit(_server: object) -> None:
        """Remove the counters with the server."""
        _shutil.rmtree(_counters, ignore_errors=True)


def post_fork(server: _Any, worker: _Any) -> None:
    """Let a worker know the signals that came for it before it could answer them itself."""
    worker.heard_before = server.SIG_QUEUE
