"""Events of language models for the storage tests, each test's in a month of its own, and what is logged of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from flavorbot.model import Draft, ModelUsage, Owner, Tokens, Usage, UsageEvent
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.items import from_item, to_attribute
from flavorbot.storage.table import owner_pk
from tests.storage.conftest import Store
from tests.storage.values import Values, a_draft, new_id

_MONTHS = count()


def new_month() -> str:
    number = next(_MONTHS)
    return f"{2030 + number // 12}-{number % 12 + 1:02d}"


def a_metered_draft(store: Store, month: str | None = None, **changes: Values) -> Draft:
    return a_draft(store.clock(), period=month or new_month(), **changes)


def an_event(draft: Draft, **changes: Values) -> UsageEvent:
    values: dict[str, Any] = {
        "id": new_id(),
        "action": "generate",
        "at": draft.created_at,
        "period": draft.period,
        "outcome": "made",
        "model": "test-model",
        "tokens": Tokens(812, 403),
        "cost_usd": Decimal("0.000363600001"),
    }
    return UsageEvent(**values | changes)


def total(store: Store, month: str) -> ModelUsage:
    """What models took for everybody in a month."""
    (found,) = store.storage.list_model_usage([month[:7]])
    return found


def of_person(store: Store, owner: Owner, period: str) -> Usage:
    found = store.storage.list_usage(owner, period, period)
    return found[0] if found else Usage(period=period)


def logged(store: Store, owner: Owner) -> list[Mapping[str, Any]]:
    """The events in a person's log, as they are stored."""
    if isinstance(store.storage, DynamoDBStorage):
        found = store.storage.table.query(
            KeyConditionExpression="PK = :owner AND begins_with(SK, :log)",
            ExpressionAttributeValues={":owner": to_attribute(owner_pk(owner)), ":log": to_attribute("USAGELOG#")},
        )
        return [from_item(item) for item in found]
    with store.storage.db.read("logged") as connection:
        rows = connection.execute("SELECT * FROM usage_log WHERE owner = ?", [f"{owner.kind}#{owner.id}"]).fetchall()
    return list(rows)
