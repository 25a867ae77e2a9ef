"""How a model's foods are made ready: in the list, where no step tells it."""

from __future__ import annotations

import re

from flavorbot.generators.builtin.book import cuts, tags
from flavorbot.generators.model.dishes import Dish
from flavorbot.generators.model.wording import names, sentences
from flavorbot.kitchen.foods import Food

_CUTTING = re.compile(
    r"\b(?:bruis|chop|core|crumbl|crush|cut|deseed|dic|grat|halv|hull|mash|minc|peel|quarter|rins|scrub|shred|slic|stone"
    r"|strip|tear|trim|wash)\w*",
    re.IGNORECASE,
)
_DONE = {
    "bruise": "bruised", "chop": "chopped", "core": "cored", "crush": "crushed", "cut": "cut", "deseed": "deseeded",
    "dice": "diced", "grate": "grated", "halve": "halved", "hull": "hulled", "peel": "peeled", "quarter": "quartered",
    "rinse": "rinsed", "scrub": "scrubbed", "shred": "shredded", "slice": "sliced", "stone": "stoned",
    "strip": "stripped", "trim": "trimmed", "wash": "washed",
}  # fmt: skip
_WHOLE = frozenset({"protein", "starch", "herb", "acid", "liquid"})
"""Roles of what is cooked as it is, or cut by the dish and not by its kind."""


def way_of(food: Food, dish: Dish, written: str | None) -> str | None:
    """What the list says of it: as the model wrote it, else the usual way where no step does it."""
    told = (part for text in dish.texts for part in sentences(text) if _CUTTING.search(part))
    return written or (None if any(names(food, part) for part in told) else _usual(food))


def _usual(food: Food) -> str | None:
    """ "finely chopped" for what our own kitchen would finely chop."""
    if food.role in _WHOLE:
        return None
    book = cuts()
    ways = (book.always.get(food.name), *(cut for tag, cut in book.by_class.items() if tag in tags(food)))
    way = next((way for way in ways if way is not None), book.by_role.get(food.role, ""))
    plain = " ".join(way.replace("*", "").split())
    return re.sub(r"[a-z]+", lambda match: _DONE.get(match[0], match[0]), plain) or None
