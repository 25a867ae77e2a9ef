"""FlavorBot under gunicorn behind nothing, in front of a store that breaks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from tests.chaos.proxy import Proxy, until
from tests.parts import free_port
from tests.server import PLENTY, ROOT, children_of, environment

START_S = 60.0


class DidNotStart(Exception):
    """Says what the log holds."""


class Site:
    """One gunicorn with its workers, of the FlavorBot in `root`; started again as it was first."""

    def __init__(self, folder: Path, settings: dict[str, str], before: tuple[str, ...] = (), root: Path = ROOT) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.data = folder / "data"
        # With plenty for everybody what is refused was refused by a fault.
        shared = {"PORT": str(self.port), "WEB_CONCURRENCY": "2", "FLAVORBOT_DRAIN_S": "0"}
        self.environment = environment(self.data, **{**shared, **PLENTY, **settings})
        self.before = before
        self.root = root
        self.first_start_s = 0.0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> float:
        """Gives how long it took to answer."""
        with self.log.open("a", encoding="utf-8") as log:
            command = [*self.before, sys.executable, "-m", "flavorbot.startup"]
            self.process = subprocess.Popen(command, cwd=self.root, env=self.environment, stderr=log, text=True)
        seconds = until(lambda: self.status("/healthz") == 200 or self.ended(), START_S)
        if seconds is None or self.ended():
            raise DidNotStart(self.log.read_text(encoding="utf-8")[-2000:])
        self.first_start_s = self.first_start_s or seconds
        return seconds

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """The status it ends with."""
        assert self.process is not None
        self.process.send_signal(how)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def status(self, path: str, timeout: float = 10) -> int | None:
        try:
            return requests.get(self.address + path, timeout=timeout, allow_redirects=False).status_code
        except requests.RequestException:
            return None

    def workers(self) -> list[int]:
        return [] if self.process is None else children_of(self.process.pid)


def on_dynamodb(proxy: Proxy) -> dict[str, str]:
    """Settings for a new table behind the proxy, by the transport that the environment names."""
    return {
        "DYNAMODB_FAST_TRANSPORT": os.environ.get("DYNAMODB_FAST_TRANSPORT", "on"),
        "DYNAMODB_TABLE_NAME": f"chaos-{uuid.uuid4().hex}",
        "DYNAMODB_ENDPOINT": proxy.address,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
    }


@contextmanager
def running(folder: Path, settings: dict[str, str], before: tuple[str, ...] = (), root: Path = ROOT) -> Iterator[Site]:
    site = Site(folder, settings, before, root)
    if "DYNAMODB_TABLE_NAME" in settings:
        command = [sys.executable, "setup_table.py"]
        subprocess.run(command, cwd=root, env=site.environment, check=True, capture_output=True)
    try:
        site.start()
        yield site
    finally:
        if not site.ended():
            site.stop()


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
