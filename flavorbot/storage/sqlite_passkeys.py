"""The keys of people's devices, in the embedded store."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.model import Passkey
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import passkey_of, passkey_record
from flavorbot.storage.sqlite_database import Part


class SQLitePasskeys(Part):
    """`IPasskeys` over the table `passkeys`."""

    def add_passkey(self, passkey: Passkey) -> bool:
        row = passkey_record(passkey)
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with self.db.write("add_passkey") as connection:
            added = connection.execute(f"INSERT OR IGNORE INTO passkeys ({names}) VALUES ({values})", row)  # noqa: S608
            return added.rowcount > 0

    def get_passkey(self, user_id: str, passkey_id: str) -> Passkey | None:
        if not is_key(user_id) or not is_key(passkey_id):
            return None
        with self.db.read("get_passkey") as connection:
            row = connection.execute(
                "SELECT * FROM passkeys WHERE user_id = ? AND id = ?", [user_id, passkey_id]
            ).fetchone()
        return None if row is None else passkey_of(row)

    def list_passkeys(self, user_id: str) -> Sequence[Passkey]:
        if not is_key(user_id):
            return []
        with self.db.read("list_passkeys") as connection:
            rows = connection.execute(
                "SELECT * FROM passkeys WHERE user_id = ? ORDER BY created, id", [user_id]
            ).fetchall()
        return [passkey_of(row) for row in rows]

    def update_passkey(self, before: Passkey, after: Passkey) -> bool:
        row = passkey_record(after) | {"counted": before.sign_count}
        with self.db.write("update_passkey") as connection:
            changed = connection.execute(
                "UPDATE passkeys SET name = :name, sign_count = :sign_count, synced = :synced, last_used = :last_used"
                " WHERE user_id = :user_id AND id = :id AND sign_count = :counted",
                row,
            )
            return changed.rowcount > 0

    def delete_passkey(self, user_id: str, passkey_id: str) -> bool:
        if not is_key(user_id) or not is_key(passkey_id):
            return False
        with self.db.write("delete_passkey") as connection:
            deleted = connection.execute("DELETE FROM passkeys WHERE user_id = ? AND id = ?", [user_id, passkey_id])
            return deleted.rowcount > 0
