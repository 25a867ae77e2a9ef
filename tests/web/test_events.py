"""A recipe as events while it is made, for scripts and for the page's own form."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any, cast
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from flavorbot.web.api import events
from tests.generators.model.conftest import good_recipe, step
from tests.generators.model.server import Answer, Server, never_begins, pours, refuses, writes
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser, sign_up
from tests.web.toys import tab

WISH = {"ingredients": ["chicken breast", "broccoli", "rice"], "seed": 3}
FORM = {"ingredients": "chicken breast, broccoli, rice", "allergies_shown": "1", "seed": "3"}
EVENTS = {"Accept": "text/event-stream"}
PAGE = {"Accept": "text/event-stream, application/problem+json"}
GOOD = json.dumps(good_recipe())
PEANUTS = json.dumps(good_recipe() | {"steps": [*good_recipe()["steps"][:3], step("Sprinkle with peanuts.")]})


@pytest.fixture
def server(server: Server) -> Server:
    server.answers = [pours(GOOD)]
    return server


@pytest.fixture
def member(kitchen: Flask) -> CarefulClient:
    person = browser(kitchen)
    sign_up(person)
    return person


def told(answer: TestResponse) -> list[tuple[str, Any]]:
    """The events of an answer, without its heartbeats."""
    blocks = [block.split("\n") for block in answer.text.split("\n\n") if block.startswith("event: ")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def ask(client: CarefulClient, wish: dict[str, object] | None = None, key: str | None = None) -> TestResponse:
    headers = EVENTS | {"Idempotency-Key": key or str(uuid4())}
    return client.post("/api/v1/generate", json=wish or WISH, headers=headers)


def begin(client: CarefulClient, key: str | None = None) -> TestResponse:
    """Ask, and read the first event only."""
    headers = EVENTS | {"Idempotency-Key": key or str(uuid4())}
    return client.post("/api/v1/generate", json=WISH, headers=headers, buffered=False)


def used(client: CarefulClient) -> int:
    return cast(int, client.get("/api/v1/usage").get_json()["recipes_generated"])


def test_parts_come_before_the_recipe(member: CarefulClient) -> None:
    found = told(ask(member))
    names = [name for name, _ in found]
    assert names[:3] == ["progress"] * 3
    assert names[-1] == "recipe"
    parts = [data for name, data in found if name == "delta"]
    assert parts[0] == {"title": "Garlic chicken with broccoli rice"}
    assert parts[1]["ingredient"] == {
        "amount": "300 g", "name": "chicken breast", "quantity": 300, "unit": "g", "note": "sliced", "section": None,
        "optional": False,
    }  # fmt: skip
    assert parts[-1]["instruction"].keys() == {"text", "minutes", "temperature_c"}
    assert found[-1][1]["recipe"]["source"] == {"kind": "model", "model": "test-model", "url": None}


def test_nobody_on_the_way_may_hold_it_back(member: CarefulClient) -> None:
    answer = ask(member)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert {"no-transform", "no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))
    assert "Content-Length" not in answer.headers


def test_the_form_is_told_the_same(member: CarefulClient, server: Server) -> None:
    request_id = str(uuid4())
    by_form = told(member.post("/generate", data=FORM | {"request_id": request_id}, headers=PAGE))
    assert by_form[-1][1]["draft_id"] == request_id
    by_script = told(ask(member))
    assert by_form[:-1] == by_script[:-1]
    assert by_form[-1][1]["recipe"] == by_script[-1][1]["recipe"]


def test_what_a_form_says_of_allergies_holds_in_a_stream(member: CarefulClient, server: Server) -> None:
    needs = {"name": "Ada", "allergies": "nuts", "version": "1"}
    assert member.post("/account", data=needs).status_code == 303
    unticked = told(member.post("/generate", data=FORM, headers=PAGE))[-1][1]["draft_id"]
    assert 'value="nuts"' not in member.get(f"/drafts/{unticked}").text
    kept = told(ask(member))[-1][1]["draft_id"]
    assert 'value="nuts"' in member.get(f"/drafts/{kept}").text


def test_a_form_that_is_wrong_is_told_its_fields(member: CarefulClient) -> None:
    answer = member.post("/generate", data=FORM | {"servings": "99"}, headers=PAGE)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [each["field"] for each in answer.get_json()["errors"]] == ["servings"]


def test_an_empty_wish_is_an_error_event(member: CarefulClient) -> None:
    found = told(member.post("/generate", data={"ingredients": ""}, headers=PAGE))
    assert [name for name, _ in found] == ["progress", "error"]
    assert found[-1][1]["errors"][0]["field"] == "ingredients"


def test_a_browsers_own_post_is_still_answered_by_a_page(member: CarefulClient) -> None:
    answer = member.post("/generate", data=FORM, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == 303


def test_a_finding_takes_back_what_was_shown(member: CarefulClient, server: Server) -> None:
    server.answers = [pours(PEANUTS), pours(GOOD)]
    found = told(ask(member, WISH | {"allergies": ["peanuts"]}))
    assert [data for name, data in found if name == "delta"].count({"restart": True}) == 1
    assert "eanut" not in json.dumps([data for name, data in found if name == "delta"])
    assert found[-1][1]["recipe"]["source"]["kind"] == "model"
    assert used(member) == 1


@pytest.mark.parametrize("answer", [refuses(500), refuses(429), pours(GOOD[:600], end=""), pours("<html>")])
def test_a_model_that_fails_leaves_a_recipe_and_a_word(member: CarefulClient, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    found = told(ask(member))
    assert "own kitchen is cooking" in [data for name, data in found if name == "progress"][-1]["message"]
    assert found[-1][1]["recipe"]["source"]["kind"] == "built-in"
    assert found[-1][1]["notices"][0]["kind"] == "fallback"


def test_what_neither_can_cook_is_an_error_and_not_counted(member: CarefulClient, server: Server) -> None:
    server.answers = [refuses(500)]
    found = told(ask(member, {"ingredients": ["stewing beef"], "category": "dinner", "max_minutes": 5}))
    assert (found[-1][0], found[-1][1]["status"]) == ("error", 422)
    assert used(member) == 0


def test_a_spent_allowance_is_an_error_event(client: CarefulClient, make_app: MakeApp) -> None:
    found = told(ask(browser(make_app(guest_recipes=0))))
    assert (found[-1][0], found[-1][1]["status"]) == ("error", 429)
    assert found[-1][1]["resets_at"]


def test_a_busy_kitchen_is_an_error_event_at_once(member: CarefulClient, server: Server) -> None:
    server.answers = [pours(GOOD, size=100, pause_s=0.15)]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ask, tab(member))
        wait_for(lambda: bool(server.requests))
        begun = monotonic()
        found = told(ask(member))
        assert monotonic() - begun < 2
        assert member.get("/recipes").status_code == 200
        assert told(slow.result())[-1][0] == "recipe"
    assert (found[-1][0], found[-1][1]["status"]) == ("error", 503)
    assert used(member) == 1


def test_silence_is_filled_with_heartbeats(
    member: CarefulClient, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.05)
    server.answers = [pours(GOOD, size=400, pause_s=0.3)]
    text = ask(member).text
    assert text.count("\n\n:\n\n") > 3
    assert text.endswith("\n\n")


@pytest.mark.parametrize("answer", [never_begins, pours(GOOD[:500], stay=True), pours(GOOD, pause_s=0.1)])
def test_whoever_leaves_ends_the_call_and_pays_nothing(member: CarefulClient, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    key = str(uuid4())
    leaving = begin(member, key)
    stream = iter(leaving.response)
    while not server.requests:
        next(stream)
    leaving.close()
    assert server.left.wait(2)
    assert used(member) == 0
    server.answers = [pours(GOOD)]
    assert told(ask(member, key=key))[-1][0] == "recipe"
    assert used(member) == 1


def test_coming_back_gives_the_finished_recipe(member: CarefulClient, server: Server) -> None:
    key = str(uuid4())
    first = told(ask(member, key=key))[-1][1]
    again = told(ask(member, key=key))
    assert [name for name, _ in again] == ["progress", "recipe"]
    assert again[-1][1]["recipe"] == first["recipe"]
    assert len(server.requests) == 1
    assert member.get(f"/drafts/{key}").status_code == 200
    assert used(member) == 1


def test_a_server_that_cannot_stream_is_served_the_same(member: CarefulClient, server: Server) -> None:
    server.answers = [writes(good_recipe())]
    names = [name for name, _ in told(ask(member))]
    assert (names.count("delta"), names[-1]) == (12, "recipe")


def test_a_guest_keeps_the_streamed_draft(kitchen: Flask) -> None:
    guest = browser(kitchen)
    made = told(guest.post("/generate", data=FORM, headers=PAGE))[-1][1]["draft_id"]
    assert "Garlic chicken" in guest.get(f"/drafts/{made}").text


def test_pages_offer_the_stream_where_a_model_cooks(member: CarefulClient, client: CarefulClient) -> None:
    assert "<grow-recipe" in member.get("/").text
    assert "<grow-recipe" not in client.get("/").text


def wait_for(condition: Any, seconds: float = 3) -> None:  # noqa: ANN401
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until
        sleep(0.01)
