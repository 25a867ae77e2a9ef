"""A recipe as lines of text, the way people write it by hand and edit it, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.units import amount_text
from flavorbot.model import Ingredient, Instruction, Recipe

OPTIONAL = " (optional)"
MOST = 1_000_000
"""Amounts above this, and 0, are no amounts: such a line is kept as it was typed."""


def read_ingredient(line: str) -> Ingredient:
    """One line such as "200 g rice, rinsed" or "1 lime (optional)"."""
    text = line.strip()
    optional = text.lower().endswith(OPTIONAL)
    reading = read_line(text[: -len(OPTIONAL)] if optional else text)
    if not reading.name or not (reading.quantity is None or 0 < reading.quantity <= MOST):
        return Ingredient(name=text)
    return Ingredient(
        name=reading.name, quantity=reading.quantity, unit=reading.unit, note=reading.note, optional=optional
    )


def read_ingredients(lines: Sequence[str], before: Recipe | None = None) -> tuple[Ingredient, ...]:
    """Every line; one that ends with a colon is the heading of those below it.

    A line that `before` has in the same words keeps its exact amount.
    """
    known = {ingredient_line(each): each for each in before.ingredients} if before else {}
    section: str | None = None
    found: list[Ingredient] = []
    for line in _filled(lines):
        if is_heading(line):
            section = line[:-1].strip() or None
        else:
            found.append(replace(known.get(line) or read_ingredient(line), section=section))
    return tuple(found)


def is_heading(line: str) -> bool:
    return line.rstrip().endswith(":") and len(line) <= 100


def read_instructions(lines: Sequence[str], before: Recipe | None = None) -> tuple[Instruction, ...]:
    """A step a line; one that `before` has in the same words keeps its minutes and temperature."""
    known = {each.text: each for each in before.instructions} if before else {}
    return tuple(known.get(line) or Instruction(text=line) for line in _filled(lines))


def ingredient_lines(recipe: Recipe) -> list[str]:
    """What `read_ingredients` reads back, with a heading wherever the section changes."""
    return list(_with_headings(recipe.ingredients))


def ingredient_line(ingredient: Ingredient) -> str:
    amount = amount_text(ingredient)
    note = f", {ingredient.note}" if ingredient.note else ""
    return f"{amount} {ingredient.name}{note}{OPTIONAL if ingredient.optional else ''}".strip()


def _with_headings(ingredients: Sequence[Ingredient]) -> Iterator[str]:
    section: str | None = None
    for ingredient in ingredients:
        if ingredient.section != section:
            section = ingredient.section
            yield f"{section or ''}:"
        yield ingredient_line(ingredient)


def _filled(lines: Sequence[str]) -> list[str]:
    return [text for line in lines if (text := " ".join(line.split()))]
