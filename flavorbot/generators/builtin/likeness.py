"""The recipe at hand, as far as the next one should be like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    """Its kind, its cuisine, its foods, and those of them, or like them, to be kept; `anew` is another cuisine's."""

    kind: str
    cuisine: Cuisine | None
    foods: frozenset[str]
    kept: tuple[Food, ...]
    anew: bool = False


def dish_like(recipe: Recipe, needs: Needs, qualities: tuple[str, ...], cuisine: Cuisine | None) -> Dish:
    """What to keep of a recipe; seasonings do not go along to another cuisine."""
    own = next((each for each in cuisines().values() if each.word == recipe.cuisine), None)
    elsewhere = cuisine is not None and cuisine is not own
    read = [food for item in recipe.ingredients if (food := read_line(item.name).food)]
    kept = [food for food in read if not elsewhere or food.role in MAIN_ROLES or food.role == "aromatic"]
    names = frozenset(food.name for food in (kept if elsewhere else read))
    return Dish(
        recipe.tags[0] if recipe.tags else "",
        None if elsewhere else own,
        names,
        tuple({food.name: food for food in _suiting(kept, needs, qualities)}.values()),
        anew=elsewhere,
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


def barer(dish: Dish, quick: bool) -> Dish:
    """The dish without what only seasons it; for a quick one without its starch, too, so that another may come."""
    kept = tuple(food for food in dish.kept if food.role in MAIN_ROLES and not (quick and food.role == "starch"))
    slow = {food.name for food in dish.kept if food.role == "starch"} if quick else set()
    return replace(dish, kept=kept, foods=dish.foods - slow)
