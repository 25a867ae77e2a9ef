"""Somebody looks for a recipe: as they type, with filters, by keyboard, and without script."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.browser.pages import LOOKS, Visitor

Visit = Callable[..., Visitor]
DISHES: tuple[dict[str, object], ...] = (
    {"title": "Crème brûlée", "ingredients": ["500 ml double cream", "5 egg yolks"], "category": "dessert"},
    {"title": "Tomato soup", "ingredients": ["tomatoes", "onion"], "tags": ["quick"], "total_minutes": 25},
    {"title": "Lentil stew", "ingredients": ["red lentils", "onion"], "instructions": ["Add cinnamon."]},
)


def box(visitor: Visitor) -> Visitor:
    """A visitor with an account and three recipes."""
    visitor.sign_up(f"search-{uuid4()}@example.org")
    for dish in DISHES:
        headers = {"Origin": "/".join(visitor.page.url.split("/")[:3])}
        assert visitor.page.request.post("/api/v1/recipes", data=dish, headers=headers).ok
    return visitor


def titles(page: Page) -> list[str]:
    return page.locator(".card h2").all_inner_texts()


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_of_a_search_are_sound(visit: Visit, look: dict[str, object]) -> None:
    visitor = box(visit(**look))
    for path in (
        "/recipes?filters=1",
        "/recipes?q=lentl+cinnamon",
        "/recipes?q=onion&free_of=milk&max_minutes=30&have=onion,+tomato&missing=1",
        "/recipes?q=stew&category=dessert",
        "/recipes?q=xyzzy",
        "/recipes?limit=1&q=onion",
    ):
        visitor.open(path)
    visitor.open(f"/recipes?have={'x' * 81}", status=422)


def test_the_list_follows_as_one_types(visit: Visit) -> None:
    visitor = box(visit()).open("/recipes")
    page = visitor.page
    field = page.get_by_label("Search", exact=True)
    field.press_sequentially("tomatoe soop", delay=20)
    expect(page.locator(".card h2")).to_have_text(["Tomato soup"])
    expect(page.locator(".card mark").first).to_have_text("Tomato")
    expect(page.locator("#status")).to_contain_text("1 recipe")
    expect(field).to_be_focused()
    expect(field).to_have_value("tomatoe soop")
    page.wait_for_url("**/recipes?q=tomatoe+soop")
    page.locator(".card a").first.click()
    page.go_back()
    expect(page.locator(".card h2")).to_have_text(["Tomato soup"])
    expect(field).to_have_value("tomatoe soop")
    field.fill("")
    expect(page.locator(".card h2")).to_have_count(3)
    page.wait_for_url("**/recipes")
    visitor.look()


def test_filters_open_in_place_and_count_along(visit: Visit) -> None:
    visitor = box(visit()).open("/recipes")
    page = visitor.page
    page.get_by_role("link", name="Filters").click()
    filters = page.locator(".filter-more")
    expect(filters.locator("summary")).to_be_focused()
    filters.get_by_label("Kind of meal").select_option(label="Dinner (2)")
    expect(page.locator(".card h2")).to_have_text(["Lentil stew", "Tomato soup"])
    expect(filters.get_by_label("Time").locator("option")).to_have_text(
        ["All", "Up to 30 min (1)", *(f"Up to {n} min (1)" for n in (45, 60, 90))]
    )
    filters.get_by_label("What I have").fill("lentils, onions")
    expect(page.locator(".card h2")).to_have_text(["Lentil stew"])
    filters.get_by_label("May be missing").select_option("1")
    expect(page.locator(".card-hit").last).to_have_text("You would need tomatoes")
    page.get_by_role("link", name="Remove Dinner").click()
    page.wait_for_load_state("load")
    expect(page.locator(".card h2")).to_have_text(["Lentil stew", "Tomato soup"])
    visitor.look()


def test_a_search_by_keyboard_alone(visit: Visit) -> None:
    hands = Hands(box(visit()).open("/recipes"))
    hands.type("Search", "creme brule")
    expect(hands.page.locator(".card h2")).to_have_text(["Crème brûlée"])
    hands.link("Crème brûlée")
    assert hands.title == "Crème brûlée"


def test_a_search_without_script(visit: Visit) -> None:
    visitor = box(visit(java_script_enabled=False)).open("/recipes")
    page = visitor.page
    page.get_by_role("link", name="Filters").click()
    page.get_by_label("Diet").select_option(index=1)
    page.get_by_label("What I have").fill("onion, tomatoes")
    page.get_by_label("Search", exact=True).fill("sopu")
    visitor.press("Search")
    assert titles(page) == ["Tomato soup"]
    page.get_by_role("link", name="Remove With onion, tomatoes").click()
    assert "have=" not in page.url
