"""What takes the place of a food that is barred, has run out, or is to be swapped."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from flavorbot.generators.builtin.book import tags
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed

_PARTS = ("milk", "eggs")
"""Reasons for a swap that are part of being vegan."""


def instead_of(food: Food, needs: Needs) -> Food | None:
    """The first allowed food that may take the place of this one, for someone whose needs bar it.

    Nothing sweetens for a baby in the place of honey.
    """
    if "infant" in needs.eaters and "sweetener" in tags(food):
        return None
    reasons = {*needs.diets, *needs.allergies, *(_PARTS if "vegan" in needs.diets else ())}
    swaps = sorted(food.swaps.items(), key=lambda swap: swap[0] not in reasons)
    near = () if reasons else _listed("eater", food)
    return next(_allowed(food, needs, [*near, *(name for _, name in swaps), *_listed("need", food)]), None)


def another_like(food: Food, needs: Needs, never: frozenset[str]) -> Food | None:
    """Another food that does the same in a dish, for someone whose needs do not bar this one; none of `never`."""
    near = [name for name in _listed("like", food) if name not in never]
    return next(_allowed(food, needs, near), None) or instead_of(food, needs)


def _listed(reason: str, food: Food) -> Iterator[str]:
    for tag, others in _table()[reason].items():
        if tag in tags(food):
            yield from others


def _allowed(food: Food, needs: Needs, names: list[str]) -> Iterator[Food]:
    for name in names:
        other = foods().get(name)
        if other and other.name != food.name and allowed(other, needs):
            yield other


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("data", "stand_ins.toml").read_text("utf-8"))
