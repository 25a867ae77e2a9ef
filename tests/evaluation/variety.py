"""Whether another seed is another recipe, and the same seed the same; how titles differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import mean

from flavorbot.interfaces import IGenerator
from flavorbot.model import Recipe, Wish
from tests.evaluation.cooking import cooked
from tests.evaluation.figures import Figure, between, share
from tests.evaluation.requests import Request

TEN = range(10)


def figures(generator: IGenerator, requests: Sequence[Request]) -> Iterator[Figure]:
    ordinary = [request for request in requests if request.group == "ordinary" and len(request.wish.ingredients) >= 3]
    families = [(request, _recipes(generator, request)) for request in ordinary[:20]]
    yield share(
        "ten seeds give 8 dishes or more",
        ((len({_signature(recipe) for recipe in recipes}) >= 8, _name(request)) for request, recipes in families),
        1,
    )
    yield share(
        "ten seeds give 4 kinds of dish or more",
        ((len({recipe.tags[0] for recipe in recipes}) >= 4, _name(request)) for request, recipes in families),
        1,
    )
    yield between("likeness of the steps of ten seeds", mean(likeness(recipes) for _, recipes in families), 0, 0.55)
    yield share("same seed, same recipe", ((_repeats(generator, each), _name(each)) for each in ordinary[:20]), 1)
    titles = [each.generated.recipe.title for each in cooked(generator, _mixed(ordinary), (0,)) if each.generated]
    yield between("distinct titles over 200 mixed requests", 100 * len(set(titles)) / len(titles), 95, 100, "%")


def likeness(recipes: Sequence[Recipe]) -> float:
    """How much the steps of two recipes have in common, on average: Jaccard over runs of four words."""
    runs = [_runs(recipe) for recipe in recipes]
    return mean(len(one & other) / len(one | other) for one, other in combinations(runs, 2))


def _recipes(generator: IGenerator, request: Request) -> list[Recipe]:
    return [each.generated.recipe for each in cooked(generator, [request], TEN) if each.generated]


def _repeats(generator: IGenerator, request: Request) -> bool:
    wish = replace(request.wish, seed=7)
    return repr(generator.generate(wish)) == repr(generator.generate(wish))


def _signature(recipe: Recipe) -> tuple[str, frozenset[str]]:
    return recipe.tags[0], frozenset(item.name for item in recipe.ingredients)


def _mixed(ordinary: Sequence[Request]) -> list[Request]:
    """200 requests: pairs of the foods of the ordinary ones."""
    names = list(dict.fromkeys(name for request in ordinary for name in request.wish.ingredients))
    count = len(names)
    pairs = [(names[number % count], names[(number * 7 + 3 + number // count) % count]) for number in range(200)]
    return [Request("mixed", Wish(ingredients=pair), "either") for pair in pairs]


def _runs(recipe: Recipe) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(step.text for step in recipe.instructions).casefold())
    return {tuple(words[start : start + 4]) for start in range(len(words) - 3)}


def _name(request: Request) -> str:
    return ", ".join(request.wish.ingredients)
