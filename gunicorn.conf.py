"""How gunicorn serves FlavorBot; found by gunicorn in the folder it is started from."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from flavorbot.draining import leave_after
from flavorbot.errors import SettingsError
from flavorbot.settings import Settings
from flavorbot.startup import check_start, stop

try:
    settings = Settings.from_env()
except SettingsError as error:
    stop(error)

bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
worker_class = "flavorbot.draining.Worker"
workers = settings.workers
threads = settings.threads
keepalive = 75
graceful_timeout = 30
control_socket_disable = True
# Only FLAVORBOT_PROXIES says whom to believe about the client's address and scheme.
secure_scheme_headers: dict[str, str] = {}

if settings.production:
    # What gunicorn itself tells comes as everything else does; in development it is for people to read.
    lines = {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    logconfig_dict = {
        "version": 1,
        "formatters": {"json": {"()": "flavorbot.json_lines.JsonLines"}},
        "handlers": {"lines": lines},
        "root": {"level": "WARNING", "handlers": ["lines"]},
        "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["lines"], "propagate": False}},
    }

# Where workers count together; a master of its own has a folder of its own, also one that was re-executed (USR2).
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
counts_prefix = f"flavorbot-counts-{os.getpid()}-"
if settings.metrics_token and not Path(os.environ.get(COUNTS, "")).name.startswith(counts_prefix):
    os.environ[COUNTS] = tempfile.mkdtemp(prefix=counts_prefix)


def post_worker_init(worker: Worker) -> None:
    """Each worker finishes what requests began, also those of a worker that was killed, and keeps what it counted."""
    services = worker.wsgi.extensions["flavorbot"]
    services.sweeper.start()
    services.keeper.start()


def worker_exit(_: Arbiter, worker: Worker) -> None:
    """Keep what was counted since the last time; a worker that could not start has counted nothing."""
    services = getattr(getattr(worker, "wsgi", None), "extensions", {}).get("flavorbot")
    if services:
        services.keeper.keep()


def on_starting(server: Arbiter) -> None:
    """Check once, in the master, before any worker; a re-executed master (USR2) already holds the port."""
    leave_after(server, settings.drain_s)
    if not server.master_pid:
        try:
            check_start(settings)
        except SettingsError as error:
            stop(error)


def on_exit(_: Arbiter) -> None:
    if Path(os.environ.get(COUNTS, "")).name.startswith(counts_prefix):
        shutil.rmtree(os.environ[COUNTS], ignore_errors=True)
