"""How much water goes beside stock and tomatoes, so that rice, pasta or a soup has the liquid it cooks in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flavorbot.generators.builtin.amounts import Amount
from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.planning import Plan
from flavorbot.kitchen.foods import Food

_DRINKS = {
    "risotto rice": 4.0,
    "brown rice": 2.6,
    "plain_rice": 2.1,
    "pearl barley": 3.6,
    "pasta_shape": 3.2,
    "dry_pulse": 4.0,
}
"""Millilitres that a gram takes up under a lid, or bubbling in an open pan."""
_SWELLS = 2.0
_PULSES = {"dry_pulse": 4.2, "ready_pulse": 1.0}
_BESIDE_PULSES = 0.5
"""Millilitres for a gram of pulses that cook in a sauce of their own, and of what cooks with them."""
_BESIDE_PASTA = 0.7
"""Millilitres for a gram of potatoes that boil with the pasta."""
_THINS_ML = 75
"""Water for one that makes enough of a sauce that would be too thick."""
_JUICE = {"tinned_tomato": 0.7, "cream": 0.6, "plant_cream": 0.6, "coconut_cream": 0.7}
"""The part of other liquids that is water."""
_COVERS_ML, _COVERS = 240, 0.8
_MOST_COVER_ML = 500
"""For one; a pan of many vegetables is all but filled by them."""
_BRAISES_ML, _BRAISES = 180, 0.5
"""Stock for one that covers little, and for each gram of what is cooked in it: less where it stews for long."""
_LEFT_OF_WINE = 0.5
_SOLID = frozenset({"hard", "medium", "soft", "protein", "mushroom"})
_LEAST_ML, _STEP_ML, _LARGE_STEP_ML, _LARGE_ML = 50, 50, 100, 1000


def water_for(food: Food, plan: Plan, amounts: Mapping[str, Amount], servings: int) -> str | None:
    """The amount as a jug shows it, None where it is not worth measuring: for rice or pasta, or to top up stock."""
    drinks = next((ml for tag, ml in _DRINKS.items() if tag in tags(food)), None)
    wanted = drinks * quantity(food, amounts) if drinks else _cover(plan, amounts, servings)
    wanted += _swelling(plan, amounts) if not drinks or "rice" in plan.foods else 0
    if "pasta_shape" in tags(food):
        wanted += _BESIDE_PASTA * sum(quantity(other, amounts) for other in plan.all_foods() if "potato" in tags(other))
    return _told(wanted - sum(_poured(other, plan, amounts) for other in plan.all_foods()))


def thinning(members: Sequence[Food], amounts: Mapping[str, Amount], servings: int) -> str:
    """The water in which pulses cook until they are soft, or that thins a sauce and covers what is cut up in it."""
    pulses = [food for food in members if tags(food) & _PULSES.keys()]
    soaked = sum(ml * quantity(food, amounts) for food in pulses for tag, ml in _PULSES.items() if tag in tags(food))
    if soaked:
        soaked += _BESIDE_PULSES * sum(quantity(food, amounts) for food in members if food.role == "hard")
    return _told(max(soaked or _THINS_ML * servings, _LEAST_ML)) or ""


def _cover(plan: Plan, amounts: Mapping[str, Amount], servings: int) -> float:
    solids = [food for food in plan.all_foods() if food.role in _SOLID and food.serving_g]
    if "braise" in plan.foods:
        # Of several meats each is bought in part.
        return max(_BRAISES_ML * servings, _BRAISES * sum(_weight(food, amounts, servings) for food in solids))
    covers = _COVERS * sum(food.serving_g[1] for food in solids if food.serving_g)
    return min(max(_COVERS_ML, covers), _MOST_COVER_ML) * servings


def _weight(food: Food, amounts: Mapping[str, Amount], servings: int) -> float:
    """Grams of it; of what is counted, as many as usual."""
    return quantity(food, amounts) or (food.serving_g[1] if food.serving_g else 0) * servings


def _swelling(plan: Plan, amounts: Mapping[str, Amount]) -> float:
    """What pasta and dried pulses take up in a soup, or beside rice: pasta for a ragù has a pan of its own."""
    pasta = () if "braise" in plan.foods else plan.foods.get("pasta", ())
    pulses = [food for food in plan.foods.get("pulse", ()) if "dry_pulse" in tags(food)]
    swelling = sum(quantity(food, amounts) for food in (*pasta, *pulses))
    return _SWELLS * swelling


def _poured(food: Food, plan: Plan, amounts: Mapping[str, Amount]) -> float:
    if food.role == "liquid" or food.category == "alcohol":
        boiled_down = "wine" in plan.formula.parts and "wine" in tags(food)
        return quantity(food, amounts) * (_LEFT_OF_WINE if boiled_down else 1.0)
    part = next((part for tag, part in _JUICE.items() if tag in tags(food)), 0.0)
    return part * quantity(food, amounts)


def quantity(food: Food, amounts: Mapping[str, Amount]) -> float:
    """Grams or millilitres, of tins too; 0 for what is spooned or counted."""
    amount = amounts.get(food.name)
    if amount is None or amount.quantity is None:
        return 0.0
    each = {"g": 1.0, "ml": 1.0, "tin": food.tin_g or 0.0}.get(amount.unit or "", 0.0)
    return amount.quantity * each


def _told(ml: float) -> str | None:
    step = _STEP_ML if ml < _LARGE_ML else _LARGE_STEP_ML
    rounded = round(ml / step) * step
    return f"{rounded} ml" if rounded >= _LEAST_ML else None
