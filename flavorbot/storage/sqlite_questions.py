"""Answered questions and their allowance in the embedded store."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from flavorbot.errors import RequestReused
from flavorbot.model import Exchange, Owner, UsageEvent
from flavorbot.storage.clock import to_moment
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import check_owner, exchange_of, exchange_record
from flavorbot.storage.sqlite_database import Part
from flavorbot.storage.sqlite_metering import meter
from flavorbot.storage.sqlite_usage import owner_key, take


class SQLiteQuestions(Part):
    """`IQuestions` over the tables `questions` and `usage`."""

    def count_question(
        self,
        owner: Owner,
        asked: Exchange,
        limit: int | None,
        resets_at: datetime,
        event: UsageEvent | None = None,
        charged: bool = True,
    ) -> Exchange:
        check_owner(owner)
        row = exchange_record(asked) | {"owner": owner_key(owner)}
        with self.db.write("count_question") as connection:
            now = self.db.moment()
            stored = _find(connection, owner, asked.request_id, now)
            if stored is not None:
                if stored.fingerprint != asked.fingerprint:
                    raise RequestReused("This request was already used for another question.")
                return stored
            if charged:
                take(connection, owner, "recipe_queries", asked.period, limit, resets_at, now)
            meter(connection, owner_key(owner), event, now)
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT OR REPLACE INTO questions ({names}) VALUES ({values})", row)  # noqa: S608
        return asked

    def get_question(self, owner: Owner, request_id: str) -> Exchange | None:
        if not is_key(owner.id) or not is_key(request_id):
            return None
        with self.db.read("get_question") as connection:
            return _find(connection, owner, request_id, self.db.moment())


def _find(connection: sqlite3.Connection, owner: Owner, request_id: str, now: int) -> Exchange | None:
    row = connection.execute(
        "SELECT * FROM questions WHERE owner = ? AND request_id = ?", [owner_key(owner), request_id]
    ).fetchone()
    found = None if row is None else exchange_of(row)
    return found if found is not None and to_moment(found.expires_at) > now else None
