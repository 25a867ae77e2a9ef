"""A step of our own for meat or grains that someone asked for and a model forgot to cook."""

from __future__ import annotations

from flavorbot.generators.builtin.doneness import sign_for
from flavorbot.generators.model.dishes import Dish, Step
from flavorbot.generators.model.wording import called, names
from flavorbot.kitchen.foods import Food

_STOVE = "stove"


def cook_apart(dish: Dish) -> None:
    """Cook it by itself first, and serve it with the rest; where there are two, the model did not think at all."""
    text = " ".join(dish.texts)
    asked = [food for name, food in dish.foods.items() if name in dish.asked and food.role in ("protein", "starch")]
    forgotten = [food for food in asked if not names(food, text)]
    if len(forgotten) == 1 and (said := _way(forgotten[0], dish)):
        dish.steps.insert(0, Step(said, frozenset({forgotten[0].name}), None))
        dish.steps[-1].text += f" Serve with the {called(forgotten[0])}."


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
