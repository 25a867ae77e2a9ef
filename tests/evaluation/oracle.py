"""A second opinion on recipes, by the plain words of `oracle.toml`; it shares nothing with the food table."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flavorbot.kitchen.needs import Needs
from flavorbot.model import ALLERGENS, Recipe

_SEA = ("fish", "crustaceans", "molluscs")
_DIETS = {
    "vegan": ("meat", *_SEA, "milk", "eggs", "honey"),
    "vegetarian": ("meat", *_SEA, "rennet"),
    "pescatarian": ("meat",),
    "gluten_free": ("gluten",),
    "dairy_free": ("milk",),
    "egg_free": ("eggs",),
    "nut_free": ("nuts", "peanuts"),
    "soy_free": ("soybeans",),
    "halal": ("pork", "alcohol"),
    "kosher": ("pork", "unclean"),
}
_EATERS = {"infant": ("honey", "alcohol"), "young_child": ("alcohol",), "pregnant": ("alcohol", "listeria")}
# "Vegan sausages", "dairy-free cream", "gluten-free soy sauce": what the words behind would name is not in it.
_FREE = {
    "gluten": "gluten-free", "milk": "dairy-free|vegan|plant-based", "eggs": "egg-free|vegan",
    "meat": "vegan|vegetarian|plant-based|veggie", "nuts": "nut-free", "soybeans": "soy-free", "fish": "vegan",
    "pork": "vegan|vegetarian|beef|turkey|chicken", "alcohol": "alcohol-free", "rennet": "vegan|vegetarian",
    "listeria": "vegan|vegetarian",
}  # fmt: skip


def violations(recipe: Recipe, needs: Needs) -> Iterator[str]:
    """Every word of list, steps or title that breaks a need: "milk: butter"."""
    text = _folded(" . ".join(_texts(recipe)))
    for subject in dict.fromkeys(_subjects(needs)):
        kept, denied = _patterns()[subject]
        if found := kept.search(denied.sub(" ~ ", text)):
            yield f"{subject}: {found[0]}"


def _texts(recipe: Recipe) -> Iterator[str]:
    yield recipe.title
    yield from (f"{item.name}, {item.note or ''}" for item in recipe.ingredients)
    yield from (step.text for step in recipe.instructions)


def _subjects(needs: Needs) -> Iterator[str]:
    yield from (allergy for allergy in needs.allergies if allergy in ALLERGENS)
    for diet in needs.diets:
        yield from _DIETS.get(diet, ())
    for eater in needs.eaters:
        yield from _EATERS[eater]


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    entries = tomllib.loads(Path(__file__).with_name("oracle.toml").read_text(encoding="utf-8"))
    found = {}
    for subject, entry in entries.items():
        words = _any(entry["words"])
        denied = [_any(entry["but"])] if entry["but"] else []
        if subject in _FREE:
            denied.append(rf"(?:{_FREE[subject]}) (?:\w+ ){{0,2}}?{words}")
        found[subject] = (re.compile(rf"\b{words}\b"), re.compile("|".join(rf"\b{each}\b" for each in denied) or "$^"))
    return found


def _any(words: str) -> str:
    """Any of the words, longest first, in singular or plural."""
    known = sorted(words.split("|"), key=len, reverse=True)
    return "(?:" + "|".join(rf"{re.escape(_folded(word))}(?:e?s)?" for word in known) + ")"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
