"""Collections as pages: made, described, filled, put in order, deleted without their recipes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from flavorbot.interfaces import IStorage
from flavorbot.web import collections
from tests.web.client import CarefulClient
from tests.web.conftest import sign_up
from tests.web.forms import form_in


@pytest.fixture
def box(client: CarefulClient) -> list[str]:
    """The ids of Ada's recipes, in the order they were written."""
    sign_up(client)
    return [write(client, f"Dish {number}") for number in range(1, 5)]


def write(client: CarefulClient, title: str, **fields: object) -> str:
    recipe = {"title": title, "ingredients": ["1 egg"], "instructions": ["Boil it."], **fields}
    made: dict[str, Any] = client.post("/api/v1/recipes", json=recipe).get_json()
    return str(made["id"])


def make(client: CarefulClient, name: str = "Sunday", description: str = "") -> str:
    answer = client.post("/collections", data={"name": name, "description": description})
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


def fill(client: CarefulClient, collection: str, ids: list[str]) -> None:
    data = {"ids": ".".join(ids), "collection": collection.rpartition("/")[2]}
    assert client.post("/recipes/bulk/collections", data=data).status_code == 303


def shown(client: CarefulClient, address: str) -> list[str]:
    """The titles on the page, in its order."""
    return re.findall(r'<h2><a href="/recipes/\w+">([^<]+)</a></h2>', client.get(address).text)


def test_one_is_made_and_described(client: CarefulClient, box: list[str]) -> None:
    assert "No collections yet" in client.get("/collections").text
    collection = make(client, " For   friends ", "What they like\r\nbest")
    page = client.get(collection).text
    assert "<h1>For friends</h1>" in page
    assert "What they like\nbest" in page
    assert "Nothing in it yet" in page
    assert "For friends" in client.get("/collections").text


def test_its_name_and_description_change(client: CarefulClient, box: list[str]) -> None:
    collection = make(client, "Sunday", "Slow")
    fill(client, collection, box[:2])
    sent = form_in(client.get(f"{collection}/edit").text, f"{collection}/edit")
    assert sent == {"name": ["Sunday"], "description": ["Slow"]}
    answer = client.post(f"{collection}/edit", data={"name": "Monday", "description": ""})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "<h1>Monday</h1>" in page
    assert "Slow" not in page
    assert shown(client, collection) == ["Dish 1", "Dish 2"]


@pytest.mark.parametrize(
    ("name", "description", "status"),
    [("", "x", 422), ("x" * 81, "x", 422), ("SUNDAY", "x", 409), ("B", "x" * 501, 422)],
)
def test_what_cannot_be_kept_is_said_beside_what_was_typed(
    client: CarefulClient, box: list[str], name: str, description: str, status: int
) -> None:
    make(client, "Sunday")
    other = make(client, "Other")
    typed = {"name": name, "description": description}
    for address in ("/collections", f"{other}/edit"):
        answer = client.post(address, data=typed)
        assert answer.status_code == status
        assert 'class="field-error"' in answer.text
        assert form_in(answer.text, address) == {field: [value] for field, value in typed.items()}
    assert "<h1>Other</h1>" in client.get(other).text


def test_recipes_move_within_it(client: CarefulClient, box: list[str]) -> None:
    collection = make(client)
    fill(client, collection, box)
    for step, recipe, order in (
        ("down", 0, "2134"),
        ("up", 3, "2143"),
        ("top", 2, "3214"),
        ("up", 2, "3214"),
        ("down", 3, "3214"),
        ("out", 1, "314"),
    ):
        answer = client.post(f"{collection}/move", data={"recipe_id": box[recipe], "step": step})
        assert answer.status_code == 303
        assert shown(client, collection) == [f"Dish {number}" for number in order]
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 4


def test_a_move_of_what_is_not_in_it_is_refused(client: CarefulClient, box: list[str]) -> None:
    collection = make(client)
    fill(client, collection, box[:1])
    assert client.post(f"{collection}/move", data={"recipe_id": box[1], "step": "up"}).status_code == 404
    assert shown(client, collection) == ["Dish 1"]


