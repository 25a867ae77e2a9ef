"""A step of our own for meat or grains that someone asked for, and for pasta, where a model forgot to cook them."""

from __future__ import annotations

import re

from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.doneness import sign_for
from flavorbot.generators.model.dishes import Dish, Step
from flavorbot.generators.model.wording import called, names, sentences
from flavorbot.kitchen.foods import Food

_STOVE = "stove"
_BOILED = frozenset({"pasta_shape", "noodle"})
_IN_WATER = re.compile(
    r"\b(?:boil|bubbl|drain|simmer|soak)\w*|\b(?:according|broth|package|packet|soup|stock|water)\b|^cook\b",
    re.IGNORECASE,
)
"""How a step speaks of what softens pasta and noodles."""


def cook_apart(dish: Dish) -> None:
    """Cook it by itself first, and serve it with the rest; where there are two, the model did not think at all."""
    _boil(dish)
    text = " ".join(dish.texts)
    asked = [food for name, food in dish.foods.items() if name in dish.asked and food.role in ("protein", "starch")]
    forgotten = [food for food in asked if not names(food, text)]
    if len(forgotten) == 1 and (said := _way(forgotten[0], dish)):
        dish.steps.insert(0, Step(said, frozenset({forgotten[0].name}), None))
        dish.steps[-1].text += f" Serve with the {called(forgotten[0])}."


def _boil(dish: Dish) -> None:
    """Boil pasta and noodles before the step that uses them, where none does."""
    for food in dish.foods.values():
        using = [place for place, text in enumerate(dish.texts) if names(food, text)]
        said = (part for place in using for part in sentences(dish.texts[place]) if names(food, part))
        if tags(food) & _BOILED and using and not any(map(_IN_WATER.search, said)) and (way := _way(food, dish)):
            dish.steps.insert(using[0], Step(way, frozenset({food.name}), None))


def _way(food: Food, dish: Dish) -> str:
    """How it is cooked by itself; empty where the kitchen has no stove for it, or the table no such method."""
    equipment = dish.request.equipment
    if equipment is not None and _STOVE not in equipment:
        return ""
    name = called(food)
    for method in ("boil", "simmer") if food.role == "starch" else ():
        if method in food.cook:
            minutes = food.cook[method][0]
            return f"Cook the {name} in plenty of boiling water for {minutes} minutes, until tender, then drain."
    if food.role == "protein" and "fry" in food.cook:
        return f"Cook the {name} in a hot pan for {food.cook['fry'][0]} minutes, until {sign_for([food])}."
    return ""
