"""Drafts and allowances in the embedded store. What is running counts as used until it is done, released or overdue."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flavorbot.errors import RequestReused
from flavorbot.model import Draft, Owner, Usage, UsageEvent
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import check_owner, draft_of, draft_record, holds, usages_of
from flavorbot.storage.sqlite_database import Part
from flavorbot.storage.sqlite_metering import meter
from flavorbot.storage.sqlite_usage import give_back, owner_key, take

OVERDUE = "state = 'running' AND lease_ends <= :now"


class SQLiteDrafts(Part):
    """`IDrafts` over the tables `drafts` and `usage`."""

    def reserve_draft(self, owner: Owner, draft: Draft, limit: int | None, resets_at: datetime) -> Draft:
        check_owner(owner)
        running = replace(draft, state="running", recipe=None, notices=())
        row = draft_record(running) | {"owner": owner_key(owner)}
        with self.db.write("reserve_draft") as connection:
            now = self.db.moment()
            _release_overdue(connection, owner, now)
            stored = _find(connection, owner, draft.request_id, now)
            if stored is not None:
                if stored.fingerprint != draft.fingerprint:
                    raise RequestReused("This request was already used for another wish.")
                return stored
            take(connection, owner, "recipes_generated", draft.period, limit, resets_at, now)
            connection.execute(
                "INSERT OR REPLACE INTO drafts"
                " (owner, request_id, claim, fingerprint, period, state, wish, created, lease_ends, expires) VALUES"
                " (:owner, :request_id, :claim, :fingerprint, :period, :state, :wish, :created, :lease_ends, :expires)",
                row,
            )
        return running

    def finish_draft(self, owner: Owner, draft: Draft, event: UsageEvent | None = None, charged: bool = True) -> bool:
        check_owner(owner)
        row = draft_record(replace(draft, state="done")) | {"owner": owner_key(owner)}
        with self.db.write("finish_draft") as connection:
            now = self.db.moment()
            stored = _find(connection, owner, draft.request_id, now)
            if stored is None or stored.claim != draft.claim:
                return False
            if stored.state == "running":
                connection.execute(
                    "UPDATE drafts SET state = 'done', wish = :wish, result = :result, expires = :expires"
                    " WHERE owner = :owner AND request_id = :request_id",
                    row,
                )
                if not charged:
                    give_back(connection, owner_key(owner), "recipes_generated", stored.period)
                meter(connection, owner_key(owner), event, now)
        return True

    def release_draft(self, owner: Owner, draft: Draft, event: UsageEvent | None = None) -> None:
        check_owner(owner)
        with self.db.write("release_draft") as connection:
            _release(connection, owner_key(owner), draft.request_id, draft.claim)
            meter(connection, owner_key(owner), event, self.db.moment())

    def add_draft(self, owner: Owner, draft: Draft) -> None:
        check_owner(owner)
        row = draft_record(replace(draft, state="done")) | {"owner": owner_key(owner)}
        with self.db.write("add_draft") as connection:
            if _find(connection, owner, draft.request_id, self.db.moment()) is None:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(f"INSERT OR REPLACE INTO drafts ({names}) VALUES ({values})", row)  # noqa: S608

    def get_draft(self, owner: Owner, request_id: str) -> Draft | None:
        if not is_key(owner.id) or not is_key(request_id):
            return None
        with self.db.read("get_draft") as connection:
            return _find(connection, owner, request_id, self.db.moment())

    def list_usage(self, owner: Owner, first: str, last: str) -> Sequence[Usage]:
        if not is_key(owner.id):
            return []
        with self.db.read("list_usage") as connection:
            rows = connection.execute(
                "SELECT period, recipe_queries, tokens_in, tokens_out, cost,"  # noqa: S608
                " recipes_generated - (SELECT count(*) FROM drafts"
                f" WHERE drafts.owner = usage.owner AND drafts.period = usage.period AND {OVERDUE})"
                " AS recipes_generated FROM usage WHERE owner = :owner AND period BETWEEN :first AND :last"
                " ORDER BY period",
                {"owner": owner_key(owner), "first": first, "last": last, "now": self.db.moment()},
            ).fetchall()
        return usages_of(rows)


def _find(connection: sqlite3.Connection, owner: Owner, request_id: str, now: int) -> Draft | None:
    row = connection.execute(
        "SELECT * FROM drafts WHERE owner = ? AND request_id = ?", [owner_key(owner), request_id]
    ).fetchone()
    draft = None if row is None else draft_of(row)
    return draft if draft is not None and holds(draft, now) else None


def _release_overdue(connection: sqlite3.Connection, owner: Owner, now: int) -> None:
    rows = connection.execute(
        f"SELECT request_id, claim FROM drafts WHERE owner = :owner AND {OVERDUE}",  # noqa: S608
        {"owner": owner_key(owner), "now": now},
    ).fetchall()
    for row in rows:
        _release(connection, owner_key(owner), row["request_id"], row["claim"])


def _release(connection: sqlite3.Connection, owner: str, request_id: str, claim: str) -> None:
    """Drop a running claim, if it is still held, and give back what it took."""
    dropped = connection.execute(
        "DELETE FROM drafts WHERE owner = ? AND request_id = ? AND claim = ? AND state = 'running' RETURNING period",
        [owner, request_id, claim],
    ).fetchone()
    if dropped is not None:
        give_back(connection, owner, "recipes_generated", dropped["period"])
