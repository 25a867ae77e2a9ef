"""Servers to measure: FlavorBot as shipped, and what it is measured against under the same gunicorn."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flavorbot.settings import Settings
from tests.bench.load import Load, Make, load
from tests.bench.processes import cpu_s
from tests.parts import free_port
from tests.server import PLENTY, ROOT, environment, running, wait_for

CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs, and what it writes to standard error."""

    port: int
    master: int
    log: Path


@dataclass(frozen=True, slots=True)
class Measured:
    """A load, and the milliseconds of a processor that the server took for each of its requests."""

    load: Load
    cpu_ms: float


def measure(served: Served, make: Make, seconds: float, warm: int = 3 * CONNECTIONS) -> Measured:
    """Warm up, then load it from eight connections."""
    load(served.port, make, connections=CONNECTIONS, seconds=60, most=warm)
    before = cpu_s(served.master)
    found = load(
        served.port, lambda number, done: make(number, done + warm // CONNECTIONS),
        connections=CONNECTIONS, seconds=seconds,
    )  # fmt: skip
    return Measured(found, (cpu_s(served.master) - before) / len(found.took_s) * 1000)


@contextmanager
def flavorbot(data: Path, **settings: str) -> Iterator[Served]:
    """FlavorBot as `make run` starts it, without rates and without a plan's limits."""
    with running(data, **PLENTY, **settings) as (port, process, log):
        yield Served(port, process.pid, log)


@contextmanager
def small(name: str, data: Path, **settings: str) -> Iterator[Served]:
    """One of `tests.bench.apps`, with as many workers and threads."""
    port, log, shipped = free_port(), data.parent / f"{name}.log", Settings()
    options = ["--worker-class", "gthread", "--workers", shipped.workers, "--threads", shipped.threads]
    others = ["--keep-alive", 75, "--no-control-socket", "--bind", f"127.0.0.1:{port}", "--config", "/dev/null"]
    command = [sys.executable, "-m", "gunicorn", *map(str, options + others), "tests.bench.apps:app"]
    env = environment(data, BENCH_APP=name, **settings)
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=errors, text=True)
        try:
            wait_for(process, f"http://127.0.0.1:{port}/", log)
            yield Served(port, process.pid, log)
        finally:
            process.terminate()
            process.wait(timeout=40)
