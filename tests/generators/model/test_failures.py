"""Whatever a model's server does, someone gets a recipe, and is told honestly who made it."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from flavorbot.errors import GeneratorBusy, InvalidInput
from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.breaker import Breaker
from flavorbot.model import Wish
from tests.generators.model.conftest import WISH, MakeGenerator, fallback_told, good_recipe
from tests.generators.model.server import (
    Answer,
    Server,
    breaks_off,
    completion,
    drips,
    drips_headers,
    gives,
    refuses,
    says,
    silent,
    writes,
)

HALF = json.dumps(good_recipe())[:400]
NO_TIME = "did not answer in time"
BROKE_OFF = "broke off in the middle of its answer"
NO_RECIPE = "answered with something that is no recipe"
NONE_PASSED = "wrote no recipe that passed our check"


def test_a_good_answer_is_the_models_own(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes(good_recipe())]
    made = model.generate(WISH)
    assert fallback_told(made) == ""
    assert (made.recipe.source.kind, made.recipe.source.model) == ("model", "test-model")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(refuses(401), "does not let us in just now", id="401"),
        pytest.param(refuses(404), "was not found", id="404"),
        pytest.param(refuses(429), "is too busy just now", id="429"),
        pytest.param(refuses(500), "had a fault of its own", id="500"),
        pytest.param(refuses(302, Location="http://127.0.0.1:1/"), "could not be used", id="redirect"),
        pytest.param(breaks_off, BROKE_OFF, id="breaks off"),
        pytest.param(says(HALF, "length"), NONE_PASSED, id="out of tokens"),
        pytest.param(says(""), "gave an empty answer", id="empty"),
        pytest.param(says(None), "gave an empty answer", id="null"),
        pytest.param(gives(b""), NO_RECIPE, id="no body"),
        pytest.param(gives(b'{"choices": [{"mess'), NO_RECIPE, id="half JSON"),
        pytest.param(gives(b'{"choices": []}'), NO_RECIPE, id="no choice"),
        pytest.param(gives(b"<!doctype html><h1>Hello", "text/html"), NO_RECIPE, id="HTML"),
        pytest.param(gives(completion("x" * 1_000_000)), NO_RECIPE, id="1 MB"),
        pytest.param(gives(b"\x1f\x8b", Content_Encoding="gzip"), NO_RECIPE, id="compressed"),
        pytest.param(says(None, refusal="I cannot help."), "declined to write this recipe", id="refusal"),
        pytest.param(says("I'm sorry, I cannot help with that."), NONE_PASSED, id="refusal in words"),
        pytest.param(says(HALF), NONE_PASSED, id="half a recipe"),
        pytest.param(writes({"name": "soup"}), NONE_PASSED, id="another schema"),
        pytest.param(writes([1, 2]), NONE_PASSED, id="a list"),
        pytest.param(says("{" * 100_000), NONE_PASSED, id="deep"),
    ],
)
def test_a_failure_is_told_and_the_kitchen_cooks(
    model: ModelGenerator, server: Server, answer: Answer, told: str
) -> None:
    server.answers = [answer]
    made = model.generate(WISH)
    assert (
        fallback_told(made)
        == f"The language model {told}, so FlavorBot’s own kitchen made this recipe. It is not counted."
    )


def test_a_dead_server_is_told(make_generator: MakeGenerator, nobody: str) -> None:
    assert "could not be reached" in fallback_told(make_generator(nobody).generate(WISH))


@pytest.mark.parametrize("answer", [silent, drips, drips_headers])
def test_the_time_limit_is_for_all_of_it(make_generator: MakeGenerator, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    model = make_generator(deadline_s=0.6)
    model.generate(Wish(ingredients=("rice",)))  # what is read once takes a moment
    begun = time.monotonic()
    assert NO_TIME in fallback_told(model.generate(WISH))
    assert time.monotonic() - begun < 3


def test_a_second_try_ends_with_the_same_limit(make_generator: MakeGenerator, server: Server) -> None:
    server.answers = [writes({}), silent]
    begun = time.monotonic()
    assert NO_TIME in fallback_told(make_generator(deadline_s=2).generate(WISH))
    assert time.monotonic() - begun < 5
    assert len(server.requests) == 2


def test_an_unfit_answer_is_tried_again_with_the_reason(model: ModelGenerator, server: Server) -> None:
    bad = good_recipe() | {"steps": [{"text": "Just eat the broccoli.", "uses": [], "minutes": 1}] * 2}
    server.answers = [writes(bad), writes(good_recipe())]
    assert fallback_told(model.generate(WISH)) == ""
    first, second = (request["messages"][1]["content"] for request in server.requests)
    assert second.startswith(first)
    assert "no step says what to do with" in second


def test_what_ran_out_of_tokens_is_tried_once_more(model: ModelGenerator, server: Server) -> None:
    server.answers = [says(HALF, "length"), writes(good_recipe())]
    assert fallback_told(model.generate(WISH)) == ""
    assert "too long to be finished" in server.requests[1]["messages"][1]["content"]


def test_there_is_no_third_try(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes({})]
    assert NONE_PASSED in fallback_told(model.generate(WISH))
    assert len(server.requests) == 2


def test_where_nobody_can_cook_it_is_refused(model: ModelGenerator, server: Server) -> None:
    server.answers = [refuses(500)]
    with pytest.raises(InvalidInput) as caught:
        model.generate(Wish(ingredients=("stewing beef",), category="dinner", max_minutes=5))
    assert [error.field for error in caught.value.errors] == ["max_minutes"]


def test_nothing_edible_is_not_sent(model: ModelGenerator, server: Server) -> None:
    with pytest.raises(InvalidInput):
        model.generate(Wish(ingredients=("bleach",)))
    assert server.requests == []


def test_a_failing_server_is_left_alone(make_generator: MakeGenerator, server: Server) -> None:
    now = 0.0
    model = make_generator(breaker=Breaker(failures=3, rest_s=30, now=lambda: now))
    server.answers = [refuses(500)]
    told = [fallback_told(model.generate(WISH)) for _ in range(5)]
    assert len(server.requests) == 3
    assert "left alone for a moment" in told[-1]
    now, server.answers = 31.0, [writes(good_recipe())]
    assert fallback_told(model.generate(WISH)) == ""
    assert fallback_told(model.generate(WISH)) == ""


def test_retry_after_is_kept_to(make_generator: MakeGenerator, server: Server) -> None:
    now = 0.0
    model = make_generator(breaker=Breaker(now=lambda: now))
    server.answers = [refuses(429, Retry_After="20"), writes(good_recipe())]
    model.generate(WISH)
    now = 19.0
    assert "left alone" in fallback_told(model.generate(WISH))
    now = 21.0
    assert fallback_told(model.generate(WISH)) == ""


def test_a_bad_recipe_does_not_open_the_breaker(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes({})]
    for _ in range(4):
        assert NONE_PASSED in fallback_told(model.generate(WISH))


def test_too_many_at_once_are_refused_at_once(make_generator: MakeGenerator, server: Server) -> None:
    model = make_generator(deadline_s=3, calls=1)
    server.answers = [silent]
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(model.generate, WISH)
        while not server.requests:
            time.sleep(0.01)
        begun = time.monotonic()
        with pytest.raises(GeneratorBusy):
            model.generate(WISH)
        assert time.monotonic() - begun < 1.5
        assert NO_TIME in fallback_told(first.result())
    server.answers = [writes(good_recipe())]
    assert fallback_told(model.generate(WISH)) == ""


def test_keys_and_typed_words_stay_out_of_the_log(
    model: ModelGenerator, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = [refuses(401, "bad key a-key")]
    model.generate(Wish(ingredients=("rice",), wish="for my secret lover", seed=1))
    assert "status 401" in caplog.text
    assert "a-key" not in caplog.text
    assert "secret" not in caplog.text
