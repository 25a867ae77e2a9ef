"""How the recipes read: length, ease, order, loose ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import mean, median

from flavorbot.model import Recipe
from tests.evaluation.figures import Figure, between, none, share

_LOOSE_ENDS = re.compile(
    r"[\[\]{}|]| [,.;]|\.\.|  |,,|\b(\w+) \1\b|\band, |, and and|\ba [aeio]\w+|\ban [bcdfgjklmnpqrstvwz]\w+|[.!?] [a-z]"
    r"|[a-z]\.[A-Z]"
)


def figures(recipes: Sequence[Recipe]) -> Iterator[Figure]:
    lengths = [len(step.text.split()) for recipe in recipes for step in recipe.instructions]
    eases = [reading_ease(recipe) for recipe in recipes]
    yield between("reading ease (Flesch), mean", mean(eases), 60, 80)
    yield share("reading ease of 50 to 90", ((50 <= ease <= 90, f"{ease:.0f}") for ease in eases), 0.95)
    yield between("words a step, median", median(lengths), 10, 20)
    yield share("steps of 32 words or fewer", ((length <= 32, str(length)) for length in lengths), 1)
    yield share("4 to 10 steps", ((4 <= len(each.instructions) <= 10, each.title) for each in recipes), 1)
    yield share("5 to 14 ingredients", ((5 <= len(each.ingredients) <= 14, each.title) for each in recipes), 0.95)
    yield none("sentences with loose ends", _loose(recipes), len(lengths))


def reading_ease(recipe: Recipe) -> float:
    """Flesch's reading ease of the steps, syllables counted as groups of vowels."""
    text = " ".join(step.text for step in recipe.instructions)
    words = re.findall(r"[a-z]+", text.casefold())
    sentences = len(re.findall(r"[.;:]", text))
    syllables = sum(max(len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word))), 1) for word in words)
    return 206.835 - 1.015 * len(words) / max(sentences, 1) - 84.6 * syllables / len(words)


def _loose(recipes: Sequence[Recipe]) -> Iterator[str]:
    for recipe in recipes:
        for text in (recipe.title, recipe.description, *(step.text for step in recipe.instructions)):
            if found := _LOOSE_ENDS.search(text):
                yield f"“{found[0]}” in: {text}"
