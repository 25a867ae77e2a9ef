"""Recipe boxes in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from flavorbot.errors import BoxFull, Conflict, NotFound, RequestReused, VersionConflict
from flavorbot.model import Binned, Recipe
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import Packed, pack_recipe, unpack_card
from flavorbot.storage.limits import BIN, KEY_KEPT, check_key, is_key
from flavorbot.storage.sqlite_database import Row
from flavorbot.storage.sqlite_lists import SQLiteLists
from flavorbot.storage.sqlite_versions import SQLiteVersions, drop_past, keep_past, recipe_of
from flavorbot.storage.sqlite_words import put_words, take_words


class SQLiteRecipes(SQLiteLists, SQLiteVersions):
    """`IRecipes` over the tables `recipes`, `recipe_versions`, `recipe_keys` and `boxes`."""

    def create_recipe(self, user_id: str, recipe: Recipe, limit: int | None, key: str | None = None) -> Recipe:
        now = self.db.moment()
        new = replace(recipe, version=1, created_at=from_moment(now), updated_at=from_moment(now))
        packed = pack_recipe(new)
        check_key(user_id, "user")
        check_key(key or "", "key")
        with self.db.write("create_recipe") as connection:
            box = _Box(connection, user_id, now)
            stored = box.made_before(new, packed, key)
            if stored is not None:
                return stored
            box.check_room(limit)
            box.insert(new, packed)
            box.touch()
            if key is not None:
                box.claim(key, new, packed)
        return new

    def get_recipe(self, user_id: str, recipe_id: str) -> Recipe | None:
        if not is_key(user_id) or not is_key(recipe_id):
            return None
        with self.db.read("get_recipe") as connection:
            row = _Box(connection, user_id, self.db.moment()).row(recipe_id)
        return None if row is None or row["gone"] is not None else recipe_of(row)

    def update_recipe(self, user_id: str, before: Recipe, after: Recipe) -> Recipe:
        now = self.db.moment()
        newer = replace(after, id=before.id, version=before.version + 1, updated_at=from_moment(now))
        packed = pack_recipe(newer)
        check_key(user_id, "user")
        with self.db.write("update_recipe") as connection:
            box = _Box(connection, user_id, now)
            row = box.row(newer.id or "")
            if row is None or row["gone"] is not None:
                raise NotFound("This recipe no longer exists.")
            if row["version"] != before.version:
                raise VersionConflict("This recipe was changed in the meantime.")
            if not after.only_logs(before):
                keep_past(connection, row, now)
            box.touch()
            connection.execute(
                "UPDATE recipes SET version = ?, updated = ?, body = ?, card = ? WHERE rowid = ?",
                [newer.version, now, packed.body, packed.card, row["rowid"]],
            )
            put_words(connection, row["rowid"], user_id, newer)
        return replace(newer, created_at=from_moment(row["created"]))

    def delete_recipe(self, user_id: str, recipe_id: str) -> bool:
        return self._bin("delete_recipe", user_id, recipe_id, None, gone=self.db.moment() + BIN)

    def restore_recipe(self, user_id: str, recipe_id: str, limit: int | None) -> bool:
        return self._bin("restore_recipe", user_id, recipe_id, limit, gone=None)

    def list_bin(self, user_id: str) -> Sequence[Binned]:
        if not is_key(user_id):
            return ()
        with self.db.read("list_bin") as connection:
            rows = connection.execute(
                "SELECT id, created, card, gone FROM recipes WHERE user_id = ? AND gone > ?"
                " ORDER BY gone DESC, id DESC",
                [user_id, self.db.moment()],
            ).fetchall()
        return [Binned(unpack_card(row["card"], row["id"], row["created"]), from_moment(row["gone"])) for row in rows]

    def purge_recipe(self, user_id: str, recipe_id: str) -> bool:
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        with self.db.write("purge_recipe") as connection:
            found = connection.execute(
                "DELETE FROM recipes WHERE user_id = ? AND id = ? AND gone > ?",
                [user_id, recipe_id, self.db.moment()],
            )
            if found.rowcount:
                drop_past(connection, user_id, recipe_id)
        return found.rowcount > 0

    def _bin(self, name: str, user_id: str, recipe_id: str, limit: int | None, gone: int | None) -> bool:
        """Move a recipe into the bin (`gone` is when it leaves it) or out of it."""
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        with self.db.write(name) as connection:
            box = _Box(connection, user_id, self.db.moment())
            row = box.row(recipe_id)
            if row is None or (row["gone"] is None) == (gone is None):
                return False
            if gone is None:
                box.check_room(limit)
            connection.execute("UPDATE recipes SET gone = ? WHERE rowid = ?", [gone, row["rowid"]])
            if gone is None:
                put_words(connection, row["rowid"], user_id, recipe_of(row))
            else:
                take_words(connection, row["rowid"])
            box.touch()
        return True


class _Box:
    """One person's recipes within a transaction."""

    def __init__(self, connection: sqlite3.Connection, user_id: str, now: int) -> None:
        self.connection = connection
        self.user_id = user_id
        self.now = now

    def row(self, recipe_id: str) -> Row | None:
        """A recipe, also one in the bin, unless its time there is over."""
        row: Row | None = self.connection.execute(
            "SELECT rowid, * FROM recipes WHERE user_id = ? AND id = ? AND (gone IS NULL OR gone > ?)",
            [self.user_id, recipe_id, self.now],
        ).fetchone()
        return row

    def made_before(self, recipe: Recipe, packed: Packed, key: str | None) -> Recipe | None:
        """What the same request stored earlier; `RequestReused`, `Conflict`."""
        recipe_id = recipe.id or ""
        claim: Row | None = self.connection.execute(
            "SELECT recipe_id, made FROM recipe_keys WHERE user_id = ? AND key = ? AND expires > ?",
            [self.user_id, key, self.now],
        ).fetchone()
        if claim is not None:
            recipe_id = claim["recipe_id"]
        row = self.row(recipe_id)
        earlier = claim or row
        if earlier is None:
            return None
        if earlier["made"] != packed.made:
            raise RequestReused("This request already stored another recipe.")
        if row is None or row["gone"] is not None:
            raise Conflict("The recipe that this request stored was deleted since.")
        return recipe_of(row)

    def check_room(self, limit: int | None) -> None:
        if limit is None:
            return
        held = self.connection.execute(
            "SELECT count(*) AS held FROM recipes WHERE user_id = ? AND gone IS NULL", [self.user_id]
        ).fetchone()["held"]
        if held >= limit:
            raise BoxFull(f"Your plan keeps {limit} recipes; delete one to make room.")

    def touch(self) -> None:
        touch_box(self.connection, self.user_id, self.now)

    def insert(self, recipe: Recipe, packed: Packed) -> None:
        insert_recipe(self.connection, self.user_id, recipe, packed, created=self.now, updated=self.now)

    def claim(self, key: str, recipe: Recipe, packed: Packed) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO recipe_keys (user_id, key, recipe_id, made, expires) VALUES (?, ?, ?, ?, ?)",
            [self.user_id, key, recipe.id, packed.made, self.now + KEY_KEPT],
        )


def insert_recipe(
    connection: sqlite3.Connection, user_id: str, recipe: Recipe, packed: Packed, *, created: int, updated: int
) -> None:
    """Keep the first version of a recipe, and have it found by its words."""
    stored = connection.execute(
        "INSERT OR REPLACE INTO recipes (user_id, id, version, created, updated, made, body, card)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [user_id, recipe.id, 1, created, updated, packed.made, packed.body, packed.card],
    )
    put_words(connection, int(stored.lastrowid or 0), user_id, recipe)


def touch_box(connection: sqlite3.Connection, user_id: str, now: int) -> None:
    """The box has changed."""
    connection.execute(
        "INSERT INTO boxes (user_id, changes, changed) VALUES (?, 1, ?)"
        " ON CONFLICT DO UPDATE SET changes = changes + 1, changed = excluded.changed",
        [user_id, now],
    )
