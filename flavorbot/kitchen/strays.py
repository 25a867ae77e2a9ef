"""Foods that a recipe's title or steps name although its list does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache

from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import Entry, lookup, read_words
from flavorbot.kitchen.mentions import Mention, mentions
from flavorbot.kitchen.reading import Reading
from flavorbot.kitchen.text import stem, stems

_BESIDE = re.compile(r"\b(?:with|on|over|in|and|under|beside|topped|served|alongside)\b|[,&:(]", re.IGNORECASE)
"""Where a title goes on from the dish itself to what comes with it."""
_DOUGHS = frozenset({"dough", "pastri", "crust", "batter", "base", "sponge", "roux"})
_FLOURS = frozenset(
    {"flour", "starch", "cornstarch", "cornflour", "oats", "almonds", "cornmeal", "semolina", "polenta"}
)
# What these are made of must be listed, or they are a food of their own: "serve with pastry" beside a pot of rice.
_FLOURED = _DOUGHS - {"base", "crust"} | frozenset(
    "dumpl dumpling biscuit cooki cake pie tart muffin scone waffle bread breadcrumb crumb crumble streusel".split()
)
_ICINGS = frozenset({"icing", "frosting"})
# What a made thing's gluten, milk or egg comes from, or what is taken in its place: a vegan custard has oat milk.
_SOURCES = {
    "gluten": frozenset({"bread", "pasta"}),
    "milk": frozenset({"dairy", "dairy_free", "cheese", "egg"}),
    "eggs": frozenset({"egg", "pulse", "seed", "dairy_free"}),
    "nuts": frozenset({"nut", "seed"}),
    "peanuts": frozenset({"nut", "seed"}),
    "sesame": frozenset({"seed", "pulse"}),
    "soybeans": frozenset({"pulse"}),
    "fish": frozenset({"fish", "shellfish"}),
    "crustaceans": frozenset({"fish", "shellfish"}),
    "molluscs": frozenset({"fish", "shellfish"}),
}
_BODIES = frozenset({"meat", "poultry", "fish", "shellfish", "pulse", "mushroom", "egg", "cheese", "nut", "dairy_free"})
"""What a burger, a meatball or a kebab of one's own is made of."""
_GRAVIES = frozenset({"stock", "meat", "poultry", "baking", "mushroom"})
_SAUCES = frozenset(
    {"sauce", "dressing", "vinaigrette", "gravi", "jam", "jelli", "dip", "pickle", "salsa", "chutney", "rub"}
)
_SELF_MADE = frozenset({"bread", "pasta", "condiment", "stock", "baking", "dish"})


def strays(readings: Sequence[Reading], title: str, steps: Sequence[str]) -> tuple[Mention, ...]:
    """Each such mention once, in order; a word that stands for a listed food ("the milk" for oat milk) is none."""
    found: dict[tuple[str, ...], Mention] = {}
    ending = stems(re.split(_BESIDE, title, maxsplit=1)[0])
    for text in (title, *steps):
        for mention in mentions(text):
            if mention.key in found or _refers(mention, readings):
                continue
            if "gravi" in mention.key and _could_be_made(mention.key, readings) and not _has_flour(readings):
                found[mention.key] = replace(mention, entry=_pan_gravy())
            elif not _is_the_dish(mention, readings, ending):
                found[mention.key] = mention
    return tuple(found.values())


@cache
def _pan_gravy() -> Entry:
    """A gravy of what is listed, thickened with what nobody knows."""
    entry = lookup("pan gravy")
    if entry is None:
        raise LookupError("pan gravy")
    return entry


def _refers(mention: Mention, readings: Sequence[Reading]) -> bool:
    """Whether the word means a listed food: the same one, its last words, or a general word for it."""
    food = mention.entry.food
    if food is None:
        return False
    general = group(" ".join(mention.key)) if len(mention.key) == 1 and not mention.measured else None
    return any(
        any(listed.name == food.name or (general and general.is_general_for(listed)) for listed in reading.foods)
        or (not mention.measured and any(_same_sort(mention, listed) for listed in reading.foods))
        or (not mention.measured and any(_shortens(mention.key, name, reading) for name in _names(reading)))
        or (reading.altered and _within(mention.key, stems(reading.text)))
        or (mention.entry.kind == "dish" and any(_generalises(food, listed) for listed in reading.foods))
        for reading in readings
    )


