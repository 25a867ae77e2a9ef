"""A move from its first row to its last: rows are read here, workers store them, and where it stands is kept."""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any, Protocol

from flavorbot.interfaces import IStorage
from flavorbot.moving.cells import Row
from flavorbot.moving.mapping import ENTITIES, Entity, Map, TableMap
from flavorbot.moving.people import email_of, is_confirmed, user_id_of
from flavorbot.moving.places import Place, Places, keys_of
from flavorbot.moving.problems import BadRow, CannotMove
from flavorbot.moving.rows import owner_in
from flavorbot.moving.source import ISource
from flavorbot.moving.working import Doing, Done, Person, Work, Worker, left_row
from flavorbot.settings import Settings

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

    def settle(self, boxes: Sequence[str]) -> Future[None]: ...


class Alone:
    """The work is done here and now."""

    size = 1

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def do(self, work: Work) -> Future[Done]:
        return _done(lambda: self._worker.do(work))

    def settle(self, boxes: Sequence[str]) -> Future[None]:
        return _done(lambda: self._worker.settle(boxes))


class Several:
    """The work is done by processes, each with a store of its own."""

    def __init__(self, size: int, settings: Settings, mapped: Map, now: datetime) -> None:
        self.size = size
        # Not forked: what the parent has open, a child must not close.
        context = multiprocessing.get_context("spawn")
        self._pool: Executor = ProcessPoolExecutor(size, context, _start, (settings, mapped, now))

    def do(self, work: Work) -> Future[Done]:
        return self._pool.submit(_do, work)

    def settle(self, boxes: Sequence[str]) -> Future[None]:
        return self._pool.submit(_settle, boxes)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


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
        self._under_way: deque[Callable[[], None]] = deque()
        self._open_box = place.box

    def go_through(self, table: TableMap) -> None:
        self._watcher.begins(table, self._source.count(table), self._place.counts)
        if self._place.after is None:
            self._leave_keyless(table)
        for rows in _in_chunks(self._source.rows(table, self._place.after), self._plan.rows_at_once):
            self._send(table, rows)
            while len(self._under_way) > AHEAD * self._crew.size:
                self._under_way.popleft()()
        while self._under_way:
            self._under_way.popleft()()
        if self._open_box and self._plan.doing == "move":
            self._crew.settle([self._open_box]).result()
        self._place.box, self._place.is_done = "", True
        self._places.save()
        self._watcher.ends(self._place.counts)

    def _leave_keyless(self, table: TableMap) -> None:
        """Rows without a key have no place in the order: they are told of at the beginning, and only then."""
        for row in self._source.keyless(table):
            empty = next(each for each in table.key if row.get(each) is None)
            self._place.counts["failed"] += 1
            self._places.left.add([left_row(table, "failed", f"it has no {empty}", row)])

    def _send(self, table: TableMap, rows: Sequence[Row]) -> None:
        people = self._people(table, rows)
        work = Work(self._plan.doing, table, rows, people, self._plan.everybody)
        future, after = self._crew.do(work), keys_of(rows[-1], table.key)
        self._under_way.append(lambda: self._take(future.result(), after))

    def _take(self, done: Done, after: tuple[Any, ...]) -> None:
        """What a worker did; boxes whose recipes are all there are counted before it is noted that they are."""
        if self._plan.doing != "move" or not done.boxes:
            self._note(done, after, self._open_box)
            return
        boxes = list(dict.fromkeys([self._open_box, *done.boxes] if self._open_box else done.boxes))
        self._open_box = boxes.pop()
        box, settled = self._open_box, self._crew.settle(boxes)

        def note() -> None:
            settled.result()
            self._note(done, after, box)

        self._under_way.append(note)

    def _note(self, done: Done, after: tuple[Any, ...], box: str) -> None:
        self._place.counts += done.counts
        self._place.after, self._place.box = after, box
        self._places.left.add(done.left)
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
    """Make the store and the worker of this process."""
    global _worker
    _worker = Worker(_opened(settings), mapped, now)


def _opened(settings: Settings) -> IStorage:
    from flavorbot.storage import open_storage

    return open_storage(settings, b"")


def _do(work: Work) -> Done:
    if _worker is None:
        raise RuntimeError("a worker begins with its store")
    return _worker.do(work)


def _settle(boxes: Sequence[str]) -> None:
    if _worker is None:
        raise RuntimeError("a worker begins with its store")
    _worker.settle(boxes)
