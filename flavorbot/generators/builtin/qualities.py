"""What a dish should be like ("lighter", "spicier", "more rice"): how it is cooked so, and whether it came out so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from flavorbot.generators.builtin.book import formulas, tags
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import lookup
from flavorbot.kitchen.nutrition import nutrition_of, weigh
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.text import stems
from flavorbot.model import Recipe

MORE, LESS, NO = "more ", "less ", "no "
"""What stands before a food's name in `Wish.qualities`."""
_MORE_FACTOR, _LESS_FACTOR = 1.5, 0.6
_SALTY_G, _FATTY_G = 0.8, 18.0
_LEAST_CHANGE, _MUCH = 0.03, 1.1
_FIGURES = {
    "kcal": " kcal a serving", "minutes": " minutes", "ingredients": " ingredients", "salt_g": " g of salt a serving",
    "fat_g": " g of fat a serving", "protein_g": " g of protein a serving", "fibre_g": " g of fibre a serving",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A row of `data/qualities.toml`, where its fields are explained."""

    name: str
    say: str
    want: str
    measure: str = "grams"
    foods: frozenset[str] = frozenset()
    less: bool = False
    bound: float | None = None
    opposite: str | None = None
    bar: bool = False
    scale: Mapping[str, float]
    places: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    instead: Mapping[str, list[str]]
    eater: str | None = None


@cache
def qualities() -> Mapping[str, Quality]:
    return {name: _quality(name, entry) for name, entry in _table().items() if name != "costly"}


def _quality(name: str, entry: Mapping[str, Any]) -> Quality:
    values: dict[str, Any] = {"scale": {}, "instead": {}, **entry}
    values |= {key: frozenset(values[key]) for key in ("foods", "kinds") if key in values}
    values |= {key: tuple(values[key]) for key in ("places", "usual") if key in values}
    return Quality(name=name, **values)


def asked_for(names: Iterable[str]) -> tuple[Quality, ...]:
    """The rows among what a wish says of its dish, each once."""
    return tuple(qualities()[name] for name in dict.fromkeys(names) if name in qualities())


def kinds_in(names: Iterable[str]) -> frozenset[str]:
    """The kinds of dish among them."""
    return frozenset(names) & {formula.kind for formula in formulas().values()}


def taken_out(names: Iterable[str]) -> tuple[str, ...]:
    """The foods that a refinement took out, in a person's words."""
    return tuple(name.removeprefix(NO) for name in names if name.startswith(NO))


def eaters_of(names: Iterable[str]) -> tuple[str, ...]:
    """The eaters whose rules such a dish follows."""
    return tuple(quality.eater for quality in asked_for(names) if quality.eater)


def bars(names: Iterable[str], food: Food) -> bool:
    """Whether such a dish holds none of this food, by a quality or because it was taken out."""
    names = tuple(names)
    if any(name.startswith(NO) and is_meant(name.removeprefix(NO), food) for name in names):
        return True
    return any(quality.bar and classes(food) & quality.foods for quality in asked_for(names))


def is_meant(word: str, food: Food) -> bool:
    """Whether someone who looks at a recipe's list means this food: "the rice" is no oil that rice is pressed for."""
    meant = lookup(word)
    if found := group(word):
        return found.is_general_for(food)
    named = meant.food.name if meant and meant.food else ""
    return named == food.name or f" {' '.join(stems(word))} " in f" {' '.join(stems(food.name))} "


def factor(names: Iterable[str], food: Food) -> float:
    """How much more or less of the food there is in such a dish; what is said twice counts twice."""
    total = 1.0
    for name in names:
        if name in qualities():
            found = [by for tag, by in qualities()[name].scale.items() if tag in classes(food) or tag == "any"]
            total *= min(found, key=lambda by: -abs(by - 1)) if found else 1.0
        elif name.startswith((MORE, LESS)) and is_meant(name.split(maxsplit=1)[1], food):
            total *= _MORE_FACTOR if name.startswith(MORE) else _LESS_FACTOR
    return total


def amount(names: Iterable[str], food: Food, grams: float) -> float:
    """Grams for one serving in such a dish: not far from what is usual, and never nothing."""
    by = factor(names, food)
    if by == 1.0:
        return grams
    least, _, most = food.serving_g or (0.0, 0.0, 1e9)
    if food.name == "salt":
        least = 0.0
    return max(min(grams * by, max(most * 1.5, grams)), min(least * 0.4, grams), 0.1)


def classes(food: Food) -> frozenset[str]:
    """The food's tags, and whether it is salty, fatty or costly."""
    return _classes(food.name)


@lru_cache(maxsize=2048)
def _classes(name: str) -> frozenset[str]:
    food = foods()[name]
    more = {"salty"} if food.salt_g > _SALTY_G and food.name != "salt" else set()
    more |= {"fatty"} if food.fat_g >= _FATTY_G else set()
    more |= {"costly"} if food.name in _table()["costly"]["foods"] else set()
    return tags(food) | more


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
    if quality.bar:
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


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files(__package__).joinpath("data", "qualities.toml").read_text("utf-8")
    return tomllib.loads(text)
