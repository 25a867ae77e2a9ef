"""The recipe box as pages: write, find, open, edit in two tabs, delete and bring back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from flavorbot.model import Plan
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser, sign_up
from tests.web.forms import form_in

TEXT = {
    "title": "Grandma's rice",
    "servings": "4",
    "prep_minutes": "10",
    "cook_minutes": "20",
    "ingredients": "200 g rice, rinsed\r\nFor the top:\r\n1 1/2 tsp salt\r\n1 lime (optional)",
    "instructions": "Boil the rice.\r\nAdd salt.",
    "tags": "quick, family",
    "rating": "5",
}


@pytest.fixture(autouse=True)
def person(client: CarefulClient) -> str:
    return sign_up(client)


@pytest.fixture
def address(client: CarefulClient) -> str:
    """Where a recipe written by hand is."""
    return written(client)


def written(client: CarefulClient, **changes: str) -> str:
    answer = client.post("/recipes", data={**TEXT, **changes})
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


def stored(client: CarefulClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1{address}").get_json()
    return found


def test_lines_become_ingredients(client: CarefulClient, address: str) -> None:
    recipe = stored(client, address)
    rice, salt, lime = recipe["ingredients"]
    assert (rice["quantity"], rice["unit"], rice["name"], rice["note"]) == (200, "g", "rice", "rinsed")
    assert (salt["quantity"], salt["section"]) == (1.5, "For the top")
    assert (lime["name"], lime["optional"]) == ("lime", True)
    assert (recipe["total_minutes"], recipe["tags"]) == (30, ["quick", "family"])
    assert recipe["source"] == {"kind": "manual", "model": None, "url": None}


def test_the_checker_names_diets_and_allergens(client: CarefulClient) -> None:
    recipe = stored(client, written(client, ingredients="2 eggs\n100 ml milk"))
    assert recipe["allergens"] == ["eggs", "milk"]
    assert "vegan" not in recipe["diets"]


def test_one_form_saves_one_recipe(client: CarefulClient) -> None:
    form = {**TEXT, "request_id": str(uuid4())}
    first, second = (client.post("/recipes", data=form) for _ in range(2))
    assert first.location == second.location
    again = client.post("/recipes", data={**form, "title": "Another"})
    assert again.status_code == 409
    assert 'value="Another"' in again.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", " ", "Please fill this in."),
        ("title", "x" * 201, "at most 200 characters"),
        ("ingredients", "Only a heading:", "at least one"),
        ("ingredients", "\n".join(["1 egg"] * 5_000), "at most 100 entries; this has 5000"),
        ("servings", "0", "Use 1 or more"),
        ("prep_minutes", "soon", "a whole number"),
        ("rating", "6", "Use 5 or less"),
        ("image_url", "javascript:alert(1)", "begins with http"),
    ],
)
def test_a_bad_field_keeps_the_text(client: CarefulClient, field: str, value: str, message: str) -> None:
    answer = client.post("/recipes", data={**TEXT, field: value})
    assert answer.status_code == 422
    assert message in answer.text.partition(f'id="e-{field}"')[2].partition("</p>")[0]
    assert "Boil the rice.\nAdd salt.</textarea>" in answer.text
    assert client.get("/api/v1/recipes").get_json()["items"] == []


def test_search_looks_into_all_that_is_written(client: CarefulClient, address: str) -> None:
    lentils = {"ingredients": "200 g lentils", "instructions": "Simmer gently.", "tags": "winter"}
    written(client, title="Lentil soup", category="lunch", **lentils)
    for query, found, missed in (
        ("q=rice", "Grandma", "Lentil"),
        ("q=lime", "Grandma", "Lentil"),
        ("q=simmer", "Lentil", "Grandma"),
        ("tag=winter", "Lentil", "Grandma"),
        ("category=lunch", "Lentil", "Grandma"),
    ):
        page = client.get(f"/recipes?{query}").text
        assert found in page
        assert missed not in page
    assert "Nothing matches that" in client.get("/recipes?q=zzz").text


def test_pages_go_on_where_they_ended(client: CarefulClient) -> None:
    for number in range(5):
        written(client, title=f"Dish {number}")
    first = client.get("/api/v1/recipes?limit=3").get_json()
    rest = client.get("/api/v1/recipes", query_string={"limit": 3, "cursor": first["next_cursor"]}).get_json()
    titles = [item["title"] for item in first["items"] + rest["items"]]
    assert titles == ["Dish 4", "Dish 3", "Dish 2", "Dish 1", "Dish 0"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("query", ["sort=evil", "category=x", "diet=x", "limit=0", "limit=101", "cursor=forged"])
def test_odd_queries_are_refused(client: CarefulClient, query: str) -> None:
    assert client.get(f"/recipes?{query}").status_code in (400, 422)


def test_servings_and_units_change_the_view(client: CarefulClient, address: str) -> None:
    assert "100 g" in client.get(f"{address}?servings=2").text
    assert "200 g" not in client.get(f"{address}?units=us").text.partition("</main>")[0].replace(
        "As written: 200 g", ""
    )
    assert stored(client, address)["servings"] == 4
    assert client.get(f"{address}?servings=0").status_code == 422


def test_an_edit_keeps_what_it_left_alone(client: CarefulClient, address: str) -> None:
    before = stored(client, address)
    form = {**TEXT, "title": "New title", "version": "1"}
    answer = client.post(f"{address}/edit", data=form)
    assert answer.location == f"{address}?done=changed"
    after = stored(client, address)
    assert (after["title"], after["version"]) == ("New title", 2)
    assert after["ingredients"] == before["ingredients"]
    assert after["created_at"] == before["created_at"]


def test_the_edit_form_reads_back_the_same(client: CarefulClient, address: str) -> None:
    page = client.get(f"{address}/edit").text
    assert "200 g rice, rinsed\nFor the top:\n1½ tsp salt\n1 lime (optional)</textarea>" in page
    assert 'name="version" value="1"' in page


def test_two_tabs_never_overwrite_silently(client: CarefulClient, address: str) -> None:
    client.post(f"{address}/edit", data={**TEXT, "title": "Tab one", "version": "1"})
    late = client.post(f"{address}/edit", data={**TEXT, "title": "Tab two", "version": "1"})
    assert late.status_code == 409
    assert "Tab one" in late.text
    assert "Tab two" in late.text
    assert stored(client, address)["title"] == "Tab one"
    kept = client.post(f"{address}/edit", data=form_in(late.text, f"{address}/edit"))
    assert kept.status_code == 303
    assert stored(client, address)["title"] == "Tab two"


def test_opening_and_saving_changes_nothing(client: CarefulClient, address: str) -> None:
    before = stored(client, address)
    client.post(f"{address}/edit", data=form_in(client.get(f"{address}/edit").text, f"{address}/edit"))
    after = stored(client, address)
    assert {**after, "version": 1, "updated_at": before["updated_at"]} == before


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "²"])
def test_an_edit_needs_a_version(client: CarefulClient, address: str, version: str) -> None:
    assert client.post(f"{address}/edit", data={**TEXT, "version": version}).status_code == 409
    assert stored(client, address)["version"] == 1


def test_a_late_edit_revives_nothing(client: CarefulClient, address: str) -> None:
    client.post(f"{address}/delete")
    late = client.post(f"{address}/edit", data={**TEXT, "title": "Typed for an hour", "version": "1"})
    assert late.status_code == 404
    assert "Typed for an hour" in late.text
    assert client.get(address).status_code == 404


def test_deleted_recipes_come_back(client: CarefulClient, address: str) -> None:
    gone = client.post(f"{address}/delete")
    listing = client.get(gone.location).text
    assert "The recipe is deleted." in listing
    assert f'action="{address}/restore"' in listing
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/restore").location == f"{address}?done=restored"
    assert client.get(address).status_code == 200


def test_deleting_twice_finds_nothing(client: CarefulClient, address: str) -> None:
    client.post(f"{address}/delete")
    assert client.post(f"{address}/delete").status_code == 404
    assert client.post(f"{address}/restore").status_code == 303
    assert client.post(f"{address}/restore").status_code == 404


def test_reading_never_changes_anything(client: CarefulClient, address: str) -> None:
    for path in (f"{address}/delete", f"{address}/restore", "/generate", "/logout"):
        assert client.get(path).status_code == 405
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "name", ["x", "01arz3ndektsv4rrffq69g5fav", "RECIPE%23x", "..%2f", "%00", "é" * 26, "A" * 3_000]
)
def test_odd_ids_never_reach_storage(client: CarefulClient, calls: list[str], name: str) -> None:
    calls.clear()
    assert client.get(f"/recipes/{name}").status_code == 404
    assert client.post(f"/recipes/{name}/delete").status_code in (404, 405)
    assert not {"get_recipe", "delete_recipe"} & set(calls)


def test_code_is_shown_as_text_everywhere(client: CarefulClient) -> None:
    attack = "<svg onload=alert(1)>{{7*7}}"
    address = written(client, title=attack, notes=attack, tags=attack, ingredients=f"1 {attack}", instructions=attack)
    for path in (address, f"{address}/edit", "/recipes", f"/recipes?q={attack}&tag={attack}"):
        page = client.get(path).text
        assert "<svg onload" not in page
        assert "&lt;svg onload=alert(1)&gt;{{7*7}}" in page


def test_a_full_box_keeps_what_was_typed(make_app: MakeApp) -> None:
    small = browser(make_app(plans={"free": Plan("free", 10, 50, saved=0)}))
    sign_up(small, "bea@example.com")
    answer = small.post("/recipes", data=TEXT)
    assert answer.status_code == 403
    assert "Grandma&#39;s rice" in answer.text


def test_what_an_ingredient_may_contain_is_told(client: CarefulClient) -> None:
    for lines, told in (
        (["100 ml chicken stock", "100 g rice"], "<strong>May contain cereals with gluten, soya, celery</strong>"),
        (["100 ml chicken stock", "10 g butter"], "<strong>Contains milk</strong>, may contain cereals with gluten"),
        (["100 g rice"], "<strong>None of the 14 EU allergens found</strong>"),
    ):
        recipe = {"title": "Soup", "servings": 2, "ingredients": lines, "instructions": ["Boil it all."]}
        stored = client.post("/api/v1/recipes", json=recipe).get_json()["id"]
        assert told in client.get(f"/recipes/{stored}").text
        assert told in client.get(f"/recipes/{stored}/print").text
