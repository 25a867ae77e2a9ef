"""What makes a dish taste of something, put in whatever chance left out."""

from __future__ import annotations

from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.filling import MOST_INGREDIENTS, Filler
from flavorbot.generators.builtin.liking import is_foreign

_FLAVOURINGS = (("aromatics",), ("spice", "herb", "sauce"), ("acid", "sauce", "tomato"))
"""Of each of these, a cooked savoury dish has something.

Eggs, cheese, cream and fried potatoes need nothing sharp; tomatoes are sharp themselves.
"""


def season(filler: Filler) -> None:
    """What the formula never leaves out, then something fragrant and something sharp, as far as the needs allow."""
    for name, count in filler.formula.best.items():
        _add(filler, name, count)
    if filler.formula.sweet:
        return
    if not filler.formula.needs:
        if not any(filler.placed.get(name) for name in ("herb", "sauce")):
            _add(filler, "herb", 1)
        return
    mild = filler.formula.base == "potato" or any(filler.placed.get(name) for name in ("egg", "cheese", "creamy"))
    mild = mild or filler.has_fresh_tomatoes()
    for names in _FLAVOURINGS[: 2 if mild else None]:
        if not any(filler.placed.get(name) for name in names):
            any(_add(filler, name, 1) for name in names)
    present = {tag for members in filler.placed.values() for food in members for tag in tags(food)}
    meaty = present & {"mince", "sausage"} and "tinned_tomato" not in present
    if filler.formula.base == "pasta" and meaty and filler.has_fresh_tomatoes():
        filler.place("tomato paste")
    if any("firm_plant_protein" in tags(food) and not is_foreign(food, filler.cuisine) for food in filler.dish()):
        _add(filler, "sauce", 1)
    if "avocado" in present:
        _add(filler, "acid", 1)


def sign(filler: Filler) -> None:
    """What the cuisine is known by, where a savoury dish has a place for it."""
    if filler.formula.sweet or filler.cuisine is None:
        return
    for names in filler.cuisine.signature:
        if not any(filler.has(name) for name in names):
            any(filler.place(name) for name in filler.in_turn(names))


def _add(filler: Filler, name: str, count: int) -> bool:
    full = filler.count() >= MOST_INGREDIENTS or name not in filler.formula.places
    full = full or (name == "herb" and filler.has_fresh_herb())
    return not full and filler.top_up(name, count)
