"""The indexes that a worker holds: those used last, within a bound of memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from flavorbot.model import BoxVersion
from flavorbot.searching.index import BoxIndex
from flavorbot.waiting import left_s, waited

W = TypeVar("W")

MOST_BYTES = 64 * 1024 * 1024
# Boxes that are read at once: each takes for a moment more than twice what it leaves.
MOST_READ = 4
# Whoever waited so long for another's reading reads for itself: a slow store must not make one wait behind the other.
WAITS_S = 2.0
# A list may lag behind what was just stored: what was read sooner after a change than this is read again.
SETTLES = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Held(Generic[W]):
    """An index, what is known of the words that go with it, and the state of the box that it was read from."""

    index: BoxIndex
    words: W
    number: int
    settled: bool
    size_bytes: int


class Indexes(Generic[W]):
    """Indexes by person, shared by a worker's threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[str, Held[W]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._reading = tuple(threading.Lock() for _ in range(MOST_READ))

    def get_or_read(self, user_id: str, version: BoxVersion, read: Callable[[], Held[W]]) -> Held[W]:
        """The index of this version; of several threads that lack it one reads, and the others wait for it."""
        held = self.get(user_id, version)
        if held is None:
            with self._turn(user_id):
                held = self.get(user_id, version)
                if held is None:
                    held = read()
                    self.keep(user_id, held)
        return held

    @contextmanager
    def _turn(self, user_id: str) -> Iterator[None]:
        """Alone, unless that takes too long; what was waited counts with the request's calls."""
        lock, began = self._reading[hash(user_id) % MOST_READ], time.monotonic()
        alone = lock.acquire(timeout=min(WAITS_S, max(left_s(), 0)))
        waited(time.monotonic() - began)
        try:
            yield
        finally:
            if alone:
                lock.release()

    def get(self, user_id: str, version: BoxVersion) -> Held[W] | None:
        """The index of exactly this version, once it is certain that nothing is amiss in it."""
        with self._lock:
            held = self._held.get(user_id)
            if held is None or held.number != version.number or not held.settled:
                return None
            self._held.move_to_end(user_id)
            return held

    def keep(self, user_id: str, held: Held[W]) -> None:
        """Hold it in place of this person's last one; what was not used for longest goes first."""
        with self._lock:
            self._drop(user_id)
            self._held[user_id] = held
            self._bytes += held.size_bytes
            while self._bytes > self._most_bytes and self._held:
                self._drop(next(iter(self._held)))

    def _drop(self, user_id: str) -> None:
        gone = self._held.pop(user_id, None)
        self._bytes -= gone.size_bytes if gone else 0


def is_settled(version: BoxVersion, read_at: datetime) -> bool:
    """Whether a list read at this time surely shows this version of the box."""
    return version.changed_at is None or read_at - version.changed_at >= SETTLES
