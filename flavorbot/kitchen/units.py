"""Amounts as a cook handles them: grams behind spoons and pieces, scaling, metric and US, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flavorbot.kitchen.amounts import units
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Ingredient, Instruction, Recipe

_CUP_ML = 240.0
_PIECES = frozenset(
    {None, "slice", "clove", "fillet", "stick", "stalk", "ear", "rasher", "ball", "bar", "head", "bulb", "sheet"}
)
_LIQUID = frozenset({"liquid", "drink", "dairy", "fat", "acid", "condiment"})
_BY_WEIGHT = frozenset(
    {"meat", "poultry", "fish", "shellfish", "vegetable", "fruit", "mushroom", "cheese", "pasta", "bread"}
)
_POURED = frozenset(
    {"milk", "cream", "oil", "juice", "vinegar", "stock", "wine", "sauce", "syrup", "buttermilk", "kefir"}
)
_FRACTIONS = (
    (0.0, ""), (1 / 8, "⅛"), (1 / 4, "¼"), (1 / 3, "⅓"), (1 / 2, "½"), (2 / 3, "⅔"), (3 / 4, "¾"), (1.0, ""),
)  # fmt: skip
_SPOONS = {"cup": ("tbsp", 16.0, 0.24), "tbsp": ("tsp", 3.0, 0.45)}
"""Unit to the next smaller one, how many of it, and the amount below which that one is written."""
_PLURALS = {
    "leaf": "leaves",
    "pinch": "pinches",
    "bunch": "bunches",
    "dash": "dashes",
    "box": "boxes",
    "inch": "inches",
}
_NO_PLURAL = frozenset({"g", "kg", "ml", "l", "cl", "dl", "tsp", "tbsp", "oz", "lb", "fl oz", "cm"})


def grams_of(quantity: float | None, unit: str | None, food: Food) -> float | None:
    """Grams of an amount of the food; None when there is no amount, or nobody weighed such a piece."""
    if quantity is None:
        return None
    measure = units().get(unit) if unit else None
    if unit == "stick" and food.role in ("fat", "dairy"):
        return quantity * 113
    if unit in ("head", "bulb") and food.name == "garlic":
        return quantity * 10 * (food.each_g or 5)
    if measure and measure.ml and food.cup_g:
        return quantity * measure.ml * food.cup_g / _CUP_ML
    if measure and measure.g:
        return quantity * measure.g
    if measure and measure.ml:
        return quantity * measure.ml * (1.0 if food.role in _LIQUID else 0.5)
    each = _each(unit, food)
    return quantity * each if each else None


def scale(recipe: Recipe, servings: int) -> Recipe:
    """The recipe for another number of servings, in its amounts and where its steps repeat them."""
    factor = servings / max(recipe.servings, 1)
    return replace(with_amounts(recipe, lambda item: _multiplied(item, factor)), servings=servings)


def in_units(recipe: Recipe, system: str) -> Recipe:
    """The recipe in "metric" or "us" measures, oven temperatures in its steps included."""
    convert = _to_us if system == "us" else _to_metric
    changed = with_amounts(recipe, convert)
    steps = tuple(replace(step, text=_degrees(step.text, system)) for step in changed.instructions)
    return replace(changed, instructions=steps)


def amount_text(ingredient: Ingredient) -> str:
    """The amount as a cook writes it: "1½ tsp", "⅓ cup", "a pinch"; empty for "to taste"."""
    if ingredient.quantity is None:
        return ingredient.unit or ""
    quantity, unit = _comfortable(ingredient.quantity, ingredient.unit)
    if unit in ("g", "ml", "kg", "l"):
        return f"{_rounded_weight(quantity, unit)} {unit}"
    if unit == "tsp" and quantity < 0.09:
        return "a pinch"
    text = _mixed(_to_whole_ounces(quantity) if unit == "oz" else quantity)
    return f"{text} {_unit_text(quantity, unit)}" if unit else text


def _each(unit: str | None, food: Food) -> float | None:
    if unit in _PIECES:
        return food.each_g
    if unit in ("tin", "packet", "jar", "pot", "block", "nest", "bag"):
        return food.tin_g
    if unit == "bunch":
        return 25.0 if food.role == "herb" else food.each_g or 100.0
    if unit == "leaf":
        return 0.5
    return food.each_g


def with_amounts(recipe: Recipe, change: Callable[[Ingredient], Ingredient]) -> Recipe:
    """Every ingredient changed, and its old amount in front of its name replaced by the new one in the steps."""
    changed = tuple(change(item) for item in recipe.ingredients)
    steps = recipe.instructions
    for before, after in zip(recipe.ingredients, changed, strict=True):
        old, new = amount_text(before), amount_text(after)
        if old and old != new:
            steps = tuple(_said_anew(step, old, new, before.name) for step in steps)
    return replace(recipe, ingredients=changed, instructions=steps)


def _said_anew(step: Instruction, old: str, new: str, name: str) -> Instruction:
    pattern = rf"(?<![\w½¼¾⅓⅔⅛.,]){re.escape(old)}(?= (?:of )?(?:the )?{re.escape(name)})"
    return replace(step, text=re.sub(pattern, lambda _: new, step.text, flags=re.IGNORECASE))


def _multiplied(item: Ingredient, factor: float) -> Ingredient:
    quantity = _times(item.quantity, factor)
    if quantity is None or item.unit or factor == 1:
        return replace(item, quantity=quantity)
    return replace(item, quantity=quantity, name=_counted(item.name, quantity))


def _counted(name: str, quantity: float) -> str:
    """One onion and two onions, where the name is no more than that of a food in our table."""
    food = read_line(name).food
    if food is None or name not in (food.name, food.plural):
        return name
    return food.name if quantity <= 1 else food.plural


def _times(quantity: float | None, factor: float) -> float | None:
    return None if quantity is None else _significant(quantity * factor)


def _significant(value: float) -> float:
    return float(f"{value:.3g}")


def _to_us(item: Ingredient) -> Ingredient:
    measure = units().get(item.unit or "")
    if item.quantity is None or measure is None or item.unit not in ("g", "kg", "ml", "l"):
        return item
    food = read_line(item.name).food
    ml = item.quantity * measure.ml if measure.ml else None
    grams = item.quantity * (measure.g or 0)
    if ml is None and food and food.cup_g and food.category not in _BY_WEIGHT:
        ml = grams / food.cup_g * _CUP_ML
    if ml is not None:
        unit, one = ("cup", _CUP_ML) if ml >= 55 else ("tbsp", 14.8) if ml >= 14 else ("tsp", 4.93)
        return replace(item, quantity=_significant(ml / one), unit=unit)
    unit, one = ("lb", 453.6) if grams >= 450 else ("oz", 28.35)
    return replace(item, quantity=_significant(grams / one), unit=unit)


def _to_metric(item: Ingredient) -> Ingredient:
    measure = units().get(item.unit or "")
    if (
        item.quantity is None
        or measure is None
        or item.unit not in ("cup", "oz", "lb", "fl oz", "pint", "quart", "gallon")
    ):
        return item
    if measure.g:
        return replace(item, quantity=_significant(item.quantity * measure.g), unit="g")
    ml = item.quantity * (measure.ml or 0)
    food = read_line(item.name).food
    if food and food.cup_g and not _pours(food):
        return replace(item, quantity=_significant(ml * food.cup_g / _CUP_ML), unit="g")
    return replace(item, quantity=_significant(ml), unit="ml")


def _pours(food: Food) -> bool:
    return food.role in ("liquid", "drink") or bool(_POURED & set(food.name.split()))


def _degrees(text: str, system: str) -> str:
    """Oven and inner temperatures in the system's degrees, to 5 °F or 5 °C; those given in both are left alone."""
    if re.search(r"\d ?°? ?C\b", text) and re.search(r"\d ?°? ?F\b", text):
        return text
    if system == "us":
        return re.sub(r"(\d+) ?°C\b", lambda match: f"{_fahrenheit(int(match[1]))} °F", text)
    return re.sub(r"(\d+) ?°F\b", lambda match: f"{_celsius(int(match[1]))} °C", text)


