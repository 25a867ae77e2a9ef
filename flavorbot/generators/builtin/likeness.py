"""The recipe at hand, as far as the next one should be like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flavorbot.generators.builtin.book import Cuisine, cuisines
from flavorbot.generators.builtin.qualities import asked_for, bars
from flavorbot.generators.builtin.stand_ins import instead_of
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Recipe

MAIN_ROLES = frozenset({"protein", "starch", "hard", "medium", "soft", "leafy", "mushroom", "fruit"})
"""What a dish is made of, rather than seasoned with."""


@dataclass(frozen=True, slots=True)
class Dish:
    """Its kind, its cuisine unless another is asked for, its foods, and those of them, or like them, to be kept."""

    kind: str
    cuisine: Cuisine | None
    foods: frozenset[str]
    kept: tuple[Food, ...]


def dish_like(recipe: Recipe, needs: Needs, qualities: tuple[str, ...], cuisine: Cuisine | None) -> Dish:
    """What to keep of a recipe; seasonings do not go along to another cuisine, nor into a simpler dish."""
    own = next((each for each in cuisines().values() if each.word == recipe.cuisine), None)
    elsewhere = cuisine is not None and cuisine is not own
    read = [food for item in recipe.ingredients if (food := read_line(item.name).food)]
    bare = elsewhere or "simple" in qualities
    kept = [food for food in read if not bare or food.role in MAIN_ROLES or (elsewhere and food.role == "aromatic")]
    names = frozenset(food.name for food in (kept if elsewhere else read))
    return Dish(
        recipe.tags[0] if recipe.tags else "",
        None if elsewhere else own,
        names,
        tuple({food.name: food for food in _suiting(kept, needs, qualities)}.values()),
    )


def _suiting(kept: list[Food], needs: Needs, qualities: tuple[str, ...]) -> Iterator[Food]:
    for food in kept:
        if bars(qualities, food):
            yield from in_stead(food, needs, qualities)
        elif allowed(food, needs):
            yield food
        elif food.role in MAIN_ROLES and (other := instead_of(food, needs)) and not bars(qualities, other):
            yield other


def in_stead(food: Food, needs: Needs, qualities: tuple[str, ...]) -> Iterator[Food]:
    """What takes the place of a food that a quality bars: mackerel for salmon, if it should be cheap."""
    for quality in asked_for(qualities):
        for name in quality.instead.get(food.category, ()) if quality.bar else ():
            if allowed(foods()[name], needs):
                yield foods()[name]
                return
