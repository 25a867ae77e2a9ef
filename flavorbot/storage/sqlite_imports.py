"""Recipes on their way into a box, in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from flavorbot.errors import NotFound, RequestReused, VersionConflict
from flavorbot.model import Gathered, ImportJob, Recipe
from flavorbot.storage.clock import to_moment
from flavorbot.storage.codec import pack_parts
from flavorbot.storage.import_parts import ImportParts
from flavorbot.storage.limits import check_key, is_key
from flavorbot.storage.records import import_of, import_record
from flavorbot.storage.sqlite_database import Part


class SQLiteImports(ImportParts, Part):
    """`IImports` over the tables `imports` and `import_parts`."""

    def begin_import(
        self, user_id: str, job: ImportJob, recipes: Sequence[Recipe | None], gathered: Sequence[Gathered] = ()
    ) -> ImportJob:
        check_key(user_id, "user")
        packed = list(pack_parts(recipes, gathered))
        new = replace(job, parts=tuple(count for count, _ in packed), version=1)
        row = import_record(new) | {"user_id": user_id}
        parts = [[user_id, job.id, part, row["expires"], body] for part, (_, body) in enumerate(packed)]
        with self.db.write("begin_import") as connection:
            stored = _find(connection, user_id, job.id, self.db.moment())
            if stored is not None:
                if stored.fingerprint != job.fingerprint:
                    raise RequestReused("This request already brought in something else.")
                return stored
            _delete(connection, user_id, job.id)
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO imports ({names}) VALUES ({values})", row)  # noqa: S608
            connection.executemany("INSERT INTO import_parts VALUES (?, ?, ?, ?, ?)", parts)
        return new

    def get_import(self, user_id: str, import_id: str) -> ImportJob | None:
        if not is_key(user_id) or not is_key(import_id):
            return None
        with self.db.read("get_import") as connection:
            return _find(connection, user_id, import_id, self.db.moment())

    def list_imports(self, user_id: str) -> Sequence[ImportJob]:
        if not is_key(user_id):
            return []
        with self.db.read("list_imports") as connection:
            rows = connection.execute(
                "SELECT * FROM imports WHERE user_id = ? AND expires > ? ORDER BY created DESC, id",
                [user_id, self.db.moment()],
            ).fetchall()
        return [import_of(row) for row in rows]

    def update_import(self, user_id: str, job: ImportJob) -> ImportJob:
        newer = replace(job, version=job.version + 1)
        row = import_record(newer) | {"user_id": user_id, "before": job.version}
        with self.db.write("update_import") as connection:
            if _find(connection, user_id, job.id, self.db.moment()) is None:
                raise NotFound("There is no such import, or not any more.")
            changed = connection.execute(
                "UPDATE imports SET body = :body, stopped = :stopped, version = :version"
                " WHERE user_id = :user_id AND id = :id AND version = :before",
                row,
            )
            if not changed.rowcount:
                raise VersionConflict("This import went on elsewhere in the meantime.")
        return newer

    def delete_import(self, user_id: str, import_id: str) -> bool:
        if not is_key(user_id) or not is_key(import_id):
            return False
        with self.db.write("delete_import") as connection:
            found = _find(connection, user_id, import_id, self.db.moment())
            _delete(connection, user_id, import_id)
        return found is not None

    def _part(self, user_id: str, import_id: str, part: int) -> bytes:
        with self.db.read("import_recipes") as connection:
            row = connection.execute(
                "SELECT body FROM import_parts WHERE user_id = ? AND import_id = ? AND part = ?",
                [user_id, import_id, part],
            ).fetchone()
        if row is None:
            raise NotFound("These recipes are gone. Bring the file in again.")
        return bytes(row["body"])


def _find(connection: sqlite3.Connection, user_id: str, import_id: str, now: int) -> ImportJob | None:
    row = connection.execute("SELECT * FROM imports WHERE user_id = ? AND id = ?", [user_id, import_id]).fetchone()
    found = None if row is None else import_of(row)
    return found if found is not None and to_moment(found.expires_at) > now else None


def _delete(connection: sqlite3.Connection, user_id: str, import_id: str) -> None:
    connection.execute("DELETE FROM imports WHERE user_id = ? AND id = ?", [user_id, import_id])
    connection.execute("DELETE FROM import_parts WHERE user_id = ? AND import_id = ?", [user_id, import_id])
