"""What a serving of a recipe holds, summed from the food table (USDA FoodData Central rows)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.units import grams_of
from flavorbot.model import Ingredient, Nutrition, Recipe

_TO_TASTE = frozenset({"spice", "herb", "seasoning", "garnish", "acid"})


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is known per serving, and the names of the ingredients that are not in it: of those "to taste" too."""

    nutrition: Nutrition | None
    counted: int
    unknown: tuple[str, ...]
    to_taste: tuple[str, ...]


def nutrition_of(recipe: Recipe) -> Nutrition | None:
    """Per serving; None unless every line that weighs something is a known food with a known weight."""
    reckoned = reckon(recipe)
    return None if reckoned.unknown else reckoned.nutrition


def reckon(recipe: Recipe) -> Reckoned:
    """As much of the nutrition as the food table knows; what is not known is named, never taken for nothing."""
    weighed = [(item.name, *weigh(item)) for item in recipe.ingredients]
    parts = [(food, grams) for _, food, grams in weighed if food is not None and grams is not None]
    left = [(name, food) for name, food, grams in weighed if food is None or grams is None]
    return Reckoned(
        nutrition=_summed(recipe, parts) if parts else None,
        counted=len(parts),
        unknown=tuple(name for name, food in left if food is None or food.role not in _TO_TASTE),
        to_taste=tuple(name for name, food in left if food is not None and food.role in _TO_TASTE),
    )


def _summed(recipe: Recipe, parts: list[tuple[Food, float]]) -> Nutrition:
    return Nutrition(
        kcal=round(_sum((food.kcal, grams) for food, grams in parts) / _servings(recipe)),
        protein_g=_per_serving(recipe, ((food.protein_g, grams) for food, grams in parts)),
        fat_g=_per_serving(recipe, ((food.fat_g, grams) for food, grams in parts)),
        carbohydrate_g=_per_serving(recipe, ((food.carbohydrate_g, grams) for food, grams in parts)),
        fibre_g=_per_serving(recipe, ((food.fibre_g, grams) for food, grams in parts)),
        salt_g=_per_serving(recipe, ((food.salt_g, grams) for food, grams in parts)),
    )


def weigh(item: Ingredient) -> tuple[Food | None, float | None]:
    """The food of an ingredient and its grams, as far as known; a line may name two foods, the first one counts."""
    food = read_line(item.name).food
    return food, grams_of(item.quantity, item.unit, food) if food else None


def _per_serving(recipe: Recipe, parts: Iterator[tuple[float, float]]) -> float:
    return round(_sum(parts) / _servings(recipe), 1)


def _servings(recipe: Recipe) -> int:
    return max(recipe.servings, 1)


def _sum(parts: Iterator[tuple[float, float]]) -> float:
    return sum(per_100_g * grams / 100 for per_100_g, grams in parts)
