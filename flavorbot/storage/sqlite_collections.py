"""Collections in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from flavorbot.errors import NotFound, RequestReused, VersionConflict
from flavorbot.model import Collection, Shelf
from flavorbot.storage.limits import COLLECTIONS, check_key, is_key
from flavorbot.storage.records import Record
from flavorbot.storage.shelving import (
    ID_BYTES,
    collection_of,
    collection_record,
    in_order,
    name_taken,
    shelf_of,
    too_many,
)
from flavorbot.storage.sqlite_database import Part, Row


class SQLiteCollections(Part):
    """`ICollections` over the table `collections`."""

    def create_collection(self, user_id: str, collection: Collection) -> Collection:
        now = self.db.moment()
        check_key(user_id, "user")
        row = collection_record(collection) | {"user_id": user_id, "id": collection.id, "version": 1}
        row |= {"created": now, "updated": now}
        with self.db.write("create_collection") as connection:
            stored = _find(connection, user_id, collection.id)
            if stored is not None:
                return _same(stored, row)
            _check_name(connection, row)
            held = connection.execute("SELECT count(*) AS held FROM collections WHERE user_id = ?", [user_id])
            if held.fetchone()["held"] >= COLLECTIONS:
                raise too_many()
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO collections ({names}) VALUES ({values})", row)  # noqa: S608
        return collection_of(row, collection.id)

    def get_collection(self, user_id: str, collection_id: str) -> Collection | None:
        if not is_key(user_id) or not is_key(collection_id):
            return None
        with self.db.read("get_collection") as connection:
            row = _find(connection, user_id, collection_id)
        return None if row is None else collection_of(row, collection_id)

    def list_collections(self, user_id: str, holding: str | None = None) -> Sequence[Shelf]:
        if not is_key(user_id):
            return []
        with self.db.read("list_collections") as connection:
            rows = connection.execute(
                "SELECT id, name, description, length(recipe_ids) / :id_bytes AS count, created, updated, version,"
                " iif(:holding IS NULL, NULL, recipe_ids) AS recipe_ids FROM collections WHERE user_id = :user",
                {"user": user_id, "holding": holding, "id_bytes": ID_BYTES},
            ).fetchall()
        return in_order(shelf_of(row, row["id"], holding) for row in rows)

    def update_collection(self, user_id: str, collection: Collection) -> Collection:
        now = self.db.moment()
        check_key(user_id, "user")
        row = collection_record(collection) | {"user_id": user_id, "id": collection.id, "updated": now}
        row["version"] = collection.version + 1
        with self.db.write("update_collection") as connection:
            stored = _find(connection, user_id, collection.id)
            if stored is None:
                raise NotFound("This collection no longer exists.")
            if stored["version"] != collection.version:
                raise VersionConflict("This collection was changed in the meantime.")
            _check_name(connection, row)
            connection.execute(
                "UPDATE collections SET name = :name, name_key = :name_key, description = :description,"
                " recipe_ids = :recipe_ids, updated = :updated, version = :version"
                " WHERE user_id = :user_id AND id = :id",
                row,
            )
        return collection_of(stored | row, collection.id)

    def delete_collection(self, user_id: str, collection_id: str) -> bool:
        if not is_key(user_id) or not is_key(collection_id):
            return False
        with self.db.write("delete_collection") as connection:
            gone = connection.execute(
                "DELETE FROM collections WHERE user_id = ? AND id = ?", [user_id, collection_id]
            ).rowcount
        return gone > 0


def _find(connection: sqlite3.Connection, user_id: str, collection_id: str) -> Row | None:
    row: Row | None = connection.execute(
        "SELECT * FROM collections WHERE user_id = ? AND id = ?", [user_id, collection_id]
    ).fetchone()
    return row


def _same(stored: Row, row: Record) -> Collection:
    """What is stored under this id, if it is what the same request would store."""
    if any(stored[name] != row[name] for name in ("name", "description", "recipe_ids")):
        raise RequestReused("This request already stored another collection.")
    return collection_of(stored, stored["id"])


def _check_name(connection: sqlite3.Connection, row: Record) -> None:
    other = connection.execute(
        "SELECT id FROM collections WHERE user_id = :user_id AND name_key = :name_key AND id != :id", row
    ).fetchone()
    if other is not None:
        raise name_taken()
