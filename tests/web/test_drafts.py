"""Drafts: shown to whoever made them, changed into new ones, saved once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from flavorbot import generating
from flavorbot.model import Plan
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, MakeApp, browser, sign_up
from tests.web.forms import form_in
from tests.web.scripted import ScriptedGenerator, script
from tests.web.toys import tab

PANTRY = {"ingredients": "rice, eggs", "wish": "like at home", "allergies_shown": "1"}


@pytest.fixture
def draft(client: CarefulClient, generator: ScriptedGenerator) -> str:
    """The address of a draft of this browser's guest."""
    address = client.post("/generate", data=PANTRY).location
    generator.wishes.clear()
    return address


def test_what_a_person_must_know_comes_along(client: CarefulClient, draft: str) -> None:
    assert "No salt was needed." in client.get(draft).text


def test_a_draft_is_held_against_needs_that_were_told_since(client: CarefulClient, draft: str) -> None:
    assert "Check this:" not in client.get(draft).text
    sign_up(client)
    profile = {"name": "Ada", "version": "1", "units": "metric", "theme": "auto", "allergies": ["eggs"]}
    assert client.post("/account", data=profile).status_code == 303
    page = client.get(draft).text
    assert "Check this:" in page
    assert "contains eggs" in page


def test_another_browser_finds_nothing(draft: str, visitor: Callable[[], CarefulClient], calls: list[str]) -> None:
    calls.clear()
    assert visitor().get(draft).status_code == 404
    assert calls == []


@pytest.mark.parametrize(
    "name", ["x", "..%2f..", "DRAFT%23x", "%00", "A" * 3_000, "8E03978E-40D5-43E8-BC93-6894A57F9324"]
)
def test_odd_ids_never_reach_storage(client: CarefulClient, draft: str, calls: list[str], name: str) -> None:
    calls.clear()
    assert client.get(f"/drafts/{name}").status_code == 404
    assert "get_draft" not in calls


def test_drafts_are_gone_after_a_day(client: CarefulClient, draft: str, clock: Clock) -> None:
    clock.pass_by(hours=25)
    assert client.get(draft).status_code == 404


def test_changing_the_wish_starts_from_it(client: CarefulClient, draft: str) -> None:
    page = client.get(f"/?from={draft.rpartition('/')[2]}").text
    assert "rice\neggs</textarea>" in page
    assert "like at home</textarea>" in page
    assert 'name="seed"' not in page


def test_another_one_is_the_same_wish(client: CarefulClient, draft: str, generator: ScriptedGenerator) -> None:
    again = client.post("/generate", data=form_in(client.get(draft).text, "/generate"))
    assert again.status_code == 303
    assert again.location != draft
    wish = generator.wishes[0]
    assert (wish.ingredients, wish.wish, wish.servings) == (("rice", "eggs"), "like at home", 2)


def test_another_one_stays_as_it_was_refined(make_app: MakeApp) -> None:
    client = browser(make_app())
    soup = client.post("/generate", data=PANTRY | {"wish": ""}).location
    soup = client.post(f"{soup}/refine", data={"instruction": "as a soup", "request_id": str(uuid4())}).location
    form = form_in(client.get(soup).text, f"{soup}/refine")
    other = client.get(client.post(f"{soup}/refine", data=form).location).text
    assert "soup" in other.partition("</h1>")[0].casefold()


def test_a_refinement_is_a_new_draft(client: CarefulClient, draft: str) -> None:
    newer = client.post(f"{draft}/refine", data={"instruction": "spicier", "request_id": str(uuid4())})
    assert newer.status_code == 303
    assert newer.location != draft
    assert "One-pot rice, spicier" in client.get(newer.location).text
    assert "<b>1 of 3</b> recipes left" in client.get("/").text


def test_the_same_refinement_happens_once(client: CarefulClient, draft: str, generator: ScriptedGenerator) -> None:
    form = {"instruction": "quicker", "request_id": str(uuid4())}
    first, second = (client.post(f"{draft}/refine", data=form) for _ in range(2))
    assert first.location == second.location
    assert len(generator.wishes) == 1
    assert client.post(f"{draft}/refine", data={**form, "instruction": "slower"}).status_code == 409


@pytest.mark.parametrize("instruction", ["", "  ", "x" * 501])
def test_an_instruction_must_say_something(client: CarefulClient, draft: str, instruction: str) -> None:
    answer = client.post(f"{draft}/refine", data={"instruction": instruction})
    assert answer.status_code == 422
    assert 'id="e-instruction"' in answer.text
    assert instruction in answer.text


def test_refining_stops_at_the_limit(client: CarefulClient, draft: str) -> None:
    statuses = [client.post(f"{draft}/refine", data={"instruction": "for 6"}).status_code for _ in range(3)]
    assert statuses == [303, 303, 429]


def test_whoever_looks_early_waits(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    window, seen = browser(app), []
    sign_up(window)
    other = tab(window)
    form = {**PANTRY, "request_id": str(uuid4())}
    monkeypatch.setattr(generating, "WAIT_S", 0)
    script(app).on_cook = lambda: seen.append(other.get(f"/drafts/{form['request_id']}"))
    window.post("/generate", data=form)
    assert "Something is simmering" in seen[0].text


def test_saving_twice_makes_one_recipe(client: CarefulClient, draft: str) -> None:
    sign_up(client)
    form = {"draft_id": draft.rpartition("/")[2]}
    first, second = (client.post("/recipes", data=form) for _ in range(2))
    assert first.location == second.location
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 1


def test_saving_again_finds_the_edited_recipe(client: CarefulClient, draft: str) -> None:
    sign_up(client)
    form = {"draft_id": draft.rpartition("/")[2]}
    address = client.post("/recipes", data=form).location.partition("?")[0]
    client.patch(f"/api/v1{address}", json={"title": "Mine"}, headers={"If-Match": '"1"'})
    assert client.post("/recipes", data=form).location.partition("?")[0] == address
    assert "<h1>Mine</h1>" in client.get(address).text


def test_guests_cannot_save(client: CarefulClient, draft: str) -> None:
    answer = client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]})
    assert answer.status_code == 303
    assert answer.location.startswith("/login")


def test_a_full_box_says_so(client: CarefulClient, draft: str) -> None:
    sign_up(client)
    for number in range(25):
        assert client.post("/api/v1/recipes", json={"title": f"{number}", "ingredients": ["rice"]}).status_code == 201
    answer = client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]})
    assert answer.status_code == 403
    assert "Your plan keeps 25 recipes" in answer.text


def test_a_guests_draft_counts_once_when_it_is_saved(client: CarefulClient, draft: str) -> None:
    sign_up(client)
    assert client.get("/api/v1/usage").get_json()["recipes_generated"] == 0
    for _ in range(2):
        answer = client.post("/api/v1/recipes", json={"draft_id": draft.rpartition("/")[2]})
        assert answer.status_code == 201
    assert client.get("/api/v1/usage").get_json()["recipes_generated"] == 1
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 1


def test_guests_do_not_get_round_the_allowance(make_app: MakeApp) -> None:
    app = make_app(plans={"free": Plan("free", recipes=0, questions=0, saved=25)})
    client = browser(app)
    draft = client.post("/generate", data=PANTRY).location
    sign_up(client)
    page = client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]})
    assert page.status_code == 429
    assert client.get("/api/v1/recipes").get_json()["items"] == []
