"""What a recipe itself makes of its list: the dough, the sauce and the dish that its steps may name."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.lexicon import lookup, read_words
from flavorbot.kitchen.mentions import Mention
from flavorbot.kitchen.reading import Reading
from flavorbot.kitchen.text import stem

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


def is_the_dish(mention: Mention, readings: Sequence[Reading], title: tuple[str, ...]) -> bool:
    """Whether the word names what is being made: "roll out the pastry", "slice the bread" of a bread recipe."""
    food = mention.entry.food
    if food is None or mention.measured:
        return False
    if food.category == "described":
        return True
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


def is_vague(mention: Mention, readings: Sequence[Reading]) -> bool:
    """Whether nobody knows what is in it: a gravy of what is listed but no flour, "buttery" without any butter."""
    food = mention.entry.food
    if food is not None and food.category == "described":
        return not _has_sources(mention, food, readings)
    return "gravi" in mention.key and _could_be_made(mention.key, readings) and not _has_flour(readings)


def _made_of_listed(key: tuple[str, ...], readings: Sequence[Reading]) -> bool:
    """Whether "pasta salad" or "beef soup" is only this recipe's dish of a listed food."""
    if len(key) < 2 or key[-1] not in _own_dishes() - _SAUCES:
        return False
    return any(set(key[:-1]) <= set(name) for reading in readings for name in reading.names)


@cache
def _own_dishes() -> frozenset[str]:
    return frozenset(stem(word) for word in read_words("own_dish.txt"))


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
    """Whether the dish is named after meat, or an allergen's food, that is not listed: "prawn curry" of rice alone."""
    if len(key) < 2:
        return False
    named = {word: entry.food for word in key if word not in _own_dishes() and (entry := lookup(word)) and entry.food}
    telling = {word: food for word, food in named.items() if food.contains or is_meat(food)}
    if not telling:
        return False
    known = {word for reading in readings for word in reading.name_stems}
    allergens = frozenset[str]().union(*(reading.contains | reading.may for reading in readings))
    meaty = any(is_meat(food) for reading in readings for food in reading.foods)
    parts = (food for word, food in telling.items() if word not in known)
    return any(food.contains - allergens or (is_meat(food) and not meaty) for food in parts)


def _has_flour(readings: Sequence[Reading]) -> bool:
    return any(_FLOURS & set(listed.name.split()) for reading in readings for listed in reading.foods)
