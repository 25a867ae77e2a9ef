"""Our own recipes, taken as they are: nothing is rewritten, and what no box could hold is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple

from flavorbot import bounds
from flavorbot.exchange.readers.cleaning import address
from flavorbot.exchange.readers.found import Found
from flavorbot.model import ALLERGENS, CATEGORIES, DIETS, Nutrition, Recipe
from flavorbot.writing import MOST

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def exactly(recipe: Recipe) -> Found:
    """The recipe itself if it fits into a box in every part."""
    title = bounds.UNPRINTABLE.sub("", recipe.title)[: bounds.TITLE].strip() or "Untitled recipe"
    if reason := next(_problems(recipe), None):
        return Found(title=title, reason=reason, url=recipe.source.url)
    return Found(title=title, recipe=recipe, url=recipe.source.url)


def _problems(recipe: Recipe) -> Iterator[str]:
    if not recipe.title.strip():
        yield "It has no title."
    if not 1 <= len(recipe.ingredients) <= bounds.INGREDIENTS or len(recipe.instructions) > bounds.STEPS:
        yield f"A recipe can have 1 to {bounds.INGREDIENTS} ingredients and {bounds.STEPS} steps."
    if any(len(text or "") > most for text, most in _texts(recipe)) or len(recipe.tags) > bounds.TAGS:
        yield "One of its texts is longer than a recipe can have."
    if any(bounds.UNPRINTABLE.search(text or "") for text, _ in _texts(recipe)):
        yield "It holds characters that cannot be shown."
    if any(url is not None and address(url) != url for url in (recipe.image_url, recipe.source.url)):
        yield "One of its addresses does not begin with http:// or https://."
    if not _sensible(recipe):
        yield "One of its numbers cannot be right."


def _texts(recipe: Recipe) -> Iterator[tuple[str | None, int]]:
    yield recipe.title, bounds.TITLE
    yield recipe.description, bounds.DESCRIPTION
    yield recipe.cuisine, bounds.CUISINE
    yield recipe.notes, bounds.NOTES
    yield recipe.image_url, bounds.ADDRESS
    yield recipe.source.url, bounds.ADDRESS
    yield recipe.source.model, bounds.TITLE
    yield from ((tag, bounds.TAG) for tag in recipe.tags)
    yield from ((time.note, bounds.NOTE) for time in recipe.cooked)
    yield from ((step.text, bounds.STEP) for step in recipe.instructions)
    for item in recipe.ingredients:
        yield from ((item.name, bounds.LINE), (item.unit, bounds.UNIT))
        yield from ((item.note, bounds.NOTE), (item.section, bounds.SECTION))


def _sensible(recipe: Recipe) -> bool:
    """Whether every number and every name from a list is one that we write."""
    return (
        recipe.category in CATEGORIES
        and set(recipe.diets) <= set(DIETS)
        and set(recipe.allergens) <= set(ALLERGENS)
        and 1 <= recipe.servings <= bounds.SERVINGS
        and all(_between(each, 0, bounds.MINUTES) for each in (recipe.prep_minutes, recipe.cook_minutes))
        and _between(recipe.total_minutes, 0, bounds.TOTAL_MINUTES)
        and _between(recipe.rating, 1, 5)
        and all(item.quantity is None or 0 < item.quantity <= MOST for item in recipe.ingredients)
        and all(item.name.strip() for item in recipe.ingredients)
        and all(_between(step.minutes, 0, bounds.MINUTES) for step in recipe.instructions)
        and all(_between(step.temperature_c, bounds.COLDEST_C, bounds.HOTTEST_C) for step in recipe.instructions)
        and all(_DAY.fullmatch(time.on) and _between(time.rating, 1, 5) for time in recipe.cooked)
        and (recipe.nutrition is None or _is_nutrition(recipe.nutrition))
    )


def _is_nutrition(told: Nutrition) -> bool:
    return all(0 <= each <= MOST for each in astuple(told))


def _between(value: int | None, least: int, most: int) -> bool:
    return value is None or least <= value <= most
