"""Checking passwords takes the same work whoever is meant, and never all of a worker (S32, S36)."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from flavorbot import passwords
from tests.web.client import CarefulClient
from tests.web.conftest import browser, sign_in, sign_up


class Hasher:
    """Counts how often, and how many at once, are verified; each waits until it may go on."""

    def __init__(self) -> None:
        self.count = self.now = self.most = 0
        self.go_on = threading.Event()
        self.begun = threading.Semaphore(0)
        self._lock = threading.Lock()

    def verify(self, _: str, __: str) -> bool:
        with self._lock:
            self.count += 1
            self.now += 1
            self.most = max(self.most, self.now)
        self.begun.release()
        self.go_on.wait(30)
        with self._lock:
            self.now -= 1
        return False


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Hasher:
    counting = Hasher()
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


@pytest.fixture
def app(app: Flask) -> Flask:
    """With Ada's account, and the hash that nobody's password fits at hand."""
    sign_up(browser(app))
    passwords.verify(None, "")
    return app


def test_a_known_and_an_unknown_address_take_the_same_work(
    client: CarefulClient, hasher: Hasher, calls: list[str]
) -> None:
    hasher.go_on.set()
    work = []
    for email in ("ada@example.com", "nobody@example.com"):
        calls.clear()
        assert sign_in(client, email, "not the right one") == 401
        work.append((hasher.count, list(calls)))
        hasher.count = 0
    assert work[0] == work[1]
    assert work[0][0] == 1


def test_fifty_at_once_are_checked_two_at_a_time_while_pages_are_answered(
    app: Flask, client: CarefulClient, hasher: Hasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "WAITING_S", 30)
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(sign_in(browser(app), password="not the right one")))
        for _ in range(50)
    ]
    for thread in threads:
        thread.start()
    for _ in range(passwords.AT_ONCE):
        assert hasher.begun.acquire(timeout=30)
    assert client.get("/").status_code == 200
    hasher.go_on.set()
    for thread in threads:
        thread.join(60)
    assert statuses == [401] * 50
    assert hasher.most == passwords.AT_ONCE


def test_who_would_wait_long_is_asked_to_come_again(
    client: CarefulClient, app: Flask, hasher: Hasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "WAITING_S", 0.01)
    threads = [threading.Thread(target=sign_in, args=(browser(app),)) for _ in range(passwords.AT_ONCE)]
    for thread in threads:
        thread.start()
        assert hasher.begun.acquire(timeout=30)
    answer = client.post("/login", data={"email": "ada@example.com", "password": "a long enough phrase"})
    hasher.go_on.set()
    for thread in threads:
        thread.join(60)
    assert answer.status_code == 503
    assert "Many people are signing in at once" in answer.text
    assert 'value="ada@example.com"' in answer.text
    assert int(answer.headers["Retry-After"]) > 0
