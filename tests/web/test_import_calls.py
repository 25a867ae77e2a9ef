"""Bringing recipes in over the API."""

from __future__ import annotations

from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from flavorbot.web.api import imports
from tests.fetching.site import Site, page
from tests.web.client import CarefulClient
from tests.web.test_bringing_in import TEXT, a_file, a_page, jsonld, send, titles

API = "/api/v1/import"


def bring(client: CarefulClient, key: str = "", /, **body: object) -> TestResponse:
    return client.post(API, json=body, headers={"Idempotency-Key": key or str(uuid4())})


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ({"text": TEXT}, "Tomato soup"),
        ({"html": a_page(jsonld("Leek soup")).decode()}, "Leek soup"),
        ({"jsonld": jsonld("Cake")}, "Cake"),
        ({"url": "http://kitchen.example/pie"}, "Pie"),
    ],
    ids=["text", "html", "jsonld", "url"],
)
def test_a_recipe_comes_from_each(ada: CarefulClient, web: Site, body: dict[str, object], title: str) -> None:
    web.answers = [page(a_page(jsonld("Pie")))]
    answer = bring(ada, **body)
    assert answer.status_code == 201, answer.text
    (recipe_id,) = answer.get_json()["imported"]
    assert answer.get_json()["skipped"] == []
    recipe = ada.get(f"/api/v1/recipes/{recipe_id}").get_json()
    assert (recipe["title"], recipe["source"]["kind"]) == (title, "import")


def test_a_file_is_taken_as_a_browser_sends_it(ada: CarefulClient) -> None:
    answer = send(ada, API, file=a_file("two.json", jsonld("Soup"), jsonld("Cake"), {"@type": "Recipe", "name": "?"}))
    assert answer.status_code == 201
    assert len(answer.get_json()["imported"]) == 2
    assert [each["title"] for each in answer.get_json()["skipped"]] == ["?"]


def test_the_same_key_brings_nothing_in_twice(ada: CarefulClient) -> None:
    key = str(uuid4())
    assert bring(ada, key, text=TEXT).get_json() == bring(ada, key, text=TEXT).get_json()
    assert titles(ada) == ["Tomato soup"]
    assert bring(ada, key, text=TEXT + "\nServe.").status_code == 409


def test_what_is_there_already_is_skipped_with_the_reason(ada: CarefulClient) -> None:
    bring(ada, jsonld=[jsonld("Soup")])
    answer = bring(ada, jsonld=[jsonld("Soup"), jsonld("Cake")])
    assert answer.get_json()["skipped"] == [{"title": "Soup", "reason": "It is in your box already."}]


def test_nothing_that_came_in_is_a_refusal_with_reasons(ada: CarefulClient) -> None:
    answer = bring(ada, jsonld={"@type": "Person", "name": "Ada"})
    assert answer.status_code == 422
    problem = answer.get_json()
    assert problem["detail"].startswith("Nothing came in.")
    assert problem["errors"][0]["field"] == "jsonld"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://kitchen.localhost/", "file:///etc/passwd", "gopher://a.example"]
)
def test_what_is_inside_is_not_read(ada: CarefulClient, url: str) -> None:
    answer = bring(ada, url=url)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "url")


@pytest.mark.parametrize(
    "body", [{}, {"url": "a", "text": "b"}, {"url": ""}, {"text": " \n"}, {"jsonld": "x"}, {"a": 1}]
)
def test_exactly_one_way_in_is_asked_for(ada: CarefulClient, body: dict[str, object]) -> None:
    assert bring(ada, **body).status_code == 422
    assert titles(ada) == []


def test_an_upload_without_a_file_is_told(ada: CarefulClient) -> None:
    answer = send(ada, API)
    assert answer.get_json()["errors"] == [{"field": "file", "message": "Send at least one file with its name."}]


def test_a_large_file_goes_on_when_it_is_sent_again(ada: CarefulClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "WITHIN_S", 0.0)
    key, many = str(uuid4()), [jsonld(f"Dish {place}") for place in range(3)]
    first = bring(ada, key, jsonld=many).get_json()
    assert (len(first["imported"]), len(first["skipped"])) == (1, 2)
    assert "Send the same again" in first["skipped"][0]["reason"]
    bring(ada, key, jsonld=many)
    assert len(bring(ada, key, jsonld=many).get_json()["imported"]) == 3
    assert len(titles(ada)) == 3
