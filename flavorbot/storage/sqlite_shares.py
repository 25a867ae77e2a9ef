"""Links to recipes in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from flavorbot.model import Share
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import share_of, share_record
from flavorbot.storage.sqlite_database import Part

OF_RECIPE = "user_id = :user_id AND recipe_id = :recipe_id AND expires > :now"
THIS = "user_id = :user_id AND recipe_id = :recipe_id AND nonce = :nonce AND expires > :now"


class SQLiteShares(Part):
    """`IShares` over the table `shares`."""

    def create_share(self, share: Share) -> Share:
        row = share_record(share)
        with self.db.write("create_share") as connection:
            stored = _find(connection, OF_RECIPE, row | {"now": self.db.moment()})
            if stored is not None:
                return stored
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT OR REPLACE INTO shares ({names}) VALUES ({values})", row)  # noqa: S608
        return share

    def change_share(self, share: Share) -> bool:
        row = share_record(share) | {"now": self.db.moment()}
        with self.db.write("change_share") as connection:
            changed = connection.execute(
                f"UPDATE shares SET expires = :expires, published = :published WHERE {THIS}",  # noqa: S608
                row,
            )
            return changed.rowcount > 0

    def get_share(self, user_id: str, recipe_id: str) -> Share | None:
        if not is_key(user_id) or not is_key(recipe_id):
            return None
        wanted = {"user_id": user_id, "recipe_id": recipe_id, "now": self.db.moment()}
        with self.db.read("get_share") as connection:
            return _find(connection, OF_RECIPE, wanted)

    def share_by_token(self, token_hash: str) -> Share | None:
        if not is_key(token_hash):
            return None
        wanted = {"token_hash": token_hash, "now": self.db.moment()}
        with self.db.read("share_by_token") as connection:
            return _find(connection, "token_hash = :token_hash AND expires > :now", wanted)

    def end_share(self, share: Share) -> bool:
        row = share_record(share) | {"now": self.db.moment()}
        with self.db.write("end_share") as connection:
            return connection.execute(f"DELETE FROM shares WHERE {THIS}", row).rowcount > 0  # noqa: S608


def _find(connection: sqlite3.Connection, condition: str, values: Mapping[str, object]) -> Share | None:
    row = connection.execute(f"SELECT * FROM shares WHERE {condition}", values).fetchone()  # noqa: S608
    return None if row is None else share_of(row)
