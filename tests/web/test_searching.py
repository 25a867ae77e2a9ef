"""The page of a box: words, filters with counts, links that take them away, and what it says when nothing is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.web.client import CarefulClient
from tests.web.conftest import Clock, sign_up

DISHES = (
    {"title": "Crème brûlée", "ingredients": ["double cream", "egg yolks"], "category": "dessert", "rating": 5},
    {"title": "Tomato soup", "ingredients": ["tomatoes", "onion"], "tags": ["Quick"], "total_minutes": 25},
    {
        "title": "Lentil stew",
        "ingredients": ["red lentils", "onion", "carrots"],
        "instructions": ["Add a cinnamon stick."],
        "cuisine": "Türkish",
    },
)


@pytest.fixture(autouse=True)
def person(client: CarefulClient, clock: Clock) -> str:
    user = sign_up(client)
    for dish in DISHES:
        assert client.post("/api/v1/recipes", json=dish).status_code == 201
        clock.pass_by(seconds=1)
    return user


def titles(client: CarefulClient, query: str) -> list[str]:
    page = client.get(f"/recipes?{query}").text
    return [unescape(re.sub("<[^>]+>", "", title)) for title in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)]


def names(client: CarefulClient, query: str) -> list[str]:
    answer = client.get(f"/api/v1/recipes?{query}")
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.get_json()["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Lentil stew", "Tomato soup", "Crème brûlée"]),
        ("q=creme+brulle", ["Crème brûlée"]),
        ("q=cinammon", ["Lentil stew"]),
        ("q=onions&sort=title", ["Lentil stew", "Tomato soup"]),
        ("cuisine=turkish", ["Lentil stew"]),
        ("free_of=milk&free_of=eggs&sort=oldest", ["Tomato soup", "Lentil stew"]),
        ("free_of=milk,eggs&sort=oldest", ["Tomato soup", "Lentil stew"]),
        ("max_minutes=30", ["Tomato soup"]),
        ("rating=4", ["Crème brûlée"]),
        ("have=onion,+carrots&missing=1", ["Lentil stew", "Tomato soup"]),
        ("have=onion,+carrots&missing=0", []),
        ("tag=quick&q=soup", ["Tomato soup"]),
    ],
)
def test_page_and_json_find_the_same(client: CarefulClient, query: str, expected: list[str]) -> None:
    assert titles(client, query) == names(client, query) == expected


def test_filters_show_how_many_there_are(client: CarefulClient) -> None:
    page = client.get("/recipes?filters=1").text
    for option in ("Dessert (1)", "Dinner (2)", "Türkish (1)", "Quick (1)", "Up to 30 min (1)", "Rated 5 (1)"):
        assert f">{option}</option>" in page
    assert "<span>Eggs (2)</span>" in page
    assert ">3 recipes</p>" in page


def test_a_filter_in_use_is_a_link_that_takes_it_away(client: CarefulClient) -> None:
    page = client.get("/recipes?q=onion&diet=vegan&have=onion&missing=3").text
    assert 'href="/recipes?q=onion&amp;have=onion&amp;missing=3"' in page
    assert 'href="/recipes?q=onion&amp;diet=vegan"' in page
    assert re.search(r"With onion, up to 3 missing", page)


def test_matches_are_marked(client: CarefulClient) -> None:
    page = client.get("/recipes?q=brulee+cream").text
    assert "<mark>Crème</mark> <mark>brûlée</mark>" in page
    assert "With double <mark>cream</mark>" in page
    assert "In its steps or notes: <mark>cinnamon</mark>" in client.get("/recipes?q=cinnamon").text


def test_a_mended_word_is_told(client: CarefulClient) -> None:
    assert "“lentli” is not in your box: shown is “lentil”." in client.get("/recipes?q=lentli").text


def test_what_is_missing_is_told(client: CarefulClient) -> None:
    assert "You would need red lentils" in client.get("/recipes?q=stew&have=onion,carrots&missing=1").text


def test_when_nothing_is_found_a_way_out_is_offered(client: CarefulClient) -> None:
    page = client.get("/recipes?q=stew&category=dessert").text
    assert "Nothing matches that" in page
    assert re.search(r'href="/recipes\?q=stew">.*?Dessert.*?</a> 1 recipe<', page)
    assert "No recipe of yours says “xyzzy”" in client.get("/recipes?q=xyzzy").text


def test_what_cannot_be_asked_for_is_told_and_kept(client: CarefulClient) -> None:
    answer = client.get(f"/recipes?q=stew&have={'x' * 81}&missing=2")
    assert answer.status_code == 422
    assert "Use at most 80 characters" in answer.text
    assert f'value="{"x" * 81}"' in answer.text
    assert 'value="stew"' in answer.text


@pytest.mark.parametrize("query", ["free_of=dust", "missing=6", "max_minutes=0", "rating=6", "have=" + "x" * 81])
def test_unknown_filters_are_refused(client: CarefulClient, query: str) -> None:
    assert client.get(f"/api/v1/recipes?{query}").status_code == 422
    assert client.get(f"/recipes?{query}").status_code == 422


def test_pages_of_a_search_keep_what_was_asked(client: CarefulClient) -> None:
    page = client.get("/recipes?q=onion&free_of=milk&free_of=eggs&limit=1").text
    (more,) = re.findall(r'href="([^"]+)">More recipes', page)
    assert "free_of=milk&amp;free_of=eggs" in more
    assert titles(client, unescape(more).partition("?")[2]) == ["Tomato soup"]
    assert client.get(unescape(more).replace("q=onion", "q=stew")).status_code == 400


@pytest.mark.usefixtures("person")
def test_nobody_finds_anothers_recipes(visitor: Callable[[], CarefulClient]) -> None:
    stranger = visitor()
    sign_up(stranger, "ben@example.com")
    for query in ("q=onion", "q=lentli", "have=onion&missing=5", "filters=1", "sort=title"):
        assert titles(stranger, query) == names(stranger, query) == []
    page = stranger.get("/recipes?q=lentli&filters=1").text
    assert "Türkish" not in page
    assert "lentil”" not in page
