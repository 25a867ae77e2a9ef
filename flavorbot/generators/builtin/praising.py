"""What makes a dish inviting, in a sentence: its crunch, its freshness, its heat, by the foods that bring them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.naming import capital, flavour_noun, short_plural, shown
from flavorbot.generators.builtin.planning import Plan
from flavorbot.kitchen.foods import Food

_SHORT_WORD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """What foods of these classes do where they stand; `only` and `never` are kinds of dishes."""

    places: tuple[str, ...]
    of: frozenset[str]
    say: tuple[str, ...]
    only: frozenset[str]
    never: frozenset[str]
    texture: bool
    common: bool

    def suits(self, kind: str) -> bool:
        return kind not in self.never and (not self.only or kind in self.only)


@cache
def praises() -> tuple[Praise, ...]:
    text = resources.files(__package__).joinpath("data/praises.toml").read_text("utf-8")
    return tuple(
        Praise(
            places=tuple(entry["places"]),
            of=frozenset(entry["of"]),
            say=tuple(entry["say"]),
            only=frozenset(entry.get("kinds", ())),
            never=frozenset(entry.get("never", ())),
            texture=entry.get("texture", False),
            common=entry.get("common", False),
        )
        for entry in tomllib.loads(text).values()
    )


def praised(plan: Plan, told: str, rng: Random) -> str:
    """A sentence about what nothing told so far names: one food for bite or softness, one for flavour, if there are."""
    found = _fitting(plan, told)
    chosen: list[str] = []
    for texture in (True, False):
        of_sort = [pair for pair in found if pair[0].texture == texture]
        if of_sort:
            praise, food = rng.choice([pair for pair in of_sort if not pair[0].common] or of_sort)
            ways = [say.format(_called(food)) for say in rng.sample(praise.say, len(praise.say))]
            said = _words(" ".join((told, *chosen)))
            fresh = [way for way in ways if not _words(way.casefold()) & said]
            if fresh or not texture:
                chosen.append((fresh or ways)[0])
    return f"{capital(', and '.join(reversed(chosen)))}." if chosen else ""


def _words(text: str) -> set[str]:
    return {word for word in text.split() if len(word) > _SHORT_WORD}


def _fitting(plan: Plan, told: str) -> list[tuple[Praise, Food]]:
    found: dict[str, tuple[Praise, Food]] = {}
    for praise in praises():
        food = next(_fresh(plan, praise, told, found), None) if praise.suits(plan.formula.kind) else None
        if food:
            found[food.name] = praise, food
    return list(found.values())


def _fresh(plan: Plan, praise: Praise, told: str, said: Collection[str]) -> Iterator[Food]:
    foods = (food for place in praise.places for food in plan.foods.get(place, ()))
    return (
        food
        for food in foods
        if tags(food) & praise.of and food.name not in said and _called(food).casefold() not in told
    )


def _called(food: Food) -> str:
    if food.role in ("spice", "aromatic") or food.name.startswith("vanilla "):
        return flavour_noun(food) or shown(food)
    return shown(food) if food.role == "acid" else short_plural(food)
