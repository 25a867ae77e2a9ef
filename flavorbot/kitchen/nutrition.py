"""What a serving of a recipe holds, summed from the food table (USDA FoodData Central rows)."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.units import grams_of
from flavorbot.model import Ingredient, Nutrition, Recipe

_TO_TASTE = frozenset({"spice", "herb", "seasoning", "garnish", "acid"})


def nutrition_of(recipe: Recipe) -> Nutrition | None:
    """Per serving; None unless every line that weighs something is a known food with a known weight."""
    weighed = [(food, grams) for item in recipe.ingredients for food, grams in [weigh(item)]]
    parts = [(food, grams) for food, grams in weighed if food is not None and grams is not None]
    known = all(food is not None and (grams is not None or food.role in _TO_TASTE) for food, grams in weighed)
    if not parts or not known:
        return None
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
