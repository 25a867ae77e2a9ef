"""A real model behind a real server, llama.cpp: SmolLM2 is no cook, but what is said on the wire is real."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from flavorbot.errors import Abandoned
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.request import read_request
from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.client import ModelClient
from flavorbot.generators.model.dialects import Question
from flavorbot.generators.model.trial import try_model
from flavorbot.kitchen.checker import check, check_recipe
from tests.generators.model.conftest import WISH, fallback_told
from tests.generators.model.llama import serving
from tests.generators.model.watching import Watcher
from tests.generators.model.weights import MODELS
from tests.parts import need

MODEL = MODELS["smollm2"].path
MISSING = "SmolLM2 or xllamacpp, which serves it, is missing: .ci/run fetches both"
DEADLINE_S = 8.0


@pytest.fixture(scope="module")
def client() -> Iterator[ModelClient]:
    found: Path = need(MODEL if MODEL.exists() and find_spec("xllamacpp") else None, MISSING)
    with serving(found) as address:
        yield ModelClient("smollm2", address, None)


def test_the_server_keeps_to_a_schema_and_streams(client: ModelClient) -> None:
    results = list(try_model(client, 20))
    assert all(result.works for result in results), results
    assert client.dialect.format == "json_schema"


def test_the_server_counts_tokens(client: ModelClient) -> None:
    asked = Question([{"role": "user", "content": "Name a soup as JSON."}], {"type": "object"})
    tokens = client.ask(asked, time.monotonic() + 20).tokens
    assert tokens.sent > 5
    assert tokens.received > 0


def test_whatever_it_writes_what_is_served_holds(client: ModelClient) -> None:
    model = ModelGenerator(client, BuiltInGenerator(), deadline_s=DEADLINE_S, calls=1)
    wish = replace(WISH, allergies=("peanuts",), diets=("dairy_free",))
    begun = time.monotonic()
    made = model.generate(wish)
    assert time.monotonic() - begun < DEADLINE_S + 3
    assert made.recipe.source.kind == ("built-in" if fallback_told(made) else "model")
    checked = check_recipe(made.recipe, read_request(wish).needs)
    assert not [finding for finding in checked.findings if finding.severity == "error"]
    assert "dairy_free" in made.recipe.diets


def test_what_is_shown_while_it_writes_holds(client: ModelClient) -> None:
    model = ModelGenerator(client, BuiltInGenerator(), deadline_s=DEADLINE_S, calls=1)
    wish, watcher = replace(WISH, allergies=("peanuts", "milk")), Watcher()
    model.generate(wish, watcher)
    lines, steps = watcher.of("line"), [*watcher.of("title"), *watcher.of("step")]
    found = check(lines, steps, read_request(wish).needs).findings
    assert not [each for each in found if each.severity == "error" and each.kind != "hazard"]
    assert watcher.of("stage")[0] == "Asking the language model for a recipe"


def test_whoever_leaves_frees_the_server(client: ModelClient) -> None:
    model = ModelGenerator(client, BuiltInGenerator(), deadline_s=20, calls=1)
    begun = time.monotonic()
    with pytest.raises(Abandoned):
        model.generate(WISH, Watcher(left=lambda _: time.monotonic() > begun + 1))
    assert time.monotonic() - begun < 3
    assert all(result.works for result in try_model(client, 10))


def test_a_call_that_was_cut_off_leaves_the_server_free(client: ModelClient) -> None:
    model = ModelGenerator(client, BuiltInGenerator(), deadline_s=1, calls=1)
    model.generate(WISH)
    assert all(result.works for result in try_model(client, 10))
