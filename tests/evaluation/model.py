"""A language model as cook: `make eval GENERATOR=model` with the one that is set, `make test-model` with a real one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from statistics import quantiles

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.client import ModelClient
from flavorbot.interfaces import IGenerator
from tests.evaluation import reading, recipes
from tests.evaluation.cooking import Cooked, cooked
from tests.evaluation.figures import Figure, between, share
from tests.evaluation.requests import Request, requests
from tests.evaluation.table import show
from tests.generators.model.llama import serving
from tests.generators.model.weights import MODELS, fetch

LIVE = 16
DEADLINE_S = 120
"""Seconds for one recipe, the second try included: on two quiet cores a try takes about twenty."""


def figures(generator: IGenerator, asked: Sequence[Request], deadline_s: float) -> Iterator[Figure]:
    """What holds for every recipe, whoever wrote it, and how many of them the model wrote; one seed each."""
    found = cooked(generator, asked, (0,))
    yield share("served by the model, without the fallback", _served(found), 0.7)
    yield from recipes.figures(found)
    yield from reading.figures([each.generated.recipe for each in found if each.generated])
    yield between("one generation with check, p95", _slow(found), 0, deadline_s, " s")


def spread(asked: Sequence[Request], most: int) -> list[Request]:
    """So many of the requests, from beginning to end."""
    step = max(len(asked) / most, 1)
    return [asked[int(place * step)] for place in range(min(most, len(asked)))]


def _served(found: Sequence[Cooked]) -> Iterator[tuple[bool, str]]:
    for each in found:
        if each.generated:
            told = [notice.message for notice in each.generated.notices if notice.kind == "fallback"]
            yield not told, f"{each.label}: {' '.join(told)}"


def _slow(found: Sequence[Cooked]) -> float:
    seconds = [each.seconds for each in found if each.generated]
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else max(seconds, default=0)


def main() -> int:
    """Qwen 2.5 1.5B behind llama.cpp on loopback; exit code 1 when a figure misses its target."""
    asked = spread([request for request in requests() if request.expect != "refused"], LIVE)
    with serving(fetch(MODELS["qwen"]), os.cpu_count() or 1) as address:
        client = ModelClient("qwen2.5-coder-1.5b", address, None)
        generator = ModelGenerator(client, BuiltInGenerator(), deadline_s=DEADLINE_S, calls=1)
        return show(figures(generator, asked, DEADLINE_S), f"{len(asked)} requests to Qwen 2.5 1.5B")


if __name__ == "__main__":
    sys.exit(main())
