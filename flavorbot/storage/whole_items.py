"""Entries as items of DynamoDB, each with the items that follow from it, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from flavorbot.model import Entry
from flavorbot.searching.words import further_words, texts_of
from flavorbot.storage.clock import from_moment, to_moment
from flavorbot.storage.codec import UNREADABLE, fold_email, unpack_recipe
from flavorbot.storage.dynamodb_table import new_write
from flavorbot.storage.entries import pack_entry, unpack_entry
from flavorbot.storage.items import MICROSECONDS, Item, from_item, to_attribute, to_item, to_ttl
from flavorbot.storage.kinds import KIND, KINDS, Kind, ends_at
from flavorbot.storage.records import Record
from flavorbot.storage.shelving import ID_BYTES
from flavorbot.storage.table import (
    Key,
    bin_partition,
    bin_place,
    collection_count_key,
    collection_name_key,
    device_key,
    email_key,
    identity_owner_key,
    index_key,
    token_key,
)

PENDING = "p_"
COUNTERS = ("recipes_generated", "recipe_queries", "tokens_in", "tokens_out", "cost")
# Items that follow from others, by how their keys begin; they are made again and never read.
FOLLOWING = (
    ("EMAIL#", "USER"), ("TOKEN#", "USER"), ("IDENTITY#", "USER"), ("USER#", "SESSION#"), ("USER#", "COLLECTIONNAME#"),
    ("USER#", "COUNT#collections"),
)  # fmt: skip
# How these say that they are no other token.
TOKENS = {"share": "share", "access_token": "access"}
# What a field of a key looks like, where that is not just any text.
NUMBER = "[0-9]+"
SHAPES = {
    "version": NUMBER,
    "part": NUMBER,
    "window_s": NUMBER,
    "action": "[^#]+",
    "issuer": "[^#]+",
    "owner": "(?:USER|GUEST)#.+",
}

Following = Iterable[tuple[Key, Item]]


def to_items(entry: Entry) -> Iterator[Item]:
    """The item of an entry first."""
    kind = KIND[entry.kind]
    own = _item(kind, entry)
    yield own
    if kind.name in _FOLLOWING_OF:
        for key, attributes in _FOLLOWING_OF[kind.name](entry.values, own):
            yield {**attributes, **key}


def key_of(entry: Entry) -> Key:
    """Where the item of an entry stands."""
    kind = KIND[entry.kind]
    given = {name: _place(name, value) for name, value in entry.values.items()}
    return {"PK": {"S": kind.partition.format(**given)}, "SK": {"S": kind.sort.format(**given)}}


def entry_of(item: Item) -> Entry | None:
    """The entry of an item, None for one that follows from others; ValueError for one of no known kind."""
    partition, sort = str(item["PK"]["S"]), str(item["SK"]["S"])
    found = _found(partition, sort)
    if found is None:
        if any(partition.startswith(first) and sort.startswith(second) for first, second in FOLLOWING):
            return None
        raise ValueError(f"an item {partition.partition('#')[0]}#… | {sort.partition('#')[0]}#…")
    kind, places = found
    record = from_item(item)
    values = {name: record[name] for name in kind.names if name not in kind.key_only and name in record} | places
    if "expires" in kind.key_only and isinstance(ttl := record.get("ttl"), int):
        values["expires"] = ttl * MICROSECONDS
    if kind.name in _COMPLETED:
        _COMPLETED[kind.name](values, item)
    return Entry(kind.name, values)


def _item(kind: Kind, entry: Entry) -> Item:
    values = entry.values
    record: Record = {name: values.get(name) for name in kind.names if name not in kind.key_only}
    ends = ends_at(entry)
    record |= {"ttl": None if ends is None else to_ttl(ends), "write": new_write() if kind.marked else None}
    if kind.name in TOKENS:
        record["kind"] = TOKENS[kind.name]
    item = to_item(record)
    if kind.name in _ADDED:
        _ADDED[kind.name](values, item)
    return item | key_of(entry)


def _add_to_recipe(values: Mapping[str, Any], item: Item) -> None:
    """Its card is kept with the words to find it by, and stands in the index: in the list, or in the bin."""
    if values["card"]:
        item["card"] = to_attribute(pack_entry(values["card"], _further(values)))
    if values.get("gone") is None:
        item.update(index_key(values["user_id"], values["id"]))
    else:
        item["GSI1PK"] = to_attribute(bin_partition(values["user_id"]))
        item["GSI1SK"] = to_attribute(bin_place(values["gone"], values["id"]))


def _further(values: Mapping[str, Any]) -> tuple[str, ...]:
    try:
        recipe = unpack_recipe(*(values[name] for name in ("body", "id", "created", "updated", "version")))
    except UNREADABLE:
        return ()
    names = (ingredient.name for ingredient in recipe.ingredients)
    return further_words((recipe.title, *recipe.tags, *dict.fromkeys(names)), texts_of(recipe))


def _add_to_session(values: Mapping[str, Any], item: Item) -> None:
    item["data"] = {"M": {key: to_attribute(value) for key, value in json.loads(values["data"]).items()}}


def _add_to_collection(values: Mapping[str, Any], item: Item) -> None:
    item["count"] = to_attribute(len(values["recipe_ids"]) // ID_BYTES)


_ADDED: dict[str, Callable[[Mapping[str, Any], Item], None]] = {
    "recipe": _add_to_recipe,
    "session": _add_to_session,
    "collection": _add_to_collection,
}


def _address(values: Mapping[str, Any], own: Item) -> Following:
    yield email_key(fold_email(values["email"])), own


def _token(values: Mapping[str, Any], own: Item) -> Following:
    yield token_key(values["token_hash"]), own


def _owner_of_identity(values: Mapping[str, Any], own: Item) -> Following:
    yield identity_owner_key(values["issuer"], values["subject"]), own


def _device(values: Mapping[str, Any], _: Item) -> Following:
    if values.get("user_id") is not None:
        device = {"created": values["created"], "browser": values["browser"], "ttl": to_ttl(values["ends"])}
        yield device_key(values["user_id"], values["sid"]), to_item(device)


def _name(values: Mapping[str, Any], _: Item) -> Following:
    yield collection_name_key(values["user_id"], values["name_key"]), {"of": to_attribute(values["name"])}


def _shelves(values: Mapping[str, Any], _: Item) -> Following:
    if values.get("shelves"):
        yield collection_count_key(values["user_id"]), {"held": to_attribute(values["shelves"])}


_FOLLOWING_OF: dict[str, Callable[[Mapping[str, Any], Item], Following]] = {
    "user": _address,
    "identity": _owner_of_identity,
    "share": _token,
    "access_token": _token,
    "mail_token": _token,
    "session": _device,
    "collection": _name,
    "box": _shelves,
}


def _complete_recipe(values: Record, _: Item) -> None:
    """Its card as a text; an empty one, where it is damaged, says so itself in the list."""
    card = values.get("card")
    if isinstance(card, bytes):
        try:
            values["card"] = json.dumps(unpack_entry(card)[0], ensure_ascii=False, separators=(",", ":"))
        except ValueError:
            values["card"] = ""
    values.setdefault("card", "")


def _complete_session(values: Record, item: Item) -> None:
    data = {key: value["S"] for key, value in item["data"]["M"].items()}
    values["data"] = json.dumps(data, ensure_ascii=False, sort_keys=True)


def _complete_usage(values: Record, item: Item) -> None:
    """Without what is being cooked just now: nobody goes on with it where this is put back."""
    for counter in COUNTERS:
        values.setdefault(counter, 0)
    values["recipes_generated"] = int(values["recipes_generated"] or 0) - sum(name.startswith(PENDING) for name in item)


_COMPLETED: dict[str, Callable[[Record, Item], None]] = {
    "recipe": _complete_recipe,
    "session": _complete_session,
    "usage": _complete_usage,
}


def _found(partition: str, sort: str) -> tuple[Kind, Record] | None:
    """Which kind stands at a key, and what the key says of it."""
    for kind in (*_BY_SORT.get(_head(sort), ()), *_BY_SORT[""]):
        first, second = _patterns(kind.name)
        if (whose := first.fullmatch(partition)) and (which := second.fullmatch(sort)):
            return kind, {name: _field(name, text) for name, text in (whose.groupdict() | which.groupdict()).items()}
    return None


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    kind = KIND[name]
    return _pattern(kind.partition), _pattern(kind.sort)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)[^}]*\}", _group, re.sub(r"[+]", r"\\+", template)), re.DOTALL)


def _group(field: re.Match[str]) -> str:
    return f"(?P<{field[1]}>{SHAPES.get(field[1], '.+')})"


def _place(name: str, value: object) -> object:
    """How a field is written in a key."""
    if name == "owner":
        kind, _, owner_id = str(value).partition("#")
        return f"{kind.upper()}#{owner_id}"
    return f"{from_moment(value):%Y-%m-%dT%H:%M:%SZ}" if name == "starts" and isinstance(value, int) else value


def _field(name: str, text: str) -> str | int:
    if name == "owner":
        kind, _, owner_id = text.partition("#")
        return f"{kind.lower()}#{owner_id}"
    if name == "starts":
        return to_moment(datetime.fromisoformat(text))
    return int(text) if SHAPES.get(name) == NUMBER else text


def _head(sort: str) -> str:
    return sort.partition("{")[0].partition("#")[0]


def _by_sort() -> dict[str, list[Kind]]:
    """The kinds by how their sort keys begin; as "" those whose begin with a field."""
    found: dict[str, list[Kind]] = {"": []}
    for kind in KINDS:
        found.setdefault(_head(kind.sort), []).append(kind)
    return found


_BY_SORT = _by_sort()
