"""Leaves a server alone that keeps failing, so that nobody waits for it in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

LONGEST_REST_S = 300.0


class Breaker:
    """Opens after so many failures in a row; when its rest is over one call may try, the next after another rest."""

    def __init__(self, failures: int = 3, rest_s: float = 30.0, now: Callable[[], float] = time.monotonic) -> None:
        self._most = failures
        self._rest_s = rest_s
        self._now = now
        self._lock = Lock()
        self._failures = 0
        self._opens_at = 0.0

    def allows(self) -> bool:
        """Whether to call now; a call that is a trial must be followed by `succeeded` or `failed`."""
        with self._lock:
            now = self._now()
            if now < self._opens_at:
                return False
            if self._failures >= self._most:
                self._opens_at = now + self._rest_s
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._opens_at = 0, 0.0

    def failed(self, rest_s: float | None = None) -> None:
        """Count a failure; `rest_s` is a pause that the server itself asked for, which begins at once."""
        with self._lock:
            self._failures += 1
            rest = min(rest_s, LONGEST_REST_S) if rest_s else self._rest_s if self._failures >= self._most else 0.0
            self._opens_at = max(self._opens_at, self._now() + rest)
