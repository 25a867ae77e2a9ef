"""How much of a food: grams for the plan, and the amount a cook would weigh, count or spoon out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flavorbot.kitchen.foods import Food

_SPOONED = frozenset({"fat", "acid", "condiment", "seasoning", "spice", "sweet", "binder"})
_POURED = frozenset({"liquid", "drink"})
_COUNTED = frozenset({"vegetable", "fruit", "egg", "bread", "mushroom"})
_SPICE_G = {
    "salt": 1.0, "black pepper": 0.25, "bay leaf": 0.3, "saffron": 0.05, "cinnamon": 0.6, "clove": 0.2,
    "nutmeg": 0.3, "cardamom": 0.4, "star anise": 0.4, "sichuan pepper": 0.5, "chilli powder": 0.5, "asafoetida": 0.1,
}  # fmt: skip
_SQUEEZED = frozenset({"lemon", "lime"})
_LARGE_G = 250
_ROUGHLY = 0.25
"""How far, of what is wanted, a number of pieces may be away before the food is weighed."""
_NEARLY = 0.18
"""The same for tins: what is left of one is a nuisance, so that a few grams more or less are better."""
_LEAVES = frozenset({"bay leaf", "lime leaf"})
_NUMBERED = frozenset({"vegetable", "fruit", "mushroom", "pulse", "nut", "seed", "shellfish"})
_NEVER_COUNTED = frozenset({"sweetcorn", "ginger", "lemongrass", "breadcrumbs"})
_NEVER_TINS = frozenset({"passata", "sweetcorn", "edamame"})
_NEVER_HALVED = frozenset(
    {
        "egg",
        "egg white",
        "egg yolk",
        "sausage",
        "garlic",
        "chicken leg",
        "quail",
        "whole chicken",
        "burger patty",
        "veggie burger",
        "frankfurter",
    }
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a unit, None for pieces; `many` when the name stands in the plural."""

    quantity: float | None
    unit: str | None
    many: bool


def grams_per_serving(food: Food, share: float | None, factor: float = 1.0) -> float:
    """Grams in one serving: the share of the place if it has one, within the food's own range."""
    if food.name in _SPICE_G:
        return _SPICE_G[food.name]
    if food.serving_g is None or (share is not None and food.category == "stock"):
        return max((share if share is not None else _unranged(food)) * factor, 0.1)
    least, typical, most = food.serving_g
    wanted = typical if share is None else share
    return min(max(wanted * factor, least), most)


def cookable(food: Food, grams: float, servings: int) -> Amount:
    """The nearest amount that a cook would measure; never nothing."""
    if servings > 8 and food.role in ("spice", "seasoning"):
        grams *= 0.9
    if food.name == "black pepper":
        return Amount(None, None, False)
    if food.role == "herb" and food.name not in (*_LEAVES, "curry leaf"):
        return (
            _spoons(food, grams)
            if _is_dry(food)
            else Amount(max(round(grams / 5) * 5, 5) if grams >= 4 else 3, "g", False)
        )
    if food.name in _LEAVES:
        return Amount(float(max(round(servings / 3), 1)), None, servings > 4)
    if food.name in _SQUEEZED:
        pieces = grams / (food.each_g or 60)
        parts = 4 if pieces < 0.4 else 2
        return Amount(max(round(pieces * parts) / parts, 0.25), None, pieces > 1.2)
    if food.category == "bread" and food.each_g and food.name != "breadcrumbs":
        return _slices(food, grams, servings)
    if (
        food.each_g
        and food.name not in _NEVER_COUNTED
        and (food.category in _COUNTED or food.name in _NEVER_HALVED)
        and _countable(food, grams)
        and (counted := _pieces(food, grams, servings))
    ):
        return counted
    if (
        food.tin_g
        and grams >= 0.4 * food.tin_g
        and food.category in ("pulse", "vegetable")
        and food.name not in _NEVER_TINS
        and (tinned := _tins(food, grams, servings))
    ):
        return tinned
    if food.role in _SPOONED and food.cup_g and grams <= 4.5 * food.cup_g / 16:
        return _spoons(food, grams)
    if (food.role in _POURED or food.role in ("fat", "dairy")) and food.cup_g and food.kind != "egg" and _runs(food):
        return Amount(_weight(food, grams, servings, food.cup_g / 240), "ml", False)
    each = food.each_g or 0
    countable = food.category in _NUMBERED and (each < 60 or (each < _LARGE_G and grams > 1.2 * each))
    several = countable or food.name == "caper"
    return Amount(_weight(food, grams, servings), "g", several)


