"""A person's recipe box: saving drafts, writing by hand, editing, what was cooked, the bin."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from ulid import ULID

from flavorbot.errors import Conflict, FieldError, InvalidInput, NotFound, RequestReused, VersionConflict
from flavorbot.interfaces import IRecipes
from flavorbot.kitchen.cards import against
from flavorbot.kitchen.checker import checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.model import Card, Cooking, Draft, Recipe, RecipeQuery, Source

MOST_COOKINGS = 100
_FIRST_DAY = date(1900, 1, 1)
_TRIES = 5

MOST_PURGED = 50
"""Recipes that one request deletes for good; each takes storage calls of its own."""
CARDS_AT_ONCE = 1_000


def save_draft(storage: IRecipes, user_id: str, draft: Draft, limit: int | None) -> Recipe:
    """Keep a draft; saving it again gives the recipe it became, edited since or not. `BoxFull`, `Conflict`."""
    if draft.recipe is None:
        raise Conflict("This recipe is still being cooked. Wait for it, then save it.")
    recipe_id = id_of_draft(draft)
    try:
        return storage.create_recipe(user_id, replace(draft.recipe, id=recipe_id), limit)
    except RequestReused:
        return open_recipe(storage, user_id, recipe_id)


def id_of_draft(draft: Draft) -> str:
    """The ULID that this draft gets when it is saved, whoever asks and however often."""
    moment = int(draft.created_at.timestamp() * 1000).to_bytes(6, "big")
    return str(ULID.from_bytes(moment + hashlib.sha256(draft.request_id.encode()).digest()[:10]))


def create_recipe(
    storage: IRecipes, user_id: str, recipe: Recipe, key: str | None, *, limit: int | None, now: datetime
) -> Recipe:
    """Keep a recipe written by hand, once for each `key`. `BoxFull`, `RequestReused`."""
    new = replace(recipe, id=str(ULID.from_datetime(now)), source=Source(kind="manual"))
    return storage.create_recipe(user_id, checked_recipe(new), limit, key)


def import_recipe(storage: IRecipes, user_id: str, recipe: Recipe, recipe_id: str, limit: int | None) -> Recipe:
    """Keep a recipe that was brought in, once for each id. `BoxFull`; `Conflict` when it was deleted since."""
    try:
        return storage.create_recipe(user_id, checked_recipe(replace(recipe, id=recipe_id)), limit)
    except RequestReused:
        # The checker has learned something since; what was stored stays.
        return open_recipe(storage, user_id, recipe_id)


def open_recipe(storage: IRecipes, user_id: str, recipe_id: str) -> Recipe:
    """A recipe of this person; `NotFound` when there is none, or it is someone else's."""
    recipe = storage.get_recipe(user_id, recipe_id) if is_ulid(recipe_id) else None
    if recipe is None:
        raise NotFound("There is no such recipe in your box.")
    return recipe


def edit_recipe(storage: IRecipes, user_id: str, current: Recipe, changed: Recipe, version: int) -> Recipe:
    """Store `changed` in place of `current`, if it was made from that version. `VersionConflict`, `NotFound`."""
    if version != current.version:
        raise VersionConflict("This recipe was changed after you opened it.")
    kept = replace(changed, id=current.id, source=current.source, cooked=current.cooked)
    return storage.update_recipe(user_id, current, checked_recipe(kept))


def restore_version(storage: IRecipes, user_id: str, recipe_id: str, version: int) -> Recipe:
    """Make a recipe what it was in an earlier version, as its next one. `NotFound`, `VersionConflict`."""
    current = open_recipe(storage, user_id, recipe_id)
    past = open_version(storage, user_id, recipe_id, version)
    return edit_recipe(storage, user_id, current, past, current.version)


def open_version(storage: IRecipes, user_id: str, recipe_id: str, version: int) -> Recipe:
    """A past version of a recipe of this person; `NotFound`."""
    past = past_version(storage, user_id, recipe_id, version)
    if past is None:
        raise NotFound("This version is not kept any more.")
    return past


def past_version(storage: IRecipes, user_id: str, recipe_id: str, version: int) -> Recipe | None:
    """A recipe as it once was; None when that is not kept, or no longer."""
    return storage.get_version(user_id, recipe_id, version) if version and is_ulid(recipe_id) else None


def made_from(storage: IRecipes, user_id: str, current: Recipe, changed: Recipe, version: int) -> Recipe | None:
    """What `changed`, an edit of that version, and `current` both go back to; None when it is not kept.

    Cooking keeps no version: where nothing else happened since, that is `current`, but for the rating that a meal gave.
    """
    past = past_version(storage, user_id, current.id or "", version)
    if past is not None or not version or version > current.version:
        return past
    later = storage.list_versions(user_id, current.id or "")
    return None if any(each.version >= version for each in later) else replace(current, rating=changed.rating)


