"""Waiting for a store that is over its capacity or does not answer: for whoever runs this, not for requests."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from flavorbot.errors import StorageThrottled, StorageUnavailable

FIRST_WAIT_S = 0.05
LONGEST_WAIT_S = 5.0
# So long is tried without a single item getting through; a table on demand doubles what it takes within minutes.
PATIENCE_S = 120.0

T = TypeVar("T")


def patiently(call: Callable[[], T], patience_s: float = PATIENCE_S) -> T:
    """What a call gives, made again while the store is over its capacity or does not answer; it may be done twice."""
    pauses = Pauses(patience_s)
    while True:
        try:
            return call()
        except (StorageThrottled, StorageUnavailable) as error:
            pauses.wait(error)


class Pauses:
    """Growing pauses, spread so that those who collided do not collide again."""

    def __init__(self, patience_s: float) -> None:
        self._until = time.monotonic() + patience_s
        self._next_s = FIRST_WAIT_S

    def wait(self, why: StorageThrottled | StorageUnavailable) -> None:
        """Pause, or raise `why` once patience is over."""
        if time.monotonic() >= self._until:
            raise why
        time.sleep(random.uniform(0.2, 1.0) * self._next_s)  # noqa: S311
        self._next_s = min(LONGEST_WAIT_S, self._next_s * 2)