def _names(reading: Reading) -> Iterator[tuple[str, ...]]:
    yield stems(reading.name)
    for food in reading.foods:
        yield stems(food.name)
        yield stems(food.plural)


def _shortens(key: tuple[str, ...], name: tuple[str, ...], reading: Reading) -> bool:
    """Whether the name ends in these words; "the butter" is not short for peanut butter."""
    if name[-len(key) :] != key:
        return False
    spread = key == ("butter",) and reading.food is not None and reading.food.kind == "plant"
    return not spread or (reading.food is not None and reading.food.role == "fat")


def _made_of_listed(key: tuple[str, ...], readings: Sequence[Reading]) -> bool:
    """Whether "pasta salad" or "beef soup" is only this recipe's dish of a listed food."""
    if len(key) < 2 or key[-1] not in _own_dishes() - _SAUCES:
        return False
    return any(set(key[:-1]) <= set(name) for reading in readings for name in _names(reading))


@cache
def _own_dishes() -> frozenset[str]:
    return frozenset(stem(word) for word in read_words("own_dish.txt"))


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


def _is_the_dish(mention: Mention, readings: Sequence[Reading], title: tuple[str, ...]) -> bool:
    """Whether the word names what is being made: "roll out the pastry", "slice the bread" of a bread recipe."""
    food = mention.entry.food
    if food is None or mention.measured:
        return False
    if not _could_be_made(mention.key, readings) or not _has_sources(mention, food, readings):
        return False
    if food.category in ("made dish", "meal", "prepared") or (
        len(mention.key) == 1 and mention.key[0] in _own_dishes()
    ):
        return True
    if mention.key == title or _made_of_listed(mention.key, readings):
        return True
    if mention.key[-1] in _DOUGHS and _has_flour(readings):
        return True
    spread = "butter" in food.name or food.role in ("nut", "protein")
    return food.category in _SELF_MADE and not spread and title[-len(mention.key) :] == mention.key


def _could_be_made(key: tuple[str, ...], readings: Sequence[Reading]) -> bool:
    """Whether something that such a thing is made of is listed."""
    if "breadcrumb" in key or _names_unlisted(key, readings):
        return False
    if "gravi" in key:
        return any(listed.category in _GRAVIES for reading in readings for listed in reading.foods)
    if _FLOURED & set(key):
        return _has_flour(readings)
    if _ICINGS & set(key):
        return any("sugar" in listed.name.split() for reading in readings for listed in reading.foods)
    return True


def _has_sources(mention: Mention, food: Food, readings: Sequence[Reading]) -> bool:
    """Whether what makes it what it is can come from the list: no ganache, and no burger, of carrots alone."""
    kinds = food.contains - mention.denied
    listed = [each for reading in readings for each in reading.foods]
    if is_meat(food) and not any(each.category in _BODIES or each.role == "protein" for each in listed):
        return False
    if food.kind == "gelatine" and not any(each.kind == "gelatine" or "sugar" in each.name.split() for each in listed):
        return False
    found = any((each.contains | each.may) & kinds or _is_source(each, kinds) for each in listed)
    return not kinds or found or ("gluten" in kinds and _has_flour(readings))


def _is_source(food: Food, allergens: Set[str]) -> bool:
    return any(food.category in _SOURCES.get(allergen, ()) for allergen in allergens)


def _names_unlisted(key: tuple[str, ...], readings: Sequence[Reading]) -> bool:
    """Whether the dish is named after an allergen's food that is not listed: "prawn curry" of rice alone."""
    if len(key) < 2:
        return False
    known = {word for reading in readings for name in _names(reading) for word in name} | _own_dishes()
    allergens = frozenset[str]().union(*(reading.contains | reading.may for reading in readings))
    parts = (lookup(word) for word in key if word not in known)
    return any(entry.food.contains - allergens for entry in parts if entry and entry.food)


def _has_flour(readings: Sequence[Reading]) -> bool:
    return any(_FLOURS & set(listed.name.split()) for reading in readings for listed in reading.foods)
