"""Collections as flat records; what both stores check and keep of them. A recipe's id takes 16 bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from ulid import ULID

from flavorbot.bounds import COLLECTION_DESCRIPTION, COLLECTION_NAME
from flavorbot.errors import Conflict, FieldError, InvalidInput
from flavorbot.model import Collection, Shelf
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import fold
from flavorbot.storage.limits import (
    COLLECTION_RECIPES,
    COLLECTIONS,
    check_key,
    check_texts,
)
from flavorbot.storage.records import Record

ID_BYTES = 16


def collection_record(collection: Collection) -> Record:
    """A collection as kept, without its id, times and version; `InvalidInput` when it cannot be."""
    check_key(collection.id, "id")
    check_texts(collection.name, "name")
    check_texts(collection.description, "description")
    if not collection.name.strip() or len(collection.name) > COLLECTION_NAME:
        raise InvalidInput([FieldError("name", f"A name has 1 to {COLLECTION_NAME} characters.")])
    if len(collection.description) > COLLECTION_DESCRIPTION:
        message = f"A description has at most {COLLECTION_DESCRIPTION} characters."
        raise InvalidInput([FieldError("description", message)])
    return {
        "name": collection.name,
        "description": collection.description,
        "name_key": name_key(collection.name),
        "recipe_ids": pack_ids(collection.recipe_ids),
    }


def name_key(name: str) -> str:
    """The same for names that people would take for one; short enough for any key."""
    return hashlib.sha256(fold(" ".join(name.split())).encode()).hexdigest()[:32]


def pack_ids(ids: tuple[str, ...]) -> bytes:
    once = dict.fromkeys(ids)
    if len(once) > COLLECTION_RECIPES:
        raise InvalidInput([FieldError("recipe_ids", f"A collection holds at most {COLLECTION_RECIPES:,} recipes.")])
    try:
        return b"".join(ULID.from_str(each).bytes for each in once)
    except ValueError:
        raise InvalidInput([FieldError("recipe_ids", "This is not the id of a recipe.")]) from None


def collection_of(record: Mapping[str, Any], collection_id: str) -> Collection:
    return Collection(
        id=collection_id,
        name=record["name"],
        description=record["description"],
        recipe_ids=tuple(str(ULID.from_bytes(each)) for each in _parts(record.get("recipe_ids"))),
        created_at=from_moment(record["created"]),
        updated_at=from_moment(record["updated"]),
        version=record["version"],
    )


def shelf_of(record: Mapping[str, Any], collection_id: str, holding: str | None) -> Shelf:
    """`record` has the count, and the ids too where the list is asked about a recipe."""
    ids = record.get("recipe_ids") if holding is not None else None
    return Shelf(
        id=collection_id,
        name=record["name"],
        description=record["description"],
        count=record["count"],
        created_at=from_moment(record["created"]),
        updated_at=from_moment(record["updated"]),
        version=record["version"],
        holds=ids is not None and _bytes_of(str(holding)) in _parts(ids),
    )


def in_order(shelves: Iterable[Shelf]) -> list[Shelf]:
    """By name, as people read it."""
    return sorted(shelves, key=lambda shelf: (fold(shelf.name), shelf.id))


def name_taken() -> Conflict:
    return Conflict("You have a collection of this name already.")


def too_many() -> Conflict:
    return Conflict(f"You have {COLLECTIONS} collections, which is as many as there can be. Delete one to make room.")


def _parts(ids: bytes | None) -> list[bytes]:
    return [] if ids is None else [ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES)]


def _bytes_of(recipe_id: str) -> bytes | None:
    try:
        return ULID.from_str(recipe_id).bytes
    except ValueError:
        return None
