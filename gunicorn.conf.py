"""How gunicorn serves FlavorBot; found by gunicorn in the folder it is started from."""

from __future__ import annotations

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from flavorbot.errors import SettingsError
from flavorbot.settings import Settings
from flavorbot.startup import check_start, stop

try:
    settings = Settings.from_env()
except SettingsError as error:
    stop(error)

bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
worker_class = "gthread"
workers = settings.workers
threads = settings.threads
keepalive = 75
graceful_timeout = 30
control_socket_disable = True
# Only FLAVORBOT_PROXIES says whom to believe about the client's address and scheme.
secure_scheme_headers: dict[str, str] = {}


def post_worker_init(worker: Worker) -> None:
    """Each worker finishes what requests began, also those of a worker that was killed."""
    worker.wsgi.extensions["flavorbot"].sweeper.start()


def on_starting(server: Arbiter) -> None:
    """Check once, in the master, before any worker; a re-executed master (USR2) already holds the port."""
    if not server.master_pid:
        try:
            check_start(settings)
        except SettingsError as error:
            stop(error)
