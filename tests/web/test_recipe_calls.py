"""What each action on recipes costs in storage calls, beyond reading the session."""

from __future__ import annotations

import pytest

from tests.web.client import CarefulClient
from tests.web.conftest import REGION, TABLE, Clock, MakeApp, browser, sign_up
from tests.web.scripted import script

SESSION = "load_session"
DRAFT = "/drafts/8e03978e-40d5-43e8-bc93-6894a57f9324"
PANTRY = {"ingredients": "rice, eggs"}
TEXT = {"title": "Rice", "ingredients": "200 g rice", "version": "1"}
SHARED = ["get_recipe", "get_share", "create_share"]
COSTS = [
    ("GET", "/", {}, ["list_usage"]),
    ("POST", "/generate", PANTRY, ["reserve_draft", "finish_draft"]),
    ("POST", "/generate", {**PANTRY, "servings": "0"}, ["list_usage"]),
    ("GET", "/drafts/{draft}", {}, ["get_draft", "list_usage"]),
    ("POST", "/drafts/{draft}/refine", {"instruction": "for 6"}, ["get_draft", "reserve_draft", "finish_draft"]),
    (
        "POST",
        "/drafts/{draft}/ask",
        {"question": "for 4"},
        ["get_draft", "get_question", "list_usage", "count_question", "save_session"],
    ),
    (
        "POST",
        "/recipes/{recipe}/ask",
        {"question": "can I freeze it?"},
        ["get_recipe", "get_question", "list_usage", "count_question", "save_session"],
    ),
    ("POST", "/recipes", {"draft_id": "{draft}"}, ["get_draft", "create_recipe"]),
    ("POST", "/recipes", TEXT, ["create_recipe"]),
    ("GET", "/recipes", {}, ["list_recipes"]),
    ("GET", "/recipes/new", {}, []),
    ("GET", "/recipes/{recipe}", {}, ["get_recipe"]),
    ("GET", "/recipes/{recipe}?servings=6&units=us", {}, ["get_recipe"]),
    ("GET", "/recipes/{recipe}/edit", {}, ["get_recipe"]),
    ("POST", "/recipes/{recipe}/edit", TEXT, ["get_recipe", "update_recipe"]),
    ("GET", "/recipes/{recipe}/cook?step=2", {}, ["get_recipe"]),
    ("POST", "/recipes/{recipe}/cooked", {"on": "2026-11-20", "rating": "4"}, ["get_recipe", "update_recipe"]),
    ("POST", "/recipes/{recipe}/cooked/delete", {"on": "2026-11-20"}, ["get_recipe"]),
    ("POST", "/recipes/{recipe}/delete", {}, ["delete_recipe"]),
    ("POST", "/recipes/{recipe}/edit", {**TEXT, "version": "7"}, ["get_recipe", "get_recipe", "get_version"]),
    ("GET", "/recipes/bin", {}, ["list_bin"]),
    ("POST", "/recipes/bin/empty", {}, ["list_bin"]),
    ("POST", "/recipes/{recipe}/purge", {}, ["purge_recipe"]),
    ("GET", "/recipes/x", {}, []),
    ("GET", "/recipes/{recipe}/share", {}, ["get_recipe", "get_share"]),
    ("POST", "/recipes/{recipe}/share", {"days": "7"}, ["get_recipe", "get_share", "create_share"]),
    ("POST", "/recipes/{recipe}/share/send", {"to": "bea@example.org"}, ["get_recipe", "get_share", *SHARED]),
    ("DELETE", "/api/v1/recipes/{recipe}/share", {}, ["get_share"]),
    ("GET", "/collections", {}, ["list_collections"]),
    ("GET", "/collections/{collection}", {}, ["get_collection", "list_recipes"]),
    ("GET", "/recipes/{recipe}/collections", {}, ["get_recipe", "list_collections"]),
    ("POST", "/collections", {"name": "New"}, ["create_collection"]),
    ("GET", "/tags", {}, ["list_recipes"]),
    ("POST", "/recipes/bulk", {"do": "tag", "id": "{recipe}", "tag": "x"}, ["read_recipes", "update_recipe"]),
    ("POST", "/recipes/bulk", {"do": "bin", "id": "{recipe}"}, ["delete_recipe"]),
    ("GET", "/usage", {}, ["list_usage"]),
    ("GET", "/api/v1/recipes", {}, ["list_recipes"]),
    ("GET", "/api/v1/recipes/{recipe}", {}, ["get_recipe"]),
    ("DELETE", "/api/v1/recipes/{recipe}", {}, ["delete_recipe"]),
    ("GET", "/api/v1/usage/2026-10", {}, ["list_usage"]),
]


@pytest.fixture
def dynamodb(aws: None, make_app: MakeApp) -> CarefulClient:
    app = make_app(table_name=TABLE, region=REGION)
    script(app)
    return browser(app)


@pytest.mark.usefixtures("generator")
@pytest.mark.parametrize(("method", "path", "form", "names"), COSTS)
def test_an_action_costs_few_calls(
    client: CarefulClient, calls: list[str], method: str, path: str, form: dict[str, str], names: list[str]
) -> None:
    assert cost(client, calls, method, path, form) == [SESSION, *names]


@pytest.mark.parametrize(("method", "path", "form", "names"), COSTS)
def test_each_is_one_call_on_dynamodb(
    dynamodb: CarefulClient, calls: list[str], method: str, path: str, form: dict[str, str], names: list[str]
) -> None:
    assert len(cost(dynamodb, calls, method, path, form)) == 1 + len(names)


def test_a_search_costs_one_call_once_its_index_is_held(
    dynamodb: CarefulClient, calls: list[str], clock: Clock
) -> None:
    cost(dynamodb, calls, "GET", "/recipes/new", {})
    clock.pass_by(seconds=5)
    calls.clear()
    dynamodb.get("/recipes?q=rice&category=dinner&sort=title")
    assert calls == ["get_item", "get_item", "query"]
    calls.clear()
    dynamodb.get("/recipes?q=rcie&have=rice&missing=1&filters=1")
    assert calls == ["get_item", "get_item"]


def cost(client: CarefulClient, calls: list[str], method: str, path: str, form: dict[str, str]) -> list[str]:
    """The calls of one request of a person who has a draft, a recipe, and a collection of it."""
    sign_up(client)
    draft = client.post("/api/v1/generate", json={"ingredients": ["rice"]}).get_json()["draft_id"]
    recipe = client.post("/api/v1/recipes", json={"title": "Rice", "ingredients": ["rice"]}).get_json()["id"]
    collection = client.post("/api/v1/collections", json={"name": "Own", "recipe_ids": [recipe]}).get_json()["id"]
    calls.clear()
    sent = {name: value.format(draft=draft, recipe=recipe) for name, value in form.items()}
    there = path.format(draft=draft, recipe=recipe, collection=collection)
    answer = client.open(there, method=method, data=sent or None)
    assert answer.status_code < 500
    return list(calls)


@pytest.mark.parametrize(
    "path", ["/", "/recipes", "/usage", "/drafts/8e03978e-40d5-43e8-bc93-6894a57f9324", "/api/v1/openapi.json"]
)
def test_visitors_cost_nothing(client: CarefulClient, calls: list[str], path: str) -> None:
    client.get(path)
    assert calls == []
    assert client.cookie is None


def test_a_check_costs_nothing(client: CarefulClient, calls: list[str]) -> None:
    client.post("/api/v1/check", json={"ingredients": ["2 eggs"]})
    assert calls == []
