"""Typed records in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from flavorbot.errors import NotFound, RequestReused, VersionConflict
from flavorbot.model import TypedRecord
from flavorbot.storage.limits import is_key
from flavorbot.storage.sqlite_database import Part, Row
from flavorbot.storage.typed import has_place, is_type, typed_of, typed_record

# Read in one transaction.
BATCH = 100
_HERE = "user_id = ? AND type = ? AND id = ?"
_CURRENT = "(expires IS NULL OR expires > ?)"


class SQLiteRecords(Part):
    """`IRecords` over the table `records`."""

    def save_record(self, user_id: str, record: TypedRecord) -> TypedRecord:
        now = self.db.moment()
        row = {"user_id": user_id, "type": record.type, "id": record.id, **typed_record(user_id, record)}
        row |= {"version": 1, "created": now, "updated": now}
        with self.db.write("save_record") as connection:
            stored = _find(connection, user_id, record.type, record.id, now)
            if stored is not None:
                if stored["made"] != row["made"]:
                    raise RequestReused("This request already stored another record.")
                return _typed(stored)
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT OR REPLACE INTO records ({names}) VALUES ({values})", row)  # noqa: S608
        return _typed(row)

    def get_record(self, user_id: str, type_: str, record_id: str) -> TypedRecord | None:
        if not has_place(user_id, type_, record_id):
            return None
        with self.db.read("get_record") as connection:
            row = _find(connection, user_id, type_, record_id, self.db.moment())
        return None if row is None else _typed(row)

    def list_records(self, user_id: str, type_: str | None = None) -> Iterator[TypedRecord]:
        if not is_key(user_id) or not (type_ is None or is_type(type_)):
            return
        after, now = (type_ or "", ""), self.db.moment()
        while True:
            with self.db.read("list_records") as connection:
                rows = connection.execute(
                    f"SELECT * FROM records WHERE user_id = ? AND type = coalesce(?, type) AND {_CURRENT}"  # noqa: S608
                    " AND (type, id) > (?, ?) ORDER BY type, id LIMIT ?",
                    [user_id, type_, now, *after, BATCH],
                ).fetchall()
            yield from map(_typed, rows)
            if len(rows) < BATCH:
                return
            after = (rows[-1]["type"], rows[-1]["id"])

    def update_record(self, user_id: str, record: TypedRecord) -> TypedRecord:
        now = self.db.moment()
        row = typed_record(user_id, record) | {"version": record.version + 1, "updated": now}
        with self.db.write("update_record") as connection:
            stored = _find(connection, user_id, record.type, record.id, now)
            if stored is None:
                raise NotFound("This record no longer exists.")
            if stored["version"] != record.version:
                raise VersionConflict("This record was changed in the meantime.")
            changes = ", ".join(f"{name} = ?" for name in row)
            connection.execute(
                f"UPDATE records SET {changes} WHERE {_HERE}",  # noqa: S608
                [*row.values(), user_id, record.type, record.id],
            )
        return _typed(stored | row)

    def delete_record(self, user_id: str, type_: str, record_id: str) -> bool:
        if not has_place(user_id, type_, record_id):
            return False
        with self.db.write("delete_record") as connection:
            gone = connection.execute(
                f"DELETE FROM records WHERE {_HERE} AND {_CURRENT}",  # noqa: S608
                [user_id, type_, record_id, self.db.moment()],
            ).rowcount
        return gone > 0


def _find(connection: sqlite3.Connection, user_id: str, type_: str, record_id: str, now: int) -> Row | None:
    row: Row | None = connection.execute(
        f"SELECT * FROM records WHERE {_HERE} AND {_CURRENT}",  # noqa: S608
        [user_id, type_, record_id, now],
    ).fetchone()
    return row


def _typed(row: Row) -> TypedRecord:
    return typed_of(row, row["type"], row["id"])
