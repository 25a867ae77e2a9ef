"""Whether a dish tastes of the kitchen whose word it would bear: enough of its own in it, and nothing foreign."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flavorbot.generators.builtin.book import Cuisine, cuisines, tags
from flavorbot.generators.builtin.liking import LARDER
from flavorbot.generators.builtin.planning import Plan
from flavorbot.kitchen.foods import Food

_TELLING = frozenset({"herb", "spice", "seasoning", "condiment", "cheese", "dairy"})
"""Roles that taste of somewhere, as long as not everybody has the food."""
_TELLING_MEATS = frozenset({"sausage", "cured_meat", "firm_plant_protein", "frying_cheese"})
_PLACES = ("herb", "spice", "sauce", "cheese", "dairy", "nut")
_EVERYWHERE = 7
"""Kitchens from which on a food is at home in all of them."""
_OWN = 2
_NUTS_IN_SAUCE = frozenset({"peanut butter", "almond butter", "cashew butter", "sunflower seed butter"})
_NUTTY_KITCHENS = frozenset({"thai", "vietnamese", "chinese", "indian", "korean", "japanese"})
"""Spreads that taste of no kitchen but those."""
_ANYWHERE = LARDER | {
    "tomato paste",
    "thyme",
    "bay leaf",
    "cream",
    "creme fraiche",
    "nutmeg",
    "chilli powder",
    "mustard",
}
"""What tells nothing of where a dish is from."""


def word_of(plan: Plan) -> str | None:
    """The cuisine's word, if the dish has what marks it and foods of its own, or is a dish of that kitchen alone."""
    cuisine = plan.cuisine
    if cuisine is None or any(is_foreign_there(food, cuisine) for food in plan.all_foods()):
        return None
    present = {tag for food in plan.all_foods() for tag in tags(food)}
    marked = all(present & {*each} for each in cuisine.marks)
    if _NUTS_IN_SAUCE & present and cuisine.name not in _NUTTY_KITCHENS:
        return None
    own = sum(cuisine.name in _kitchens_of(food) for food in plan.all_foods())
    alone = len(plan.formula.only) == 1
    return cuisine.word if alone or (marked and own >= _OWN) else None


def is_foreign_there(food: Food, cuisine: Cuisine) -> bool:
    """Whether it would make a dish taste of elsewhere: chorizo in a Levantine one, cheddar in an Italian one."""
    telling = food.role in _TELLING or food.category == "bread" or bool(tags(food) & _TELLING_MEATS)
    kitchens = _kitchens_of(food) if food.name not in _ANYWHERE else frozenset()
    return telling and bool(kitchens) and cuisine.name not in kitchens and len(kitchens) < _EVERYWHERE


def _kitchens_of(food: Food) -> frozenset[str]:
    return frozenset(food.cuisines) | _seasoned_with().get(food.name, frozenset())


@cache
def _seasoned_with() -> Mapping[str, frozenset[str]]:
    """The kitchens in whose lists each food stands that seasons or tops a dish."""
    found: dict[str, set[str]] = {}
    for cuisine in cuisines().values():
        for name in (name for place in _PLACES for name in cuisine.foods.get(place, ())):
            found.setdefault(name, set()).add(cuisine.name)
    return {name: frozenset(kitchens) for name, kitchens in found.items()}
