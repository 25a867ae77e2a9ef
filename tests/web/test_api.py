"""The recipe box and the generator over JSON: shapes, versions, repeats, and what is refused."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from flavorbot.web.api import cooking
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser, sign_up
from tests.web.scripted import ScriptedGenerator

RICE = {
    "title": "Rice",
    "servings": 2,
    "prep_minutes": 5,
    "ingredients": [{"name": "rice", "quantity": 150, "unit": "g"}, "1 lime, halved"],
    "instructions": ["Boil the rice.", {"text": "Squeeze the lime over it.", "minutes": 1}],
}
RECIPE_KEYS = {
    "id", "title", "description", "category", "cuisine", "servings", "prep_minutes", "cook_minutes", "total_minutes",
    "ingredients", "instructions", "diets", "allergens", "nutrition", "tags", "notes", "rating", "cooked", "image_url",
    "source",
    "created_at", "updated_at", "version",
}  # fmt: skip


@pytest.fixture(autouse=True)
def person(client: CarefulClient, generator: ScriptedGenerator) -> str:
    return sign_up(client)


@pytest.fixture
def address(client: CarefulClient) -> str:
    location = client.post("/api/v1/recipes", json=RICE).location
    assert location
    return location


def fields_of(answer: Any) -> list[str]:  # noqa: ANN401
    """Which fields a problem names."""
    assert answer.mimetype == "application/problem+json"
    return [error["field"] for error in answer.get_json()["errors"]]


def test_a_generated_recipe_has_every_field(client: CarefulClient) -> None:
    answer = client.post("/api/v1/generate", json={"ingredients": ["rice", "eggs"], "servings": 3})
    assert answer.status_code == 200
    assert set(answer.get_json()) == {"draft_id", "recipe", "notices", "usage"}
    assert set(answer.get_json()["recipe"]) == RECIPE_KEYS
    assert answer.get_json()["recipe"]["allergens"] == ["eggs"]
    assert answer.get_json()["notices"] == [{"kind": "unused", "subject": "salt", "message": "No salt was needed."}]
    assert answer.get_json()["usage"]["recipes_generated"] == 1
    assert client.get(f"/api/v1/drafts/{answer.get_json()['draft_id']}").get_json() == answer.get_json()


@pytest.mark.parametrize("key", ["8e03978e-40d5-43e8-bc93-6894a57f9324", "any-text-of-mine"])
def test_a_key_is_cooked_once(client: CarefulClient, generator: ScriptedGenerator, key: str) -> None:
    answers = [
        client.post("/api/v1/generate", json={"ingredients": "rice"}, headers={"Idempotency-Key": key}).get_json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(generator.wishes) == 1
    other = client.post("/api/v1/generate", json={"ingredients": "eggs"}, headers={"Idempotency-Key": key})
    assert other.status_code == 409


def test_the_body_may_carry_the_key(client: CarefulClient) -> None:
    wish = {"ingredients": ["rice"], "request_id": str(uuid4())}
    assert client.post("/api/v1/generate", json=wish).get_json()["draft_id"] == wish["request_id"]


def test_over_the_allowance_is_a_problem(client: CarefulClient) -> None:
    for _ in range(10):
        client.post("/api/v1/generate", json={"ingredients": ["rice"]})
    over = client.post("/api/v1/generate", json={"ingredients": ["rice"]})
    assert over.status_code == 429
    assert over.get_json()["resets_at"] == "2026-12-01T00:00:00Z"
    assert int(over.headers["Retry-After"]) > 0


def test_refining_counts_one_more(client: CarefulClient) -> None:
    draft = client.post("/api/v1/generate", json={"ingredients": ["rice"]}).get_json()
    newer = client.post(f"/api/v1/drafts/{draft['draft_id']}/refine", json={"instruction": "for 6"}).get_json()
    assert newer["recipe"]["title"] == "One-pot rice, for 6"
    assert newer["usage"]["recipes_generated"] == 2
    assert newer["draft_id"] != draft["draft_id"]


def test_events_end_with_the_recipe(client: CarefulClient) -> None:
    answer = client.post("/api/v1/generate", json={"ingredients": ["rice"]}, headers={"Accept": "text/event-stream"})
    assert answer.mimetype == "text/event-stream"
    events = [line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event")]
    assert events == ["progress", "recipe"]
    data = answer.text.rpartition("data: ")[2]
    assert set(json.loads(data)) == {"draft_id", "recipe", "notices", "usage"}


def test_events_tell_what_went_wrong(client: CarefulClient, generator: ScriptedGenerator) -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    generator.on_cook = fail
    answer = client.post("/api/v1/generate", json={"ingredients": ["rice"]}, headers={"Accept": "text/event-stream"})
    assert "event: error" in answer.text
    assert '"status": 500' in answer.text
    assert "secret detail" not in answer.text


def test_a_recipe_is_made_read_and_deleted(client: CarefulClient) -> None:
    made = client.post("/api/v1/recipes", json=RICE)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert set(made.get_json()) == RECIPE_KEYS
    assert made.get_json()["ingredients"][1]["name"] == "lime"
    assert client.get(made.location).get_json() == made.get_json()
    assert client.delete(made.location).status_code == 204
    assert client.delete(made.location).status_code == 404
    assert client.post(f"{made.location}/restore").get_json()["id"] == made.get_json()["id"]


def test_the_list_holds_summaries(client: CarefulClient, address: str) -> None:
    page = client.get("/api/v1/recipes").get_json()
    assert page["next_cursor"] is None
    assert set(page["items"][0]) == RECIPE_KEYS - {
        "description", "prep_minutes", "cook_minutes", "ingredients", "instructions", "nutrition", "notes", "cooked",
        "image_url",
        "source",
    }  # fmt: skip


def test_a_draft_is_saved_by_id(client: CarefulClient) -> None:
    draft = client.post("/api/v1/generate", json={"ingredients": ["rice"]}).get_json()
    saved = client.post("/api/v1/recipes", json={"draft_id": draft["draft_id"]})
    assert saved.status_code == 201
    assert saved.get_json()["title"] == draft["recipe"]["title"]
    assert (
        client.post("/api/v1/recipes", json={"draft_id": draft["draft_id"]}).get_json()["id"] == saved.get_json()["id"]
    )
    assert client.post("/api/v1/recipes", json={"draft_id": str(uuid4())}).status_code == 404


def test_a_repeated_post_makes_one_recipe(client: CarefulClient) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first, second = (client.post("/api/v1/recipes", json=RICE, headers=key).get_json() for _ in range(2))
    assert first["id"] == second["id"]
    assert client.post("/api/v1/recipes", json={**RICE, "title": "No"}, headers=key).status_code == 409


def test_an_unchanged_recipe_is_not_sent_again(client: CarefulClient, address: str) -> None:
    for known in ('"1"', 'W/"1"', '"7", "1"'):
        answer = client.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer.data) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"2"'}).status_code == 200
    assert client.get(address).headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("method", ["put", "patch"])
def test_edits_need_the_current_version(client: CarefulClient, address: str, method: str) -> None:
    edit = getattr(client, method)
    changed = {**RICE, "title": "Newer"}
    assert edit(address, json=changed).status_code == 428
    assert edit(address, json=changed, headers={"If-Match": "nonsense"}).status_code == 400
    for stale in ('"2"', '"abc"', '"1-gzip"'):
        assert edit(address, json=changed, headers={"If-Match": stale}).status_code == 412
    answer = edit(address, json=changed, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.get_json()["version"], answer.headers["ETag"]) == (200, 2, '"2"')
    assert edit(address, json=changed, headers={"If-Match": '"1"'}).status_code == 412


def test_a_patch_changes_what_it_names(client: CarefulClient, address: str) -> None:
    before = client.get(address).get_json()
    change = {"cook_minutes": 20, "cuisine": "Thai", "rating": 4}
    after = client.patch(address, json=change, headers={"If-Match": '"1"'}).get_json()
    assert (after["cook_minutes"], after["total_minutes"], after["cuisine"]) == (20, 25, "Thai")
    same = RECIPE_KEYS - {*change, "total_minutes", "version", "updated_at"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    cleared = client.patch(address, json={"cuisine": None}, headers={"If-Match": '"2"'}).get_json()
    assert (cleared["cuisine"], cleared["rating"]) == (None, 4)


def test_a_put_replaces_everything_else(client: CarefulClient, address: str) -> None:
    client.patch(address, json={"rating": 4}, headers={"If-Match": '"1"'})
    after = client.put(address, json=RICE, headers={"If-Match": '"2"'}).get_json()
    assert after["rating"] is None
    assert after["source"]["kind"] == "manual"


def test_other_servings_are_worked_out(client: CarefulClient, address: str) -> None:
    shown = client.get(f"{address}?servings=4").get_json()
    assert (shown["servings"], shown["ingredients"][0]["quantity"]) == (4, 300)
    assert client.get(f"{address}?units=us").get_json()["ingredients"][0]["unit"] != "g"
    assert client.get(f"{address}?servings=0").status_code == 422


def test_nobody_chooses_what_the_server_sets(client: CarefulClient, person: str) -> None:
    mine = {
        "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "user_id": "someone",
        "version": 9,
        "created_at": "2001-01-01T00:00:00Z",
    }
    claims = {"plan": "pro", "is_admin": True, "diets": ["vegan"], "allergens": ["fish"], "source": {"kind": "model"}}
    made = client.post("/api/v1/recipes", json={**RICE, **mine, **claims}).get_json()
    assert made["id"] != mine["id"]
    assert (made["version"], made["allergens"], made["source"]["kind"]) == (1, [], "manual")
    assert made["created_at"].startswith("2026-11-21")
    assert client.get("/api/v1/me").get_json()["user"]["plan"] == "free"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", 7),
        ("title", ["x"]),
        ("servings", "2"),
        ("servings", True),
        ("servings", 2.5),
        ("ingredients", {}),
        ("ingredients", [None]),
        ("ingredients", [{"name": "rice", "quantity": "1"}]),
        ("ingredients", [{"name": "rice", "quantity": -1}]),
        ("ingredients", ["rice"] * 101),
        ("instructions", [7]),
        ("tags", [{}]),
        ("rating", 6),
        ("image_url", "javascript:alert(1)"),
        ("notes", "x" * 5_001),
    ],
)
def test_wrong_types_are_named(client: CarefulClient, field: str, value: object) -> None:
    answer = client.post("/api/v1/recipes", json={**RICE, field: value})
    assert answer.status_code == 422
    assert fields_of(answer) == [field]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"servings": NaN}', b'{"servings": 1e999999999}', b"[" * 100_000, b"9" * 5_000]
)
def test_unreadable_json_is_refused(client: CarefulClient, body: bytes) -> None:
    answer = client.post("/api/v1/generate", data=body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("body", [[], "text", 7, None, True])
def test_a_body_must_be_an_object(client: CarefulClient, body: object) -> None:
    for path in ("/api/v1/generate", "/api/v1/recipes", "/api/v1/check"):
        answer = client.post(path, data=json.dumps(body), content_type="application/json")
        assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(client: CarefulClient, kind: str) -> None:
    answer = client.post("/api/v1/generate", data='{"ingredients": ["rice"]}', content_type=kind)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "query", ["sort=evil", "sort=newest&sort=title", "limit=0", "limit=101", "limit=x", "cursor=x", "q=%00", "diet=x"]
)
def test_odd_queries_are_refused(client: CarefulClient, query: str) -> None:
    assert client.get(f"/api/v1/recipes?{query}").status_code in (400, 422)


def test_blank_parameters_mean_all(client: CarefulClient, address: str) -> None:
    assert len(client.get("/api/v1/recipes?q=&category=&diet=&tag=&sort=&limit=&cursor=").get_json()["items"]) == 1


@pytest.mark.parametrize("key", ["", "two words", "é", "x" * 201])
def test_odd_keys_are_refused(client: CarefulClient, key: str) -> None:
    headers = {"Idempotency-Key": key.encode().decode("latin-1")}
    assert client.post("/api/v1/recipes", json=RICE, headers=headers).status_code == 400


def test_checking_needs_no_account(client: CarefulClient) -> None:
    client.post("/api/v1/auth/logout")
    answer = client.post("/api/v1/check", json={"ingredients": ["200 ml milk", "zorgle"], "allergies": ["milk"]})
    assert set(answer.get_json()) == {"lines", "findings", "diets", "contains"}
    milk, unknown = answer.get_json()["lines"]
    assert (milk["contains"], milk["vegan"]) == (["milk"], False)
    assert (unknown["recognised"], unknown["vegan"]) == (False, None)
    assert any(finding["line"] == 0 and finding["severity"] == "error" for finding in answer.get_json()["findings"])


@pytest.mark.parametrize("lines", [[], ["egg"] * 101, ["x" * 301], [" "], [7], "egg"])
def test_checks_have_limits(client: CarefulClient, lines: object) -> None:
    assert fields_of(client.post("/api/v1/check", json={"ingredients": lines})) == ["ingredients"]


def test_checks_are_limited_by_address(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooking, "CHECKS_A_MINUTE", 2)
    stranger = browser(make_app(rates=True))
    answers = [stranger.post("/api/v1/check", json={"ingredients": ["egg"]}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].get_json()["resets_at"] == "2026-11-21T12:01:00Z"
