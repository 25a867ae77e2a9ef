"""What a model took is told, whoever made the recipe in the end."""

from __future__ import annotations

import json

import pytest

from flavorbot.errors import Abandoned, InvalidInput
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.breaker import Breaker
from flavorbot.model import Tokens, Wish
from tests.generators.model.conftest import WISH, MakeGenerator, good_recipe
from tests.generators.model.server import Answer, Server, never_begins, pours, refuses, says, silent, took, writes
from tests.generators.model.watching import Watcher


def test_a_models_recipe_tells_its_tokens(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes(good_recipe(), took(812, 403))]
    made = model.generate(WISH)
    assert (made.tokens, made.fell_back) == (Tokens(812, 403), False)


def test_a_stream_tells_its_tokens_at_its_end(model: ModelGenerator, server: Server) -> None:
    server.answers = [pours(json.dumps(good_recipe()))]
    assert model.generate(WISH, Watcher()).tokens == Tokens(700, 350)
    server.answers = [pours("  ")]
    assert model.generate(WISH, Watcher()).tokens == Tokens(700, 350)


def test_whoever_leaves_is_told_to_have_asked(model: ModelGenerator, server: Server) -> None:
    server.answers = [never_begins]
    with pytest.raises(Abandoned) as caught:
        model.generate(WISH, Watcher(left=lambda _: bool(server.requests)))
    assert caught.value.tokens == Tokens()


def test_two_tries_are_added_up(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes({}, took(800, 3)), writes(good_recipe(), took(850, 400))]
    made = model.generate(WISH)
    assert (made.tokens, made.fell_back) == (Tokens(1650, 403), False)


@pytest.mark.parametrize(
    ("answers", "tokens"),
    [
        pytest.param([writes({}, took(800, 3)), writes([], took(850, 2))], Tokens(1650, 5), id="unfit twice"),
        pytest.param([writes({}, took(800, 3)), refuses(500)], Tokens(800, 3), id="unfit, then broken"),
        pytest.param([says(None, usage=took(800, 5), refusal="No.")], Tokens(800, 5), id="refusal"),
        pytest.param([says("", "length", took(800, 1400))], Tokens(800, 1400), id="all thought"),
        pytest.param([refuses(500)], Tokens(), id="broken"),
        pytest.param([refuses(401)], Tokens(), id="not let in"),
    ],
)
def test_the_fallback_tells_what_was_spent_in_vain(
    model: ModelGenerator, server: Server, answers: list[Answer], tokens: Tokens
) -> None:
    server.answers = answers
    made = model.generate(WISH)
    assert (made.tokens, made.fell_back) == (tokens, True)


def test_silence_counts_as_asked(make_generator: MakeGenerator, server: Server) -> None:
    server.answers = [silent]
    made = make_generator(deadline_s=0.3).generate(WISH)
    assert (made.tokens, made.fell_back) == (Tokens(), True)


def test_a_model_left_alone_was_not_asked(make_generator: MakeGenerator, server: Server) -> None:
    server.answers = [refuses(500)]
    model = make_generator(breaker=Breaker(failures=1))
    model.generate(WISH)
    made = model.generate(WISH)
    assert (made.tokens, made.fell_back) == (None, True)


def test_a_refusal_by_all_tells_what_was_spent(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes({}, took(700, 3))]
    with pytest.raises(InvalidInput) as caught:
        model.generate(Wish(ingredients=("stewing beef",), category="dinner", max_minutes=5))
    assert caught.value.tokens == Tokens(1400, 6)


def test_what_is_refused_unasked_has_no_tokens(model: ModelGenerator) -> None:
    with pytest.raises(InvalidInput) as caught:
        model.generate(Wish(ingredients=("bleach",)))
    assert caught.value.tokens is None


@pytest.mark.parametrize(
    "usage", [None, {}, [], "many", {"prompt_tokens": "12"}, {"prompt_tokens": -1, "completion_tokens": 1e300}]
)
def test_what_a_server_does_not_count_is_zero(model: ModelGenerator, server: Server, usage: object) -> None:
    server.answers = [writes(good_recipe(), usage)]
    made = model.generate(WISH)
    assert (made.tokens, made.recipe.source.kind) == (Tokens(), "model")


def test_the_built_in_kitchen_takes_no_tokens() -> None:
    made = BuiltInGenerator().generate(WISH)
    assert (made.tokens, made.fell_back) == (None, False)
