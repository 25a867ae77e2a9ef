"""Tags, on both stores: counted, renamed, merged and dropped in every recipe, some at a time."""

from __future__ import annotations

import pytest
from flask import Flask

from flavorbot.web import tags
from flavorbot.web.api import tags as api_tags
from tests.web.boxes import read, write
from tests.web.client import CarefulClient
from tests.web.conftest import browser, sign_up
from tests.web.forms import form_in


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture
def client(client: CarefulClient) -> CarefulClient:
    """Ada, signed in."""
    sign_up(client)
    return client


@pytest.fixture
def by_twos(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (tags, api_tags):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 2)


def counted(client: CarefulClient) -> dict[str, int]:
    return {each["name"]: each["count"] for each in client.get("/api/v1/tags").get_json()["items"]}


def change(client: CarefulClient, old: str, new: str = "", do: str = "rename") -> str:
    """Change a tag as the pages lead on; gives the last page."""
    answer = client.post("/tags/edit", data={"old": old, "new": new, "do": do})
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location).text
    while "Continue" in page:
        answer = client.post("/tags/edit", data=form_in(page, "/tags/edit") | {"do": do})
        page = client.get(answer.location).text
    return page


def test_tags_are_counted_without_case_and_accents(client: CarefulClient) -> None:
    assert "No tags yet" in client.get("/tags").text
    for given in (["Gäste", "quick"], ["Gäste"], ["GASTE"], []):
        write(client, "Dish", tags=given)
    assert counted(client) == {"Gäste": 3, "quick": 1}
    page = client.get("/tags").text
    assert 'href="/recipes?tag=G%C3%A4ste"' in page
    assert "3 recipes" in page
    assert "Gäste" in client.get("/tags/edit?tag=gaste").text


@pytest.mark.usefixtures("by_twos")
def test_a_tag_is_renamed_everywhere(client: CarefulClient) -> None:
    ids = [write(client, f"Dish {number}", tags=["a", "Old", "z"]) for number in range(5)]
    write(client, "Other", tags=["other"])
    first = client.post("/tags/edit", data={"old": "old", "new": "New", "do": "rename"})
    assert "2 recipes done, 3 to go." in client.get(first.location).text
    assert "“old” is “New” in 3 recipes now." in change(client, "old", "New")
    assert [read(client, each)["tags"] for each in ids] == [["a", "New", "z"]] * 5
    assert counted(client) == {"a": 5, "New": 5, "other": 1, "z": 5}


def test_the_name_of_another_tag_makes_one_of_two(client: CarefulClient) -> None:
    both = write(client, "Both", tags=["soup", "x", "stew"])
    one = write(client, "One", tags=["stew"])
    change(client, "stew", "soup")
    assert (read(client, both)["tags"], read(client, one)["tags"]) == (["soup", "x"], ["soup"])


def test_only_the_spelling_can_change(client: CarefulClient) -> None:
    recipe = write(client, "Dish", tags=["gaste"])
    change(client, "gaste", "Gäste")
    assert read(client, recipe)["tags"] == ["Gäste"]


@pytest.mark.usefixtures("by_twos")
def test_a_dropped_tag_leaves_the_recipes(client: CarefulClient) -> None:
    ids = [write(client, "Dish", tags=["old", "kept"]) for _ in range(3)]
    assert "“old” is gone from 3 recipes." in change(client, "old", do="drop")
    assert [read(client, each)["tags"] for each in ids] == [["kept"]] * 3


@pytest.mark.parametrize("new", ["", "  ", "x" * 81, "a\tb"])
def test_a_name_that_is_none_is_refused(client: CarefulClient, new: str) -> None:
    recipe = write(client, "Dish", tags=["old"])
    answer = client.post("/tags/edit", data={"old": "old", "new": new, "do": "rename"})
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text
    assert read(client, recipe)["version"] == 1


def test_what_a_page_is_told_is_shown_as_text(client: CarefulClient) -> None:
    evil = '"><svg onload=alert(1)>'
    write(client, "Dish", tags=[evil])
    told = {"old": evil, "new": evil, "changed": "x", "left": "9", "after": evil, "failed": evil, "missing": evil}
    for query in (told, {"tag": evil}):
        assert "<svg onload" not in client.get("/tags", query_string=query).text
        assert "<svg onload" not in client.get("/tags/edit", query_string=query).text
        assert "<svg onload" not in client.get("/recipes/bulk", query_string=query | {"did": "tag"}).text


def test_a_strangers_tags_are_left_alone(client: CarefulClient) -> None:
    other = browser(client.application)
    sign_up(other, "bea@example.com")
    hers = write(other, "Dish", tags=["old"])
    assert "in 0 recipes" in change(client, "old", "new")
    assert counted(client) == {}
    assert read(other, hers)["tags"] == ["old"]


@pytest.mark.usefixtures("by_twos")
def test_scripts_change_a_tag_step_by_step(client: CarefulClient) -> None:
    for _ in range(3):
        write(client, "Dish", tags=["old"])
    first = client.post("/api/v1/tags/changes", json={"old": "old", "new": "new"}).get_json()
    assert (first["changed"], first["left"], first["failed"]) == (2, 1, [])
    again = {"old": "old", "new": "new", "after": first["after"]}
    second = client.post("/api/v1/tags/changes", json=again).get_json()
    assert (second["changed"], second["left"]) == (1, 0)
    assert counted(client) == {"new": 3}
    assert client.post("/api/v1/tags/changes", json={"old": "new"}).get_json()["changed"] == 2
