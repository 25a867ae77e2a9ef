"""Asking the chef: beside drafts and saved recipes, counted exactly, kept in the session, never somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

import pytest
from flask import Flask

from flavorbot.errors import GeneratorBusy
from flavorbot.model import Plan, Recipe, Reply, Wish
from flavorbot.web import asking
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, MakeApp, browser, sign_up
from tests.web.forms import form_in
from tests.web.toys import tab

PANTRY = {"ingredients": "salmon, potato, cream", "allergies_shown": "1", "seed": "1"}
IN_THE_OVEN = {**PANTRY, "wish": "a gratin"}
RECIPE = {
    "title": "Creamy mushroom rice",
    "servings": 2,
    "notes": "Grandmother's.",
    "ingredients": ["150 g rice", "200 g mushrooms", "100 ml cream", "1 tbsp butter", "1 pinch salt"],
    "instructions": [
        "Boil the rice for 12 minutes.",
        "Fry the mushrooms in the butter, add the cream and salt, and mix.",
    ],
}


@pytest.fixture
def draft(client: CarefulClient) -> str:
    sign_up(client)
    return client.post("/generate", data=PANTRY).location


@pytest.fixture
def recipe(client: CarefulClient) -> str:
    sign_up(client)
    return f"/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"


def ask(client: CarefulClient, page: str, question: str, **fields: str) -> str:
    """Ask on a page; gives the page that follows."""
    answer = client.post(f"{page}/ask", data={"question": question, "request_id": str(uuid4()), **fields})
    assert (answer.status_code, answer.location) == (303, f"{page}#chef"), answer.text
    return client.get(page).text


def asked(client: CarefulClient) -> int:
    return cast(int, client.get("/api/v1/usage").get_json()["recipe_queries"])


def cooked(client: CarefulClient) -> int:
    return cast(int, client.get("/api/v1/usage").get_json()["recipes_generated"])


def decide(client: CarefulClient, page: str, decision: str) -> Any:  # noqa: ANN401
    """Press a button of the proposal that the page shows."""
    text = client.get(page).text
    action = next(part.split('"')[0] for part in text.split('action="') if part.split('"')[0].endswith(f"/{decision}"))
    assert form_in(text, action) == {}
    return client.post(action)


class ScriptedChef:
    """Answers as a test says; counts how often it was asked."""

    def __init__(self, reply: Reply | None = None, error: Exception | None = None) -> None:
        self.reply, self.error, self.questions = reply or Reply(text="Indeed."), error, list[str]()

    def ask(self, recipe: Recipe, wish: Wish, question: str, turns: Any = ()) -> Reply:  # noqa: ANN401
        self.questions.append(question)
        if self.error:
            raise self.error
        return self.reply


def put(app: Flask, chef: ScriptedChef) -> ScriptedChef:
    app.extensions["flavorbot"] = replace(app.extensions["flavorbot"], chef=chef)
    return chef


def test_a_question_about_a_draft_is_answered(client: CarefulClient, draft: str) -> None:
    page = ask(client, draft, "How do I know the salmon is done?")
    assert "63 °C (145 °F)" in page
    assert "How do I know the salmon is done?" in page
    assert "<b>49 of 50</b> questions left this month" in page
    assert asked(client) == 1


def test_a_question_about_a_saved_recipe_is_answered(client: CarefulClient, recipe: str) -> None:
    assert "within 24 hours" in ask(client, recipe, "how long does it keep?")
    assert "<b>1</b> of 50" in client.get("/usage").text


def test_a_page_without_questions_invites_to_ask(client: CarefulClient, recipe: str, calls: list[str]) -> None:
    calls.clear()
    page = client.get(recipe).text
    assert calls == ["load_session", "get_recipe"]
    assert "Your plan includes <b>50</b> questions a month" in page
    assert "can I freeze it?" in page


def test_guests_are_invited_to_register(client: CarefulClient) -> None:
    draft = client.post("/generate", data=PANTRY).location
    page = client.get(draft).text
    assert f'href="/register?next={draft}"' in page
    assert f"{draft}/ask" not in page
    assert client.post(f"{draft}/ask", data={"question": "freeze it?"}).location.startswith("/login")
    assert client.post("/api/v1/ask", json={"question": "x", "draft_id": draft[-36:]}).status_code == 401


def test_the_same_form_counts_once(client: CarefulClient, draft: str) -> None:
    form = {"question": "for 8", "request_id": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{draft}/ask", data=form).status_code == 303
    assert client.get(draft).text.count("talk-question") == 1
    assert asked(client) == 1


def test_another_question_in_the_same_form_is_refused(client: CarefulClient, draft: str) -> None:
    form = {"question": "for 8", "request_id": str(uuid4())}
    client.post(f"{draft}/ask", data=form)
    answer = client.post(f"{draft}/ask", data=form | {"question": "for 4"})
    assert answer.status_code == 409
    assert 'value="for 4"' in answer.text
    assert asked(client) == 1


@pytest.mark.parametrize("question", ["", "   ", "x" * 501])
def test_a_question_must_say_something(client: CarefulClient, recipe: str, question: str) -> None:
    answer = client.post(f"{recipe}/ask", data={"question": question})
    assert answer.status_code == 422
    assert 'id="e-question"' in answer.text
    assert f'value="{question}"' in answer.text
    assert asked(client) == 0


def test_the_limit_keeps_the_question(make_app: MakeApp) -> None:
    client = browser(make_app(plans={"free": Plan("free", recipes=9, questions=1, saved=9)}))
    sign_up(client)
    draft = client.post("/generate", data=PANTRY).location
    ask(client, draft, "can I freeze it?")
    answer = client.post(f"{draft}/ask", data={"question": "for 8 please"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 86_400
    assert "You have asked 1 of 1 questions of this month. There will be more on 1 December 2026" in answer.text
    assert 'value="for 8 please"' in answer.text
    assert asked(client) == 1


def test_no_model_is_asked_at_the_limit(make_app: MakeApp) -> None:
    app = make_app(plans={"free": Plan("free", recipes=9, questions=0, saved=9)})
    client, chef = browser(app), put(app, ScriptedChef())
    sign_up(client)
    draft = client.post("/generate", data=PANTRY).location
    assert client.post(f"{draft}/ask", data={"question": "hm?"}).status_code == 429
    assert chef.questions == []


def test_no_more_than_a_talk_an_hour(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "QUESTIONS_AN_HOUR", 1)
    client = browser(make_app(rates=True))
    sign_up(client)
    draft = client.post("/generate", data=PANTRY).location
    ask(client, draft, "can I freeze it?")
    answer = client.post(f"{draft}/ask", data={"question": "for 8"})
    assert (answer.status_code, asked(client)) == (429, 1)
    assert answer.headers["Retry-After"]
    assert 'value="for 8"' in answer.text


def test_a_failed_question_is_not_counted(app: Flask, client: CarefulClient, draft: str) -> None:
    chef = put(app, ScriptedChef(error=GeneratorBusy("Many questions are being answered just now.")))
    answer = client.post(f"{draft}/ask", data={"question": "why?"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert 'value="why?"' in answer.text
    assert chef.questions == ["why?"]
    assert asked(client) == 0


def test_a_chefs_text_is_text(app: Flask, client: CarefulClient, draft: str) -> None:
    put(app, ScriptedChef(Reply(text="<img src=x onerror=alert(1)>", by="model")))
    page = ask(client, draft, "<script>alert(2)</script>")
    assert "&lt;img src=x" in page
    assert "&lt;script&gt;alert(2)" in page
    assert "Written by a language model" in page


def test_a_version_for_eight_shows_what_changed(client: CarefulClient, recipe: str) -> None:
    page = ask(client, recipe, "for 4")
    assert "The chef’s version: Creamy mushroom rice" in page
    assert "<del>150</del>" in page
    assert "<ins>300</ins>" in page
    assert "Taking it counts as no recipe. It is saved in place of yours." in page


def test_a_taken_version_is_saved_as_an_edit(client: CarefulClient, recipe: str) -> None:
    ask(client, recipe, "what can I use instead of the cream?")
    answer = decide(client, recipe, "accept")
    assert (answer.status_code, answer.location) == (303, f"{recipe}?done=taken")
    now = client.get(f"/api/v1{recipe}").get_json()
    assert now["version"] == 2
    assert "crème fraîche" in [line["name"] for line in now["ingredients"]]
    assert (now["notes"], now["source"]["kind"], cooked(client)) == ("Grandmother's.", "manual", 0)
    page = client.get(answer.location).text
    assert "You took this version." in page
    assert "Take this version" not in page


def test_taking_twice_saves_once(client: CarefulClient, recipe: str) -> None:
    page = ask(client, recipe, "for 4")
    action = next(part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/accept"))
    assert [client.post(action).status_code for _ in range(2)] == [303, 303]
    assert client.get(f"/api/v1{recipe}").get_json()["version"] == 2


def test_a_stale_version_meets_on_the_conflict_page(client: CarefulClient, recipe: str) -> None:
    ask(client, recipe, "for 4")
    client.patch(f"/api/v1{recipe}", json={"title": "Mine now"}, headers={"If-Match": '"1"'})
    answer = decide(client, recipe, "accept")
    assert answer.status_code == 409
    assert "This recipe changed while you were editing" in answer.text
    assert "Mine now" in answer.text
    assert client.get(f"/api/v1{recipe}").get_json()["version"] == 2


def test_a_taken_version_is_a_draft_of_its_own(client: CarefulClient, draft: str) -> None:
    ask(client, draft, "for 8")
    answer = decide(client, draft, "accept")
    new = answer.location.partition("?")[0]
    assert new != draft
    page = client.get(answer.location).text
    assert "This is the chef’s version. Save it to keep it." in page
    assert "<b>8</b> servings" in page
    assert "for 8" in page
    assert "<b>2</b> servings" in client.get(draft).text
    assert cooked(client) == 1
    assert client.post("/recipes", data={"draft_id": new[-36:]}).status_code == 303


def test_another_dish_counts_as_a_recipe(client: CarefulClient) -> None:
    sign_up(client)
    draft = client.post("/generate", data=IN_THE_OVEN).location
    page = ask(client, draft, "I have no oven")
    assert "taking it counts as one recipe" in page
    assert cooked(client) == 1
    taken = decide(client, draft, "accept")
    assert (taken.status_code, cooked(client)) == (303, 2)
    assert "Now cooked without oven." in client.get(taken.location).text


def test_another_dish_needs_an_allowance(make_app: MakeApp) -> None:
    client = browser(make_app(plans={"free": Plan("free", recipes=1, questions=9, saved=9)}))
    sign_up(client)
    draft = client.post("/generate", data=IN_THE_OVEN).location
    ask(client, draft, "I have no oven")
    assert decide(client, draft, "accept").status_code == 429
    assert cooked(client) == 1


def test_a_refused_version_changes_nothing(client: CarefulClient, recipe: str) -> None:
    before = client.get(f"/api/v1{recipe}").get_json()
    ask(client, recipe, "for 4")
    answer = decide(client, recipe, "refuse")
    assert answer.location == f"{recipe}#chef"
    page = client.get(recipe).text
    assert "You kept your recipe as it was." in page
    assert "Take this version" not in page
    assert client.get(f"/api/v1{recipe}").get_json() == before


def test_only_the_last_version_is_at_hand(client: CarefulClient, recipe: str) -> None:
    ask(client, recipe, "for 4")
    page = ask(client, recipe, "for 6")
    assert page.count("Take this version") == 1
    assert "This version is no longer at hand" in page


def test_a_version_is_kept_for_a_day(client: CarefulClient, recipe: str, clock: Clock) -> None:
    page = ask(client, recipe, "for 4")
    action = next(part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/accept"))
    clock.pass_by(hours=25)
    assert "Take this version" not in client.get(recipe).text
    assert client.post(action).status_code == 404


def test_a_conversation_keeps_its_last_twenty_turns(app: Flask, client: CarefulClient, recipe: str) -> None:
    put(app, ScriptedChef())
    for number in range(23):
        client.post(f"{recipe}/ask", data={"question": f"question {number}.", "request_id": str(uuid4())})
    page = client.get(recipe).text
    assert page.count("talk-question") == 20
    assert "question 2." not in page
    assert "question 22." in page


def test_conversations_stay_small(app: Flask, client: CarefulClient, recipe: str, clock: Clock) -> None:
    put(app, ScriptedChef(Reply(text="Well. " * 150)))
    other = f"/recipes/{client.post('/api/v1/recipes', json=RECIPE | {'title': 'Other'}).get_json()['id']}"
    for number in range(20):
        clock.pass_by(seconds=1)
        page = (recipe, other)[number % 2]
        form = {"question": f"{number} " + "é" * 400, "request_id": str(uuid4())}
        assert client.post(f"{page}/ask", data=form).status_code == 303
    with client.session_transaction() as session:
        kept = {key: value for key, value in session.items() if key.startswith("chef:")}
    assert sum(len(str(value)) for value in kept.values()) < 16 * 1024
    assert len(kept) == 2
    assert kept[f"chef:{other[-26:]}"][-1]["question"].startswith("19 ")


def test_a_full_session_never_breaks(app: Flask, client: CarefulClient, recipe: str) -> None:
    put(app, ScriptedChef(Reply(text="Well. " * 150)))
    with client.session_transaction() as session:
        session["filler"] = "x" * 31_000
    for _ in range(3):
        assert client.post(f"{recipe}/ask", data={"question": "y" * 490}).status_code == 303
    assert client.get(recipe).status_code == 200


def test_two_tabs_keep_both_questions_counted(client: CarefulClient, recipe: str) -> None:
    other = tab(client)
    ask(client, recipe, "can I freeze it?")
    ask(other, recipe, "how many calories?")
    assert asked(client) == 2
    assert client.get(recipe).text.count("talk-question") == 2


def test_follow_ups_know_what_was_asked(client: CarefulClient, draft: str) -> None:
    ask(client, draft, "how do I know that the salmon is done?")
    assert "For the potatoes" in ask(client, draft, "and the potatoes?")


def test_json_answers_with_usage(client: CarefulClient, recipe: str) -> None:
    answer = client.post("/api/v1/ask", json={"question": "is it vegan?", "recipe_id": recipe[-26:]})
    assert answer.status_code == 200
    assert "No, it is not vegan." in answer.get_json()["answer"]
    assert answer.get_json()["proposal"] is None
    assert answer.get_json()["usage"]["recipe_queries"] == 1


def test_json_proposes_a_recipe(client: CarefulClient, draft: str) -> None:
    body = {"question": "for 6", "draft_id": draft[-36:]}
    key = {"Idempotency-Key": str(uuid4())}
    first, second = (client.post("/api/v1/ask", json=body, headers=key).get_json() for _ in range(2))
    assert first == second
    assert first["proposal"]["servings"] == 6
    assert first["usage"]["recipe_queries"] == 1
    assert client.post("/api/v1/ask", json=body | {"question": "for 4"}, headers=key).status_code == 409


@pytest.mark.parametrize("chosen", [{}, {"draft_id": str(uuid4()), "recipe_id": "0" * 26}, {"recipe_id": "x"}])
def test_json_is_about_one_recipe(client: CarefulClient, recipe: str, chosen: dict[str, str]) -> None:
    assert client.post("/api/v1/ask", json={"question": "why?", **chosen}).status_code == 422


def test_json_at_the_limit(make_app: MakeApp) -> None:
    client = browser(make_app(plans={"free": Plan("free", recipes=9, questions=0, saved=9)}))
    sign_up(client)
    recipe = client.post("/api/v1/recipes", json=RECIPE).get_json()["id"]
    answer = client.post("/api/v1/ask", json={"question": "why?", "recipe_id": recipe})
    assert answer.status_code == 429
    assert answer.get_json()["resets_at"] == "2026-12-01T00:00:00Z"


def test_a_stranger_cannot_take_hers(client: CarefulClient, recipe: str, visitor: Callable[[], CarefulClient]) -> None:
    page = ask(client, recipe, "for 4")
    action = next(part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/accept"))
    stranger = visitor()
    sign_up(stranger, "bea@example.com")
    own = stranger.post("/api/v1/recipes", json=RECIPE).get_json()["id"]
    assert stranger.post(action).status_code == 404
    assert stranger.post(action.replace(recipe[-26:], own)).status_code == 404
    assert client.get(f"/api/v1{recipe}").get_json()["version"] == 1


def test_a_saved_draft_keeps_what_was_said(client: CarefulClient, draft: str) -> None:
    ask(client, draft, "Can I freeze it?")
    ask(client, draft, "What can I use instead of the cream?")
    saved = client.post("/recipes", data={"draft_id": draft.rsplit("/", 1)[1]}).location
    page = client.get(saved.split("?")[0]).text
    assert "Can I freeze it?" in page
    assert "/accept" not in page, "that version was made from the draft"
