"""What a serving of a recipe holds, summed from the food table (USDA FoodData Central rows)."""

from __future__ import annotations

from collections.abc import Iterable
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
    parts: list[tuple[Food, float]] = []
    unknown: list[str] = []
    to_taste: list[str] = []
    for item in recipe.ingredients:
        food, grams = weigh(item)
        if food is not None and grams is not None:
            parts.append((food, grams))
        else:
            (to_taste if food is not None and food.role in _TO_TASTE else unknown).append(item.name)
    return Reckoned(
        nutrition=_summed(recipe, parts) if parts else None,
        counted=len(parts),
        unknown=tuple(unknown),
        to_taste=tuple(to_taste),
    )


def _summed(recipe: Recipe, parts: Iterable[tuple[Food, float]]) -> Nutrition:
    kcal = protein = fat = carbohydrate = fibre = salt = 0.0
    for food, grams in parts:
        kcal += food.kcal * grams / 100
        protein += food.protein_g * grams / 100
        fat += food.fat_g * grams / 100
        carbohydrate += food.carbohydrate_g * grams / 100
        fibre += food.fibre_g * grams / 100
        salt += food.salt_g * grams / 100
    servings = max(recipe.servings, 1)
    return Nutrition(
        kcal=round(kcal / servings),
        protein_g=round(protein / servings, 1),
        fat_g=round(fat / servings, 1),
        carbohydrate_g=round(carbohydrate / servings, 1),
        fibre_g=round(fibre / servings, 1),
        salt_g=round(salt / servings, 1),
    )


def weigh(item: Ingredient) -> tuple[Food | None, float | None]:
    """The food of an ingredient and its grams, as far as known; a line may name two foods, the first one counts."""
    food = read_line(item.name).food
    return food, grams_of(item.quantity, item.unit, food) if food else None
