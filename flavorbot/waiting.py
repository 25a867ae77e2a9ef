"""How long one request may wait for a store that is slow or silent, all that it asks of it together.

Each call has a limit of its own, but a request that makes several would add them up.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

# What was begun before may still take its second, so nobody waits longer than five.
MOST_S = 3.8
# What takes less is a store that works: an import makes hundreds of such calls.
SLOW_S = 0.3

_wait: ContextVar[Wait | None] = ContextVar("wait", default=None)


@dataclass(slots=True)
class Wait:
    """What one request has waited so far."""

    seconds: float = 0


def begin() -> None:
    """A request begins in this thread."""
    _wait.set(Wait())


def end() -> None:
    _wait.set(None)


def waited(seconds: float) -> None:
    """A call took so long."""
    wait = _wait.get()
    if wait is not None and seconds >= SLOW_S:
        wait.seconds += seconds


def left_s() -> float:
    """How much longer this request waits; whoever runs no request, a command or a sweeper, has all the time."""
    wait = _wait.get()
    return float("inf") if wait is None else MOST_S - wait.seconds
