"""Versions of a recipe, one's own notes on it, and the sheet for paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.client import CarefulClient
from tests.web.conftest import sign_up

RECIPE = {
    "title": "Traybake",
    "servings": 4,
    "ingredients": ["200 g flour", "4 eggs", "2 tsp glimmerdust", "salt"],
    "instructions": ["Pour into a 20 cm round cake tin.", "Bake for 30 minutes."],
    "notes": "Gran's.",
}


@pytest.fixture
def address(client: CarefulClient) -> str:
    sign_up(client)
    made = client.post("/api/v1/recipes", json=RECIPE).get_json()
    return f"/recipes/{made['id']}"


def stored(client: CarefulClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1{address}").get_json()
    return found


def edit(client: CarefulClient, address: str, **changes: object) -> None:
    version = stored(client, address)["version"]
    answer = client.patch(f"/api/v1{address}", json=changes, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.text


def test_history_marks_what_each_edit_changed(client: CarefulClient, address: str) -> None:
    edit(client, address, ingredients=["200 g flour", "3 eggs"])
    edit(client, address, notes="Mine.")
    page = client.get(f"{address}/history").text
    assert [f'id="version-{version}"' in page for version in (1, 2, 3, 4)] == [True, True, True, False]
    assert "<del>4</del>" in page
    assert "<ins>3</ins>" in page
    assert "Only what is beside the recipe changed" in page


def test_a_new_recipe_has_one_version(client: CarefulClient, address: str) -> None:
    page = client.get(f"{address}/history").text
    assert "Version 1" in page
    assert "Bring it back" not in page


def test_an_earlier_version_is_shown_and_brought_back(client: CarefulClient, address: str) -> None:
    before = stored(client, address)
    edit(client, address, title="Spoilt", ingredients=["1 brick"])
    assert "4</b> eggs" in client.get(f"{address}/history/1").text
    answer = client.post(f"{address}/history/1/restore")
    assert answer.location == f"{address}?done=brought-back"
    now = stored(client, address)
    assert now == {**before, "version": 3, "updated_at": now["updated_at"]}
    assert client.get(f"{address}/history/2").status_code == 200


@pytest.mark.parametrize("version", ["9", "0", "-1", "x", "1e3", "99999999999999999999"])
def test_versions_that_are_not_kept_are_not_found(client: CarefulClient, address: str, version: str) -> None:
    assert client.get(f"{address}/history/{version}").status_code == 404
    assert client.post(f"{address}/history/{version}/restore").status_code == 404
    assert stored(client, address)["version"] == 1


def test_a_note_is_kept_beside_the_recipe(client: CarefulClient, address: str) -> None:
    answer = client.post(f"{address}/note", data={"rating": "5", "notes": "Less sugar.", "version": "1"})
    assert answer.location == f"{address}?done=noted"
    recipe = stored(client, address)
    assert (recipe["rating"], recipe["notes"], recipe["title"]) == (5, "Less sugar.", "Traybake")
    client.post(f"{address}/note", data={"rating": "", "notes": "", "version": "2"})
    assert (stored(client, address)["rating"], stored(client, address)["notes"]) == (None, "")


def test_a_late_note_overwrites_nothing_and_is_kept(client: CarefulClient, address: str) -> None:
    edit(client, address, notes="Theirs.")
    answer = client.post(f"{address}/note", data={"notes": "Mine <b>.", "version": "1"})
    assert answer.status_code == 409
    assert "Mine &lt;b&gt;." in answer.text
    assert stored(client, address)["notes"] == "Theirs."


def test_a_note_that_cannot_be_kept_says_why(client: CarefulClient, address: str) -> None:
    answer = client.post(f"{address}/note", data={"rating": "6", "notes": "Six stars", "version": "1"})
    assert answer.status_code == 422
    assert "Six stars" in answer.text
    assert stored(client, address)["version"] == 1


def test_the_sheet_has_what_is_chosen(client: CarefulClient, address: str) -> None:
    whole = client.get(f"{address}/print").text
    assert ("is-without-notes" in whole, "is-without-nutrition" in whole) == (False, False)
    bare = client.get(f"{address}/print?chosen=1&nutrition=1&servings=8").text
    assert ("is-without-notes" in bare, "is-without-nutrition" in bare) == (True, False)
    assert "400 g" in bare


def test_scaling_says_what_is_not_linear(client: CarefulClient, address: str) -> None:
    page = client.get(f"{address}?servings=8").text
    assert "about 28 cm" in page
    assert "Baking times do not grow" in page
    assert "Baking times" not in client.get(address).text


def test_nutrition_names_what_it_does_not_know(client: CarefulClient, address: str) -> None:
    page = client.get(address).text
    assert "of 2 of the 3 ingredients; not known, so more than this: glimmerdust" in page
    assert "added to taste: salt" in page
    assert stored(client, address)["nutrition"] is None
