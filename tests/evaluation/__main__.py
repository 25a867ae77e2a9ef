"""`make eval`: the request set over several seeds, as one table; exit code 1 when a figure misses its target.

`GENERATOR=model` asks the language model that the settings name, with one seed; `REQUESTS=20` takes that many of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from flavorbot.generators import open_generator
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.settings import Settings
from tests.evaluation import amounts, model, phrases, reading, recipes, speed, variety
from tests.evaluation.cooking import SEEDS, cooked
from tests.evaluation.figures import Figure
from tests.evaluation.requests import requests
from tests.evaluation.table import SHOWN, show


def figures() -> Iterator[Figure]:
    """Every figure of the built-in generator, in the order of the table."""
    generator, asked = BuiltInGenerator(), requests()
    yield from phrases.figures()
    cooked(generator, asked[:20], (0,))
    found = cooked(generator, asked)
    yield from recipes.figures(found)
    yield from variety.figures(generator, asked)
    yield from amounts.figures(generator, asked)
    yield from reading.figures([each.generated.recipe for each in found if each.generated])
    yield from speed.figures(found)


def main(shown: int) -> int:
    """Measures the generator that is asked for."""
    if os.environ.get("GENERATOR", "built-in") != "model":
        return show(figures(), f"{len(requests())} requests, {len(SEEDS)} seeds each", shown)
    settings = Settings.from_env()
    if settings.model is None:
        print("Set FLAVORBOT_MODEL, and OPENAI_BASE_URL or OPENAI_API_KEY, to say which model is to cook.")
        return 2
    asked = model.spread(requests(), int(os.environ.get("REQUESTS", len(requests()))))
    found = model.figures(open_generator(settings), asked, settings.model_deadline_s)
    return show(found, f"{len(asked)} requests to {settings.model}", shown)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SHOWN))