def log_cooking(storage: IRecipes, user_id: str, recipe_id: str, cooking: Cooking, now: datetime) -> Recipe:
    """Keep that it was cooked, whatever version it has by now; the latest meal's rating becomes the recipe's own, too.

    The same day with the same note is the same meal. Of more than a hundred the oldest go. `InvalidInput`, `NotFound`,
    and `VersionConflict` when others change the recipe all the time.
    """
    _check_day(cooking.on, now)

    def logged(recipe: Recipe) -> Recipe:
        cooked = _with(cooking, recipe.cooked)
        newest = cooking.rating if cooked[-1] == cooking else None
        return replace(recipe, cooked=cooked, rating=newest or recipe.rating)

    return _change_log(storage, user_id, recipe_id, logged)


def forget_cooking(storage: IRecipes, user_id: str, recipe_id: str, on: str, note: str) -> Recipe:
    """Take the meal of this day and note out of the log, if it is there. `NotFound`, `VersionConflict` as above."""

    def without(recipe: Recipe) -> Recipe:
        return replace(recipe, cooked=tuple(each for each in recipe.cooked if (each.on, each.note) != (on, note)))

    return _change_log(storage, user_id, recipe_id, without)


def _check_day(on: str, now: datetime) -> None:
    """Where someone lives it may be tomorrow already."""
    day = date.fromisoformat(on)
    if day > now.date() + timedelta(days=1):
        raise InvalidInput([FieldError("on", "This day is still to come.")])
    if day < _FIRST_DAY:
        raise InvalidInput([FieldError("on", f"Use a day since {_FIRST_DAY.year}.")])


def _change_log(storage: IRecipes, user_id: str, recipe_id: str, change: Callable[[Recipe], Recipe]) -> Recipe:
    """Store the change to whatever version there is; one that changes nothing is not stored."""
    for _ in range(_TRIES):
        current = open_recipe(storage, user_id, recipe_id)
        changed = change(current)
        if changed == current:
            return current
        with suppress(VersionConflict):
            return storage.update_recipe(user_id, current, changed)
    raise VersionConflict("This recipe is being changed just now. Send it once more.")


def _with(cooking: Cooking, cooked: tuple[Cooking, ...]) -> tuple[Cooking, ...]:
    same = [each for each in cooked if (each.on, each.note) == (cooking.on, cooking.note)]
    if same and cooking.rating is None:
        return cooked
    others = [each for each in cooked if each not in same]
    return tuple(sorted([*others, cooking], key=lambda each: each.on)[-MOST_COOKINGS:])


def delete_recipe(storage: IRecipes, user_id: str, recipe_id: str) -> None:
    """Move it to the bin, where it stays for 30 days; `NotFound`."""
    if not is_ulid(recipe_id) or not storage.delete_recipe(user_id, recipe_id):
        raise NotFound("There is no such recipe in your box.")


def restore_recipe(storage: IRecipes, user_id: str, recipe_id: str, limit: int | None) -> None:
    """Take it out of the bin; `NotFound` when it is not there, `BoxFull`."""
    if not is_ulid(recipe_id) or not storage.restore_recipe(user_id, recipe_id, limit):
        raise NotFound("This recipe is no longer in the bin.")


def purge_recipe(storage: IRecipes, user_id: str, recipe_id: str) -> None:
    """Delete for good what is in the bin; `NotFound` when it is not there."""
    if not is_ulid(recipe_id) or not storage.purge_recipe(user_id, recipe_id):
        raise NotFound("This recipe is no longer in the bin.")


def empty_bin(storage: IRecipes, user_id: str) -> int:
    """Delete for good what is in the bin, what would leave first, at most `MOST_PURGED`; gives how many are left."""
    binned = storage.list_bin(user_id)
    for each in binned[-MOST_PURGED:]:
        storage.purge_recipe(user_id, each.card.id)
    return max(0, len(binned) - MOST_PURGED)


def against_needs(storage: IRecipes, user_id: str, needs: Needs) -> list[tuple[Card, tuple[str, ...]]]:
    """The person's recipes whose cards speak against these needs, newest first, each with the reasons."""
    return [(card, reasons) for card in all_cards(storage, user_id) if (reasons := against(card, needs))]


def all_cards(storage: IRecipes, user_id: str, query: RecipeQuery | None = None) -> Iterator[Card]:
    """The whole box, or all that a query finds, with a storage call for every 1,000 recipes."""
    cursor: str | None = None
    while True:
        page = storage.list_recipes(user_id, query or RecipeQuery(), CARDS_AT_ONCE, cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def is_ulid(text: str) -> bool:
    """Whether it is written exactly as our ids are: no other text may reach a storage key."""
    try:
        return str(ULID.from_str(text)) == text
    except ValueError:
        return False
