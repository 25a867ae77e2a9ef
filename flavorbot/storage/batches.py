"""Many items of DynamoDB at once: written in batches, what was left unprocessed sent again, or read page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from flavorbot.errors import StorageThrottled, StorageUnavailable
from flavorbot.storage.dynamodb_table import BATCH_WRITE_KEYS, Table
from flavorbot.storage.items import Item
from flavorbot.storage.patience import PATIENCE_S, Pauses, patiently
from flavorbot.storage.table import Key

# Batches under way at the same time.
AT_ONCE = 4

Request = Mapping[str, Any]
Place = Mapping[str, Any] | None


class BatchWriter:
    """Puts and deletes items, whatever is there; all are done when it is left, or flushed, without an error.

    Batches overtake each other: of a key that is given twice between two flushes, either may stay.
    """

    def __init__(self, table: Table, at_once: int = AT_ONCE, patience_s: float = PATIENCE_S) -> None:
        self._table = table
        self._at_once = at_once
        self._patience_s = patience_s
        self._pool = ThreadPoolExecutor(at_once, "batch")
        self._waiting: dict[tuple[str, str], Request] = {}
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
        self._add(item, {"PutRequest": {"Item": item}})

    def delete(self, key: Key) -> None:
        self._add(key, {"DeleteRequest": {"Key": key}})

    def flush(self) -> None:
        """Return once everything given so far is written; `StorageThrottled`, `StorageError`."""
        self._send_waiting()
        while self._under_way:
            self._under_way.pop(0).result()

    def _add(self, key: Mapping[str, Any], request: Request) -> None:
        self._waiting[key["PK"]["S"], key["SK"]["S"]] = request
        if len(self._waiting) >= BATCH_WRITE_KEYS:
            self._send_waiting()

    def _send_waiting(self) -> None:
        """Start the next batch, once fewer than `at_once` are under way."""
        if not self._waiting:
            return
        while len(self._under_way) >= self._at_once:
            self._under_way.pop(0).result()
        batch, self._waiting = list(self._waiting.values()), {}
        self._under_way.append(self._pool.submit(write_batch, self._table, batch, self._patience_s))


def write_batch(table: Table, batch: Sequence[Request], patience_s: float = PATIENCE_S) -> None:
    """Write up to 25 items, sent until none is left; a put or delete that is sent twice does no harm."""
    waiting, pauses = list(batch), Pauses(patience_s)
    while waiting:
        try:
            left = table.write_batch(waiting)
        except (StorageThrottled, StorageUnavailable) as error:
            pauses.wait(error)
            continue
        if len(left) < len(waiting):
            pauses = Pauses(patience_s)
        if left:
            pauses.wait(StorageThrottled(f"{table.where} is over its capacity and leaves items unwritten"))
        waiting = left


def read_all(table: Table, segments: int = 1, patience_s: float = PATIENCE_S) -> Iterator[Item]:
    """Every item of the table, in pages of up to 1 MB; the next is on its way while one is looked at."""
    with ThreadPoolExecutor(1, "page") as pool:

        def ask(segment: int, after: Place = None) -> Future[tuple[list[Item], Place]]:
            return pool.submit(patiently, lambda: table.scan_page(segment, segments, after), patience_s)

        segment, page = 0, ask(0)
        while True:
            items, after = page.result()
            if after is None:
                segment += 1
            if segment < segments:
                page = ask(segment, after)
            yield from items
            if segment == segments:
                return
