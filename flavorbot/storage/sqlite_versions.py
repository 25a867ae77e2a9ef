"""Past versions of recipes in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from flavorbot.model import Recipe
from flavorbot.storage.codec import unpack_recipe
from flavorbot.storage.limits import MAX_PAST, PAST_KEPT, is_key
from flavorbot.storage.sqlite_database import Part, Row

_PAST = (
    "SELECT recipe_versions.*, recipe_id AS id, created FROM recipe_versions"
    " JOIN recipes ON recipes.user_id = recipe_versions.user_id AND recipes.id = recipe_id"
    " WHERE recipe_versions.user_id = ? AND recipe_id = ? AND expires > ?"
)


class SQLiteVersions(Part):
    """The part of `IRecipes` that remembers, over the table `recipe_versions`."""

    def list_versions(self, user_id: str, recipe_id: str) -> Sequence[Recipe]:
        if not is_key(user_id) or not is_key(recipe_id):
            return ()
        with self.db.read("list_versions") as connection:
            rows = connection.execute(
                f"{_PAST} ORDER BY recipe_versions.version DESC LIMIT ?",
                [user_id, recipe_id, self.db.moment(), MAX_PAST],
            ).fetchall()
        return [recipe_of(row) for row in rows]

    def get_version(self, user_id: str, recipe_id: str, version: int) -> Recipe | None:
        if not is_key(user_id) or not is_key(recipe_id) or not 0 < version < 2**63:
            return None
        with self.db.read("get_version") as connection:
            row = connection.execute(
                f"{_PAST} AND recipe_versions.version = ?", [user_id, recipe_id, self.db.moment(), version]
            ).fetchone()
        return None if row is None else recipe_of(row)


def keep_past(connection: sqlite3.Connection, row: Row, now: int) -> None:
    """Keep a recipe as it is stored, before it changes, and forget the versions that this pushes out."""
    connection.execute(
        "INSERT OR REPLACE INTO recipe_versions (user_id, recipe_id, version, updated, body, expires)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [row["user_id"], row["id"], row["version"], row["updated"], row["body"], now + PAST_KEPT],
    )
    connection.execute(
        "DELETE FROM recipe_versions WHERE user_id = ?1 AND recipe_id = ?2 AND version NOT IN (SELECT version"
        " FROM recipe_versions WHERE user_id = ?1 AND recipe_id = ?2 ORDER BY version DESC LIMIT ?3)",
        [row["user_id"], row["id"], MAX_PAST],
    )


def drop_past(connection: sqlite3.Connection, user_id: str, recipe_id: str) -> None:
    connection.execute("DELETE FROM recipe_versions WHERE user_id = ? AND recipe_id = ?", [user_id, recipe_id])


def recipe_of(row: Row) -> Recipe:
    return unpack_recipe(row["body"], row["id"], row["created"], row["updated"], row["version"])
