"""What is moved in, in the embedded store: many things in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from flavorbot.model import Arrival, Brought, Movable, Owner, Recipe, Session, TypedRecord, Usage, UsageEvent, User
from flavorbot.storage.clock import to_moment
from flavorbot.storage.codec import Packed, fold_email, pack_recipe
from flavorbot.storage.limits import EVENT_KEPT
from flavorbot.storage.records import (
    Record,
    check_owner,
    event_of,
    event_record,
    session_of,
    session_record,
    usage_of,
    usage_record,
    user_of,
    user_record,
)
from flavorbot.storage.sqlite_database import Part, Row
from flavorbot.storage.sqlite_recipes import insert_recipe, touch_box
from flavorbot.storage.sqlite_sessions import insert_session
from flavorbot.storage.sqlite_usage import owner_key
from flavorbot.storage.sqlite_versions import recipe_of
from flavorbot.storage.typed import typed_of, typed_record

# Of one statement; SQLite takes 32,766.
NAMES_AT_ONCE = 500
Kept = Packed | Record


class SQLiteMoving(Part):
    """`IMoving` over the table of each kind."""

    def bring_in(self, things: Sequence[Brought]) -> Sequence[Arrival]:
        kept = [_kept(each) for each in things]
        with self.db.write("bring_in") as connection:
            arrivals = [_bring(connection, each, row) for each, row in zip(things, kept, strict=True)]
            boxes = [
                each.user_id
                for each, arrival in zip(things, arrivals, strict=True)
                if arrival == "written" and isinstance(each.what, Recipe)
            ]
            for user_id in dict.fromkeys(boxes):
                touch_box(connection, user_id, self.db.moment())
        return arrivals

    def look_up(self, things: Sequence[Brought]) -> Sequence[Movable | None]:
        with self.db.read("look_up") as connection:
            return [_value(connection, each) for each in things]

    def known_users(self, ids: Sequence[str]) -> frozenset[str]:
        with self.db.read("known_users") as connection:
            return frozenset(_known(connection, list(dict.fromkeys(ids))))

    def settle_boxes(self, boxes: Mapping[str, int | None]) -> None:
        """Nothing is counted here that the rows do not tell."""


def _kept(thing: Brought) -> Kept:
    """It as kept, made before the store is locked for it."""
    check_owner(Owner("user", thing.user_id))
    what = thing.what
    if isinstance(what, User):
        return user_record(what) | {"email_key": fold_email(what.email)}
    if isinstance(what, Recipe):
        return pack_recipe(what)
    if isinstance(what, Session):
        return session_record(what)
    owner = {"owner": owner_key(Owner("user", thing.user_id))}
    if isinstance(what, Usage):
        return usage_record(what) | owner
    if isinstance(what, UsageEvent):
        return event_record(what) | owner | {"expires": to_moment(what.at) + EVENT_KEPT}
    created, updated = (to_moment(each) if each else 0 for each in (what.created_at, what.updated_at))
    row = {"user_id": thing.user_id, "type": what.type, "id": what.id, **typed_record(thing.user_id, what)}
    return row | {"version": 1, "created": created, "updated": updated}


def _bring(connection: sqlite3.Connection, thing: Brought, kept: Kept) -> Arrival:
    what = thing.what
    if _row(connection, thing) is not None:
        return "there"
    if isinstance(what, Recipe) and isinstance(kept, Packed):
        created, updated = (to_moment(each) if each else 0 for each in (what.created_at, what.updated_at))
        insert_recipe(connection, thing.user_id, what, kept, created=created, updated=updated)
    elif isinstance(what, Session):
        insert_session(connection, what, None)
    elif not isinstance(kept, Packed):
        if isinstance(what, User) and _is_taken(connection, what):
            return "taken"
        names, values = ", ".join(kept), ", ".join(f":{name}" for name in kept)
        connection.execute(f"INSERT INTO {_table(what)} ({names}) VALUES ({values})", kept)  # noqa: S608
    return "written"


def _is_taken(connection: sqlite3.Connection, user: User) -> bool:
    found = connection.execute("SELECT 1 FROM users WHERE email_key = ?", [fold_email(user.email)])
    return found.fetchone() is not None


def _row(connection: sqlite3.Connection, thing: Brought) -> Row | None:
    """What is stored in its place."""
    where = _place(thing)
    condition = " AND ".join(f"{name} = :{name}" for name in where)
    row: Row | None = connection.execute(
        f"SELECT * FROM {_table(thing.what)} WHERE {condition}",  # noqa: S608
        where,
    ).fetchone()
    return row


def _place(thing: Brought) -> dict[str, str | None]:
    what = thing.what
    if isinstance(what, User):
        return {"id": what.id}
    if isinstance(what, Recipe):
        return {"user_id": thing.user_id, "id": what.id}
    if isinstance(what, Session):
        return {"sid": what.sid}
    if isinstance(what, TypedRecord):
        return {"user_id": thing.user_id, "type": what.type, "id": what.id}
    owner = owner_key(Owner("user", thing.user_id))
    return {"owner": owner, "period": what.period} if isinstance(what, Usage) else {"owner": owner, "id": what.id}


def _table(what: Movable) -> str:
    kinds = ((User, "users"), (Recipe, "recipes"), (Usage, "usage"), (UsageEvent, "usage_log"), (Session, "sessions"))
    return next((table for kind, table in kinds if isinstance(what, kind)), "records")


def _value(connection: sqlite3.Connection, thing: Brought) -> Movable | None:
    row, what = _row(connection, thing), thing.what
    if row is None:
        return None
    if isinstance(what, User):
        return user_of(row)
    if isinstance(what, Recipe):
        return recipe_of(row)
    if isinstance(what, Usage):
        return usage_of(row)
    if isinstance(what, UsageEvent):
        return event_of(row)
    if isinstance(what, Session):
        values = connection.execute("SELECT key, value FROM session_values WHERE sid = ?", [what.sid]).fetchall()
        return session_of(row, {each["key"]: each["value"] for each in values})
    return typed_of(row, what.type, what.id)


def _known(connection: sqlite3.Connection, ids: list[str]) -> Iterator[str]:
    for at in range(0, len(ids), NAMES_AT_ONCE):
        some = ids[at : at + NAMES_AT_ONCE]
        marks = ", ".join("?" * len(some))
        for row in connection.execute(f"SELECT id FROM users WHERE id IN ({marks})", some):  # noqa: S608
            yield row["id"]