def _slices(food: Food, grams: float, servings: int) -> Amount:
    """As many for everyone; of a loaf, the part that is needed."""
    if (food.each_g or 0) > 150:
        pieces = max(round(grams / (food.each_g or 1) * 2) / 2, 0.5)
        return Amount(pieces, None, pieces > 1)
    count = servings * max(round(grams / servings / (food.each_g or 40)), 1)
    sliced = food.name.endswith("bread") and food.name not in ("pitta bread", "flatbread")
    return Amount(float(count), "slice" if sliced else None, count > 1 and not sliced)


def _runs(food: Food) -> bool:
    thick = ("butter", "yogurt", "ghee", "lard", "fat", "sour cream", "creme fraiche", "margarine", "dripping")
    return not food.name.endswith(thick)


def _is_dry(food: Food) -> bool:
    return food.name in ("mixed herbs", "oregano")


def _unranged(food: Food) -> float:
    return {"spice": 0.8, "herb": 3.0, "seasoning": 5.0, "acid": 8.0, "fat": 9.0, "sweet": 8.0}.get(food.role, 30.0)


def _countable(food: Food, grams: float) -> bool:
    """Pieces make sense: not 43 blueberries, not a fortieth of a pumpkin."""
    pieces = grams / (food.each_g or 1)
    if food.name in _NEVER_HALVED:
        return True
    return 0.4 <= pieces <= (12 if (food.each_g or 0) >= 40 else 8) and (food.each_g or 0) >= 4


def _pieces(food: Food, grams: float, servings: int) -> Amount | None:
    """Whole ones, halves of large ones; None when that is too far from what is wanted, so that it is weighed.

    Nobody weighs an onion: it may be further away.
    """
    each = food.each_g or 1
    whole = food.name in _NEVER_HALVED
    halves = not whole and each >= 60 and grams < (3 if each >= 150 else 2) * each
    count = _within(food, grams / each, servings, 0.5 if halves else 1.0, each)
    if not whole and each >= 60 and abs(count * each - grams) > _ROUGHLY * (1 + (food.role == "aromatic")) * grams:
        return None
    unit = {"garlic": "clove", "celery": "stick", "rhubarb": "stick"}
    return Amount(count, unit.get(food.name), count > 1 and food.name not in unit)


def _within(food: Food, wanted: float, servings: int, step: float, unit_g: float) -> float:
    """The multiple of a step that is nearest, one within the food's range before others; never nothing."""
    below = max(math.floor(wanted / step) * step, step)
    least, _, most = food.serving_g or (0.0, 0.0, math.inf)

    def strays(amount: float) -> bool:
        return not least * 0.999 <= amount * unit_g / servings <= most * 1.001

    return min((below, below + step), key=lambda amount: (strays(amount), abs(amount - wanted)))


def _tins(food: Food, grams: float, servings: int) -> Amount | None:
    """Whole ones; None when that is too far from what is wanted."""
    tin = food.tin_g or 1
    count = _within(food, grams / tin, servings, 1.0, tin)
    return Amount(count, "tin", True) if abs(count * tin - grams) <= _NEARLY * grams else None


def _spoons(food: Food, grams: float) -> Amount:
    teaspoons = grams / ((food.cup_g or 120.0) / 48)
    several = food.category in ("nut", "seed") or food.name in ("olive", "caper")
    if teaspoons >= 2.75:
        return Amount(max(round(teaspoons / 3 * 2) / 2, 1), "tbsp", several)
    if teaspoons < 0.2:
        return Amount(1, "pinch", False)
    return Amount(max(round(teaspoons * 4) / 4, 0.25), "tsp", several)


def _weight(food: Food, grams: float, servings: int, unit_g: float = 1.0) -> float:
    amount = grams / unit_g
    step = 1 if amount < 10 else 5 if amount < 150 else 10 if amount < 400 else 25
    return _within(food, amount, servings, step, unit_g)
