"""The same recipe with other amounts: for more people, or with more or less of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flavorbot.generators.builtin.amounts import cookable
from flavorbot.generators.builtin.naming import shown
from flavorbot.generators.builtin.qualities import amount
from flavorbot.generators.builtin.steps import prep_effort
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.units import in_units, with_amounts
from flavorbot.model import Ingredient, Recipe

_PREPARED = re.compile(r"\b(?:chop|slice|cut|peel|dice|grate|shred|trim|halve|crush|mince|core|rinse|drain)\w*\b")

_END = r"(?=[,.;:)]|$| (?:and|with|in|to|for|until|on|into|over|is|are)\b)"


def rescaled(recipe: Recipe, servings: int, qualities: tuple[str, ...], units: str) -> Recipe:
    """The recipe for so many, its amounts changed as the qualities ask; its steps stay, cutting more takes longer."""
    before = max(recipe.servings, 1)
    lines = tuple(_line(item, before, servings, qualities) for item in recipe.ingredients)
    renamed = [(old.name, new.name) for old, new in zip(recipe.ingredients, lines, strict=True) if old.name != new.name]
    new = dict(zip(map(id, recipe.ingredients), lines, strict=True))
    amounts = with_amounts(recipe, lambda item: new[id(item)])
    changed = _timed(replace(amounts, servings=servings, nutrition=None), before)
    steps = tuple(replace(step, text=_said_anew(step.text, renamed, recipe)) for step in changed.instructions)
    return in_units(replace(changed, instructions=steps), units)


def _line(item: Ingredient, before: int, servings: int, qualities: tuple[str, ...]) -> Ingredient:
    food, grams = weigh(item)
    if food is None or grams is None:
        quantity = None if item.quantity is None else round(item.quantity * servings / before, 2)
        return replace(item, quantity=quantity)
    wanted = amount(qualities, food, grams / before)
    if servings == before and wanted == grams / before:
        return item
    found = cookable(food, wanted * servings, servings)
    if found.quantity is None:
        return item
    name = shown(food, plural=found.many) if item.name in _names(food) else item.name
    note = None if item.note == "drained" and found.unit != "tin" else item.note
    return replace(item, name=name, quantity=found.quantity, unit=found.unit, note=note)


def _names(food: Food) -> tuple[str, str]:
    return shown(food), shown(food, plural=True)


def _said_anew(text: str, renamed: list[tuple[str, str]], recipe: Recipe) -> str:
    """The step with one onion where there were two; a name within another one's is left alone."""
    for old, new in renamed:
        if not any(old in other.name and old != other.name for other in recipe.ingredients):
            text = re.sub(
                rf"(?<![\w-]){re.escape(old)}{_END}",
                new,
                text,
            )
    return text


def _timed(recipe: Recipe, before: int) -> Recipe:
    """More to cut takes longer; the first step that cuts gets the minutes, and so does the whole."""
    prep, total = recipe.prep_minutes, recipe.total_minutes
    place = next(_cutting(recipe), None)
    if not prep or not total or place is None or recipe.servings == before:
        return recipe
    step = recipe.instructions[place]
    own = step.minutes or 1
    more = round(own * prep_effort(recipe.servings) / prep_effort(before)) - own
    more = max(more, 1 - own)
    steps = list(recipe.instructions)
    steps[place] = replace(step, minutes=own + more)
    about = recipe.description.replace(f"{total} minutes", f"{total + more} minutes")
    return replace(
        recipe,
        instructions=tuple(steps),
        description=about,
        prep_minutes=max(prep + more, 1),
        total_minutes=total + more,
    )


def _cutting(recipe: Recipe) -> Iterator[int]:
    for place, step in enumerate(recipe.instructions):
        if step.minutes and _PREPARED.search(step.text.casefold()):
            yield place
