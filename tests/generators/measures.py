"""Figures of the built-in generator over many wishes: `python -m tests.generators.measures` prints the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import mean, median

from flavorbot.errors import InvalidInput
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.request import read_request
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Recipe, Wish
from tests.generators.wishes import ALL, EASY

FLOORS = {
    "titles distinct": 0.95,
    "foods asked for used": 0.98,
    "amounts in range": 0.99,
    "mains of 300 to 900 kcal": 0.97,
    "mains of 15 g protein": 0.85,
    "salt at most 2.8 g": 0.9,
    "4 to 10 steps": 1.0,
    "5 to 14 ingredients": 0.95,
    "steps of 32 words at most": 0.99,
    "within the time": 1.0,
    "amounts alike for 1 and 12": 0.9,
    "reading ease 60 to 90": 0.95,
}


def cooked(wishes: Iterable[Wish], seeds: Sequence[int] = (0, 3)) -> list[Generated]:
    """What comes of the wishes; those that are refused are left out."""
    generator, found = BuiltInGenerator(), []
    for wish in wishes:
        for seed in seeds:
            try:
                found.append(generator.generate(replace(wish, seed=seed)))
            except InvalidInput:
                continue
    return found


def table(found: Sequence[Generated]) -> dict[str, float]:
    """Each measure as a share of 1."""
    recipes = [each.recipe for each in found]
    mains = [recipe for recipe in recipes if recipe.category in ("lunch", "dinner") and recipe.nutrition]
    lengths = [len(step.text.split()) for recipe in recipes for step in recipe.instructions]
    titles = [each.recipe.title for each in cooked(_mixed(), (0,))]
    return {
        "titles distinct": len(set(titles)) / len(titles),
        "foods asked for used": mean(_used(each) for each in found),
        "amounts in range": _share(ok for recipe in recipes for ok in _amounts(recipe)),
        "mains of 300 to 900 kcal": _share(300 <= recipe.nutrition.kcal <= 900 for recipe in mains if recipe.nutrition),
        "mains of 15 g protein": _share(recipe.nutrition.protein_g >= 15 for recipe in mains if recipe.nutrition),
        "salt at most 2.8 g": _share(recipe.nutrition.salt_g <= 2.8 for recipe in mains if recipe.nutrition),
        "4 to 10 steps": _share(4 <= len(recipe.instructions) <= 10 for recipe in recipes),
        "5 to 14 ingredients": _share(5 <= len(recipe.ingredients) <= 14 for recipe in recipes),
        "steps of 32 words at most": _share(length <= 32 for length in lengths),
        "within the time": _share((each.recipe.total_minutes or 0) <= (each.wish.max_minutes or 999) for each in found),
        "amounts alike for 1 and 12": _share(_scaled(wish) for wish in EASY),
        "reading ease 60 to 90": _share(60 <= reading_ease(recipe) <= 90 for recipe in recipes),
    }


def words_in_a_step(found: Sequence[Generated]) -> float:
    return median(len(step.text.split()) for each in found for step in each.recipe.instructions)


def likeness(recipes: Sequence[Recipe]) -> float:
    """How much the steps of two recipes have in common, on average: Jaccard over runs of four words."""
    runs = [_runs(recipe) for recipe in recipes]
    return mean(len(one & other) / len(one | other) for one, other in combinations(runs, 2))


def reading_ease(recipe: Recipe) -> float:
    """Flesch's reading ease of the steps, syllables counted as groups of vowels."""
    text = " ".join(step.text for step in recipe.instructions)
    words = re.findall(r"[a-z]+", text.casefold())
    sentences = len(re.findall(r"[.;:]", text))
    syllables = sum(max(len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word))), 1) for word in words)
    return 206.835 - 1.015 * len(words) / max(sentences, 1) - 84.6 * syllables / len(words)


def _mixed() -> list[Wish]:
    """200 wishes: pairs of the easy ones' foods."""
    names = list(dict.fromkeys(name for wish in EASY for name in wish.ingredients))
    count = len(names)
    pairs = [(names[number % count], names[(number * 7 + 3 + number // count) % count]) for number in range(200)]
    return [Wish(ingredients=pair) for pair in pairs]


def _used(each: Generated) -> float:
    asked = {food.name for food in read_request(each.wish).foods}
    listed = {food.name for item in each.recipe.ingredients if (food := read_line(item.name).food)}
    return len(asked & listed) / len(asked) if asked else 1.0


def _amounts(recipe: Recipe) -> Iterable[bool]:
    for item in recipe.ingredients:
        food, grams = weigh(item)
        if food and grams and food.serving_g and food.name != "salt":
            least, _, most = food.serving_g
            yield 0.999 * least <= grams / recipe.servings <= 1.001 * most


def _scaled(wish: Wish) -> bool:
    """Whether one serving weighs the same in a recipe for one and in one for twelve, 8 % more or less."""
    one, many = (cooked([replace(wish, servings=servings)], (0,))[0].recipe for servings in (1, 12))
    masses = [sum(weigh(item)[1] or 0 for item in recipe.ingredients) / recipe.servings for recipe in (one, many)]
    return abs(masses[0] - masses[1]) <= 0.08 * masses[0]


def _runs(recipe: Recipe) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(step.text for step in recipe.instructions).casefold())
    return {tuple(words[start : start + 4]) for start in range(len(words) - 3)}


def _share(facts: Iterable[bool]) -> float:
    return mean(1.0 if fact else 0.0 for fact in facts)


if __name__ == "__main__":
    for name, value in table(cooked(ALL)).items():
        print(f"{name:28} {value:6.3f}   floor {FLOORS[name]}")  # noqa: T201
    alike = [likeness([each.recipe for each in cooked([wish], range(10))]) for wish in EASY[:8]]
    print(f"likeness of ten seeds        {mean(alike):6.3f}")  # noqa: T201
    print(f"reading ease, mean           {mean(reading_ease(each.recipe) for each in cooked(ALL)):6.1f}")  # noqa: T201
    print(f"words in a step, median      {words_in_a_step(cooked(EASY)):6.1f}")  # noqa: T201
