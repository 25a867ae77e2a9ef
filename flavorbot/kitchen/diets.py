"""Which diets a food meets: yes, no, or not known because products of that name differ."""

from __future__ import annotations

from functools import cache

from flavorbot.kitchen.foods import Food, foods
from flavorbot.model import DIETS

MEAT = frozenset({"pork", "beef", "lamb", "game", "rabbit", "poultry", "mixed_meat"})
FISH = frozenset({"fish", "scaleless", "crustacean", "mollusc"})
LOW_CARB_G = 30.0
"""Most net carbohydrate a serving of a low-carb recipe may have."""
KETO_G = 12.0
"""The same for keto."""

_SLAUGHTERED = MEAT | FISH | {"insect", "gelatine"}
_SEA = frozenset({"fish", "crustaceans", "molluscs"})
_FREE_OF = {
    "gluten_free": frozenset({"gluten"}),
    "dairy_free": frozenset({"milk"}),
    "egg_free": frozenset({"eggs"}),
    "nut_free": frozenset({"nuts", "peanuts"}),
    "soy_free": frozenset({"soybeans"}),
}
_PALEO_FLAGS = frozenset({"grain", "pulse", "legume", "refined_sugar"})
_PALEO_ALLERGENS = frozenset({"milk", "peanuts", "soybeans", "gluten"})
_STARCHES = frozenset({"grain", "pulse", "refined_sugar", "starchy"})


def meets(food: Food, diet: str) -> bool | None:
    """Whether the food fits the diet; None when that depends on the product. Amounts are the recipe's affair."""
    if diet in _FREE_OF:
        return _free_of(food, diet)
    return _RULES[diet](food)


def diets_met(food: Food) -> frozenset[str]:
    """All diets that the food is known to fit."""
    return _met_by_row(food.name) if foods().get(food.name) is food else _met(food)


@cache
def _met_by_row(name: str) -> frozenset[str]:
    """Of a row of the food table."""
    return _met(foods()[name])


def _met(food: Food) -> frozenset[str]:
    return frozenset(diet for diet in DIETS if meets(food, diet))


def is_meat(food: Food) -> bool:
    """Meat of a land animal, or made of it."""
    return food.kind in MEAT


def _free_of(food: Food, diet: str) -> bool | None:
    allergens = _FREE_OF[diet]
    if diet == "gluten_free" and "oats_ok" in food.flags:
        return True
    if food.contains & allergens:
        return False
    unsure = food.may & allergens or (diet == "gluten_free" and "maybe_wheat" in food.flags)
    return None if unsure else True


def _vegan(food: Food) -> bool | None:
    animal = _SEA | {"milk", "eggs"}
    if (
        food.kind in _SLAUGHTERED | {"milk", "egg", "honey"}
        or food.contains & animal
        or food.flags & {"blood", "rennet"}
    ):
        return False
    if food.may & animal or _product_dependent(food) or _bone_char(food):
        return None
    return True


def _vegetarian(food: Food) -> bool | None:
    if food.kind in _SLAUGHTERED or food.contains & _SEA or food.flags & {"blood", "rennet"}:
        return False
    return None if food.may & _SEA or _product_dependent(food) else True


def _pescatarian(food: Food) -> bool | None:
    if food.kind in MEAT | {"gelatine"} or "blood" in food.flags:
        return False
    return None if food.kind == "unsure" or "maybe_meat" in food.flags else True


def _halal(food: Food) -> bool | None:
    if food.kind == "pork" or food.flags & {"blood", "alcohol"}:
        return False
    doubtful = food.kind in {"gelatine", "mixed_meat", "insect", "unsure"} or "rennet" in food.flags
    return None if doubtful or food.flags & {"maybe_meat", "maybe_alcohol"} else True


def _kosher(food: Food) -> bool | None:
    barred = {"pork", "rabbit", "scaleless", "crustacean", "mollusc", "insect", "gelatine"}
    if food.kind in barred or "blood" in food.flags or food.contains & {"crustaceans", "molluscs"}:
        return False
    doubtful = food.kind in {"mixed_meat", "unsure"} or food.may & {"crustaceans", "molluscs"}
    return None if doubtful or food.flags & {"maybe_meat", "rennet"} else True


def _low_carb(food: Food) -> bool | None:
    sweetener = "sugary" in food.flags and food.category == "sweet"
    return not (food.flags & _STARCHES or food.kind == "honey" or sweetener)


def _keto(food: Food) -> bool | None:
    return not (food.flags & _STARCHES or "sugary" in food.flags or food.kind == "honey")


def _paleo(food: Food) -> bool | None:
    if food.flags & _PALEO_FLAGS or food.kind == "milk" or food.contains & _PALEO_ALLERGENS:
        return False
    return None if food.may & _PALEO_ALLERGENS or "maybe_wheat" in food.flags else True


def _low_fodmap(food: Food) -> bool | None:
    if "fodmap" in food.flags:
        return False
    return None if food.category in ("dish", "meal") else True


def _product_dependent(food: Food) -> bool:
    """Of unknown origin, or wine and beer, which may be cleared with isinglass, egg white or gelatine."""
    fined = "alcohol" in food.flags and bool(food.contains & {"sulphites", "gluten"})
    return food.kind == "unsure" or "maybe_meat" in food.flags or fined


def _bone_char(food: Food) -> bool:
    """Cane sugar may be whitened with bone char."""
    return "refined_sugar" in food.flags and "sugar" in food.name.split()


_RULES = {
    "vegan": _vegan,
    "vegetarian": _vegetarian,
    "pescatarian": _pescatarian,
    "halal": _halal,
    "kosher": _kosher,
    "low_carb": _low_carb,
    "keto": _keto,
    "paleo": _paleo,
    "low_fodmap": _low_fodmap,
}
