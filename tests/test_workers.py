"""Several gunicorn workers are one FlavorBot: they share sessions, recipes and counters."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.server import children_of, serving

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


class Api:
    """A person's browser, talking JSON."""

    def __init__(self, address: str) -> None:
        self.address = f"{address}/api/v1"
        self.port = address.rpartition(":")[2]
        self.cookies = requests.Session().cookies

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> requests.Response:
        """One request on a connection of its own, so that any worker may take it."""
        answer = requests.request(
            method,
            self.address + path,
            json=body,
            headers={**SAME_SITE, **headers},
            cookies=self.cookies,
            timeout=30,
        )
        self.cookies.update(answer.cookies)
        return answer

    def generate(self, request_id: str) -> int:
        wish = {"ingredients": ["chickpeas", "spinach", "onion"], "servings": 2}
        return self.call("POST", "/generate", wish, **{"Idempotency-Key": request_id}).status_code


@pytest.fixture(params=["sqlite", "dynamodb-local"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    settings = {"WEB_CONCURRENCY": "2", "FLAVORBOT_RATES": "off"}
    if request.param == "dynamodb-local":
        endpoint = request.getfixturevalue("dynamodb_local")
        settings |= {"DYNAMODB_TABLE_NAME": f"workers-{uuid.uuid4().hex}", "DYNAMODB_ENDPOINT": endpoint}
    with serving(tmp_path / "data", **settings) as url:
        yield url


@pytest.fixture
def member(address: str) -> Api:
    api = Api(address)
    body = {"email": "two@example.org", "password": "a long enough phrase"}
    assert api.call("POST", "/auth/register", body).status_code == 201
    return api


def test_parallel_requests_take_exactly_the_allowance(member: Api) -> None:
    with ThreadPoolExecutor(16) as pool:
        codes = list(pool.map(lambda _: member.generate(str(uuid.uuid4())), range(30)))
    assert sorted(set(codes)) == [200, 429]
    assert codes.count(200) == 10
    assert member.call("GET", "/usage").json()["recipes_generated"] == 10


def test_the_same_request_twenty_times_takes_one(member: Api) -> None:
    request_id = str(uuid.uuid4())
    with ThreadPoolExecutor(16) as pool:
        codes = set(pool.map(lambda _: _made(member, request_id), range(20)))
    assert codes == {200}
    assert member.call("GET", "/usage").json()["recipes_generated"] == 1


def test_either_worker_knows_the_session(member: Api) -> None:
    workers = _workers(member.port)
    assert len(workers) == 2
    for asleep in workers:
        with _stopped(asleep):
            assert member.call("GET", "/me").json()["user"]["email"] == "two@example.org"


def _made(member: Api, request_id: str) -> int:
    """Ask again while it is still being cooked, which a busy machine may take long for."""
    give_up_at = time.monotonic() + 120
    while (code := member.generate(request_id)) == 503 and time.monotonic() < give_up_at:
        time.sleep(0.5)
    return code


def _workers(port: str) -> list[int]:
    """The process ids of the workers of the gunicorn that listens there."""
    ours = f"PORT={port}".encode()
    masters = [child for child in children_of(os.getpid()) if ours in _environ(child)]
    return [worker for master in masters for worker in children_of(master)]


def _environ(process: int) -> list[bytes]:
    """Empty for one that has ended meanwhile."""
    try:
        return Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


@contextmanager
def _stopped(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
