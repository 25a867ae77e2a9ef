"""FlavorBot as shipped, under gunicorn, for tests that need the whole thing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from urllib.error import URLError
from urllib.request import urlopen

from tests.parts import free_port

ROOT = Path(__file__).resolve().parent.parent
START_S = 60
# Everybody may cook and keep as much as they like.
PLENTY = {"FLAVORBOT_RATES": "off", "FLAVORBOT_PLAN_FREE": "unlimited/unlimited/unlimited"}


def environment(data: Path, **settings: str) -> dict[str, str]:
    """This process's environment without FlavorBot's settings, with the given ones."""
    ours = ("FLAVORBOT_", "DYNAMODB_", "AWS_", "OIDC_", "MAIL_", "OPENAI_")
    names = {"HOST", "PORT", "SECRET_KEY", "WEB_CONCURRENCY", "THREADS"}
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours) and key not in names}
    return {**kept, "FLAVORBOT_DATA": str(data), "PYTHONUNBUFFERED": "1", **settings}


def start(env: dict[str, str], errors: TextIO | int) -> subprocess.Popen[str]:
    """Start gunicorn the way `make run` does."""
    command = [sys.executable, "-m", "flavorbot.startup"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stderr=errors, text=True)


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[str]:
    """Run FlavorBot, on a free port unless told; gives its address and stops it at the end."""
    with running(data, **settings) as (port, _, __):
        yield f"http://localhost:{port}"


@contextmanager
def running(data: Path, **settings: str) -> Iterator[tuple[int, subprocess.Popen[str], Path]]:
    """The same, with its port, its process, and the file that has its standard error."""
    port = settings.setdefault("PORT", str(free_port()))
    env = environment(data, **settings)
    if "DYNAMODB_TABLE_NAME" in settings:
        subprocess.run([sys.executable, "setup_table.py"], cwd=ROOT, env=env, check=True, capture_output=True)
    log = data.parent / f"{data.name}-server.log"
    with log.open("w", encoding="utf-8") as errors:
        process = start(env, errors)
        try:
            wait_for(process, f"http://127.0.0.1:{port}/healthz", log)
            yield int(port), process, log
        finally:
            process.terminate()
            process.wait(timeout=40)


def children_of(process: int) -> list[int]:
    """The processes that it started, a master's workers; none of one that has ended."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in text.split()]


def wait_for(process: subprocess.Popen[str], address: str, log: Path) -> None:
    """Until it answers there with 200."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"FlavorBot did not start:\n{log.read_text(encoding='utf-8')}")
