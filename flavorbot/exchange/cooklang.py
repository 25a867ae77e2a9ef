"""A recipe in Cooklang (https://cooklang.org/docs/spec/): each food with its amount where a step first names it."""

from __future__ import annotations

import json
import re

from flavorbot.kitchen.durations import durations
from flavorbot.kitchen.step_foods import named_in
from flavorbot.kitchen.units import amount_text
from flavorbot.model import Ingredient, Recipe

_MARKS = re.compile(r"[@#~](?=\S)|[{}]|--|\[(?=-)|^[>=]")
_IN_BRACES = re.compile(r"[@#~{}%()|]|--")
_FIGURES = re.compile(r"(\d+(?:[-–.]\d+)?) ([a-z]+)")


def to_cooklang(recipe: Recipe) -> str:
    """Front matter, then a step a paragraph; what no step names is gathered in one before the first.

    It holds no sections, no times of single steps, not when it was cooked, and nothing that was computed.
    """
    waiting = list(recipe.ingredients)
    steps = [_marked(step.text, waiting) for step in recipe.instructions]
    if waiting:
        steps.insert(0, f"Get ready {', '.join(map(_ingredient, waiting))}.")
    notes = [f"> {line}" for line in _safe(recipe.notes).splitlines() if line.strip()]
    return "\n\n".join([_front_matter(recipe), *steps, *notes]) + "\n"


def _front_matter(recipe: Recipe) -> str:
    values: dict[str, object] = {
        "title": recipe.title,
        "description": recipe.description,
        "servings": recipe.servings,
        "prep time": f"{recipe.prep_minutes} minutes" if recipe.prep_minutes else None,
        "cook time": f"{recipe.cook_minutes} minutes" if recipe.cook_minutes else None,
        "time required": f"{recipe.total_minutes} minutes" if recipe.total_minutes else None,
        "course": recipe.category,
        "cuisine": recipe.cuisine,
        "tags": list(recipe.tags),
        "rating": recipe.rating,
        "image": recipe.image_url,
        "source": recipe.source.url,
    }
    # Every JSON value is one of YAML.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value)
    return "\n".join(["---", *lines, "---"])


def _marked(text: str, waiting: list[Ingredient]) -> str:
    """The step with what is still waiting for its place and is named here marked; that waits no longer."""
    named = named_in(text, [item.name for item in waiting])
    pieces, at = list[str](), 0
    for each in named:
        pieces += [_timed(text[at : each.start]), _ingredient(waiting[each.place])]
        at = each.end
    for place in sorted((each.place for each in named), reverse=True):
        del waiting[place]
    return "".join([*pieces, _timed(text[at:])])


def _ingredient(item: Ingredient) -> str:
    number, _, unit = _amount(item).partition("%")
    amount = f"{number}%{unit}" if unit else number
    note = f"({_bare(item.note)})" if item.note else ""
    name = _bare(item.name).strip() or "ingredient"
    return f"@{'?' if item.optional else ''}{name}{{{amount}}}{note}"


def _amount(item: Ingredient) -> str:
    """The number and, behind a per cent sign, the unit; what is "to taste" has none."""
    if item.quantity is None:
        return _bare(item.unit)
    text = amount_text(item)
    number, _, unit = text.partition(" ")
    return f"{number}%{_bare(unit)}" if unit and number[0] not in "a" else text


def _timed(text: str) -> str:
    """The text with what it says to wait marked, where that is a number and a unit: Cooklang has no other words."""
    safe = _safe(text)
    pieces, at = list[str](), 0
    for each in durations(safe):
        if told := _FIGURES.fullmatch(safe, each.start, each.end):
            pieces += [safe[at : each.start], f"~{{{told[1]}%{told[2]}}}"]
            at = each.end
    return "".join([*pieces, safe[at:]])


def _safe(text: str | None) -> str:
    """The text without what Cooklang takes for its own."""
    return _without(_MARKS, text)


def _bare(text: str | None) -> str:
    """A name, a unit or a note without what would end it."""
    return _without(_IN_BRACES, text)


def _without(marks: re.Pattern[str], text: str | None) -> str:
    return marks.sub(lambda found: "–" if found[0] == "--" else "", text or "")
