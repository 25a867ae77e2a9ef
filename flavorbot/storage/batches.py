"""Many items written to DynamoDB at once: in batches, several under way, what was left unprocessed sent again."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from flavorbot.errors import StorageThrottled, StorageUnavailable
from flavorbot.storage.dynamodb_table import BATCH_WRITE_KEYS, Table
from flavorbot.storage.items import Item
from flavorbot.storage.table import Key

# Batches under way at the same time.
AT_ONCE = 4
FIRST_WAIT_S = 0.05
LONGEST_WAIT_S = 5.0
# So long is tried without a single item getting through; a table on demand doubles what it takes within minutes.
PATIENCE_S = 120.0

Request = Mapping[str, Any]


class BatchWriter:
    """Puts and deletes items, whatever is there; all are done when it is left, or flushed, without an error.

    A key is given once between two flushes: batches overtake each other.
    """

    def __init__(self, table: Table, at_once: int = AT_ONCE, patience_s: float = PATIENCE_S) -> None:
        self._table = table
        self._at_once = at_once
        self._patience_s = patience_s
        self._pool = ThreadPoolExecutor(at_once, "batch")
        self._waiting: list[Request] = []
        self._under_way: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def put(self, item: Item) -> None:
        """An item with its key."""
        self._add({"PutRequest": {"Item": item}})

    def delete(self, key: Key) -> None:
        self._add({"DeleteRequest": {"Key": key}})

    def flush(self) -> None:
        """Return once everything given so far is written; `StorageThrottled`, `StorageError`."""
        self._send_waiting()
        while self._under_way:
            self._under_way.pop(0).result()

    def _add(self, request: Request) -> None:
        self._waiting.append(request)
        if len(self._waiting) >= BATCH_WRITE_KEYS:
            self._send_waiting()

    def _send_waiting(self) -> None:
        """Start the next batch, once fewer than `at_once` are under way."""
        if not self._waiting:
            return
        while len(self._under_way) >= self._at_once:
            self._under_way.pop(0).result()
        batch, self._waiting = self._waiting, []
        self._under_way.append(self._pool.submit(write_batch, self._table, batch, self._patience_s))


def write_batch(table: Table, batch: Sequence[Request], patience_s: float = PATIENCE_S) -> None:
    """Write up to 25 items, sent until none is left; a put or delete that is sent twice does no harm."""
    waiting, wait_s = list(batch), FIRST_WAIT_S
    until = time.monotonic() + patience_s
    while waiting:
        left = _left_of(table, waiting, may_fail=time.monotonic() < until)
        if len(left) < len(waiting):
            wait_s, until = FIRST_WAIT_S, time.monotonic() + patience_s
        if left:
            if time.monotonic() >= until:
                raise StorageThrottled(f"{table.where} took {len(left)} items not at all: raise its limits")
            time.sleep(random.uniform(0.2, 1.0) * wait_s)  # noqa: S311
            wait_s = min(LONGEST_WAIT_S, wait_s * 2)
        waiting = left


def _left_of(table: Table, batch: list[Request], *, may_fail: bool) -> list[Request]:
    """What is not written yet after one attempt."""
    try:
        return table.write_batch(batch)
    except (StorageThrottled, StorageUnavailable):
        if may_fail:
            return batch
        raise
