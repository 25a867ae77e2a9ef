"""What lets scripts in, in the embedded store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flavorbot.model import AccessToken
from flavorbot.storage.clock import to_moment
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import access_token_of, access_token_record
from flavorbot.storage.sqlite_database import Part


class SQLiteAccessTokens(Part):
    """`IAccessTokens` over the table `access_tokens`."""

    def create_access_token(self, token: AccessToken) -> None:
        row = access_token_record(token)
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with self.db.write("create_access_token") as connection:
            connection.execute(f"INSERT INTO access_tokens ({names}) VALUES ({values})", row)  # noqa: S608

    def access_token(self, token_hash: str) -> AccessToken | None:
        if not is_key(token_hash):
            return None
        with self.db.read("access_token") as connection:
            row = connection.execute(
                "SELECT * FROM access_tokens WHERE token_hash = ? AND expires > ?", [token_hash, self.db.moment()]
            ).fetchone()
        return None if row is None else access_token_of(dict(row))

    def list_access_tokens(self, user_id: str) -> Sequence[AccessToken]:
        if not is_key(user_id):
            return []
        with self.db.read("list_access_tokens") as connection:
            rows = connection.execute(
                "SELECT * FROM access_tokens WHERE user_id = ? AND expires > ? ORDER BY id DESC",
                [user_id, self.db.moment()],
            ).fetchall()
        return [access_token_of(dict(row)) for row in rows]

    def touch_access_token(self, token: AccessToken, now: datetime) -> None:
        with self.db.write("touch_access_token") as connection:
            connection.execute(
                "UPDATE access_tokens SET last_used = ? WHERE user_id = ? AND id = ?",
                [to_moment(now), token.user_id, token.id],
            )

    def end_access_token(self, user_id: str, token_id: str) -> bool:
        if not is_key(user_id) or not is_key(token_id):
            return False
        with self.db.write("end_access_token") as connection:
            ended = connection.execute(
                "DELETE FROM access_tokens WHERE user_id = ? AND id = ? AND expires > ?",
                [user_id, token_id, self.db.moment()],
            )
            return ended.rowcount > 0
