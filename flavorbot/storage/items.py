"""Records as DynamoDB items, and the parts of requests that change them.

In expressions `#name` stands for the attribute of that name, so that no reserved word gets in the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flavorbot.storage.records import Record, Value
from flavorbot.storage.table import Key

Item = dict[str, Any]
Action = dict[str, dict[str, Any]]

ABSENT = "attribute_not_exists(PK)"
PRESENT = "attribute_exists(PK)"

MICROSECONDS = 1_000_000


def to_attribute(value: str | int | bytes) -> dict[str, Any]:
    if isinstance(value, str):
        return {"S": value}
    return {"N": str(value)} if isinstance(value, int) else {"B": value}


def to_item(record: Mapping[str, Value]) -> Item:
    """A record without its empty fields."""
    return {name: to_attribute(value) for name, value in record.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> Record:
    """The texts, numbers and bytes of an item."""
    return {name: _value(attribute) for name, attribute in item.items() if not attribute.keys() & {"M", "L", "BOOL"}}


def to_ttl(moment: int) -> int:
    """The whole second by which a moment has passed."""
    return -(-moment // MICROSECONDS)


def put(key: Key, item: Item, condition: str | None = None, **values: str | int | bytes) -> Action:
    return {"Put": {"Item": key | item, **_expressions({"ConditionExpression": condition}, {}, values)}}


def delete(key: Key, condition: str | None = None, **values: str | int | bytes) -> Action:
    return {"Delete": {"Key": key, **_expressions({"ConditionExpression": condition}, {}, values)}}


def check(key: Key, condition: str, **values: str | int | bytes) -> Action:
    return {"ConditionCheck": {"Key": key, **_expressions({"ConditionExpression": condition}, {}, values)}}


def update(
    key: Key,
    change: str,
    condition: str | None = None,
    names: Mapping[str, str] | None = None,
    **values: str | int | bytes,
) -> Action:
    """`names` says what a placeholder stands for where that is not its own name."""
    expressions = {"UpdateExpression": change, "ConditionExpression": condition}
    return {"Update": {"Key": key, **_expressions(expressions, names or {}, values)}}


def adding(amounts: Iterable[str]) -> str:
    """The change that adds to each of these attributes the value of its name."""
    return "ADD " + ", ".join(f"#{name} :{name}" for name in amounts)


def _expressions(
    expressions: Mapping[str, str | None], names: Mapping[str, str], values: Mapping[str, str | int | bytes]
) -> dict[str, Any]:
    given = {name: text for name, text in expressions.items() if text is not None}
    text = " ".join(given.values())
    parts: dict[str, Any] = dict(given)
    placeholders = re.findall(r"#(\w+)", text)
    if placeholders:
        parts["ExpressionAttributeNames"] = {f"#{each}": names.get(each, each) for each in placeholders}
    if values:
        parts["ExpressionAttributeValues"] = {f":{name}": to_attribute(value) for name, value in values.items()}
    return parts


def _value(attribute: Mapping[str, Any]) -> Value:
    ((kind, value),) = attribute.items()
    if kind == "N":
        return int(value)
    if kind == "NULL":
        return None
    return value  # type: ignore[no-any-return]
