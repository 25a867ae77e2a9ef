"""The checker, with the last word on every recipe: it detects what is there, and never declares anything harmless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from flavorbot.kitchen.amounts import units
from flavorbot.kitchen.checked import Checked, Finding, Line
from flavorbot.kitchen.claims import line_of, recipe_diets
from flavorbot.kitchen.findings import line_findings, plain_word_findings, stray_findings, whole_findings
from flavorbot.kitchen.hazards import Named, hazards
from flavorbot.kitchen.mentions import Mention
from flavorbot.kitchen.needs import Needs, in_order
from flavorbot.kitchen.nutrition import nutrition_of
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.kitchen.strays import strays
from flavorbot.kitchen.told_eaters import told_eaters
from flavorbot.model import Ingredient, Nutrition, Recipe

__all__ = ["Checked", "Finding", "Line", "check", "check_recipe", "checked_recipe"]

_NO_NEEDS = Needs()
_NO_MATTER = frozenset({"water"})
"""Named in nearly all recipes and listed in few: it meets every diet and has no allergen."""


def check(lines: Sequence[str], instructions: Sequence[str] = (), needs: Needs = _NO_NEEDS) -> Checked:
    """Checks ingredient lines as typed, and every word of the instructions; all of it counts as one serving."""
    readings = tuple(map(read_line, lines))
    items = tuple(Ingredient(name=read.name, quantity=read.quantity, unit=read.unit) for read in readings)
    nutrition = nutrition_of(Recipe(title="", ingredients=items, instructions=(), servings=1))
    return _checked(tuple(lines), readings, "", tuple(instructions), needs, nutrition)


# Whoever cooks opens the same recipe again and again: to read, to scale, step by step, on paper.
@lru_cache(maxsize=256)
def check_recipe(recipe: Recipe, needs: Needs = _NO_NEEDS) -> Checked:
    """Checks a recipe's list with its notes, its steps, and every other text that it shows."""
    lines = lines_of(recipe)
    readings = tuple(map(read_line, lines))
    return _checked(lines, readings, recipe.title, texts_of(recipe), needs, nutrition_of(recipe))


def read_recipe(recipe: Recipe) -> tuple[tuple[Reading, ...], tuple[Mention, ...]]:
    """Its lines as they are read, and the foods that its other texts name besides, but for water."""
    return _read(lines_of(recipe), recipe.title, texts_of(recipe))


# Whoever stores a recipe asks twice: for its facts, and for what a list shows of it.
@lru_cache(maxsize=512)
def _read(
    lines: tuple[str, ...], title: str, steps: tuple[str, ...]
) -> tuple[tuple[Reading, ...], tuple[Mention, ...]]:
    readings = tuple(map(read_line, lines))
    return readings, strays(readings, title, steps, _NO_MATTER)


def lines_of(recipe: Recipe) -> tuple[str, ...]:
    """Its ingredients as they are checked, each with its note."""
    return tuple([f"{item.name}, {item.note}" if item.note else item.name for item in recipe.ingredients])


def texts_of(recipe: Recipe) -> tuple[str, ...]:
    """Its steps, then what else may name a food; a unit that is none of ours, too."""
    steps, known = [step.text for step in recipe.instructions], units()
    sections = dict.fromkeys([item.section for item in recipe.ingredients if item.section])
    strange = [item.unit for item in recipe.ingredients if item.unit and item.unit not in known]
    return (*steps, *filter(None, (recipe.description, recipe.notes)), *sections, *strange)


def checked_recipe(recipe: Recipe, **changes: Any) -> Recipe:  # noqa: ANN401
    """The recipe with the diets it satisfies, its allergens and nutrition put in by the checker.

    `changes` are fields besides, of which none says anything about food.
    """
    readings, others = read_recipe(recipe)
    nutrition = nutrition_of(recipe)
    diets, contains = _facts(readings, others, nutrition)
    return replace(recipe, diets=diets, allergens=contains, nutrition=nutrition, **changes)


def _checked(
    lines: Sequence[str],
    readings: Sequence[Reading],
    title: str,
    steps: Sequence[str],
    needs: Needs,
    nutrition: Nutrition | None,
) -> Checked:
    others = strays(readings, title, steps)
    named = [food for reading in readings for food in reading.foods]
    named_beside = [mention.entry.food for mention in others if mention.entry.food]
    diets, contains = _facts(readings, others, nutrition)
    found = [
        *_line_by_line(readings, needs),
        *(finding for mention in others for finding in stray_findings(mention, needs)),
        *plain_word_findings([*enumerate(lines), *((None, text) for text in (title, *steps))], needs),
        *whole_findings([*named, *named_beside], nutrition, needs),
        *_hazards(lines, readings, others, steps, _with_told_eaters(needs, (title, *steps))),
    ]
    return Checked(
        lines=tuple(line_of(line, reading) for line, reading in zip(lines, readings, strict=True)),
        findings=tuple(dict.fromkeys(found)),
        diets=diets,
        contains=contains,
    )


def _facts(
    readings: Sequence[Reading], others: Sequence[Mention], nutrition: Nutrition | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The diets that all of it meets, and the allergens that are in it."""
    beside = [mention.entry.food for mention in others if mention.entry.food]
    read = all(mention.entry.kind != "unread" for mention in others)
    contains = frozenset[str]().union(*[reading.contains for reading in readings])
    for mention in others:
        contains |= (mention.entry.food.contains if mention.entry.food else frozenset()) - mention.denied
    return recipe_diets(readings, beside, nutrition) if read else (), in_order(contains)


def _with_told_eaters(needs: Needs, texts: Sequence[str]) -> Needs:
    """The needs, for whomever the recipe itself says that it is for as well."""
    told = (eater for eater in told_eaters(texts) if eater not in needs.eaters)
    return replace(needs, eaters=(*needs.eaters, *told))


def _line_by_line(readings: Sequence[Reading], needs: Needs) -> Iterator[Finding]:
    for place, reading in enumerate(readings):
        yield from line_findings(place, reading, needs)


def _hazards(
    lines: Sequence[str], readings: Sequence[Reading], others: Sequence[Mention], steps: Sequence[str], needs: Needs
) -> Iterator[Finding]:
    named = [Named(place, lines[place], food) for place, reading in enumerate(readings) for food in reading.foods]
    named += [Named(None, mention.entry.name, mention.entry.food) for mention in others if mention.entry.food]
    for hazard in hazards(named, steps, needs, lines):
        yield Finding(hazard.line, "hazard", hazard.severity, hazard.message, hazard.subject)
