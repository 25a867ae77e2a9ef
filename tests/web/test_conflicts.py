"""Two edits of one recipe that meet: put together, with a choice where both changed the same."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.web.client import CarefulClient
from tests.web.conftest import sign_up
from tests.web.forms import form_in

TEXT = {
    "title": "Tomato rice",
    "servings": "4",
    "category": "dinner",
    "ingredients": "200 g rice\n1 onion\nsalt",
    "instructions": "Boil the rice.\nFry the onion.\nServe.",
    "notes": "From Ada",
    "tags": "quick, rice",
}


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture
def edit(client: CarefulClient) -> str:
    """Where a recipe is edited."""
    sign_up(client)
    return f"{client.post('/recipes', data=TEXT).location.partition('?')[0]}/edit"


def meet(client: CarefulClient, edit: str, theirs: dict[str, str], mine: dict[str, str]) -> str:
    """The page that someone sees whose edit came later."""
    assert client.post(edit, data={**TEXT, "version": "1", **theirs}).status_code == 303
    late = client.post(edit, data={**TEXT, "version": "1", **mine})
    assert late.status_code == 409
    return late.text


def save(client: CarefulClient, edit: str, form: dict[str, list[str]]) -> dict[str, Any]:
    assert client.post(edit, data=form).status_code == 303
    recipe: dict[str, Any] = client.get(f"/api/v1{edit.removesuffix('/edit')}").get_json()
    return recipe


def texts(recipe: dict[str, Any]) -> tuple[list[str], list[str]]:
    return [each["name"] for each in recipe["ingredients"]], [each["text"] for each in recipe["instructions"]]


def test_changes_in_different_places_are_put_together(client: CarefulClient, edit: str) -> None:
    theirs = {"servings": "6", "ingredients": "300 g rice\n1 onion\nsalt", "tags": "rice, red"}
    mine = {
        "category": "lunch",
        "ingredients": "200 g rice\n1 onion\nsalt\n1 lime",
        "instructions": "Boil the rice.\nServe.",
        "tags": "quick, rice, cold",
    }
    page = meet(client, edit, theirs, mine)
    assert "your choice" not in page
    recipe = save(client, edit, form_in(page, edit))
    assert texts(recipe) == (["rice", "onion", "salt", "lime"], ["Boil the rice.", "Serve."])
    assert recipe["ingredients"][0]["quantity"] == 300
    assert (recipe["servings"], recipe["category"], recipe["version"]) == (6, "lunch", 3)
    assert sorted(recipe["tags"]) == ["cold", "red", "rice"]


def test_what_both_changed_is_chosen(client: CarefulClient, edit: str) -> None:
    page = meet(
        client,
        edit,
        {"title": "Red rice", "ingredients": "200 g rice\n2 onions\nsalt", "notes": "From Bea"},
        {"title": "Rice in red", "ingredients": "200 g rice\n3 shallots\nsalt", "notes": "From Cid"},
    )
    assert "<strong>3 need your choice.</strong>" in page
    form = form_in(page, edit)
    assert (form["title.0"], form["ingredients.1"], form["notes.0"]) == (["Rice in red"], ["3 shallots"], ["From Cid"])
    form |= {"title.0": ["Red rice"], "ingredients.1": ["3 shallots\r\n2 onions"]}
    recipe = save(client, edit, form)
    assert (recipe["title"], recipe["notes"]) == ("Red rice", "From Cid")
    assert texts(recipe)[0] == ["rice", "shallots", "onions", "salt"]


def test_differences_are_marked(client: CarefulClient, edit: str) -> None:
    page = meet(client, edit, {"instructions": "Boil the rice.\nFry the onion gently.\nServe."}, {"notes": ""})
    assert "<ins>gently</ins>" in page
    assert "<del>From Ada</del>" in page


def test_a_merge_meets_the_next_edit_again(client: CarefulClient, edit: str) -> None:
    form = form_in(meet(client, edit, {"title": "Red rice"}, {"notes": "Good cold"}), edit)
    client.post(edit, data={**TEXT, "title": "Red rice", "servings": "8", "version": "2"})
    again = client.post(edit, data=form)
    assert again.status_code == 409
    recipe = save(client, edit, form_in(again.text, edit))
    assert (recipe["title"], recipe["notes"], recipe["servings"]) == ("Red rice", "Good cold", 8)


def test_without_the_version_before_nothing_is_lost(client: CarefulClient, edit: str) -> None:
    late = client.post(edit, data={**TEXT, "ingredients": "200 g rice\nsalt\n1 lime", "title": "Mine", "version": "9"})
    assert "no longer known" in late.text
    recipe = save(client, edit, form_in(late.text, edit))
    assert texts(recipe)[0] == ["rice", "onion", "salt", "lime"]
    assert recipe["title"] == "Mine"


def test_lists_pasted_without_script_lose_their_marks(client: CarefulClient, edit: str) -> None:
    pasted = {"ingredients": "• 2.5 kg rice\n☐ 1 onion", "instructions": "1. Boil.\n2. Serve.", "version": "1"}
    recipe = save(client, edit, {name: [text] for name, text in {**TEXT, **pasted}.items()})
    assert texts(recipe) == (["rice", "onion"], ["Boil.", "Serve."])
    assert recipe["ingredients"][0]["quantity"] == 2.5


def test_a_method_in_one_paragraph_stays_one_step(client: CarefulClient, edit: str) -> None:
    method = "Boil the rice. Fry the onion. Serve."
    recipe = save(
        client, edit, {name: [text] for name, text in {**TEXT, "instructions": method, "version": "1"}.items()}
    )
    assert texts(recipe)[1] == [method]


def test_an_error_names_the_line_it_is_about(client: CarefulClient, edit: str) -> None:
    lines = "For the pot:\n\n200 g rice\n" + "x" * 301
    answer = client.post(edit, data={**TEXT, "ingredients": lines, "version": "1"})
    assert answer.status_code == 422
    assert "Line 3, “xxxx" in answer.text.partition('id="e-ingredients"')[2]
    assert 'data-wrong-line="3"' in answer.text
    assert lines in answer.text


def test_an_edit_of_a_deleted_recipe_is_kept_for_a_new_one(client: CarefulClient, edit: str) -> None:
    client.post(edit.replace("/edit", "/delete"))
    late = client.post(edit, data={**TEXT, "notes": "Mine", "version": "1"})
    assert late.status_code == 404
    made = client.post("/recipes", data=form_in(late.text, "/recipes")).location.partition("?")[0]
    assert client.get(f"/api/v1{made}").get_json()["notes"] == "Mine"
    assert client.get(edit).status_code == 404


def test_an_edit_opened_before_a_meal_was_logged_goes_on_from_it(client: CarefulClient, edit: str) -> None:
    cooked = {"on": "2026-11-20", "rating": "5"}
    assert client.post(edit.replace("/edit", "/cooked"), data=cooked).status_code == 303
    late = client.post(edit, data={**TEXT, "version": "1", "title": "Red rice"})
    assert late.status_code == 409
    form = form_in(late.text, edit)
    assert not [name for name in form if name.startswith("choose")]
    recipe = save(client, edit, form)
    assert (recipe["title"], recipe["rating"]) == ("Red rice", 5)
    assert [each["on"] for each in recipe["cooked"]] == ["2026-11-20"]
