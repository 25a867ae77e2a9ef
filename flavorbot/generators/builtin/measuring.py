"""Whether a dish came out as it should be like: by a figure of its nutrition, or by grams of some foods."""

from __future__ import annotations

from collections.abc import Iterable

from flavorbot.generators.builtin.qualities import MORE, Quality, asked_for, classes, is_meant
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.nutrition import nutrition_of, weigh
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Recipe

_LEAST_CHANGE, _MUCH = 0.03, 1.1
_FIGURES = {
    "kcal": " kcal a serving", "minutes": " minutes", "ingredients": " ingredients", "salt_g": " g of salt a serving",
    "fat_g": " g of fat a serving", "protein_g": " g of protein a serving", "fibre_g": " g of fibre a serving",
}  # fmt: skip


def measured(recipe: Recipe, quality: Quality) -> float | None:
    """What the quality compares, per serving; None when it is not known."""
    if quality.measure == "minutes":
        return recipe.total_minutes
    if quality.measure == "ingredients":
        return len(recipe.ingredients)
    if quality.measure == "grams":
        return _grams(recipe, quality.foods)
    nutrition = recipe.nutrition or nutrition_of(recipe)
    return getattr(nutrition, quality.measure) if nutrition else None


def _grams(recipe: Recipe, named: frozenset[str]) -> float:
    """Grams per serving of these foods; what has no weight counts as a little."""
    total = 0.0
    for item in recipe.ingredients:
        food, grams = weigh(item)
        if food and classes(food) & named:
            total += grams if grams is not None else 0.1
    return total / max(recipe.servings, 1)


def figure_of(value: float | None, quality: Quality) -> str:
    """The measure in words: "0.8 g of salt a serving"; empty for what is not counted."""
    if value is None or quality.measure not in _FIGURES:
        return ""
    return f"{value:g}{_FIGURES[quality.measure]}"


def holds(recipe: Recipe, quality: Quality, before: Recipe | None = None) -> bool:
    """Whether the dish came out so: against the one before if there is one, else by the quality's bound."""
    if quality.kinds:
        return bool(recipe.tags) and recipe.tags[0] in quality.kinds
    now = measured(recipe, quality)
    if now is None:
        return False
    if before is None:
        return quality.bound is None or (now <= quality.bound if quality.less else now >= quality.bound)
    then = measured(before, quality)
    if then is None:
        return False
    if quality.bar or (quality.less and quality.measure == "grams" and then == 0):
        return now == 0
    return now < then * (1 - _LEAST_CHANGE) if quality.less else now > then * (1 + _LEAST_CHANGE) and now > 0


def short_of(recipe: Recipe, names: Iterable[str]) -> tuple[str, ...]:
    """The qualities asked for that the dish does not reach."""
    return tuple(quality.name for quality in asked_for(names) if not holds(recipe, quality))


def is_worse(recipe: Recipe, before: Recipe, quality: Quality) -> bool:
    """Whether a figure of the nutrition moved the wrong way by more than a little."""
    now, then = measured(recipe, quality), measured(before, quality)
    if quality.measure not in _FIGURES or quality.measure in ("minutes", "ingredients") or not now or not then:
        return False
    return now > then * _MUCH if quality.less else now < then / _MUCH


def more_or_less(recipe: Recipe, entry: str, before: Recipe) -> bool:
    """Whether there is more, or less, of the food that "more X" or "less X" names."""
    word = entry.split(maxsplit=1)[1]
    now, then = (_named_grams(one, word) for one in (recipe, before))
    return now > then if entry.startswith(MORE) else now < then


def grams_of(recipe: Recipe, food: Food) -> float:
    """Grams of the food in a serving."""
    weighed = (weigh(item) for item in recipe.ingredients)
    return round(sum(grams or 0.1 for other, grams in weighed if other is food) / max(recipe.servings, 1), 1)


def _named_grams(recipe: Recipe, word: str) -> float:
    read = ((read_line(item.name).food, weigh(item)[1]) for item in recipe.ingredients)
    return sum(grams or 0.1 for food, grams in read if food and is_meant(word, food)) / max(recipe.servings, 1)
