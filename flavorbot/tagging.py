"""The tags of a box: how often each is used, and changing one wherever it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flavorbot.bulk import Change, IBox, Progress, change_many, one_step
from flavorbot.errors import FieldError, InvalidInput
from flavorbot.model import Card, Recipe
from flavorbot.recipes import all_cards
from flavorbot.storage.codec import fold

MOST_TAGS = 50


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is spelled most often; tags that differ in case or accents alone are one."""

    name: str
    count: int


def count_tags(cards: Iterable[Card]) -> list[Tag]:
    """By name."""
    spellings: dict[str, Counter[str]] = {}
    for card in cards:
        for key, name in {fold(tag): tag for tag in card.tags}.items():
            spellings.setdefault(key, Counter())[name] += 1
    found = {key: Tag(names.most_common(1)[0][0], names.total()) for key, names in spellings.items()}
    return [found[key] for key in sorted(found)]


def find_tag(tags: Iterable[Tag], wanted: str) -> Tag | None:
    """The tag that is meant, however it is spelled."""
    return next((tag for tag in tags if fold(tag.name) == fold(wanted)), None)


def change_tag(storage: IBox, user_id: str, old: str, new: str | None, after: str, most: int) -> Progress:
    """Rename a tag, or drop it where `new` is None, in up to `most` of the recipes whose ids come after `after`."""
    ids = [card.id for card in all_cards(storage, user_id) if _has(card.tags, old)]
    return one_step(ids, after, most, lambda some: change_many(storage, user_id, some, retagged(old, new)))


def tagged(tag: str) -> Change:
    """With this tag, unless it has it in some spelling."""

    def change(recipe: Recipe) -> Recipe:
        if _has(recipe.tags, tag):
            return recipe
        if len(recipe.tags) >= MOST_TAGS:
            raise InvalidInput([FieldError("tags", f"A recipe has at most {MOST_TAGS} tags.")])
        return replace(recipe, tags=(*recipe.tags, tag))

    return change


def retagged(old: str, new: str | None = None) -> Change:
    """With `new` in the place of a tag, once; without the tag where that is None."""

    def change(recipe: Recipe) -> Recipe:
        if not _has(recipe.tags, old):
            return recipe
        same = {fold(old), fold(new or old)}
        renamed = [new if fold(tag) in same else tag for tag in recipe.tags]
        return replace(recipe, tags=tuple(tag for tag in dict.fromkeys(renamed) if tag is not None))

    return change


def _has(tags: Iterable[str], wanted: str) -> bool:
    return fold(wanted) in map(fold, tags)
