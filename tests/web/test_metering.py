"""A model's tokens and cost are metered for whoever runs this; people are charged for what a model made alone."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from flask import Flask

from flavorbot.interfaces import IStorage
from flavorbot.model import ModelUsage, Owner, Tokens
from flavorbot.web import cooking
from tests.generators.model.conftest import good_recipe
from tests.generators.model.server import Handler, Server, never_begins, pours, took, writes
from tests.web.client import CarefulClient
from tests.web.conftest import Break, Clock, MakeApp, browser, sign_up

FORM = {"ingredients": "chicken breast, broccoli, rice", "allergies_shown": "1", "seed": "3"}
EVENTS = {"Accept": "text/event-stream"}
GOOD, UNFIT = writes(good_recipe(), took(800, 400)), writes({}, took(800, 3))
MONTH = "2026-11"


@pytest.fixture
def app(make_app: MakeApp, server: Server) -> Flask:
    prices = {"model_price_in": Decimal("0.15"), "model_price_out": Decimal("0.6")}
    return make_app(model="test-model", model_url=server.address, model_deadline_s=5, guest_recipes=1, **prices)


def of_all(storage: IStorage) -> ModelUsage:
    (usage,) = storage.list_model_usage([MONTH])
    return usage


def used(storage: IStorage, user_id: str) -> int:
    return sum(usage.recipes_generated for usage in storage.list_usage(Owner("user", user_id), MONTH, MONTH))


def test_a_models_recipe_is_charged_and_metered(client: CarefulClient, server: Server, storage: IStorage) -> None:
    server.answers, user_id = [GOOD], sign_up(client)
    client.post("/generate", data=FORM)
    (usage,) = storage.list_usage(Owner("user", user_id), MONTH, MONTH)
    assert (usage.recipes_generated, usage.tokens, usage.cost_usd) == (1, Tokens(800, 400), Decimal("0.00036"))
    assert of_all(storage) == ModelUsage(month=MONTH, requests=1, tokens=Tokens(800, 400), cost_usd=Decimal("0.00036"))


def test_metering_costs_no_more_calls(client: CarefulClient, server: Server, calls: list[str]) -> None:
    server.answers = [GOOD]
    sign_up(client)
    calls.clear()
    client.post("/generate", data=FORM)
    assert calls == ["load_session", "reserve_draft", "finish_draft"]


def test_a_fallback_is_metered_and_not_charged(client: CarefulClient, server: Server, storage: IStorage) -> None:
    server.answers, user_id = [UNFIT], sign_up(client)
    answer = client.post("/generate", data=FORM)
    assert "own kitchen made this recipe. It is not counted." in client.get(answer.location).text
    assert (used(storage, user_id), of_all(storage).tokens) == (0, Tokens(1600, 6))


def test_a_stream_is_metered_with_its_recipe(client: CarefulClient, server: Server, storage: IStorage) -> None:
    server.answers, user_id = [pours(json.dumps(good_recipe()))], sign_up(client)
    assert "event: recipe" in client.post("/generate", data=FORM, headers=EVENTS).text
    assert (used(storage, user_id), of_all(storage).tokens) == (1, Tokens(700, 350))


def test_a_cancelled_stream_is_metered_and_not_charged(
    client: CarefulClient, server: Server, storage: IStorage
) -> None:
    server.answers, user_id = [never_begins], sign_up(client)
    answer = client.post("/generate", data=FORM, headers=EVENTS, buffered=False)
    events = iter(answer.response)
    while not server.requests:
        next(events)
    answer.close()
    assert (used(storage, user_id), of_all(storage).requests) == (0, 1)


def test_a_fallback_leaves_a_guest_their_recipe(client: CarefulClient, server: Server) -> None:
    server.answers = [UNFIT, UNFIT, GOOD]
    statuses = [client.post("/generate", data=FORM).status_code for _ in range(3)]
    assert statuses == [303, 303, 429]


def test_a_guests_fallback_is_saved_without_charge(client: CarefulClient, server: Server, storage: IStorage) -> None:
    server.answers = [UNFIT]
    draft = client.post("/generate", data=FORM).location
    user_id = sign_up(client)
    assert client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]}).status_code == 303
    assert (used(storage, user_id), of_all(storage).requests) == (0, 1)


def test_a_request_that_nobody_can_meet_is_metered(client: CarefulClient, server: Server, storage: IStorage) -> None:
    server.answers, user_id = [UNFIT], sign_up(client)
    wish = {"ingredients": "stewing beef", "category": "dinner", "max_minutes": "5"}
    assert client.post("/generate", data=wish).status_code == 422
    assert (used(storage, user_id), of_all(storage).tokens) == (0, Tokens(1600, 6))


def test_a_lost_result_is_metered(
    client: CarefulClient, server: Server, storage: IStorage, break_storage: Break
) -> None:
    server.answers, user_id = [GOOD], sign_up(client)
    break_storage("finish_draft")
    assert client.post("/generate", data=FORM).status_code == 503
    assert (used(storage, user_id), of_all(storage).requests) == (0, 1)


def test_an_overdue_result_is_metered(client: CarefulClient, server: Server, storage: IStorage, clock: Clock) -> None:
    def answer_late(handler: Handler) -> None:
        clock.pass_by(seconds=61)
        GOOD(handler)

    server.answers, user_id = [answer_late], sign_up(client)
    assert client.post("/generate", data=FORM).status_code == 503
    assert (used(storage, user_id), of_all(storage).requests) == (0, 1)


def test_what_is_not_charged_is_limited_by_the_hour(
    make_app: MakeApp, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cooking, "MODEL_RECIPES_AN_HOUR", 2)
    client = browser(make_app(model="test-model", model_url=server.address, rates=True))
    server.answers = [UNFIT]
    sign_up(client)
    assert [client.post("/generate", data=FORM).status_code for _ in range(3)] == [303, 303, 429]
    assert len(server.requests) == 4


def test_a_draft_asked_for_again_is_metered_once(client: CarefulClient, server: Server, storage: IStorage) -> None:
    server.answers = [UNFIT]
    sign_up(client)
    form = FORM | {"request_id": "8e03978e-40d5-43e8-bc93-6894a57f9324"}
    assert [client.post("/generate", data=form).status_code for _ in range(2)] == [303, 303]
    assert of_all(storage).requests == 1


def test_what_asks_no_model_is_not_metered(make_app: MakeApp) -> None:
    app = make_app()
    client = browser(app)
    sign_up(client)
    client.post("/generate", data=FORM)
    assert of_all(app.extensions["flavorbot"].storage) == ModelUsage(month=MONTH)
