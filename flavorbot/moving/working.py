"""What a worker does with some rows of a table: convert, store or compare, and say what became of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from flavorbot.errors import InvalidInput
from flavorbot.interfaces import IStorage
from flavorbot.model import Brought, Movable, User
from flavorbot.moving.cells import Row
from flavorbot.moving.likeness import REASONS, WORST_FIRST, Likeness, likeness
from flavorbot.moving.mapping import Map, TableMap
from flavorbot.moving.problems import BadRow, NotWanted
from flavorbot.moving.rows import Converted, convert, owner_in
from flavorbot.storage.patience import patiently

T = TypeVar("T")
Doing = Literal["move", "try", "verify"]
# What can become of a row.
Outcome = Literal["written", "there", "skipped", "failed"] | Likeness
# Whose boxes got recipes, in order, and how many; None where nobody knows.
Boxes = dict[str, int | None]

_CAME: Mapping[str, Outcome] = {"written": "written", "there": "there"}
_HOW_MANY: Mapping[str, int | None] = {"written": 1, "there": None}

BROKEN = "_broken"
# Columns that nobody needs to see to mend a row.
SECRET = re.compile(r"passw|token|secret|sess|^sid$", re.IGNORECASE)
MOST_KNOWN = 20_000
# So long a store that does not answer is asked again: what is moved can be gone on with later.
PATIENCE_S = 10.0
NO_ACCOUNT = "the account it belongs to cannot come in"
NOT_THERE = "the account it belongs to has not been moved in"
HAS_ACCOUNT = "Their address has an account already; what they kept goes there."
TAKEN = "another account has this address"


@dataclass(frozen=True, slots=True)
class Person:
    """An owner of rows, as the source knows them, and the id that they have here if they were moved in."""

    id: str
    email: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Work:
    """Some rows, in the order they were read, and by the source's ids whose they are: None if they cannot come in."""

    doing: Doing
    table: TableMap
    rows: Sequence[Row]
    people: Mapping[str, Person | None]
    everybody: Person | None = None
    """Whose rows are that nobody owns."""


@dataclass(frozen=True, slots=True)
class Left:
    """A row that did not come in, or not whole, and why."""

    table: str
    outcome: str
    reason: str
    row: Mapping[str, Any]


@dataclass(slots=True)
class Done:
    """What became of some rows: how many of each outcome, what is to be told, whose boxes got recipes, in order.

    With each box stands how many were written to it; None where some were there already.
    """

    counts: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    boxes: Boxes = field(default_factory=dict)