def _fahrenheit(celsius: int) -> int:
    """To 5 °F, the oven's to 25, as dials and thermometers are marked."""
    step = 5 if celsius < 100 else 25
    return round((celsius * 9 / 5 + 32) / step) * step


def _celsius(fahrenheit: int) -> int:
    """To the degree, the oven's to 10."""
    celsius = (fahrenheit - 32) * 5 / 9
    return round(celsius) if celsius < 100 else round(celsius / 10) * 10


def _comfortable(quantity: float, unit: str | None) -> tuple[float, str | None]:
    """The same amount in the unit a cook would reach for."""
    if unit in ("kg", "l") and quantity < 1:
        return quantity * 1000, "g" if unit == "kg" else "ml"
    if unit in ("g", "ml") and quantity >= 995:
        return quantity / 1000, "kg" if unit == "g" else "l"
    if unit == "lb" and quantity < 0.24:
        return quantity * 16, "oz"
    while unit in _SPOONS and quantity < _SPOONS[unit][2]:
        smaller, many, _ = _SPOONS[unit]
        quantity, unit = quantity * many, smaller
    halves = quantity / 1.5
    if unit == "tsp" and quantity >= 3 and abs(halves - round(halves)) < 0.05:
        return quantity / 3, "tbsp"
    return quantity, unit


def _rounded_weight(quantity: float, unit: str) -> str:
    if unit in ("kg", "l"):
        return f"{quantity:.2f}".rstrip("0").rstrip(".")
    step = 0.5 if quantity < 5 else 1 if quantity < 40 else 5 if quantity < 400 else 10
    rounded = round(quantity / step) * step
    return f"{max(rounded, 0.5):g}"


def _to_whole_ounces(ounces: float) -> float:
    """What a conversion made, as scales and packets tell it: to ¼, from 3 on to ½, from 8 on whole."""
    step = 0.25 if ounces < 3 else 0.5 if ounces < 8 else 1.0
    exact = abs(ounces * 4 - round(ounces * 4)) < 0.02
    return ounces if exact or ounces < 0.25 else round(ounces / step) * step


def _mixed(quantity: float) -> str:
    """A whole number and the nearest kitchen fraction; never nothing."""
    if quantity >= 10:
        return f"{round(quantity * 2) / 2:g}".replace(".5", "½")
    whole = int(quantity)
    value, sign = min(_FRACTIONS, key=lambda fraction: abs(fraction[0] - (quantity - whole)))
    if value == 1.0:
        whole += 1
    if whole == 0 and not sign:
        return "⅛" if quantity >= 0.04 else "a little"
    return f"{whole or ''}{sign}"


def _unit_text(quantity: float, unit: str | None) -> str:
    if unit is None or unit in _NO_PLURAL or quantity <= 1.05:
        return unit or ""
    return _PLURALS.get(unit, f"{unit}s")
