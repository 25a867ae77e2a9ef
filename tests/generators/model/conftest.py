"""A scripted server, and a generator that asks it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any, Protocol

import pytest

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.client import ModelClient
from flavorbot.model import Generated, Wish
from tests.generators.model.server import Server

WISH = Wish(ingredients=("chicken breast", "broccoli", "rice"), seed=3)


class MakeGenerator(Protocol):
    def __call__(self, address: str | None = None, **options: Any) -> ModelGenerator: ...  # noqa: ANN401


@pytest.fixture
def make_generator(server: Server) -> MakeGenerator:
    def make(address: str | None = None, **options: Any) -> ModelGenerator:  # noqa: ANN401
        client = ModelClient("test-model", address or server.address, "a-key")
        return ModelGenerator(client, BuiltInGenerator(), **{"deadline_s": 5.0, "calls": 2, **options})

    return make


@pytest.fixture
def model(make_generator: MakeGenerator) -> ModelGenerator:
    return make_generator()


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where a port is taken and nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{holder.getsockname()[1]}/v1"


def line(name: str, quantity: float = 100, unit: str = "g", prep: str = "") -> dict[str, object]:
    return {"id": name, "quantity": quantity, "unit": unit, "prep": prep}


def step(text: str, *uses: str, minutes: int = 5) -> dict[str, object]:
    return {"text": text, "uses": list(uses), "minutes": minutes}


def good_recipe() -> dict[str, Any]:
    """What a good model writes for `WISH`."""
    return {
        "title": "Garlic chicken with broccoli rice",
        "summary": "Tender chicken over rice with bright broccoli.",
        "ingredients": [
            line("chicken breast", 300, prep="sliced"), line("broccoli", 250), line("rice", 150),
            line("garlic", 2, "clove"), line("olive oil", 1, "tbsp"), line("salt", 0.5, "tsp"),
        ],
        "steps": [
            step("Boil the rice in plenty of water for 12 minutes, then drain.", "rice", minutes=12),
            step("Slice the chicken breast and crush the garlic.", "chicken breast", "garlic"),
            step("Heat the olive oil and fry the chicken breast for 8 minutes.", "olive oil", "chicken breast"),
            step("Add the broccoli and garlic and cook for 5 minutes until bright green.", "broccoli", "garlic"),
            step("Season with salt and serve over the rice.", "salt", "rice", minutes=1),
        ],
    }  # fmt: skip


def fallback_told(made: Generated) -> str:
    """What the notice about the fallback says; empty when the model's own recipe was served."""
    told = [notice.message for notice in made.notices if notice.kind == "fallback"]
    assert bool(told) == (made.recipe.source.kind == "built-in")
    return " ".join(told)


@pytest.fixture(autouse=True)
def no_hidden_faults(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A fault of our own would pass for the model's: it fails the test."""
    yield
    for record in caplog.get_records("call"):
        assert not record.exc_info, record.exc_text
