"""Deleting an account in the embedded store: every row, in whatever table, that says that it is theirs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.errors import NotFound
from flavorbot.model import Erasure, Owner, User
from flavorbot.storage.clock import to_moment
from flavorbot.storage.erasing import MANY, TABLES, gone_on, is_idle
from flavorbot.storage.limits import ERASURE_KEPT, is_key
from flavorbot.storage.records import erasure_of, erasure_record
from flavorbot.storage.sqlite_database import Part
from flavorbot.storage.sqlite_usage import owner_key
from flavorbot.storage.sqlite_words import take_words

# Tables that say whose their rows are, by which column, and whether their rows have numbers.
_OWNED = (
    "SELECT tables.name AS name, columns.name AS column, tables.wr AS numberless"
    " FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns"
    " WHERE tables.schema = 'main' AND tables.type = 'table' AND columns.name IN ('user_id', 'owner')"
    " ORDER BY tables.name"
)


class SQLiteErasing(Part):
    """`IErasing` over the table `erasures`, and every table that has a `user_id` or an `owner`."""

    def begin_erasure(self, user: User, erasure: Erasure) -> None:
        with self.db.write("begin_erasure") as connection:
            if not connection.execute("DELETE FROM users WHERE id = ?", [user.id]).rowcount:
                raise NotFound("This account no longer exists.")
            connection.execute("DELETE FROM sessions WHERE user_id = ?", [user.id])
            _keep(connection, erasure)

    def erase_some(self, erasure: Erasure) -> Erasure:
        with self.db.write("erase_some") as connection:
            now = self.db.moment()
            stored = _find(connection, erasure.id)
            if stored is None or is_idle(stored, now):
                return stored or replace(erasure, user_id="", closed=True)
            newer = gone_on(stored, _deleted(connection, stored.user_id), now)
            _keep(connection, newer)
        return newer

    def get_erasure(self, erasure_id: str) -> Erasure | None:
        if not is_key(erasure_id):
            return None
        with self.db.read("get_erasure") as connection:
            found = _find(connection, erasure_id)
        is_over = found is not None and to_moment(found.began_at) + ERASURE_KEPT <= self.db.moment()
        return None if found is not None and found.closed and is_over else found

    def list_erasures(self) -> Sequence[Erasure]:
        with self.db.read("list_erasures") as connection:
            rows = connection.execute("SELECT * FROM erasures WHERE NOT closed").fetchall()
        return [erasure_of(row, row["id"]) for row in rows]


def _find(connection: sqlite3.Connection, erasure_id: str) -> Erasure | None:
    row = connection.execute("SELECT * FROM erasures WHERE id = ?", [erasure_id]).fetchone()
    return None if row is None else erasure_of(row, erasure_id)


def _keep(connection: sqlite3.Connection, erasure: Erasure) -> None:
    row = erasure_record(erasure) | {"id": erasure.id, "expires": to_moment(erasure.began_at) + ERASURE_KEPT}
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT OR REPLACE INTO erasures ({names}) VALUES ({values})", row)  # noqa: S608


def _deleted(connection: sqlite3.Connection, user_id: str) -> Iterator[str]:
    """Delete about `MANY` rows; gives the kind of each."""
    left = MANY
    for table in connection.execute(_OWNED).fetchall():
        if left <= 0:
            return
        whose = user_id if table["column"] == "user_id" else owner_key(Owner("user", user_id))
        gone = _delete_from(connection, table["name"], table["column"], whose, None if table["numberless"] else left)
        left -= gone
        yield from [TABLES.get(table["name"], "")] * gone


def _delete_from(connection: sqlite3.Connection, table: str, column: str, whose: str, most: int | None) -> int:
    """Delete rows of one table, all of them where they have no numbers by which to choose some."""
    if most is None:
        return connection.execute(f"DELETE FROM {table} WHERE {column} = ?", [whose]).rowcount  # noqa: S608
    found = connection.execute(f"SELECT rowid FROM {table} WHERE {column} = ? LIMIT ?", [whose, most])  # noqa: S608
    numbers = [row["rowid"] for row in found.fetchall()]
    for number in numbers:
        if table == "recipes":
            take_words(connection, number)
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", [number])  # noqa: S608
    return len(numbers)
