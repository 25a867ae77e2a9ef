"""What language models took, in DynamoDB.

An event is written to `USAGELOG#<ulid>` on the condition that it is not there yet, and counted for its person and for
everybody in the same transaction: so it is counted once, whatever is sent again. The counter of everybody is spread
over `SHARDS` items, since transactions that meet at one item cancel each other and have to be sent again: of 200 a
second that take 20 ms each, four would be under way at a single item all the time, and at one of sixteen a quarter.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from flavorbot.model import ModelUsage, Owner, UsageEvent
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import ABSENT, Action, Item, adding, from_item, put, to_item, to_ttl, update
from flavorbot.storage.limits import EVENT_KEPT, GUEST_USAGE_KEPT
from flavorbot.storage.records import event_record, model_usage, spent
from flavorbot.storage.table import event_key, model_usage_key, usage_key

SHARDS = 16
COUNTED = ("requests", "unpriced", "tokens_in", "tokens_out", "cost")


class DynamoDBMetering(Part):
    """`IMetering` over `USAGE#MODEL#<shard> | <YYYY-MM>`."""

    def list_model_usage(self, months: Sequence[str]) -> Sequence[ModelUsage]:
        sums = {month: dict.fromkeys(COUNTED, 0) for month in months}
        keys = [model_usage_key(month, shard) for month in sums for shard in range(SHARDS)]
        for item in self.table.get_many(keys, ("SK", *COUNTED)):
            record = from_item(item)
            of_month = sums[str(record["SK"])]
            for name in COUNTED:
                of_month[name] += int(record.get(name) or 0)
        return [model_usage(month, sums[month]) for month in months]


def entries(owner: Owner, event: UsageEvent | None, now: int) -> list[Action]:
    """What logs an event, and counts it for everybody, beside its person's own counters (see `spent`)."""
    if event is None:
        return []
    kept = GUEST_USAGE_KEPT if owner.kind == "guest" else EVENT_KEPT
    item = event_item(event, now + kept)
    added = {"requests": 1, "unpriced": int(event.cost_usd is None), **spent(event)}
    shard = zlib.crc32(event.id.encode()) % SHARDS
    return [
        put(event_key(owner, event.id), item, ABSENT),
        update(model_usage_key(event.period[:7], shard), adding(added), None, None, **added),
    ]


def event_item(event: UsageEvent, expires: int) -> Item:
    """An event as the table keeps it until `expires`, without its key."""
    return to_item(event_record(event) | {"id": None, "ttl": to_ttl(expires)})


def late(owner: Owner, event: UsageEvent, now: int) -> list[Action]:
    """An event by itself, whose claim is settled already."""
    values = spent(event)
    change = adding(values)
    if owner.kind == "guest":
        change += " SET #ttl = :ttl"
        values["ttl"] = to_ttl(now + GUEST_USAGE_KEPT)
    return [update(usage_key(owner, event.period), change, None, None, **values), *entries(owner, event, now)]
