"""What must hold before workers are started, each failure one clear line."""

from __future__ import annotations

import os
import socket
import sys
from typing import NoReturn

from flavorbot.errors import SettingsError, StorageError
from flavorbot.secret import load_secret
from flavorbot.settings import Settings
from flavorbot.storage import open_storage
from flavorbot.watching import check_packages

# A password that is checked takes 19 MB for a moment; glibc would keep as much for every thread that ever did it.
MALLOC = {"MALLOC_MMAP_THRESHOLD_": str(1024**2), "MALLOC_ARENA_MAX": "2"}


def main() -> None:
    """Become gunicorn, which reads some settings itself before its configuration is asked: so all are checked here."""
    try:
        Settings.from_env()
    except SettingsError as error:
        stop(error)
    os.execve(sys.executable, [sys.executable, "-m", "gunicorn", "wsgi:app"], {**MALLOC, **os.environ})  # noqa: S606


def stop(error: SettingsError) -> NoReturn:
    """End with exit code 1 and one line for each problem."""
    sys.exit("\n".join(f"flavorbot: {problem}" for problem in error.problems))


def check_start(settings: Settings) -> None:
    """Raise `SettingsError` when a package is missing, or the data folder, embedded store or port cannot be used.

    A DynamoDB table is not asked for here: pages that need no storage work without it, and `/readyz` tells of it.
    """
    check_packages(settings)
    secret = load_secret(settings)
    if not settings.table_name:
        try:
            open_storage(settings, secret).check()
        except StorageError as error:
            raise SettingsError([f"FLAVORBOT_DATA: {error.detail}"]) from error
    check_port(settings.host, settings.port)


def check_port(host: str, port: int) -> None:
    """Raise `SettingsError` when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise SettingsError([f"HOST, PORT: cannot listen on {host}:{port}: {error.strerror or error}"]) from error


if __name__ == "__main__":
    main()
