"""What happened to accounts, in the embedded store."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.model import Event
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import account_event_of, account_event_record
from flavorbot.storage.sqlite_database import Part


class SQLiteEvents(Part):
    """`IEvents` over the table `account_events`."""

    def add_event(self, user_id: str, event: Event) -> None:
        row = account_event_record(user_id, event) | {"user_id": user_id}
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with self.db.write("add_event") as connection:
            connection.execute(f"INSERT OR REPLACE INTO account_events ({names}) VALUES ({values})", row)  # noqa: S608

    def list_events(self, user_id: str, limit: int) -> Sequence[Event]:
        if not is_key(user_id):
            return []
        with self.db.read("list_events") as connection:
            rows = connection.execute(
                "SELECT * FROM account_events WHERE user_id = ? AND expires > ? ORDER BY id DESC LIMIT ?",
                [user_id, self.db.moment(), limit],
            ).fetchall()
        return [account_event_of(row) for row in rows]
