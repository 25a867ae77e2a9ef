"""Outside identities in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from flavorbot.errors import IdentityTaken
from flavorbot.model import Identity
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import identity_of, identity_record
from flavorbot.storage.sqlite_database import Part


class SQLiteIdentities(Part):
    """`IIdentities` over the table `identities`."""

    def add_identity(self, identity: Identity) -> None:
        with self.db.write("add_identity") as connection:
            insert_identity(connection, identity)

    def find_identity(self, issuer: str, subject: str) -> Identity | None:
        if not is_key(f"{issuer}#{subject}"):
            return None
        with self.db.read("find_identity") as connection:
            row = connection.execute(
                "SELECT * FROM identities WHERE issuer = ? AND subject = ?", [issuer, subject]
            ).fetchone()
        return None if row is None else identity_of(row)

    def list_identities(self, user_id: str) -> Sequence[Identity]:
        if not is_key(user_id):
            return []
        with self.db.read("list_identities") as connection:
            rows = connection.execute("SELECT * FROM identities WHERE user_id = ?", [user_id]).fetchall()
        return sorted((identity_of(row) for row in rows), key=lambda each: (each.created_at, each.id))

    def delete_identity(self, identity: Identity) -> bool:
        with self.db.write("delete_identity") as connection:
            deleted = connection.execute(
                "DELETE FROM identities WHERE issuer = ? AND subject = ? AND user_id = ?",
                [identity.issuer, identity.subject, identity.user_id],
            )
            return deleted.rowcount > 0


def insert_identity(connection: sqlite3.Connection, identity: Identity) -> None:
    """Link an identity within a step; `IdentityTaken` when it is another person's."""
    row = identity_record(identity)
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT OR IGNORE INTO identities ({names}) VALUES ({values})", row)  # noqa: S608
    owner = connection.execute(
        "SELECT user_id FROM identities WHERE issuer = :issuer AND subject = :subject", row
    ).fetchone()["user_id"]
    if owner != identity.user_id:
        raise IdentityTaken("This sign-in belongs to another account already.")
