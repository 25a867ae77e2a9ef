"""DynamoDB's answers as botocore's parser gives them, for the members that the hot operations have."""

from __future__ import annotations

import json
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from typing import Any

# Whatever JSON can hold.
Json = Any

TEXTS = frozenset({"S", "N", "BOOL", "NULL", "SS", "NS"})


class UnknownAnswer(Exception):
    """Something in it is not known here."""


def parse_answer(content: bytes) -> dict[str, Json]:
    """`UnknownAnswer` where botocore's parser may know more."""
    try:
        answer = json.loads(content)
        return {name: MEMBERS[name](value) for name, value in answer.items() if value is not None}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnknownAnswer from error


def _item(item: Json) -> Json:
    return {name: _value(value) for name, value in item.items()}


def _items(items: Json) -> Json:
    return [_item(item) for item in items]


def _items_by_table(tables: Json) -> Json:
    return {name: _items(items) for name, items in tables.items()}


def _value(value: Mapping[str, Json]) -> Mapping[str, Json]:
    ((kind, content),) = value.items()
    if kind in TEXTS:
        return value
    return {kind: BYTES_IN[kind](content)}


def _same(value: Json) -> Json:
    return value


def _nothing(value: Json) -> Json:
    if value:
        raise UnknownAnswer
    return value


BYTES_IN: Mapping[str, Callable[[Json], Json]] = {
    "B": a2b_base64,
    "BS": lambda values: [a2b_base64(value) for value in values],
    "M": _item,
    "L": lambda values: [_value(value) for value in values],
}
MEMBERS: Mapping[str, Callable[[Json], Json]] = {
    "Item": _item,
    "Items": _items,
    "Attributes": _item,
    "LastEvaluatedKey": _item,
    "Responses": _items_by_table,
    "ConsumedCapacity": _same,
    "Count": _same,
    "ScannedCount": _same,
    "UnprocessedKeys": _nothing,
    "UnprocessedItems": _nothing,
}
