"""Capacity units, as AWS bills them.

DynamoDB Local counts single requests right, but for a transaction it reports four units per KB of its largest item
alone. Those are counted here, by the rules of AWS's developer guide ("Capacity unit consumption", "DynamoDB item sizes
and formats"): two units per KB of each item, the larger of before and after, and one per KB of a changed index entry.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flavorbot.storage.dynamodb_clients import make_client, open_session
from flavorbot.storage.items import Action, Item
from flavorbot.storage.table import PROJECTED
from tests.storage.conftest import Store
from tests.storage.hooks import hooked

INDEX_ATTRIBUTES = ("PK", "SK", "GSI1PK", "GSI1SK", *PROJECTED)


@contextmanager
def consumed(store: Store) -> Iterator[list[float]]:
    """The capacity units of every request."""
    units: list[float] = []
    reader = make_client(open_session(store.settings), store.settings, 5.0)
    before: list[Item] = []

    def stored(action: Action) -> Item:
        ((_, part),) = action.items()
        key = part.get("Key") or {name: part["Item"][name] for name in ("PK", "SK")}
        item: Item = reader.get_item(TableName=store.settings.table_name, Key=key, ConsistentRead=True).get("Item", {})
        return item

    def ask(params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"
        context["actions"] = params.get("TransactItems", [])
        before[:] = [stored(action) for action in context["actions"]]

    def note(parsed: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        if context["actions"]:
            pairs = zip(before, map(stored, context["actions"]), strict=True)
            units.append(sum(_transactional(old, new) for old, new in pairs))
        else:
            units.append(parsed["ConsumedCapacity"]["CapacityUnits"])

    with hooked(store, "before-parameter-build.dynamodb", ask), hooked(store, "after-call.dynamodb", note):
        yield units


def _transactional(before: Item, after: Item) -> float:
    return 2 * max(1, _kilobytes(before), _kilobytes(after)) + _index_units(_entry(before), _entry(after))


def _index_units(before: Item, after: Item) -> float:
    return 0 if before == after else max(_kilobytes(before), _kilobytes(after))


def _entry(item: Item) -> Item:
    return {name: item[name] for name in INDEX_ATTRIBUTES if name in item} if "GSI1PK" in item else {}


def _kilobytes(item: Item) -> int:
    return math.ceil(sum(len(name.encode()) + _size(value) for name, value in item.items()) / 1024)


def _size(attribute: dict[str, Any]) -> int:
    ((kind, value),) = attribute.items()
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _size(part) for name, part in value.items())
    if kind == "N":
        return math.ceil(len(value) / 2) + 1
    return len(value.encode() if isinstance(value, str) else value)
