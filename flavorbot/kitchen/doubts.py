"""Which allergens nobody can rule out: a recipe without them is one where nothing speaks for them, and all is known."""

from __future__ import annotations

from collections.abc import Iterable

from flavorbot.kitchen.checker import read_recipe
from flavorbot.kitchen.needs import in_order
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.model import ALLERGENS, Card, Recipe


def doubts(recipe: Recipe) -> tuple[str, ...]:
    """The allergens that it may contain, and all of them where anything in it was not recognised."""
    readings, others = read_recipe(recipe)
    if any(mention.entry.kind == "unread" for mention in others):
        return ALLERGENS
    named = ((mention.entry.food.may if mention.entry.food else frozenset()) - mention.denied for mention in others)
    return _doubted(readings, frozenset[str]().union(*named))


def may_contain(recipe: Recipe) -> tuple[str, ...]:
    """What foods in it may have in them besides what it contains; none where a food is unknown, which is told apart."""
    found = doubts(recipe)
    return () if found == ALLERGENS else tuple(each for each in found if each not in recipe.allergens)


def doubts_of(card: Card) -> tuple[str, ...]:
    """The same by what a card tells; of one that was stored before this was asked, by the names on it."""
    return _doubted(map(read_line, card.words), frozenset()) if card.doubts is None else card.doubts


def _doubted(readings: Iterable[Reading], more: frozenset[str]) -> tuple[str, ...]:
    """A spelling that was mended may have been right: "kashk" is whey, and one letter from kasha."""
    found = set(more)
    for reading in readings:
        if reading.kind != "food" or reading.unread or reading.respelt:
            return ALLERGENS
        found |= reading.may
    return in_order(found)
