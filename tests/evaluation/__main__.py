"""`make eval`: the request set over several seeds, as one table; exit code 1 when a figure misses its target."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from flavorbot.generators import open_generator
from flavorbot.settings import Settings
from tests.evaluation import amounts, phrases, reading, recipes, speed, variety
from tests.evaluation.cooking import SEEDS, cooked
from tests.evaluation.figures import Figure
from tests.evaluation.requests import requests

SHOWN = 5


def figures() -> Iterator[Figure]:
    """Every figure, in the order of the table."""
    generator, asked = open_generator(Settings.from_env()), requests()
    yield from phrases.figures()
    cooked(generator, asked[:20], (0,))
    found = cooked(generator, asked)
    yield from recipes.figures(found)
    yield from variety.figures(generator, asked)
    yield from amounts.figures(generator, asked)
    yield from reading.figures([each.generated.recipe for each in found if each.generated])
    yield from speed.figures(found)


def main(shown: int) -> int:
    """Prints the table; of what falls short, up to `shown` cases each."""
    print(f"{len(requests())} requests, {len(SEEDS)} seeds each\n")
    print(f"  {'measure':46} {'found':>20}   must be")
    missed = 0
    for figure in figures():
        print(f"{' ' if figure.reached else '✗'} {figure.name:46} {figure.found:>20}   {figure.wanted}", flush=True)
        missed += not figure.reached
        for words in figure.misses[: shown if not figure.reached else 0]:
            print(f"      {words[:230]}")
    print(f"\n{missed} figures miss their target" if missed else "\nEvery figure reaches its target")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SHOWN))
