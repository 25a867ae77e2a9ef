"""Whether what somebody has in the kitchen serves for an ingredient of a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import group, within
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.text import stems

# What every kitchen has; nobody types it.
ALWAYS = frozenset({"salt", "black pepper", "water", "vegetable oil", "olive oil"})


def is_at_hand(name: str, have: Sequence[str]) -> bool:
    """Whether one of the foods that somebody has, as typed, is this ingredient or serves as it."""
    food = named_food(name)
    if food is not None and food.name in ALWAYS:
        return True
    return any(_serves(own, name) for own in have)


@lru_cache(maxsize=8192)
def named_food(text: str) -> Food | None:
    """The food that an ingredient's name is about, as far as the table knows."""
    read = read_line(text)
    return read.food or (read.foods[-1] if read.foods else None)


@lru_cache(maxsize=65_536)
def _serves(own: str, name: str) -> bool:
    """Milk is no milk chocolate and chicken no stock: what serves stands on the same shelf."""
    has, wanted = named_food(own), named_food(name)
    if wanted is None:
        return bool(stems(own)) and set(stems(own)) <= set(stems(name))
    several = group(own)
    if has is None:
        return several is not None and several.is_general_for(wanted)
    if has.category != wanted.category:
        return False
    general = several is not None and several.is_general_for(wanted)
    return has.name == wanted.name or general or _is_kind_of(own, wanted) or _is_kind_of(wanted.name, has)


def _is_kind_of(word: str, food: Food) -> bool:
    """Whether a name of the food ends in the word: a red onion is an onion, sweet cream butter no cream.

    A stock's cube is that stock.
    """
    key = stems(word)
    names = (stems(name.removesuffix(" cube")) for name in (food.name, *food.aliases))
    return within(word, food) and any(name[-len(key) :] == key for name in names)
