"""A model's amounts made a cook's: within what a serving of each food may weigh, neither too rich nor too salty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flavorbot.generators.builtin.amounts import Amount, cookable, grams_per_serving
from flavorbot.generators.builtin.cooking import MOST_SALT_G, most_salt
from flavorbot.generators.builtin.qualities import amount
from flavorbot.generators.builtin.request import Request
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.units import grams_of

_LEAST_KCAL, _MOST_KCAL = 340.0, 780.0
_CARBOHYDRATE_G = {"keto": 12.0, "low_carb": 30.0}
_SEASONING = frozenset({"spice", "seasoning", "herb"})
_ROUNDS = 12


def grams_meant(food: Food, quantity: float | None, unit: str, servings: int) -> float | None:
    """Grams for one serving of what the model wrote; None where that means nothing for this food."""
    plain = unit.casefold().rstrip("s.")
    grams = grams_of(quantity, None if plain in ("", "piece", "whole") else plain, food)
    return grams / servings if grams else None


def amounts(
    foods: Sequence[Food], meant: Mapping[str, float | None], request: Request, main: bool
) -> dict[str, Amount]:
    """The amount of each food for all servings, from the grams meant for one of them, by the foods' names."""
    grams = [_bounded(food, meant.get(food.name)) for food in foods]
    if main:
        grams = _balanced(foods, grams)
    salt = most_salt(request)
    grams = _lowered(foods, grams, [food.salt_g for food in foods], salt, freely=salt < MOST_SALT_G)
    for diet in request.needs.diets:
        if diet in _CARBOHYDRATE_G:
            net = [max(food.carbohydrate_g - food.fibre_g, 0.0) for food in foods]
            grams = _lowered(foods, grams, net, _CARBOHYDRATE_G[diet] * 0.9, freely=True)
    shares = ((food, amount(request.qualities, food, share)) for food, share in zip(foods, grams, strict=True))
    return {food.name: cookable(food, share * request.servings, request.servings) for food, share in shares}


def _bounded(food: Food, share: float | None) -> float:
    least, most = _bounds(food)
    if food.role == "acid" and food.serving_g:
        most = food.serving_g[1]
    return min(max(grams_per_serving(food, share), least), most)


def _bounds(food: Food) -> tuple[float, float]:
    if food.serving_g and food.category != "stock":
        return food.serving_g[0], food.serving_g[2]
    usual = grams_per_serving(food, None)
    return usual * 0.4, usual * 2.5


def _balanced(foods: Sequence[Food], grams: list[float]) -> list[float]:
    """A main dish feeds, and is not too much: all but the seasoning grows or shrinks, each food within its bounds."""
    for _ in range(_ROUNDS):
        kcal = sum(food.kcal * share / 100 for food, share in zip(foods, grams, strict=True))
        factor = 1.15 if kcal < _LEAST_KCAL else 0.88 if kcal > _MOST_KCAL else None
        if factor is None:
            break
        for place, food in enumerate(foods):
            if food.role not in _SEASONING:
                least, most = _bounds(food)
                grams[place] = min(max(grams[place] * factor, least), most)
    return grams


def _lowered(
    foods: Sequence[Food], grams: list[float], per_100_g: Sequence[float], most: float, freely: bool = False
) -> list[float]:
    """Less of whatever brings most of it, until a serving holds no more than that; `freely` below a food's bounds."""
    for _ in range(_ROUNDS):
        brought = [per * share / 100 for per, share in zip(per_100_g, grams, strict=True)]
        places = [place for place, food in enumerate(foods) if freely or grams[place] > _bounds(food)[0]]
        if sum(brought) <= most or not places:
            break
        worst = max(places, key=brought.__getitem__)
        least = 0.0 if freely else _bounds(foods[worst])[0]
        grams[worst] = max(grams[worst] * 0.75, least)
    return grams
