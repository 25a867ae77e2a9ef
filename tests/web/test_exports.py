"""A recipe as a file, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from flavorbot.exchange import from_jsonld, slug
from tests.web.client import CarefulClient
from tests.web.conftest import sign_up

KINDS = {
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
    "cook": "text/plain; charset=utf-8",
}
TEXT = {
    "title": "Grandma's crème & rice",
    "servings": "4",
    "ingredients": "200 g rice, rinsed\r\nFor the top:\r\n1 1/2 tsp salt",
    "instructions": "Boil the rice for 12 minutes.\r\nAdd the salt.",
    "notes": "<b>Mine</b>",
}


@pytest.fixture
def address(client: CarefulClient) -> str:
    sign_up(client)
    location: str = client.post("/recipes", data=TEXT).location
    return location.partition("?")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_file_with_the_recipes_name(client: CarefulClient, address: str, kind: str) -> None:
    answer = client.get(f"{address}.{kind}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, KINDS[kind])
    assert answer.headers["Content-Disposition"] == f"attachment; filename=grandma-s-creme-rice.{kind}"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_all_of_it_comes_along(client: CarefulClient, address: str) -> None:
    stored = client.get(f"/api/v1{address}").get_json()
    recipe = from_jsonld(json.loads(client.get(f"{address}.jsonld").text))
    assert recipe is not None
    assert (recipe.title, recipe.notes, recipe.servings) == (stored["title"], stored["notes"], 4)
    assert [item.name for item in recipe.ingredients] == [item["name"] for item in stored["ingredients"]]
    assert list(recipe.diets) == stored["diets"]


def test_it_is_as_the_page_shows_it(client: CarefulClient, address: str) -> None:
    page = client.get(f"{address}?servings=8&units=us").text
    assert f'href="{address}.md?servings=8&amp;units=us"' in page
    assert "- 1 tbsp salt" in client.get(f"{address}.md?servings=8&units=us").text
    assert "@salt{1%tbsp}" in client.get(f"{address}.cook?servings=8").text


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_gets_it(address: str, kind: str, visitor: Callable[[], CarefulClient]) -> None:
    other = visitor()
    sign_up(other, "eve@example.com")
    assert other.get(f"{address}.{kind}").status_code == 404
    assert visitor().get(f"{address}.{kind}").location.startswith("/login?next=")


@pytest.mark.parametrize("query", ["servings=0", "servings=many", "units=stone"])
def test_a_bad_address_says_so(client: CarefulClient, address: str, query: str) -> None:
    assert client.get(f"{address}.md?{query}").status_code == 422


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Crème brûlée", "creme-brulee"),
        ("../../etc/passwd", "etc-passwd"),
        ("麻婆豆腐", "recipe"),
        ("a" * 90, "a" * 60),
    ],
)
def test_names_of_files(title: str, name: str) -> None:
    assert slug(title) == name
