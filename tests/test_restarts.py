"""Restarting behind haproxy: everybody is served all the time, nothing is lost and nothing happens twice."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.balancers import haproxy
from tests.parts import free_port
from tests.server import environment, start

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
DRAIN_S = 4
# Between the requests of one client: a load that leaves a small machine room to start servers.
PAUSE_S = 0.1


class Site:
    """Two FlavorBots on one store, and haproxy in front of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = (free_port(), free_port())
        self.running: dict[int, subprocess.Popen[str]] = {}

    def begin(self, port: int) -> None:
        settings = {"PORT": str(port), "WEB_CONCURRENCY": "1", "FLAVORBOT_RATES": "off", "FLAVORBOT_PROXIES": "1"}
        plan = {"FLAVORBOT_PLAN_FREE": "unlimited/9/unlimited", "FLAVORBOT_DRAIN_S": str(DRAIN_S)}
        env = environment(self.folder / "data", **settings, **plan)
        with (self.folder / f"{port}.log").open("a", encoding="utf-8") as log:
            self.running[port] = start(env, log)
        until = time.monotonic() + 60
        while self.ready(port) != 200:
            assert self.running[port].poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)

    def ready(self, port: int) -> int | None:
        try:
            return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code
        except requests.RequestException:
            return None

    def restart(self, port: int) -> float:
        """Gives how long it took to end."""
        told_at = time.monotonic()
        self.running[port].send_signal(signal.SIGTERM)
        until = told_at + DRAIN_S - 1
        while self.ready(port) == 200:
            assert time.monotonic() < until
        assert self.ready(port) == 503
        self.running[port].send_signal(signal.SIGTERM)  # told twice, it is not in more of a hurry
        assert self.running[port].wait(DRAIN_S + 25) == 0
        ended_after = time.monotonic() - told_at
        self.begin(port)
        return ended_after


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path)
    for port in found.ports:
        found.begin(port)
    yield found
    for process in found.running.values():
        process.send_signal(signal.SIGINT)
    for process in found.running.values():
        # gunicorn ends a worker that does not by itself after thirty seconds.
        process.wait(45)


@contextmanager
def load(*clients: Callable[[], None]) -> Iterator[dict[str, list[str]]]:
    """Each client again and again; gives what failed, and how often all went well, by the client's name."""
    outcome: dict[str, list[str]] = {"failed": [], "done": []}
    over = threading.Event()

    def run(client: Callable[[], None]) -> None:
        while not over.wait(PAUSE_S):
            try:
                client()
                outcome["done"].append(client.__name__)
            except Exception as error:
                outcome["failed"].append(f"{client.__name__}: {error!r}")

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield outcome
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def test_a_rolling_restart_loses_no_request(site: Site, tmp_path: Path) -> None:
    with haproxy(tmp_path, *site.ports) as port, requests.Session() as ada, requests.Session() as visitor:
        address = f"http://127.0.0.1:{port}"
        ada.headers.update(SAME_SITE)
        person = {"email": "ada@example.org", "password": "a long enough phrase"}
        assert ada.post(f"{address}/api/v1/auth/register", json=person, timeout=20).status_code == 201
        saved: list[str] = []

        def keeps_a_connection() -> None:
            assert visitor.get(f"{address}/login", timeout=20).status_code == 200

        def comes_anew() -> None:
            assert requests.get(f"{address}/static/css/base.css", timeout=20).status_code == 200

        def checks() -> None:
            body = {"ingredients": ["2 eggs"]}
            assert requests.post(f"{address}/api/v1/check", json=body, headers=SAME_SITE, timeout=20).status_code == 200

        def saves() -> None:
            title = f"Rice {len(saved)}"
            body = {"title": title, "ingredients": ["200 g rice"], "instructions": ["Boil the rice."]}
            key = {"Idempotency-Key": str(uuid.uuid4())}
            assert ada.post(f"{address}/api/v1/recipes", json=body, headers=key, timeout=20).status_code == 201
            saved.append(title)

        with load(keeps_a_connection, comes_anew, checks, saves) as outcome:
            ended_after = [site.restart(server) for server in site.ports]
            time.sleep(2.5)  # haproxy takes the second one back
        assert outcome["failed"] == []
        assert {name: outcome["done"].count(name) > 10 for name in set(outcome["done"])} == dict.fromkeys(
            ("keeps_a_connection", "comes_anew", "checks", "saves"), True
        )
        assert all(seconds >= DRAIN_S for seconds in ended_after)
        assert sorted(titles(ada, address)) == sorted(saved)


def titles(person: requests.Session, address: str) -> Iterator[str]:
    cursor = ""
    while True:
        page = person.get(f"{address}/api/v1/recipes?limit=100&cursor={cursor}", timeout=20).json()
        yield from (item["title"] for item in page["items"])
        cursor = page["next_cursor"]
        if not cursor:
            return
