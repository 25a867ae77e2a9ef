"""Generating with a language model: whatever its server does, nothing is lost, and nothing is counted for nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import cast
from uuid import uuid4

import pytest
from flask import Flask

from flavorbot.model import Owner
from flavorbot.web.services import Services
from tests.generators.model.conftest import good_recipe
from tests.generators.model.server import Server, refuses, silent, writes
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser, sign_up
from tests.web.scripted import script
from tests.web.toys import tab

FORM = {"ingredients": "chicken breast, broccoli, rice", "allergies_shown": "1", "seed": "3"}


@pytest.fixture
def app(kitchen: Flask) -> Flask:
    return kitchen


@pytest.fixture
def client(app: Flask) -> CarefulClient:
    person = browser(app)
    sign_up(person)
    return person


def used(client: CarefulClient) -> int:
    return cast(int, client.get("/api/v1/usage").get_json()["recipes_generated"])


def test_a_models_recipe_is_shown_and_saved(client: CarefulClient, server: Server) -> None:
    server.answers = [writes(good_recipe())]
    draft = client.post("/generate", data=FORM).location
    assert "Garlic chicken with broccoli rice" in client.get(draft).text
    saved = client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]})
    told = "Written by test-model, put right and checked by FlavorBot"
    assert told in client.get(draft).text
    assert told in client.get(saved.location).text
    assert used(client) == 1


def test_a_dead_server_still_gives_a_recipe(make_app: MakeApp, server: Server) -> None:
    server.server_close()
    app = make_app(model="test-model", model_url=server.address)
    client = browser(app)
    sign_up(client)
    answer = client.post("/generate", data=FORM)
    assert answer.status_code == 303
    assert (
        "The language model could not be reached, so FlavorBot’s own kitchen made this"
        in client.get(answer.location).text
    )
    assert used(client) == 0


def test_a_refinement_asks_no_model(client: CarefulClient, server: Server) -> None:
    server.answers = [writes(good_recipe())]
    draft = client.post("/generate", data=FORM).location
    refined = client.post(f"{draft}/refine", data={"instruction": "for 4"})
    assert refined.status_code == 303
    assert "Garlic chicken with broccoli rice" in client.get(refined.location).text
    assert len(server.requests) == 1
    assert used(client) == 2


def test_a_busy_kitchen_says_so_at_once_and_counts_nothing(client: CarefulClient, server: Server) -> None:
    server.answers = [silent]
    other = tab(client)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(other.post, "/generate", data=FORM)
        while not server.requests:
            sleep(0.01)
        begun = monotonic()
        answer = client.post("/generate", data={**FORM, "ingredients": "lentils"})
        assert monotonic() - begun < 3
        assert client.get("/recipes").status_code == 200
        assert slow.result().status_code == 303
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "lentils" in answer.text
    assert used(client) == 0


def test_the_draft_of_a_slow_model_is_held_long_enough(make_app: MakeApp, server: Server) -> None:
    app = make_app(model="test-model", model_url=server.address, model_deadline_s=120)
    client, request_id, held = browser(app), str(uuid4()), list[float]()
    user = Owner("user", sign_up(client))
    storage = cast(Services, app.extensions["flavorbot"]).storage

    def look() -> None:
        draft = storage.get_draft(user, request_id)
        assert draft
        held.append((draft.lease_ends_at - draft.created_at).total_seconds())

    script(app).on_cook = look
    assert client.post("/generate", data={**FORM, "request_id": request_id}).status_code == 303
    assert held == [130]


def test_what_neither_can_cook_is_not_counted(client: CarefulClient, server: Server) -> None:
    server.answers = [refuses(500)]
    answer = client.post("/generate", data={"ingredients": "stewing beef", "category": "dinner", "max_minutes": "5"})
    assert answer.status_code == 422
    assert "the quickest we found" in answer.text
    assert used(client) == 0


def test_a_model_is_the_chefs_voice(client: CarefulClient, server: Server) -> None:
    server.answers = [writes(good_recipe()), writes({"answer": "Of <b>Sunday</b> lunch. It is safe."})]
    draft = client.post("/generate", data=FORM).location
    client.post(f"{draft}/ask", data={"question": "what does it remind you of?"})
    page = client.get(draft).text
    assert "Of Sunday lunch.</p>" in page
    assert "Written by a language model; temperatures, allergens and diets are ours." in page
    assert client.get("/api/v1/usage").get_json()["recipe_queries"] == 1


def test_the_house_answers_for_a_broken_model(client: CarefulClient, server: Server) -> None:
    server.answers = [writes(good_recipe()), refuses(500)]
    draft = client.post("/generate", data=FORM).location
    client.post(f"{draft}/ask", data={"question": "what goes with it?"})
    assert "so FlavorBot’s own kitchen answers. It is not counted." in client.get(draft).text
    assert client.get("/api/v1/usage").get_json()["recipe_queries"] == 0


def test_a_models_text_is_shown_as_text(client: CarefulClient, server: Server) -> None:
    server.answers = [writes(good_recipe() | {"title": "<img src=x onerror=alert(1)>Rice & chicken"})]
    page = client.get(client.post("/generate", data=FORM).location).text
    assert "onerror" not in page
    assert "Rice &amp; chicken" in page
