"""Small pieces of sentences: lists, amounts, times and temperatures as a cook says them."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.chef.asked import Line
from flavorbot.generators.builtin.naming import capital, listed, shown
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.units import amount_text

__all__ = [
    "amount",
    "are",
    "called",
    "capital",
    "degrees",
    "do",
    "either",
    "gas_mark",
    "is_many",
    "listed",
    "minutes",
    "names",
    "sentence",
]

_SINGULAR_S = ("ss", "us", "is", "asparagus", "couscous", "hummus", "molasses", "swiss")
_GAS = ((130, "½"), (145, "1"), (155, "2"), (165, "3"), (175, "3"), (185, "4"), (195, "5"), (205, "6"), (215, "6"),
        (225, "7"), (235, "8"))  # fmt: skip


def is_many(name: str) -> bool:
    """Whether a name stands in the plural: eggs and peas, not asparagus."""
    return name.endswith("s") and not name.endswith(_SINGULAR_S)


def are(name: str) -> str:
    return "are" if is_many(name) else "is"


def do(name: str, many: str, one: str) -> str:
    """The verb that fits the name: "the eggs set", "the egg sets"."""
    return many if is_many(name) else one


def names(lines: Sequence[Line], most: int = 4) -> str:
    """ "chicken thighs, rice and peas"."""
    return listed([line.name for line in lines[:most]])


def called(food: Food) -> str:
    """A food that is not in the list as a sentence calls it."""
    several = food.category in ("egg", "pulse", "nut", "seed", "mushroom", "shellfish") or (
        food.category in ("vegetable", "fruit") and (food.each_g or 0) < 100 and food.name not in ("garlic", "ginger")
    )
    return shown(food, plural=several)


def either(options: Sequence[str]) -> str:
    """ "rice, bread or potatoes"."""
    return listed(list(options)).replace(" and ", " or ") if len(options) > 1 else "".join(options)


def amount(line: Line) -> str:
    """ "150 g rice", or the name alone where it goes by taste."""
    text = amount_text(line.item)
    return f"{text} {line.name}" if text else line.name


def minutes(value: int) -> str:
    """80 is "1 hour and 20 minutes"."""
    hours, rest = divmod(value, 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} minute{'s' if rest != 1 else ''}")
    return listed(parts)


def degrees(celsius: int) -> str:
    return f"{celsius} °C ({round(celsius * 1.8 + 32)} °F)"


def gas_mark(celsius: int) -> str:
    """The mark on a British gas oven."""
    return next((mark for most, mark in _GAS if celsius < most), "9")


def sentence(*parts: str) -> str:
    """The parts that say something, one after another."""
    return " ".join(part.strip() for part in parts if part.strip())
