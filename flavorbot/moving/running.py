"""A move from its first row to its last: rows are read here, workers store them, and where it stands is kept."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Any, Protocol

from flavorbot.interfaces import IStorage
from flavorbot.moving.cells import Row
from flavorbot.moving.mapping import ENTITIES, Entity, Map, TableMap
from flavorbot.moving.people import email_of, is_confirmed, user_id_of
from flavorbot.moving.places import Place, Places, keys_of
from flavorbot.moving.problems import BadRow, CannotMove
from flavorbot.moving.rows import owner_in
from flavorbot.moving.source import ISource
from flavorbot.moving.working import Boxes, Doing, Done, Person, Work, Worker, add_box, left_row
from flavorbot.settings import Settings

Key = tuple[Any, ...]

# Chunks of rows that wait for each worker.
AHEAD = 2


class IWatcher(Protocol):
    """Whoever is told how it goes."""

    def begins(self, table: TableMap, total: int | None, counts: Mapping[str, int]) -> None: ...

    def goes_on(self, counts: Mapping[str, int]) -> None: ...

    def ends(self, counts: Mapping[str, int]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done with which tables; `rows_at_once` go to a worker together."""

    doing: Doing
    tables: tuple[TableMap, ...]
    rows_at_once: int
    everybody: Person | None = None


class Crew(Protocol):
    """Whoever does the work, in this process or in others."""

    size: int

    def do(self, work: Work) -> Future[Done]: ...

    def settle(self, boxes: Boxes) -> Future[None]: ...


class Alone:
    """The work is done here and now."""

    size = 1

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def do(self, work: Work) -> Future[Done]:
        return _done(lambda: self._worker.do(work))

    def settle(self, boxes: Boxes) -> Future[None]:
        return _done(lambda: self._worker.settle(boxes))


class Several:
    """The work is done by processes, each with a store of its own."""

    def __init__(self, size: int, settings: Settings, mapped: Map, now: datetime) -> None:
        self.size = size
        self._pool: Executor = ProcessPoolExecutor(size, _context(), _start, (settings, mapped, now))

    def do(self, work: Work) -> Future[Done]:
        return self._pool.submit(_do, work)

    def settle(self, boxes: Boxes) -> Future[None]:
        return self._pool.submit(_settle, boxes)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Workers come from a process that has read the food table for all of them, where the system can do that.

    They are not forked from this one: what it has open, a child must not close.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flavorbot.moving.readied"])
    forkserver.ensure_running()
    return context


def run(
    source: ISource, mapped: Map, plan: Plan, crew: Crew, places: Places, watcher: IWatcher
) -> dict[str, Counter[str]]:
    """Go through the tables; by their names what became of their rows.

    `CannotMove`, `StorageError` and whatever else stops it: it can be gone on with.
    """
    for table in plan.tables:
        place = places.of(table.table)
        if not place.is_done:
            _Run(source, mapped, plan, crew, places, place, watcher).go_through(table)
    return {table.table: places.of(table.table).counts for table in plan.tables}


def chosen(source: ISource, mapped: Map, entity: Entity) -> tuple[TableMap, ...]:
    """The tables of the map that are there and asked for; `CannotMove` where one that must be is not."""
    found = []
    for table in mapped.tables:
        if entity in ("all", ENTITIES[table.becomes]):
            if source.has(table):
                found.append(table)
            elif not table.optional:
                raise CannotMove(f"{source.name} has no table {table.table}, which the map “{mapped.name}” reads.")
    if not found:
        raise CannotMove(f"The map “{mapped.name}” finds no {entity} in {source.name}.")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Settling:
    """A chunk that is stored, with the key of its last row, and the box that later ones may add to."""

    done: Done
    after: Key
    box: str
    settled: Future[None] | None

    def is_over(self) -> bool:
        return self.settled is None or self.settled.done()


