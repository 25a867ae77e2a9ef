"""Cooking the requests: each with several seeds, its time taken."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flavorbot.errors import InvalidInput
from flavorbot.interfaces import IGenerator
from flavorbot.kitchen.checker import check_recipe
from flavorbot.model import Generated
from tests.evaluation.requests import Request

SEEDS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Cooked:
    """A request with one seed, and what came of it: a recipe, or the words of the refusal."""

    request: Request
    seed: int
    generated: Generated | None
    refusal: str
    seconds: float

    @property
    def label(self) -> str:
        """The request in a few words, for a list of misses."""
        wish = self.request.wish
        parts = [", ".join(wish.ingredients), wish.wish, *map(str, (*wish.diets, *wish.allergies, *wish.eaters))]
        return f"{' · '.join(filter(None, parts))} #{self.seed}"


def cooked(generator: IGenerator, requests: Iterable[Request], seeds: Sequence[int] = SEEDS) -> list[Cooked]:
    """Every request with every seed, one after the other."""
    return [_cooked(generator, request, seed) for request in requests for seed in seeds]


def _cooked(generator: IGenerator, request: Request, seed: int) -> Cooked:
    started = time.perf_counter()
    try:
        generated = generator.generate(replace(request.wish, seed=seed))
        check_recipe(generated.recipe)
    except InvalidInput as error:
        words = "; ".join(f"{each.field}: {each.message}" for each in error.errors)
        return Cooked(request, seed, None, words, time.perf_counter() - started)
    return Cooked(request, seed, generated, "", time.perf_counter() - started)
