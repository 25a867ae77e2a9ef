"""The recipe without one of its foods, where the steps need only fewer words for that."""

from __future__ import annotations

import re
from dataclasses import replace

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.proposals import Version, kept, worse
from flavorbot.generators.builtin.naming import shown
from flavorbot.kitchen.reading import find_foods
from flavorbot.model import Instruction, Recipe

SPARED = frozenset(
    {"herb", "garnish", "spice", "nut", "cheese", "condiment", "acid", "dairy", "seasoning", "aromatic", "fruit"}
)
"""Roles of foods that a dish can be without, and still be the same dish."""
_AMOUNT = r"(?:(?:the|a|an|some|half of the|rest of the|remaining) )*"
_SENTENCE = re.compile(r"(?<=[.!;])\s+")
_CUTTING = (
    r"(?:(?:finely|roughly|thinly|coarsely) )?\b(?:chop|slice|peel|crush|grate|rinse|wash|cut|dice|halve|quarter|shred"
    r"|zest|tear|drain)\b"
)


def removed(asked: Asked, line: Line) -> Version | None:
    """The recipe without this line; None where it stands in the title, or a step would not read well."""
    food = line.food
    if food is None or food.role not in SPARED or food in find_foods(asked.recipe.title):
        return None
    steps = [_without(step, line) for step in asked.recipe.instructions]
    recipe = replace(
        asked.recipe,
        ingredients=tuple(item for item in asked.recipe.ingredients if item is not line.item),
        instructions=tuple(step for step in steps if step.text),
        nutrition=None,
    )
    if _still_names(recipe, line) or worse(asked.recipe, recipe, asked.needs):
        return None
    return Version(kept(asked.recipe, recipe), asked.wish, cooked=False, notices=())


def _still_names(recipe: Recipe, line: Line) -> bool:
    texts = (recipe.description, *(step.text for step in recipe.instructions))
    return any(line.food in find_foods(text) or line.name.casefold() in text.casefold() for text in texts)


def _without(step: Instruction, line: Line) -> Instruction:
    kept_parts = [part for sentence in _SENTENCE.split(step.text) if (part := _cut(sentence, line))]
    return replace(step, text=" ".join(kept_parts))


def _cut(sentence: str, line: Line) -> str:
    """The sentence without the food: cut out of a list, else dropped where it speaks of nothing else."""
    food = line.food
    forms = {line.name, *((food.name, food.plural, shown(food), shown(food, plural=True)) if food else ())}
    name = "|".join(
        re.escape(form) for form in sorted({f"{form} juice" for form in forms} | forms, key=len, reverse=True)
    )
    if not re.search(rf"(?<![\w-])(?:{name})(?![\w-])", sentence, re.IGNORECASE):
        return sentence
    item = rf"{_AMOUNT}(?:{name})(?![\w-])"
    end = r"(?=[,.;:)]|$| (?:and|with|in|to|for|until|on|over|into)\b)"
    tries = (
        (rf"{_CUTTING} {item}(?:, and|,| and) (?={_CUTTING})", ""),
        (rf",? (?:and )?{_CUTTING} {item}(?=[.;]|$)", ""),
        (
            rf"(?P<lead>\b(?:with|over|in|into|add|adding|stir) )(?P<the>the )?(?:{name}) and (?:the )?",
            r"\g<lead>\g<the>",
        ),
        (rf", (?P<last>[\w' -]+?) and {item}{end}", r" and \g<last>"),
        (rf" (?:and|with) {item}{end}", ""),
        (rf", {item}(?= and\b)", ""),
        (rf", {item}(?=,)", ""),
    )
    for pattern, instead in tries:
        shorter = re.sub(pattern, instead, sentence, count=1, flags=re.IGNORECASE)
        if shorter != sentence and len(find_foods(shorter)) >= 1:
            return shorter
    others = [each for each in find_foods(sentence) if each != food]
    return sentence if others else ""
