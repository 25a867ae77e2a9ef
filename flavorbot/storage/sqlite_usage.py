"""Counting against an allowance in the embedded store, within the transaction of what is counted."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Literal

from flavorbot.errors import AllowanceSpent
from flavorbot.model import Owner, Refusal
from flavorbot.storage.limits import GUEST_USAGE_KEPT

Counter = Literal["recipes_generated", "recipe_queries"]

_COUNTED: dict[Counter, Refusal] = {"recipes_generated": "recipes", "recipe_queries": "questions"}


def owner_key(owner: Owner) -> str:
    return f"{owner.kind}#{owner.id}"


def take(
    connection: sqlite3.Connection,
    owner: Owner,
    counter: Counter,
    period: str,
    limit: int | None,
    resets_at: datetime,
    now: int,
) -> None:
    """Count one more, unless `limit` are counted already: then `AllowanceSpent`."""
    row = connection.execute(
        f"SELECT {counter} AS used FROM usage WHERE owner = ? AND period = ?",  # noqa: S608
        [owner_key(owner), period],
    ).fetchone()
    if limit is not None and (0 if row is None else row["used"]) >= limit:
        what = _COUNTED[counter]
        raise AllowanceSpent(f"All {limit} {what} of this period are used.", resets_at, what)
    connection.execute(
        f"INSERT INTO usage (owner, period, {counter}, expires) VALUES (?, ?, 1, ?)"  # noqa: S608
        f" ON CONFLICT DO UPDATE SET {counter} = {counter} + 1",
        [owner_key(owner), period, now + GUEST_USAGE_KEPT if owner.kind == "guest" else None],
    )


def give_back(connection: sqlite3.Connection, owner: str, counter: Counter, period: str) -> None:
    """Count one less for the owner of this key."""
    connection.execute(
        f"UPDATE usage SET {counter} = {counter} - 1 WHERE owner = ? AND period = ?",  # noqa: S608
        [owner, period],
    )