class Worker:
    """Works on one store; one for each process."""

    def __init__(self, storage: IStorage, mapped: Map, now: datetime) -> None:
        self._storage = storage
        self._map = mapped
        self._now = now
        self._known: dict[str, str | None] = {}

    def do(self, work: Work) -> Done:
        """What became of the rows; `StorageError`."""
        done = Done()
        converted = list(self._converted(work, done))
        if work.doing == "verify":
            outcomes = self._compared([each for _, each in converted])
        else:
            outcomes = self._stored([each for _, each in converted], work.doing)
        for (row, each), (outcome, reason) in zip(converted, outcomes, strict=True):
            done.counts[outcome] += 1
            if reason:
                done.left.append(left_row(work.table, outcome, reason, row))
            elif outcome == "written":
                done.left += [left_row(work.table, "left out", told, row) for told in each.told]
        if work.table.becomes == "recipe":
            for (_, each), (outcome, _) in zip(converted, outcomes, strict=True):
                add_box(done.boxes, each.things[0].user_id, _HOW_MANY.get(outcome, 0))
        return done

    def settle(self, boxes: Boxes) -> None:
        """Have what is counted of these boxes be right."""
        _insisting(lambda: self._storage.settle_boxes(boxes))

    def _converted(self, work: Work, done: Done) -> list[tuple[Row, Converted]]:
        accounts = self._accounts(work)
        found = []
        for row in work.rows:
            try:
                if BROKEN in row:
                    raise BadRow(str(row[BROKEN]))
                owner = self._owner(work, row, accounts)
                found.append((row, convert(self._map, work.table, row, owner, self._now)))
            except (BadRow, NotWanted) as problem:
                outcome = "failed" if isinstance(problem, BadRow) else "skipped"
                done.counts[outcome] += 1
                done.left.append(left_row(work.table, outcome, str(problem), row))
        return found

    def _owner(self, work: Work, row: Row, accounts: Mapping[str, str | None]) -> str:
        """The account that a row belongs to; `BadRow`."""
        if work.table.becomes == "user":
            return ""
        if not work.table.owner and work.everybody is not None:
            return work.everybody.id
        name = owner_in(work.table, row)
        if not name:
            raise BadRow("it does not say whose it is")
        if name not in work.people:
            raise BadRow(f"nobody there has the id {name[:80]}")
        account = accounts.get(name)
        if account is None:
            raise BadRow(NOT_THERE if work.people[name] else NO_ACCOUNT)
        return account

    def _accounts(self, work: Work) -> Mapping[str, str | None]:
        """By the source's id, the account here; when nothing is written, also the one that there would be."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        people = {name: each for name, each in work.people.items() if each is not None}
        wanted = [each for each in people.values() if self._known.get(each.id) is None]
        there = _insisting(lambda: self._storage.known_users([each.id for each in wanted])) if wanted else frozenset()
        for each in wanted:
            self._known[each.id] = each.id if each.id in there else self._joined(each)
        found = {name: self._known[each.id] for name, each in people.items()}
        return {name: account or people[name].id for name, account in found.items()} if work.doing == "try" else found

    def _joined(self, person: Person) -> str | None:
        """The account that this person has here already, where both know that the address is theirs."""
        if not self._map.join or not person.is_confirmed:
            return None
        user = _insisting(lambda: self._storage.user_by_email(person.email))
        return None if user is None or user.email_confirmed_at is None else user.id

    def _stored(self, converted: Sequence[Converted], doing: Doing) -> list[tuple[Outcome, str]]:
        """What became of each row: first its main thing comes in, then what goes along with those that did."""
        arrive = self._would_arrive if doing == "try" else self._arrive
        arrivals = arrive([each.things[0] for each in converted])
        outcomes = [self._outcome(each, arrival) for each, arrival in zip(converted, arrivals, strict=True)]
        came = [each for each, (outcome, _) in zip(converted, outcomes, strict=True) if outcome in ("written", "there")]
        arrive([thing for each in came for thing in each.things[1:]])
        return outcomes

    def _arrive(self, things: Sequence[Brought]) -> list[str]:
        """How each arrived, or why it is refused."""
        try:
            return list(_insisting(lambda: self._storage.bring_in(things))) if things else []
        except InvalidInput as error:
            if len(things) == 1:
                return [error.detail]
            return [arrival for each in things for arrival in self._arrive([each])]

    def _would_arrive(self, things: Sequence[Brought]) -> list[str]:
        there = _insisting(lambda: self._storage.look_up(things))
        return [self._would(each, found) for each, found in zip(things, there, strict=True)]

    def _would(self, thing: Brought, there: Movable | None) -> str:
        if there is not None:
            return "there"
        if isinstance(thing.what, User) and self._storage.user_by_email(thing.what.email) is not None:
            return "taken"
        return "written"

    def _outcome(self, converted: Converted, arrival: str) -> tuple[Outcome, str]:
        what = converted.things[0].what
        if arrival == "taken" and isinstance(what, User):
            return ("failed", TAKEN) if self._joined(_person(what)) is None else ("skipped", HAS_ACCOUNT)
        return ("failed", arrival) if arrival not in _CAME else (_CAME[arrival], "")

    def _compared(self, converted: Sequence[Converted]) -> list[tuple[Outcome, str]]:
        things = [thing for each in converted for thing in each.things]
        stored = _insisting(lambda: self._storage.look_up(things))
        return [self._likeness(each, some) for each, some in _by_row(converted, stored)]

    def _likeness(self, converted: Converted, stored: Sequence[Movable | None]) -> tuple[Outcome, str]:
        """Of a row by the least alike of all that it became."""
        first = converted.things[0].what
        if isinstance(first, User) and stored[0] is None:
            if self._joined(_person(first)) is not None:
                return "skipped", HAS_ACCOUNT
            if _insisting(lambda: self._storage.user_by_email(first.email)) is not None:
                return "failed", TAKEN
        found = [likeness(thing.what, there) for thing, there in zip(converted.things, stored, strict=True)]
        worst = min(found, key=WORST_FIRST.index)
        return worst, REASONS.get(worst, "")


def _person(user: User) -> Person:
    return Person(user.id, user.email, user.email_confirmed_at is not None)


def _by_row(converted: Sequence[Converted], parts: Sequence[T]) -> list[tuple[Converted, Sequence[T]]]:
    """With each row what belongs to its things."""
    found, at = [], 0
    for each in converted:
        found.append((each, parts[at : at + len(each.things)]))
        at += len(each.things)
    return found


def _insisting(ask: Callable[[], T]) -> T:
    return patiently(ask, PATIENCE_S)


def add_box(boxes: Boxes, box: str, written: int | None) -> None:
    """So many recipes were written to the box, besides what it got before."""
    before = boxes.get(box, 0)
    boxes[box] = None if before is None or written is None else before + written


def left_row(table: TableMap, outcome: str, reason: str, row: Row) -> Left:
    return Left(table.table, outcome, reason, {name: part for name, part in row.items() if not SECRET.search(name)})