def test_it_is_shown_in_other_orders_and_by_pages(
    client: CarefulClient, box: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collections, "PAGE", 3)
    collection = make(client)
    fill(client, collection, box)
    assert shown(client, collection) == ["Dish 1", "Dish 2", "Dish 3"]
    assert shown(client, f"{collection}?page=2") == shown(client, f"{collection}?page=9") == ["Dish 4"]
    assert shown(client, f"{collection}?sort=title&page=2") == ["Dish 4"]
    assert "Move up" not in client.get(f"{collection}?sort=title").text
    moved = client.post(f"{collection}/move", data={"recipe_id": box[2], "step": "down"})
    assert "page=2" in moved.location


def test_deleted_recipes_leave_and_come_back(client: CarefulClient, box: list[str]) -> None:
    collection = make(client)
    fill(client, collection, box[:2])
    client.post(f"/recipes/{box[0]}/delete")
    assert shown(client, collection) == ["Dish 2"]
    assert "1 more is in the bin" in client.get(collection).text
    fill(client, collection, box[2:])
    client.post(f"{collection}/move", data={"recipe_id": box[2], "step": "up"})
    assert shown(client, collection) == ["Dish 3", "Dish 2", "Dish 4"]
    client.post(f"/recipes/{box[0]}/restore")
    assert shown(client, collection) == ["Dish 1", "Dish 3", "Dish 2", "Dish 4"]


def test_what_is_deleted_for_good_leaves(client: CarefulClient, box: list[str], storage: IStorage) -> None:
    collection = make(client)
    fill(client, collection, box[:2])
    client.post(f"/recipes/{box[0]}/delete")
    storage.purge_recipe(client.get("/api/v1/me").get_json()["user"]["id"], box[0])
    fill(client, collection, box[2:3])
    assert client.get(f"/api/v1{collection}").get_json()["recipe_ids"] == box[1:3]
    assert "in the bin" not in client.get(collection).text


def test_deleting_it_keeps_the_recipes(client: CarefulClient, box: list[str]) -> None:
    collection = make(client)
    fill(client, collection, box)
    answer = client.post(f"{collection}/delete")
    assert "still in your box" in client.get(answer.location).text
    assert client.get(collection).status_code == 404
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 4


def test_a_recipe_is_put_into_some_and_out_of_others(client: CarefulClient, box: list[str]) -> None:
    first, second = make(client, "First"), make(client, "Second")
    fill(client, first, box[:1])
    address = f"/recipes/{box[0]}/collections"
    sent = form_in(client.get(address).text, address)
    assert sent["collection"] == [first.rpartition("/")[2]]
    sent |= {"collection": [second.rpartition("/")[2]], "name": ["Third"]}
    answer = client.post(address, data=sent)
    assert answer.location == f"/recipes/{box[0]}?done=collected"
    held = {shelf["name"] for shelf in shelves(client) if shelf["count"]}
    assert held == {"Second", "Third"}


def test_a_collection_that_the_page_did_not_show_keeps_the_recipe(client: CarefulClient, box: list[str]) -> None:
    address = f"/recipes/{box[0]}/collections"
    sent = form_in(client.get(address).text, address)
    fill(client, make(client, "Late"), box[:1])
    client.post(address, data=sent)
    assert [shelf["count"] for shelf in shelves(client)] == [1]


def test_two_changes_at_once_are_both_kept(
    client: CarefulClient, box: list[str], storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = make(client)
    update, others = storage.update_collection, [box[1]]

    def late(user_id: str, changed: Any) -> Any:  # noqa: ANN401
        if others:
            fill(client, collection, [others.pop()])
        return update(user_id, changed)

    monkeypatch.setattr(storage, "update_collection", late)
    fill(client, collection, [box[0]])
    assert sorted(shown(client, collection)) == ["Dish 1", "Dish 2"]


def shelves(client: CarefulClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/api/v1/collections").get_json()["items"]
    return items
