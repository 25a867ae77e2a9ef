"""Collections over JSON: versions, names that are taken, and only what is one's own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.boxes import write
from tests.web.client import CarefulClient
from tests.web.conftest import sign_up

COLLECTIONS = "/api/v1/collections"
NOBODYS = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture
def ids(client: CarefulClient) -> list[str]:
    sign_up(client)
    return [write(client, f"Dish {number}") for number in range(3)]


def make(client: CarefulClient, **body: object) -> dict[str, Any]:
    answer = client.post(COLLECTIONS, json={"name": "Sunday", **body})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.get_json()
    assert answer.headers["Location"] == f"{COLLECTIONS}/{made['id']}"
    assert answer.headers["ETag"] == '"1"'
    return made


def test_what_is_made_is_read_and_listed(client: CarefulClient, ids: list[str]) -> None:
    made = make(client, name="  For   friends ", description="Slow", recipe_ids=[ids[1], NOBODYS, ids[0], ids[1]])
    assert (made["name"], made["description"], made["recipe_ids"]) == ("For friends", "Slow", [ids[1], ids[0]])
    assert client.get(f"{COLLECTIONS}/{made['id']}").get_json() == made
    (listed,) = client.get(COLLECTIONS).get_json()["items"]
    assert (listed["id"], listed["description"], listed["count"]) == (made["id"], "Slow", 2)


def test_a_stale_change_is_refused(client: CarefulClient, ids: list[str]) -> None:
    address = f"{COLLECTIONS}/{make(client)['id']}"
    body = {"name": "Monday", "recipe_ids": ids}
    assert client.put(address, json=body).status_code == 428
    changed = client.put(address, json=body, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert changed.get_json()["recipe_ids"] == ids
    assert client.put(address, json=body, headers={"If-Match": '"1"'}).status_code == 412


def test_a_name_is_taken_once(client: CarefulClient, ids: list[str]) -> None:
    make(client)
    other = make(client, name="Other")
    assert client.post(COLLECTIONS, json={"name": "SUNDAY"}).status_code == 409
    taken = client.put(f"{COLLECTIONS}/{other['id']}", json={"name": "sunday"}, headers={"If-Match": '"1"'})
    assert taken.status_code == 409


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x", "recipe_ids": ["x"]}, {"name": "a\tb"}, {"name": 3}])
def test_what_makes_no_collection_is_named(client: CarefulClient, ids: list[str], body: dict[str, object]) -> None:
    answer = client.post(COLLECTIONS, json=body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]
    assert client.get(COLLECTIONS).get_json()["items"] == []


def test_recipes_go_in_and_out(client: CarefulClient, ids: list[str]) -> None:
    address = f"{COLLECTIONS}/{make(client, recipe_ids=ids[:1])['id']}"
    added = client.post(f"{address}/recipes", json={"recipe_ids": [ids[2], ids[0], NOBODYS]})
    assert added.get_json()["recipe_ids"] == [ids[0], ids[2]]
    assert client.delete(f"{address}/recipes/{ids[0]}").status_code == 204
    assert client.delete(f"{address}/recipes/{ids[0]}").status_code == 404
    assert client.get(address).get_json()["recipe_ids"] == [ids[2]]
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 3
