"""One server as its image holds it: what its workers count together, what it sends elsewhere, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families

from flavorbot import sketch
from flavorbot.counting import summed
from flavorbot.storage.clock import utcnow
from flavorbot.storage.sqlite import SQLiteStorage
from tests.parts import free_port
from tests.server import ROOT, environment
from tests.test_deploy import copied

TOKEN = "0123456789abcdef"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
BY_BALANCER = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
VISITS, DRAIN_S = 24, 2
# gunicorn waits so long for a connection's first byte before it puts it aside.
PUT_ASIDE_S = 5.5


class Collector:
    """Takes spans as OpenTelemetry's collectors do."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.services: set[str] = set()
        found = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                found.take(ExportTraceServiceRequest.FromString(sent))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, request: ExportTraceServiceRequest) -> None:
        for resource in request.resource_spans:
            facts = {each.key: each.value.string_value for each in resource.resource.attributes}
            self.services.add(facts["service.name"])
            self.spans += [span for scope in resource.scope_spans for span in scope.spans]


@pytest.fixture
def collector() -> Iterator[Collector]:
    found = Collector()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The files that the image is made of."""
    folder = tmp_path / "app"
    folder.mkdir()
    for name in copied() - {"requirements.txt", "constraints.txt", "requirements-telemetry.txt"}:
        source = ROOT / name
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__")) if source.is_dir() else (
            shutil.copy(source, folder)
        )
    return folder


@contextmanager
def running(image: Path, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as errors:
        process = subprocess.Popen([sys.executable, "-m", "flavorbot.startup"], cwd=image, env=env, stderr=errors)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_a_server_from_its_start_to_its_end(image: Path, tmp_path: Path, collector: Collector) -> None:
    port, scratch, files = free_port(), tmp_path / "tmp", listed(image)
    scratch.mkdir()
    env = environment(
        tmp_path / "data",
        PORT=str(port), WEB_CONCURRENCY="2", TMPDIR=str(scratch), PYTHONDONTWRITEBYTECODE="1",
        FLAVORBOT_ENV="production", SECRET_KEY="0f1e2d3c4b5a6978" * 4, FLAVORBOT_PROXIES="1",
        FLAVORBOT_METRICS_TOKEN=TOKEN, FLAVORBOT_DRAIN_S=str(DRAIN_S),
        OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{collector.server.server_port}",
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with running(image, env, tmp_path / "log") as process, ExitStack() as stack:
        until_it_answers(address, process)
        for _ in range(3):  # as browsers do, which open some in advance
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        opened_at = time.monotonic()
        answers = [visit(address) for _ in range(VISITS)]
        person = {"email": "ada@example.org", "password": "a long enough phrase"}
        headers = {"Sec-Fetch-Site": "same-origin", "traceparent": PARENT, **BY_BALANCER}
        assert requests.post(f"{address}/api/v1/auth/register", json=person, headers=headers, timeout=20).ok
        # Each worker is asked at some time, and each tells the same.
        assert {counted(address) for _ in range(6)} == {VISITS}
        time.sleep(max(0, opened_at + PUT_ASIDE_S - time.monotonic()))
        process.terminate()
        told_at = time.monotonic()
        time.sleep(0.5)
        assert requests.get(f"{address}/readyz", timeout=5).json() == {"status": "stopping"}
        assert visit(address) == 200
        assert process.wait(45) == 0
        # gunicorn by itself waits 30 s for those that never send anything.
        assert DRAIN_S <= time.monotonic() - told_at < DRAIN_S + 20
    assert set(answers) == {200}
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert {line.get("level", "info") for line in lines} == {"info"}
    assert "Shutting down: Master" in [line.get("message") for line in lines]
    assert list(scratch.iterdir()) == []
    assert listed(image) == files
    kept = summed(f"{utcnow():%Y-%m}", SQLiteStorage(tmp_path / "data", b"").list_spending(f"{utcnow():%Y-%m}"))
    assert kept.requests > VISITS
    assert sketch.count(kept.people) == 1
    told_of(collector)


def told_of(collector: Collector) -> None:
    assert collector.services == {"flavorbot"}
    (registered,) = [span for span in collector.spans if span.name == "POST /api/v1/auth/register"]
    assert (registered.trace_id.hex(), registered.parent_span_id.hex()) == tuple(PARENT.split("-")[1:3])
    calls = [span for span in collector.spans if span.parent_span_id == registered.span_id]
    # The mail about it is counted and kept when the answer is gone already.
    first = {span.name: span for span in sorted(calls, key=lambda span: span.start_time_unix_nano, reverse=True)}
    for name in ("check_rate", "create_user"):
        assert registered.start_time_unix_nano <= first[name].start_time_unix_nano
        assert first[name].start_time_unix_nano <= first[name].end_time_unix_nano <= registered.end_time_unix_nano
    assert len([span for span in collector.spans if span.name == "GET /login"]) == VISITS + 1


def visit(address: str) -> int:
    """On a connection of its own, so that any worker may take it."""
    return requests.get(f"{address}/login", headers=BY_BALANCER, timeout=20).status_code


def counted(address: str) -> float:
    answer = requests.get(f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20)
    (count,) = [
        sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name == "flavorbot_requests_total" and sample.labels["route"] == "/login"
    ]
    return float(count)


def until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            requests.get(f"{address}/healthz", timeout=5)
            return
        except requests.RequestException:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)


def listed(folder: Path) -> list[tuple[str, int]]:
    """Every file with its time, which tells whether one was written."""
    found = (Path(base) / name for base, _, names in os.walk(folder) for name in names)
    return sorted((str(file), file.stat().st_mtime_ns) for file in found)
