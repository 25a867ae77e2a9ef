"""A person's collections: made, filled, put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from ulid import ULID

from flavorbot.errors import Conflict, NotFound, VersionConflict
from flavorbot.interfaces import ICollections, IReading, IRecipes
from flavorbot.model import Collection
from flavorbot.recipes import is_ulid
from flavorbot.storage.limits import COLLECTION_RECIPES
from flavorbot.storage.shelving import name_key

ROUNDS = 5
# More steps up than there can be places.
TO_TOP = -COLLECTION_RECIPES


class IShelves(ICollections, IReading, IRecipes, Protocol):
    """What collections take: themselves, and which recipes there are."""


def make_collection(
    storage: IShelves, user_id: str, name: str, description: str = "", ids: Sequence[str] = (), *, now: datetime
) -> Collection:
    """A new one with those of `ids` that are in the box. `Conflict` for its name, or when there are too many."""
    collection_id, kept = str(ULID.from_datetime(now)), own(storage, user_id, ids)
    new = Collection(id=collection_id, name=tidy(name), description=description, recipe_ids=kept)
    return storage.create_collection(user_id, new)


def open_collection(storage: ICollections, user_id: str, collection_id: str) -> Collection:
    """A collection of this person; `NotFound` when there is none, or it is someone else's."""
    found = storage.get_collection(user_id, collection_id) if is_ulid(collection_id) else None
    if found is None:
        raise NotFound("You have no such collection.")
    return found


def store_collection(storage: IShelves, user_id: str, changed: Collection) -> Collection:
    """Store a change made from `changed.version`, without the recipes that there are not. `VersionConflict`."""
    kept = _alive(storage, user_id, changed.recipe_ids)
    return storage.update_collection(user_id, replace(changed, name=tidy(changed.name), recipe_ids=kept))


def change_collection(
    storage: IShelves, user_id: str, collection_id: str, change: Callable[[Collection], Collection]
) -> Collection:
    """Change a collection as it is now, and again when somebody else changed it meanwhile. `NotFound`, `Conflict`."""
    for _ in range(ROUNDS):
        current = open_collection(storage, user_id, collection_id)
        kept = replace(current, recipe_ids=_alive(storage, user_id, current.recipe_ids))
        changed = change(kept)
        if changed == kept:
            return current
        try:
            return storage.update_collection(user_id, changed)
        except VersionConflict:
            continue
    raise VersionConflict("This collection is being changed at this moment. Please try again.")


def add_recipes(storage: IShelves, user_id: str, collection_id: str, ids: Sequence[str]) -> Collection:
    """Put those of `ids` that are in the box at its end; one that it holds already stays in its place."""
    new = own(storage, user_id, ids)

    def add(current: Collection) -> Collection:
        return replace(current, recipe_ids=tuple(dict.fromkeys((*current.recipe_ids, *new))))

    return change_collection(storage, user_id, collection_id, add)


def merge_collection(
    storage: IShelves, user_id: str, name: str, description: str, ids: Sequence[str], *, now: datetime
) -> Collection:
    """Put recipes into the collection of this name, made where there is none: done twice, it is as done once.

    `Conflict` when there are too many, `InvalidInput` when it would hold too much.
    """
    try:
        return make_collection(storage, user_id, name, description, ids, now=now)
    except Conflict:
        wanted = name_key(name)
        same = next((each for each in storage.list_collections(user_id) if name_key(each.name) == wanted), None)
        if same is None:
            raise
        return add_recipes(storage, user_id, same.id, ids)


def remove_recipes(storage: IShelves, user_id: str, collection_id: str, ids: Sequence[str]) -> Collection:
    """Take recipes out of it; they stay in the box."""

    gone = frozenset(ids)

    def remove(current: Collection) -> Collection:
        return replace(current, recipe_ids=tuple(each for each in current.recipe_ids if each not in gone))

    return change_collection(storage, user_id, collection_id, remove)


def move_recipe(storage: IShelves, user_id: str, collection_id: str, recipe_id: str, step: int) -> Collection:
    """Move a recipe some places down, or up where `step` is negative, as far as there are any."""

    def move(current: Collection) -> Collection:
        # Places are as people see them: what is in the bin keeps its own.
        seen = own(storage, user_id, current.recipe_ids)
        if recipe_id not in seen:
            raise NotFound("This recipe is not in the collection.")
        others = [each for each in seen if each != recipe_id]
        place = max(0, seen.index(recipe_id) + step)
        moved, visible = iter((*others[:place], recipe_id, *others[place:])), frozenset(seen)
        return replace(
            current, recipe_ids=tuple(next(moved) if each in visible else each for each in current.recipe_ids)
        )

    return change_collection(storage, user_id, collection_id, move)


def rename_collection(storage: IShelves, user_id: str, collection_id: str, name: str, description: str) -> Collection:
    """Give it another name and description. `Conflict` when another one has that name."""

    def rename(current: Collection) -> Collection:
        return replace(current, name=tidy(name), description=description)

    return change_collection(storage, user_id, collection_id, rename)


def delete_collection(storage: ICollections, user_id: str, collection_id: str) -> None:
    """Its recipes stay in the box; `NotFound`."""
    if not is_ulid(collection_id) or not storage.delete_collection(user_id, collection_id):
        raise NotFound("You have no such collection.")


def own(storage: IReading, user_id: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of the ids that are recipes in this person's box, each once."""
    wanted = tuple(dict.fromkeys(each for each in ids if is_ulid(each)))
    there = storage.existing_recipes(user_id, wanted) if wanted else frozenset()
    return tuple(each for each in wanted if each in there)


def _alive(storage: IShelves, user_id: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of the ids that are in the box or in the bin, from where they may come back."""
    if not ids:
        return ()
    binned = frozenset(each.card.id for each in storage.list_bin(user_id))
    there = frozenset(own(storage, user_id, ids)) | binned
    return tuple(each for each in dict.fromkeys(ids) if each in there)


def tidy(name: str) -> str:
    """A name without spaces around it or in a row."""
    return " ".join(name.split())
