"""From what is in the kitchen to a draft: once, within the allowance, and never for nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import sleep
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from flavorbot import generating
from flavorbot.errors import FieldError, InvalidInput
from flavorbot.web import cooking
from tests.web.client import CarefulClient
from tests.web.conftest import Break, Clock, MakeApp, sign_up
from tests.web.forms import form_in
from tests.web.scripted import ScriptedGenerator, script
from tests.web.toys import tab

PANTRY = {"ingredients": "rice, eggs", "allergies_shown": "1"}

pytestmark = pytest.mark.usefixtures("generator")


def used(client: CarefulClient) -> int:
    """What the signed-in person has used this month."""
    count: int = client.get("/api/v1/usage").get_json()["recipes_generated"]
    return count


def test_the_whole_job_from_pantry_to_box(client: CarefulClient) -> None:
    sign_up(client)
    draft = client.post("/generate", data=PANTRY).location
    assert "One-pot rice" in client.get(draft).text
    saved = client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]})
    assert saved.status_code == 303
    assert "Your recipe is saved." in client.get(saved.location).text
    assert "One-pot rice" in client.get("/recipes?q=eggs").text
    assert used(client) == 1


def test_guests_save_after_signing_up(client: CarefulClient) -> None:
    draft = client.post("/generate", data=PANTRY).location
    assert "Register to save it" in client.get(draft).text
    sign_up(client)
    assert 'action="/recipes"' in client.get(draft).text
    saved = client.post("/recipes", data={"draft_id": draft.rpartition("/")[2]})
    assert client.get(saved.location).status_code == 200


def test_the_same_request_takes_nothing(client: CarefulClient, generator: ScriptedGenerator) -> None:
    sign_up(client)
    form = {**PANTRY, "request_id": str(uuid4())}
    first, second = (client.post("/generate", data=form) for _ in range(2))
    assert first.location == second.location == f"/drafts/{form['request_id']}"
    assert (len(generator.wishes), used(client)) == (1, 1)


def test_a_reused_form_keeps_what_was_typed(client: CarefulClient) -> None:
    sign_up(client)
    form = {**PANTRY, "request_id": str(uuid4())}
    client.post("/generate", data=form)
    again = client.post("/generate", data={**form, "ingredients": "lentils"})
    assert again.status_code == 409
    assert "lentils" in again.text
    assert form["request_id"] not in again.text
    assert used(client) == 1


@pytest.mark.parametrize("failure", [RuntimeError("broken"), InvalidInput([FieldError("ingredients", "No: bleach.")])])
def test_a_failure_gives_the_recipe_back(
    client: CarefulClient, generator: ScriptedGenerator, failure: Exception
) -> None:
    def fail() -> None:
        raise failure

    sign_up(client)
    generator.on_cook = fail
    assert client.post("/generate", data=PANTRY).status_code == getattr(failure, "status", 500)
    assert used(client) == 0


def test_what_the_kitchen_refuses_is_said(client: CarefulClient, generator: ScriptedGenerator) -> None:
    def refuse() -> None:
        raise InvalidInput([FieldError("ingredients", "Bleach is not food.")])

    generator.on_cook = refuse
    answer = client.post("/generate", data={"ingredients": "bleach"})
    assert answer.status_code == 422
    assert 'id="e-ingredients">Bleach is not food.' in answer.text


def test_guests_meet_their_limit_kindly(client: CarefulClient, clock: Clock) -> None:
    for _ in range(3):
        assert client.post("/generate", data=PANTRY).status_code == 303
    over = client.post("/generate", data=PANTRY)
    assert over.status_code == 429
    assert "22 November 2026" in over.text
    assert over.headers["Retry-After"] == "43200"
    clock.pass_by(days=1)
    assert client.post("/generate", data=PANTRY).status_code == 303


def test_a_month_holds_what_the_plan_says(client: CarefulClient, clock: Clock) -> None:
    sign_up(client)
    statuses = [client.post("/generate", data=PANTRY).status_code for _ in range(11)]
    assert statuses == [303] * 10 + [429]
    clock.time = datetime(2026, 12, 1, tzinfo=UTC)
    assert client.post("/generate", data=PANTRY).status_code == 303


def test_no_allowance_means_none_at_all(make_app: MakeApp) -> None:
    closed = make_app(guest_recipes=0)
    generator = script(closed)
    assert closed.test_client().post("/generate", data=PANTRY).status_code == 429
    assert generator.wishes == []


def test_counting_is_by_when_it_began(client: CarefulClient, generator: ScriptedGenerator, clock: Clock) -> None:
    def take_until_december() -> None:
        clock.time = datetime(2026, 12, 1, 0, 0, 5, tzinfo=UTC)

    clock.time = datetime(2026, 11, 30, 23, 59, 59, 900_000, tzinfo=UTC)
    sign_up(client)
    generator.on_cook = take_until_december
    client.post("/generate", data=PANTRY)
    assert client.get("/api/v1/usage/2026-11").get_json()["recipes_generated"] == 1
    assert used(client) == 0


def test_two_at_once_cook_once(
    client: CarefulClient, generator: ScriptedGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []

    def send_again() -> None:
        wish = {"ingredients": ["rice", "eggs"], "request_id": form["request_id"]}
        statuses.append(other.post("/generate", data=form).status_code)
        statuses.append(other.post("/api/v1/generate", json=wish).status_code)

    sign_up(client)
    other, form = tab(client), {**PANTRY, "request_id": str(uuid4())}
    monkeypatch.setattr(generating, "WAIT_S", 0)
    generator.on_cook = send_again
    assert client.post("/generate", data=form).status_code == 303
    assert (statuses, used(client)) == ([303, 503], 1)


def test_an_overdue_generation_counts_nothing(
    client: CarefulClient, generator: ScriptedGenerator, clock: Clock
) -> None:
    sign_up(client)
    generator.on_cook = lambda: clock.pass_by(seconds=61)
    assert client.post("/generate", data=PANTRY).status_code == 503
    assert used(client) == 0


def test_no_generator_outvotes_the_checker(client: CarefulClient) -> None:
    sign_up(client)
    answer = client.post("/generate", data={"ingredients": "rice, peanut butter", "allergies": "peanuts"})
    assert answer.status_code == 422
    assert "No recipe passed our own check" in answer.text
    assert used(client) == 0


def test_a_lost_result_counts_nothing(client: CarefulClient, break_storage: Break) -> None:
    sign_up(client)
    break_storage("finish_draft")
    answer = client.post("/generate", data=PANTRY)
    assert answer.status_code == 503
    assert used(client) == 0


def test_an_unreturned_allowance_ends_with_its_lease(
    client: CarefulClient, generator: ScriptedGenerator, break_storage: Break, clock: Clock
) -> None:
    def refuse() -> None:
        raise InvalidInput([FieldError("ingredients", "Bleach is not food.")])

    sign_up(client)
    generator.on_cook = refuse
    break_storage("release_draft")
    assert client.post("/generate", data=PANTRY).status_code == 422
    clock.pass_by(seconds=61)
    assert used(client) == 0


def test_a_seed_is_put_in(client: CarefulClient, generator: ScriptedGenerator) -> None:
    client.post("/generate", data=PANTRY)
    client.post("/generate", data={**PANTRY, "seed": "7"})
    assert generator.wishes[0].seed is not None
    assert generator.wishes[1].seed == 7


def test_allergies_of_the_profile_always_count(client: CarefulClient, generator: ScriptedGenerator) -> None:
    sign_up(client)
    profile = {"name": "Ada", "allergies": ["peanuts", "milk"], "diets": "vegetarian", "version": "1"}
    assert client.post("/account", data=profile).status_code == 303
    client.post("/generate", data={"ingredients": "rice", "allergies": "eggs"})
    client.post("/api/v1/generate", json={"ingredients": ["rice"], "allergies": []})
    client.post("/generate", data={**PANTRY, "allergies": "milk"})
    kept = [set(wish.allergies) for wish in generator.wishes]
    assert kept == [{"eggs", "milk", "peanuts"}, {"milk", "peanuts"}, {"milk"}]


def test_the_form_shows_the_profile(client: CarefulClient) -> None:
    sign_up(client)
    client.post("/account", data={"name": "Ada", "allergies": "peanuts", "exclude": "coriander", "version": "1"})
    page = client.get("/").text
    assert 'name="allergies" value="peanuts" checked' in page
    assert 'value="coriander"' in page
    assert 'name="allergies_shown" value="1"' in page


def test_the_form_can_be_sent_as_it_is(client: CarefulClient, generator: ScriptedGenerator) -> None:
    sign_up(client)
    client.post("/account", data={"name": "Ada", "allergies": "peanuts", "units": "us", "version": "1"})
    form = form_in(client.get("/").text, "/generate") | {"ingredients": ["rice"]}
    assert client.post("/generate", data=form).status_code == 303
    assert (generator.wishes[0].allergies, generator.wishes[0].units) == (("peanuts",), "us")


def test_what_is_left_is_shown(client: CarefulClient) -> None:
    assert "no account needed" in client.get("/").text
    client.post("/generate", data=PANTRY)
    assert "<b>2 of 3</b> recipes left today" in client.get("/").text


def test_guests_are_limited_by_address(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooking, "GUEST_RECIPES_AN_HOUR", 2)
    app = make_app(rates=True)
    script(app)
    answers = [app.test_client().post("/generate", data=PANTRY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "rice, eggs</textarea>" in answers[2].text
    assert answers[2].headers["Retry-After"] == "3600"


def test_twenty_clicks_cook_once(client: CarefulClient, generator: ScriptedGenerator) -> None:
    sign_up(client)
    generator.on_cook = lambda: sleep(0.1)
    form = {**PANTRY, "request_id": str(uuid4())}
    answers = at_once(client, [form] * 20)
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, f"/drafts/{form['request_id']}")}
    assert (len(generator.wishes), used(client)) == (1, 1)


def test_twenty_wishes_never_pass_the_limit(client: CarefulClient) -> None:
    sign_up(client)
    statuses = [answer.status_code for answer in at_once(client, [PANTRY] * 20)]
    assert sorted(statuses) == [303] * 10 + [429] * 10
    assert used(client) == 10


def at_once(client: CarefulClient, forms: list[dict[str, str]]) -> list[TestResponse]:
    """Send each from a tab of its own, all at the same time."""
    tabs = [tab(client) for _ in forms]
    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(lambda each, form: each.post("/generate", data=form), tabs, forms))
