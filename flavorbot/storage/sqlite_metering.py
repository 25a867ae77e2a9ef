"""What language models took, in the embedded store: for each person, and for everybody month by month."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from flavorbot.model import ModelUsage, UsageEvent
from flavorbot.storage.limits import EVENT_KEPT, GUEST_USAGE_KEPT
from flavorbot.storage.records import event_record, model_usage
from flavorbot.storage.sqlite_database import Part


class SQLiteMetering(Part):
    """`IMetering` over the table `model_usage`."""

    def list_model_usage(self, months: Sequence[str]) -> Sequence[ModelUsage]:
        with self.db.read("list_model_usage") as connection:
            rows = [
                connection.execute("SELECT * FROM model_usage WHERE month = ?", [month]).fetchone() for month in months
            ]
        return [model_usage(month, row or {}) for month, row in zip(months, rows, strict=True)]


def meter(connection: sqlite3.Connection, owner: str, event: UsageEvent | None, now: int) -> None:
    """Log an event and count what it took, unless that was done before."""
    if event is None:
        return
    guest = owner.startswith("guest#")
    row = event_record(event) | {
        "owner": owner,
        "month": event.period[:7],
        "unpriced": int(event.cost_usd is None),
        "log_expires": now + (GUEST_USAGE_KEPT if guest else EVENT_KEPT),
        "usage_expires": now + GUEST_USAGE_KEPT if guest else None,
    }
    logged = connection.execute(
        "INSERT OR IGNORE INTO usage_log"
        " (owner, id, action, at, period, outcome, model, tokens_in, tokens_out, cost, expires) VALUES"
        " (:owner, :id, :action, :at, :period, :outcome, :model, :tokens_in, :tokens_out, :cost, :log_expires)",
        row,
    )
    if not logged.rowcount:
        return
    connection.execute(
        "INSERT INTO usage (owner, period, tokens_in, tokens_out, cost, expires) VALUES"
        " (:owner, :period, :tokens_in, :tokens_out, coalesce(:cost, 0), :usage_expires)"
        " ON CONFLICT DO UPDATE SET tokens_in = tokens_in + excluded.tokens_in,"
        " tokens_out = tokens_out + excluded.tokens_out, cost = cost + excluded.cost",
        row,
    )
    connection.execute(
        "INSERT INTO model_usage (month, requests, unpriced, tokens_in, tokens_out, cost) VALUES"
        " (:month, 1, :unpriced, :tokens_in, :tokens_out, coalesce(:cost, 0))"
        " ON CONFLICT DO UPDATE SET requests = requests + 1, unpriced = unpriced + excluded.unpriced,"
        " tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out,"
        " cost = cost + excluded.cost",
        row,
    )
