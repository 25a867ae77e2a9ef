"""Whether amounts stay what they are: for more people, and in other units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.interfaces import IGenerator
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.units import in_units, scale
from flavorbot.model import Recipe
from tests.evaluation.figures import Figure, share
from tests.evaluation.requests import Request

TABLES = (1, 2, 4, 12)


def figures(generator: IGenerator, requests: Sequence[Request]) -> Iterator[Figure]:
    ordinary = [request for request in requests if request.group == "ordinary"]
    yield share("mass alike (8%) when cooked anew for 1 to 12", _alike(generator, ordinary), 0.95)
    recipes = [generator.generate(request.wish).recipe for request in ordinary]
    yield share("a recipe scaled weighs what it should", _scaled(recipes), 1)
    yield share("metric to US and back within 3%", _there_and_back(recipes), 1)


def _alike(generator: IGenerator, requests: Sequence[Request]) -> Iterator[tuple[bool, str]]:
    """Generated anew for each table, against the mass for four; a whole onion for one may weigh more than its share."""
    for request in requests:
        made = [generator.generate(replace(request.wish, servings=people)).recipe for people in TABLES]
        four = _mass(made[2])
        for recipe in made:
            words = f"{recipe.title} for {recipe.servings}: {_mass(recipe):.0f} g, for 4: {four:.0f} g"
            yield abs(_mass(recipe) - four) <= 0.08 * four, words


def _scaled(recipes: Sequence[Recipe]) -> Iterator[tuple[bool, str]]:
    for recipe in recipes:
        for people in TABLES:
            other = scale(recipe, people)
            yield abs(_mass(other) - _mass(recipe)) <= 0.02 * _mass(recipe), f"{recipe.title} for {people}"


def _there_and_back(recipes: Sequence[Recipe]) -> Iterator[tuple[bool, str]]:
    for recipe in recipes:
        back = in_units(in_units(recipe, "us"), "metric")
        for item, again in zip(recipe.ingredients, back.ingredients, strict=True):
            before, after = weigh(item)[1], weigh(again)[1]
            same = before is None or (after is not None and abs(after - before) <= 0.03 * before)
            yield same, f"{recipe.title}: {item.quantity} {item.unit} {item.name}, {again.quantity} {again.unit}"


def _mass(recipe: Recipe) -> float:
    """Grams of one serving, as far as they are known."""
    return sum(weigh(item)[1] or 0 for item in recipe.ingredients) / recipe.servings
