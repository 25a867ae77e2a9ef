"""The bin: what was deleted, brought back or deleted for good."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.client import CarefulClient
from tests.web.conftest import Clock, sign_up


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture(autouse=True)
def person(client: CarefulClient) -> str:
    return sign_up(client)


def deleted(client: CarefulClient, title: str) -> str:
    """Where a recipe was that is in the bin now."""
    address: str = client.post("/recipes", data={"title": title, "ingredients": "1 egg"}).location.partition("?")[0]
    client.post(f"{address}/delete")
    return address


def test_the_bin_tells_what_leaves_when(client: CarefulClient, clock: Clock) -> None:
    assert "Nothing in the bin" in client.get("/recipes/bin").text
    deleted(client, "Old soup")
    clock.pass_by(days=2)
    deleted(client, "New soup")
    page = client.get("/recipes/bin").text
    assert page.index("New soup") < page.index("Old soup")
    assert "21 December 2026</time>, in 28 days" in page
    clock.pass_by(days=27, hours=2)
    assert "tomorrow" in client.get("/recipes/bin").text
    clock.pass_by(hours=12)
    assert "today" in client.get("/recipes/bin").text
    clock.pass_by(days=1)
    page = client.get("/recipes/bin").text
    assert "New soup" in page
    assert "Old soup" not in page


def test_a_recipe_comes_back_from_the_bin(client: CarefulClient) -> None:
    address = deleted(client, "Soup")
    assert f'action="{address}/restore"' in client.get("/recipes/bin").text
    client.post(f"{address}/restore")
    assert client.get(address).status_code == 200
    assert "Nothing in the bin" in client.get("/recipes/bin").text


def test_what_is_deleted_for_good_is_gone(client: CarefulClient) -> None:
    address = deleted(client, "Soup")
    answer = client.post(f"{address}/purge")
    assert answer.location == "/recipes/bin?done=purged"
    assert "deleted for good." in client.get(answer.location).text
    assert client.post(f"{address}/restore").status_code == 404
    assert client.post(f"{address}/purge").status_code == 404


def test_only_the_bin_is_deleted_for_good(client: CarefulClient) -> None:
    address = client.post("/recipes", data={"title": "Kept", "ingredients": "1 egg"}).location.partition("?")[0]
    assert client.post(f"{address}/purge").status_code == 404
    deleted(client, "Soup")
    assert client.post("/recipes/bin/empty").location == "/recipes/bin?done=emptied"
    assert client.get(address).status_code == 200
    assert "Nothing in the bin" in client.get("/recipes/bin").text


def test_a_very_full_bin_is_emptied_in_parts(client: CarefulClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flavorbot.recipes.MOST_PURGED", 2)
    for title in ("First soup", "Second soup", "Third soup"):
        deleted(client, title)
    assert client.post("/recipes/bin/empty").location == "/recipes/bin?done=partly-emptied"
    page = client.get("/recipes/bin").text
    assert "Third soup" in page
    assert "Second soup" not in page
    assert client.post("/recipes/bin/empty").location == "/recipes/bin?done=emptied"


def test_the_list_leads_to_the_bin(client: CarefulClient) -> None:
    assert 'href="/recipes/bin"' in client.get("/recipes").text
    deleted(client, "Soup")
    assert 'href="/recipes/bin"' in client.get("/recipes?q=nothing").text


def test_a_full_box_says_why_nothing_comes_back(client: CarefulClient) -> None:
    address = deleted(client, "Old soup")
    for number in range(25):
        client.post("/recipes", data={"title": f"Soup {number}", "ingredients": "1 egg"})
    answer = client.post(f"{address}/restore")
    assert answer.status_code == 403
    assert "25" in answer.text
    assert "Old soup" in client.get("/recipes/bin").text