class _Run:
    """One table on its way."""

    def __init__(
        self,
        source: ISource,
        mapped: Map,
        plan: Plan,
        crew: Crew,
        places: Places,
        place: Place,
        watcher: IWatcher,
    ) -> None:
        self._source = source
        self._map = mapped
        self._plan = plan
        self._crew = crew
        self._places = places
        self._place = place
        self._watcher = watcher
        self._under_way: deque[tuple[Future[Done], Key]] = deque()
        self._settling: deque[_Settling] = deque()
        # Of what an earlier run left open nobody remembers how many it got.
        self._open: Boxes = {place.box: None} if place.box else {}

    def go_through(self, table: TableMap) -> None:
        self._watcher.begins(table, self._source.count(table), self._place.counts)
        if self._place.after is None:
            self._leave_keyless(table)
        try:
            self._read(table)
        finally:
            # Also when it breaks off: what is done with is not done again.
            self._note(wait=True)
        if self._open and self._plan.doing == "move":
            self._crew.settle(self._open).result()
        self._place.box, self._place.is_done = "", True
        self._places.save()
        self._watcher.ends(self._place.counts)

    def _read(self, table: TableMap) -> None:
        with closing(self._source.rows(table, self._place.after)) as found:
            for rows in _in_chunks(found, self._plan.rows_at_once):
                self._under_way.append((self._crew.do(self._work(table, rows)), keys_of(rows[-1], table.key)))
                self._take(AHEAD * self._crew.size)
            self._take(0)

    def _leave_keyless(self, table: TableMap) -> None:
        """Rows without a key have no place in the order: they are told of at the beginning, and only then."""
        for row in self._source.keyless(table):
            empty = next(each for each in table.key if row.get(each) is None)
            self._place.counts["failed"] += 1
            self._places.left.add([left_row(table, "failed", f"it has no {empty}", row)])

    def _work(self, table: TableMap, rows: Sequence[Row]) -> Work:
        return Work(self._plan.doing, table, rows, self._people(table, rows), self._plan.everybody)

    def _take(self, most: int) -> None:
        """Wait until at most so many chunks are under way; have boxes counted whose recipes are all there."""
        while len(self._under_way) > most:
            future, after = self._under_way.popleft()
            done, settled = future.result(), None
            if self._plan.doing == "move" and done.boxes:
                boxes = self._open
                for box, written in done.boxes.items():
                    add_box(boxes, box, written)
                self._open = dict([boxes.popitem()])
                settled = self._crew.settle(boxes)
            self._settling.append(_Settling(done, after, next(iter(self._open), ""), settled))
            self._note(wait=False)

    def _note(self, *, wait: bool) -> None:
        """Keep how far it is: up to the first chunk whose boxes are not counted yet."""
        while self._settling and (wait or self._settling[0].is_over()):
            each = self._settling.popleft()
            if each.settled is not None:
                each.settled.result()
            self._place.counts += each.done.counts
            self._place.after, self._place.box = each.after, each.box
            self._places.left.add(each.done.left)
            self._places.save()
            self._watcher.goes_on(self._place.counts)

    def _people(self, table: TableMap, rows: Sequence[Row]) -> dict[str, Person | None]:
        """The owners of these rows, as the source knows them."""
        users = self._map.people
        if table.becomes == "user" or users is None or not table.owner:
            return {}
        names = {name for row in rows if (name := _owner_in(table, row))}
        found = self._source.people(users, names) if names else {}
        return {name: _person(self._map, users, row) for name, row in found.items()}


def _owner_in(table: TableMap, row: Row) -> str:
    try:
        return owner_in(table, row)
    except BadRow:
        return ""


def _person(mapped: Map, users: TableMap, row: Row) -> Person | None:
    """None for someone whose own row cannot come in."""
    try:
        return Person(user_id_of(mapped, users, row), email_of(users, row), is_confirmed(users, row))
    except BadRow:
        return None


def _in_chunks(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    for first in rows:
        yield list(chain([first], islice(rows, size - 1)))


def _done(work: Callable[[], Any]) -> Future[Any]:
    future: Future[Any] = Future()
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)
    return future


_worker: Worker | None = None


def _start(settings: Settings, mapped: Map, now: datetime) -> None:
    """Make the store and the worker of this process, which ends with the one that reads, however that ends."""
    global _worker
    # Ctrl-C is the parent's to deal with.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(_opened(settings), mapped, now)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _opened(settings: Settings) -> IStorage:
    from flavorbot.storage import open_storage

    return open_storage(settings, b"")


def _do(work: Work) -> Done:
    if _worker is None:
        raise RuntimeError("a worker begins with its store")
    return _worker.do(work)


def _settle(boxes: Boxes) -> None:
    if _worker is None:
        raise RuntimeError("a worker begins with its store")
    _worker.settle(boxes)
