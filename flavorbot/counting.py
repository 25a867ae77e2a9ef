"""What is counted while requests are answered: for each one's log line, for what a month costs, and for Prometheus."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from flavorbot import sketch
from flavorbot.errors import FlavorBotError
from flavorbot.interfaces import ISpending, IWatch
from flavorbot.model import Answered, CookOutcome, Refusal, SessionEvent, Spending, StoreCall
from flavorbot.secret import derive_key

# What a worker that is killed has not kept yet is lost: at most this much of its time.
KEEP_EVERY_S = 300.0

log = logging.getLogger("flavorbot.counting")
_tally: ContextVar[Tally | None] = ContextVar("tally", default=None)


@dataclass(slots=True)
class Tally:
    """What one request has asked of the store so far."""

    calls: int = 0
    read_units: float = 0
    write_units: float = 0


class Counting:
    """Counts for all threads of one process; what else wants to know is told as it happens."""

    def __init__(self, now: Callable[[], datetime], *watches: IWatch) -> None:
        self._now = now
        self._watches = watches
        self._lock = threading.Lock()
        self._months: dict[tuple[int, int], Month] = {}

    def begin(self) -> Tally:
        """A request begins; what this thread asks of the store counts for it until the next one begins."""
        tally = Tally()
        _tally.set(tally)
        for watch in self._watches:
            watch.begin()
        return tally

    def storage_call(self, call: StoreCall) -> None:
        tally = _tally.get()
        if tally is not None:
            tally.calls += 1
            tally.read_units += call.read_units
            tally.write_units += call.write_units
        with self._lock:
            month = self._month()
            month.calls += 1
            month.read_units += call.read_units
            month.write_units += call.write_units
        for watch in self._watches:
            watch.storage_call(call)

    def request(self, answered: Answered, person: bytes | None) -> None:
        """It was answered, to someone whose hash this is."""
        _tally.set(None)
        with self._lock:
            month = self._month()
            month.requests += 1
            if person is not None:
                sketch.add(month.people, person)
        for watch in self._watches:
            watch.request(answered)

    def cooked(self, outcome: CookOutcome) -> None:
        for watch in self._watches:
            watch.cooked(outcome)

    def refused(self, what: Refusal) -> None:
        for watch in self._watches:
            watch.refused(what)

    def session(self, what: SessionEvent) -> None:
        for watch in self._watches:
            watch.session(what)

    def spent(self) -> list[Spending]:
        """What this process counted, month by month."""
        with self._lock:
            return [month.spending(f"{year:04d}-{number:02d}") for (year, number), month in self._months.items()]

    def _month(self) -> Month:
        now = self._now()
        key = (now.year, now.month)
        found = self._months.get(key)
        if found is None:
            found = self._months[key] = Month()
        return found


class LogNames:
    """What people are called in logs: only whoever has the secret can tell who that is."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "log names")

    def digest(self, user_id: str) -> bytes:
        return hmac.digest(self._key, user_id.encode(), hashlib.sha256)

    def of(self, user_id: str) -> str:
        return self.digest(user_id)[:8].hex()


class Month:
    """The sums of one month."""

    __slots__ = ("calls", "people", "read_units", "requests", "write_units")

    def __init__(self) -> None:
        self.requests = 0
        self.calls = 0
        self.read_units = 0.0
        self.write_units = 0.0
        self.people = bytearray(sketch.SIZE)

    def spending(self, month: str) -> Spending:
        return Spending(
            month=month,
            requests=self.requests,
            calls=self.calls,
            read_units=self.read_units,
            write_units=self.write_units,
            people=bytes(self.people),
        )


class Keeper:
    """Keeps, in a thread of each worker and when it ends, what was counted: a write every few minutes, none a request.

    Sums are put whole under the name of the process, so that one sent twice counts once.
    """

    def __init__(self, storage: ISpending, counting: Counting) -> None:
        self._storage = storage
        self._counting = counting
        self._process = secrets.token_hex(8)
        self._kept: dict[str, int] = {}
        self._keeping = threading.Lock()

    def start(self) -> None:
        threading.Thread(target=self._run, name="keeper", daemon=True).start()

    def keep(self) -> None:
        """Put what has changed; the store's own failure is no reason to fail, later sums hold it all."""
        with self._keeping:
            for spending in self._counting.spent():
                # Keeping is itself a call to the store, which is no reason to keep again.
                if self._kept.get(spending.month) != spending.requests:
                    self._put(spending)

    def _put(self, spending: Spending) -> None:
        try:
            self._storage.keep_spending(self._process, spending)
            self._kept[spending.month] = spending.requests
        except FlavorBotError as error:
            log.warning("What was counted is kept later: %s", error.detail)

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(KEEP_EVERY_S)
            self.keep()


def summed(month: str, parts: Iterable[Spending]) -> Spending:
    """What all processes counted, as one; whoever was served by several of them is one person."""
    people = bytearray(sketch.SIZE)
    total = Spending(month=month)
    for part in parts:
        sketch.merge(people, part.people)
        total = replace(
            total,
            requests=total.requests + part.requests,
            calls=total.calls + part.calls,
            read_units=total.read_units + part.read_units,
            write_units=total.write_units + part.write_units,
        )
    return replace(total, people=bytes(people))
