"""How often a process asks a failing store again: while most of it fails, asking twice would only double its load."""

from __future__ import annotations

import threading

MOST = 10.0


class Retries:
    """Every answer allows for one more retry, up to `MOST` in hand; shared by all threads.

    Half of all requests may fail for good and all are still tried again; where nothing is answered any more, one
    attempt a request is left, which also finds out that the store is back.
    """

    def __init__(self) -> None:
        self._left = MOST
        self._lock = threading.Lock()

    def answered(self) -> None:
        if self._left < MOST:
            with self._lock:
                self._left = min(MOST, self._left + 1)

    def take(self) -> bool:
        """Whether one more attempt is allowed."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True
