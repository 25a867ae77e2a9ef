"""A refined recipe compared with the one before: which of what was asked came about."""

from __future__ import annotations

from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.change import Change
from flavorbot.generators.builtin.choosing import is_kind
from flavorbot.generators.builtin.measuring import holds, is_worse, more_or_less
from flavorbot.generators.builtin.qualities import LESS, MORE, asked_for, qualities
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.reading import read_line
from flavorbot.model import EQUIPMENT, Recipe


def foods_of(recipe: Recipe) -> tuple[Food, ...]:
    read = (read_line(item.name).food for item in recipe.ingredients)
    return tuple({food.name: food for food in read if food}.values())


def misses(after: Recipe, change: Change, needs: Needs) -> tuple[str, ...]:
    """What was asked for and did not come about, most of it by its name in `Wish.qualities`."""
    present = foods_of(after)
    failed = [name for name in change.asked if not _came_about(after, name, change)]
    failed += [food.name for food in change.added if allowed(food, needs) and food not in present]
    return tuple(failed)


def slipped(after: Recipe, change: Change) -> tuple[str, ...]:
    """What was asked for earlier and is clearly less so now, unless the change is about the same figure."""
    asked = {quality.measure for quality in asked_for(change.asked)}
    earlier = [quality for quality in asked_for(change.wish.qualities) if quality.measure not in asked]
    return tuple(quality.name for quality in earlier if is_worse(after, change.before, quality))


def _came_about(after: Recipe, name: str, change: Change) -> bool:
    if name in qualities():
        return holds(after, qualities()[name], change.before)
    if name.startswith((MORE, LESS)):
        return more_or_less(after, name, change.before)
    kind = after.tags[0] if after.tags else ""
    if name in EQUIPMENT:
        return any(name in formula.needs for formula in formulas().values() if formula.kind == kind)
    return is_kind(kind, name)


def kind_of(recipe: Recipe) -> str:
    return recipe.tags[0] if recipe.tags else "dish"
