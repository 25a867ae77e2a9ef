"""Real parts that a test may need: where one is missing the test skips with its reason, in CI it fails."""

from __future__ import annotations

import os
import socket
from typing import TypeVar

import pytest

T = TypeVar("T")


def need(part: T | None, reason: str) -> T:
    """The part, or a skip that says what is missing and how to get it; with CI=true a failure."""
    if part:
        return part
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must not skip: {reason}")
    pytest.skip(reason)


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
