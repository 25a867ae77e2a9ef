"""Acting on many recipes of a box at once: each is done on its own, and the report says what was not and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from flavorbot.errors import BoxFull, InvalidInput, NotFound, StorageError, VersionConflict
from flavorbot.interfaces import IReading, IRecipes
from flavorbot.model import Recipe, Unreadable
from flavorbot.recipes import edit_recipe, is_ulid
from flavorbot.storage.limits import BIN

Reason = Literal["missing", "changing", "full", "unacceptable", "unreadable", "unreached"]
Change = Callable[[Recipe], Recipe]
ROUNDS = 5
KEPT = timedelta(microseconds=BIN)


class IBox(IRecipes, IReading, Protocol):
    """What acting on many recipes takes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of each recipe. Someone else's is `missing`, as is one that does not exist."""

    done: tuple[str, ...]
    failed: Mapping[str, Reason]


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a job: recipes done and left, which could not be and why, and the id to go on after."""

    done: int
    left: int
    failed: Mapping[str, Reason]
    after: str


def one_step(ids: Iterable[str], after: str, most: int, act: Callable[[list[str]], Report]) -> Progress:
    """Act on up to `most` of the recipes whose ids come after `after`; what was not reached is left for the next."""
    waiting = sorted(each for each in ids if each > after)
    report = act(waiting[:most])
    failed = {each: reason for each, reason in report.failed.items() if reason != "unreached"}
    reached = len(report.done) + len(failed)
    return Progress(len(report.done), len(waiting) - reached, failed, waiting[reached - 1] if reached else after)


def change_many(storage: IBox, user_id: str, ids: Sequence[str], change: Change) -> Report:
    """Edit each; one that was changed by somebody meanwhile is read and changed again."""
    wanted = [each for each in ids if is_ulid(each)]
    found = {recipe.id: recipe for recipe in storage.read_recipes(user_id, wanted)}
    return _each(ids, lambda recipe_id: _change(storage, user_id, found.get(recipe_id), change))


def delete_many(storage: IRecipes, user_id: str, ids: Sequence[str]) -> Report:
    """Move each to the bin."""

    def delete(recipe_id: str) -> Reason | None:
        return None if is_ulid(recipe_id) and storage.delete_recipe(user_id, recipe_id) else "missing"

    return _each(ids, delete)


def restore_many(storage: IRecipes, user_id: str, ids: Sequence[str], limit: int | None) -> Report:
    """Take each out of the bin, as far as the box has room."""

    def restore(recipe_id: str) -> Reason | None:
        try:
            return None if is_ulid(recipe_id) and storage.restore_recipe(user_id, recipe_id, limit) else "missing"
        except BoxFull:
            return "full"

    return _each(ids, restore)


def binned_since(storage: IRecipes, user_id: str, moment: datetime) -> list[str]:
    """What has been moved to the bin from this moment on."""
    return [each.card.id for each in storage.list_bin(user_id) if each.leaves_at - KEPT >= moment]


def categorised(category: str) -> Change:
    return lambda recipe: replace(recipe, category=category)


def rated(rating: int | None) -> Change:
    return lambda recipe: replace(recipe, rating=rating)


def _each(ids: Sequence[str], act: Callable[[str], Reason | None]) -> Report:
    """Act on every one; once the storage fails, the rest is left alone."""
    done: list[str] = []
    failed: dict[str, Reason] = {}
    for place, recipe_id in enumerate(ids):
        try:
            reason = act(recipe_id)
        except StorageError:
            if not done:
                raise
            return Report(tuple(done), failed | dict.fromkeys(ids[place:], "unreached"))
        if reason is None:
            done.append(recipe_id)
        else:
            failed[recipe_id] = reason
    return Report(tuple(done), failed)


def _change(storage: IRecipes, user_id: str, recipe: Recipe | Unreadable | None, change: Change) -> Reason | None:
    for _ in range(ROUNDS):
        if recipe is None:
            return "missing"
        if isinstance(recipe, Unreadable):
            return "unreadable"
        try:
            changed = change(recipe)
            if changed != recipe:
                edit_recipe(storage, user_id, recipe, changed, recipe.version)
        except InvalidInput:
            return "unacceptable"
        except NotFound:
            return "missing"
        except VersionConflict:
            recipe = storage.get_recipe(user_id, recipe.id or "")
        else:
            return None
    return "changing"
