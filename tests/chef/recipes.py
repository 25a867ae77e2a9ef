"""Recipes of the built-in kitchen, one of each sort, cooked once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.model import Recipe, Wish

WISHES = {
    "pilaf": Wish(ingredients=("chicken thigh", "rice", "bell pepper"), seed=1),
    "salmon": Wish(ingredients=("salmon", "potato", "dill", "cream"), seed=1),
    "dal": Wish(ingredients=("chickpeas", "spinach", "coconut milk"), seed=1),
    "pancakes": Wish(ingredients=("eggs", "flour", "milk", "banana"), category="breakfast", seed=1),
    "pasta": Wish(ingredients=("beef mince", "kidney beans", "tomato"), seed=1),
    "salad": Wish(ingredients=("pasta", "mushroom", "parmesan"), seed=1),
    "apples": Wish(ingredients=("apple", "oats", "butter"), category="dessert", seed=1),
    "couscous": Wish(ingredients=("lettuce", "feta", "cucumber"), seed=1),
}


@cache
def cooked(name: str) -> tuple[Recipe, Wish]:
    made = BuiltInGenerator().generate(WISHES[name])
    return made.recipe, made.wish


class Kitchen(Mapping[str, tuple[Recipe, Wish]]):
    """Each recipe with its wish, cooked when it is first asked for."""

    def __getitem__(self, name: str) -> tuple[Recipe, Wish]:
        return cooked(name)

    def __iter__(self) -> Iterator[str]:
        return iter(WISHES)

    def __len__(self) -> int:
        return len(WISHES)


KITCHEN = Kitchen()
