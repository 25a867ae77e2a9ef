"""Foods that a recipe's title or steps name although its list does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import Entry, maybe
from flavorbot.kitchen.mentions import ABROAD, Mention, mentions
from flavorbot.kitchen.own_dishes import is_the_dish, is_vague
from flavorbot.kitchen.reading import Reading
from flavorbot.kitchen.text import stems

_BESIDE = re.compile(r"\b(?:with|on|over|in|and|under|beside|topped|served|alongside)\b|[,&:(]", re.IGNORECASE)
"""Where a title goes on from the dish itself to what comes with it."""
_JOINED = frozenset({"flour", "crumb"})
"""Short for a listed name that is written in one word: cornflour, breadcrumbs."""
_SHELVES = {
    "butter": frozenset({"fat", "dairy", "dairy_free"}),
    "cheese": frozenset({"cheese", "dairy_free"}),
    "cream": frozenset({"dairy", "dairy_free"}),
}
"""Words that many names end with, and the categories for which they are short."""


def strays(
    readings: Sequence[Reading], title: str, steps: Sequence[str], but: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Each such mention once, in order; a word that stands for a listed food ("the milk" for oat milk) is none.

    The foods of `but` are passed over.
    """
    found: dict[tuple[str, ...], Mention] = {}
    listed = but.union(*[reading.food_names for reading in readings])
    for text in dict.fromkeys((title, *steps)):
        for mention in mentions(text, listed):
            food = mention.entry.food
            if mention.key in found or (food is not None and food.name in listed) or refers(mention, readings):
                continue
            if text == title and mention.entry.reason == ABROAD:
                continue
            if is_vague(mention, readings):
                found[mention.key] = replace(mention, entry=maybe(mention.entry))
            elif not is_the_dish(mention, readings, _dish_in(title)):
                found[mention.key] = replace(mention, entry=_guessed(mention.entry)) if mention.typed else mention
            elif mention.beside and _holds_more(mention, readings):
                found[mention.key] = replace(mention, entry=maybe(mention.entry))
    return tuple(found.values())


# Each name that its steps have besides may be that of the dish.
@lru_cache(maxsize=8)
def _dish_in(title: str) -> tuple[str, ...]:
    """The stems of the part of a title that names the dish itself."""
    return stems(_BESIDE.split(title, maxsplit=1)[0])


def _holds_more(mention: Mention, readings: Sequence[Reading]) -> bool:
    """Whether such a dish usually has an allergen that nothing in the list is known for."""
    listed = frozenset[str]().union(*(reading.contains for reading in readings))
    return mention.entry.food is not None and not mention.entry.food.contains - mention.denied <= listed


def _guessed(entry: Entry) -> Entry:
    """What may be said of a name that was only understood by mending it; no poison is guessed at."""
    if entry.kind == "poison":
        return Entry("unread", entry.name)
    food = entry.food
    harmless = food is not None and food.kind in ("plant", "fungus", "mineral", "water") and not food.contains
    return entry if harmless else maybe(entry)


def refers(mention: Mention, readings: Sequence[Reading]) -> bool:
    """Whether the word means a listed food: the same one, its last words, or a general word for it."""
    food = mention.entry.food
    if mention.entry.kind == "unread":
        return any(_within(mention.key, stems(reading.text)) for reading in readings)
    if food is None:
        return False
    if any(food.name in reading.food_names for reading in readings):
        return True
    general = group(mention.key[0]) if len(mention.key) == 1 and not mention.measured else None
    foods = [listed for reading in readings for listed in reading.foods]
    if general and any(map(general.is_general_for, foods)):
        return True
    if mention.entry.kind == "dish" and any(_generalises(food, listed) for listed in foods):
        return True
    if mention.measured:
        return False
    words = {*mention.key, *stems(food.name)}
    # Any line may be meant by these, others only by what they have in common.
    loose = mention.key == (food.category,) or not words.isdisjoint(_JOINED)
    near = (each for each in readings if loose or each.altered or not words.isdisjoint(each.name_stems))
    return any(_is_short_for(mention, food, each) for each in near)


def _is_short_for(mention: Mention, food: Food, reading: Reading) -> bool:
    """Whether the name is a shorter one for what the line says, which may be free of something that "panko" is not."""
    key, own = mention.key, stems(food.name)
    if any(_same_sort(mention, listed) for listed in reading.foods):
        return True
    clipped = mention.definite and own[-1].startswith(key[0])
    harmless = clipped or food.contains <= reading.contains | reading.may
    keys = (key, own) if len(key) == 1 and harmless else (key,)
    if any(_shortens(each, name, reading) for each in keys for name in reading.names):
        return True
    return reading.altered and _within(key, stems(reading.text))


def _shortens(key: tuple[str, ...], name: tuple[str, ...], reading: Reading) -> bool:
    """Whether the name ends in these words; "the butter" is not short for peanut butter, nor cream for ice cream."""
    if name[-len(key) :] != key:
        return len(key) == 1 and bool(name) and key[0] in _JOINED and name[-1].endswith(key[0])
    shelves = _SHELVES.get(key[0]) if len(key) == 1 and reading.food else None
    return shelves is None or (reading.food is not None and reading.food.category in shelves)


def _within(key: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(name[place : place + len(key)] == key for place in range(len(name)))


def _same_sort(mention: Mention, listed: Food) -> bool:
    """Whether the name stands for a listed food of its sort: "the pasta" for spaghetti, "the chicken" for thighs."""
    food = mention.entry.food
    if food is None or (food.category, food.kind) != (listed.category, listed.kind):
        return False
    if mention.key != (food.category,) and not _shares_a_word(mention.key, listed):
        return False
    plain = len(mention.key) == 1 or (food.may <= listed.may and food.flags <= listed.flags)
    return plain and food.contains <= listed.contains


def _shares_a_word(key: tuple[str, ...], listed: Food) -> bool:
    """Whether they have a noun in common: chicken breast and chicken thigh, white rice and brown rice."""
    return bool({*stems(listed.name), *stems(listed.plural)} & set(key))


def _generalises(general: Food, listed: Food) -> bool:
    """Whether the general word ("fish", "nuts", "meat") covers the listed food."""
    if general.contains:
        return bool(general.contains & listed.contains)
    return general.kind == listed.kind or (is_meat(general) and is_meat(listed))
