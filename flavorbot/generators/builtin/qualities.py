"""What a dish should be like ("lighter", "spicier", "more rice"): how it is cooked so, and whether it came out so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from flavorbot.generators.builtin.book import formulas, tags
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import lookup
from flavorbot.kitchen.text import stems

MORE, LESS, NO = "more ", "less ", "no "
"""What stands before a food's name in `Wish.qualities`."""
_MORE_FACTOR, _LESS_FACTOR = 1.5, 0.6
_SALTY_G, _FATTY_G = 0.8, 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A row of `data/qualities.toml`, where its fields are explained."""

    name: str
    say: str
    want: str
    measure: str = "grams"
    foods: frozenset[str] = frozenset()
    less: bool = False
    bound: float | None = None
    opposite: str | None = None
    bar: bool = False
    scale: Mapping[str, float]
    places: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    instead: Mapping[str, list[str]]
    eater: str | None = None


@cache
def qualities() -> Mapping[str, Quality]:
    return {name: _quality(name, entry) for name, entry in _table().items() if name != "costly"}


def _quality(name: str, entry: Mapping[str, Any]) -> Quality:
    values: dict[str, Any] = {"scale": {}, "instead": {}, **entry}
    values |= {key: frozenset(values[key]) for key in ("foods", "kinds") if key in values}
    values |= {key: tuple(values[key]) for key in ("places", "usual") if key in values}
    return Quality(name=name, **values)


def asked_for(names: Iterable[str]) -> tuple[Quality, ...]:
    """The rows among what a wish says of its dish, each once."""
    return tuple(qualities()[name] for name in dict.fromkeys(names) if name in qualities())


def kinds_in(names: Iterable[str]) -> frozenset[str]:
    """The kinds of dish among them."""
    return frozenset(names) & {formula.kind for formula in formulas().values()}


def taken_out(names: Iterable[str]) -> tuple[str, ...]:
    """The foods that a refinement took out, in a person's words."""
    return tuple(name.removeprefix(NO) for name in names if name.startswith(NO))


def eaters_of(names: Iterable[str]) -> tuple[str, ...]:
    """The eaters whose rules such a dish follows."""
    return tuple(quality.eater for quality in asked_for(names) if quality.eater)


def bars(names: Iterable[str], food: Food) -> bool:
    """Whether such a dish holds none of this food, by a quality or because it was taken out."""
    names = tuple(names)
    if any(name.startswith(NO) and is_meant(name.removeprefix(NO), food) for name in names):
        return True
    return any(quality.bar and classes(food) & quality.foods for quality in asked_for(names))


def is_meant(word: str, food: Food) -> bool:
    """Whether someone who looks at a recipe's list means this food: "the rice" is no oil that rice is pressed for."""
    meant = lookup(word)
    if found := group(word):
        return found.is_general_for(food)
    named = meant.food.name if meant and meant.food else ""
    return named == food.name or f" {' '.join(stems(word))} " in f" {' '.join(stems(food.name))} "


def factor(names: Iterable[str], food: Food) -> float:
    """How much more or less of the food there is in such a dish; what is said twice counts twice."""
    total = 1.0
    for name in names:
        if name in qualities():
            total *= _scale(qualities()[name].scale, food)
        elif name.startswith((MORE, LESS)) and is_meant(name.split(maxsplit=1)[1], food):
            total *= _MORE_FACTOR if name.startswith(MORE) else _LESS_FACTOR
    return total


def _scale(scale: Mapping[str, float], food: Food) -> float:
    """By the food's own name if it is listed, else by the class that changes it most."""
    found = [by for tag, by in scale.items() if tag in classes(food) or tag == "any"]
    return scale.get(food.name) or max(found, key=lambda by: abs(by - 1), default=1.0)


def amount(names: Iterable[str], food: Food, grams: float) -> float:
    """Grams for one serving in such a dish: not far from what is usual, and never nothing."""
    by = factor(names, food)
    if by == 1.0:
        return grams
    least, _, most = food.serving_g or (0.0, 0.0, 1e9)
    if food.name == "salt":
        least = 0.0
    return max(min(grams * by, max(most * 1.5, grams)), min(least * 0.4, grams), 0.1)


def classes(food: Food) -> frozenset[str]:
    """The food's tags, and whether it is salty, fatty or costly."""
    return _classes(food.name)


@lru_cache(maxsize=2048)
def _classes(name: str) -> frozenset[str]:
    food = foods()[name]
    more = {"salty"} if food.salt_g > _SALTY_G and food.name != "salt" else set()
    more |= {"fatty"} if food.fat_g >= _FATTY_G else set()
    more |= {"costly"} if food.name in _table()["costly"]["foods"] else set()
    return tags(food) | more


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files(__package__).joinpath("data", "qualities.toml").read_text("utf-8")
    return tomllib.loads(text)
