"""Collections, tags and ticked recipes in a real browser: by mouse, by keyboard, and without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest

from tests.browser.hands import Hands
from tests.browser.pages import LOOKS, Visitor
from tests.server import serving

Visit = Callable[..., Visitor]


def with_box(visitor: Visitor, count: int) -> Hands:
    """Somebody new, with some recipes."""
    hands = Hands(visitor.sign_up(f"collect-{uuid4()}@example.org"))
    for number in range(count):
        recipe: dict[str, object] = {
            "title": f"Dish {number}",
            "ingredients": ["1 egg"],
            "instructions": ["Boil it."],
            "tags": ["old"],
        }
        hands.send("POST", "/recipes", recipe)
    return hands


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_of_a_collector_are_sound(visit: Visit, look: dict[str, object]) -> None:
    hands = with_box(visit(**look), 4)
    visitor = hands.visitor.open("/collections").open("/tags").open("/tags/edit?tag=old").open("/tags/edit?tag=none")
    items = hands.page.request.get("/api/v1/recipes").json()["items"]
    ids = [item["id"] for item in items]
    shelf: dict[str, object] = {"name": "Sunday lunch", "description": "Slow things.", "recipe_ids": ids[:3]}
    hands.send("POST", "/collections", shelf)
    collection = "/collections/" + hands.page.request.get("/api/v1/collections").json()["items"][0]["id"]
    for path in (
        "/recipes?select=page",
        "/collections",
        collection,
        f"{collection}?select=page",
        f"{collection}/edit",
        f"/recipes/{ids[0]}/collections",
        f"/recipes/bulk/collections?ids={'.'.join(ids)}",
        f"/recipes/bulk?did=bin&ids={ids[0]}&missing=x&full={ids[1]}",
        f"/recipes/bulk?did=tag&value=new&ids={'.'.join(ids)}",
        f"/tags?old=old&new=new&changed=3&missed=1&changing={ids[0]}",
    ):
        visitor.open(path)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_recipes_are_collected_tagged_and_binned_by_keyboard(visit: Visit, script: bool) -> None:
    collect(with_box(visit(keys=True, java_script_enabled=script), 3))


def test_the_same_on_dynamodb_local(visit: Visit, tmp_path: Path, dynamodb_local: str) -> None:
    table = {"DYNAMODB_TABLE_NAME": "collecting", "DYNAMODB_ENDPOINT": dynamodb_local}
    with serving(tmp_path / "data", FLAVORBOT_RATES="off", **table) as address:
        collect(with_box(visit(address), 3))


def collect(hands: Hands) -> None:
    """Three recipes: two into a collection, one tagged, all retagged, one into the bin and back."""
    hands.link("My recipes").tick("Select Dish 0").tick("Select Dish 2").button("Add to a collection")
    hands.type("A new collection", "Sunday lunch").button("Add")
    assert hands.title == "2 recipes are in the collection"
    hands.link("Back to the recipes").link("Collections").link("Sunday lunch")
    before = hands.page.locator(".card h2").all_inner_texts()
    hands.enter(hands.page.get_by_role("button", name="Move down").first)
    assert hands.page.locator(".card h2").all_inner_texts() == before[::-1]
    hands.link("Edit").type("Name", "Monday").type("What it is about", "Quick").button("Save")
    assert hands.title == "Monday"
    hands.link("My recipes").tick("Select Dish 1").unfold("Change or download")
    hands.type("Tag", "new").enter(hands.field("Tag"))
    assert hands.title == "1 recipe has the tag “new”"
    hands.link("Back to the recipes").link("Tags").link("Change old").type("New name", "new").button("Rename")
    hands.page.get_by_text("“old” is “new” in 3 recipes now.").wait_for()
    hands.link("My recipes").tick("Select Dish 1").button("Move to the bin").button("Undo")
    assert hands.title == "1 recipe is back in your box"


def test_the_bar_follows_what_is_ticked(visit: Visit) -> None:
    hands = with_box(visit(viewport={"width": 390, "height": 844}), 12)
    page = hands.page
    page.goto("/recipes")
    bar = page.locator(".bulk")
    assert not bar.is_visible()
    page.get_by_role("checkbox", name="Select Dish 11").check()
    assert bar.get_by_role("status").inner_text() == "1 selected"
    page.get_by_role("button", name="Select all on this page").click()
    assert bar.get_by_role("status").inner_text() == "12 selected"
    for place in (0, 2_000):
        page.evaluate(f"scrollTo(0, {place})")
        box = bar.bounding_box()
        assert box
        assert 0 <= box["y"] <= 844 - box["height"]
    hands.visitor.look()
    page.get_by_role("button", name="Clear").click()
    assert not bar.is_visible()
    assert page.get_by_role("checkbox", name="Select Dish 11").evaluate("box => box === document.activeElement")


def test_ticked_recipes_are_downloaded_and_the_page_stays(visit: Visit) -> None:
    page = with_box(visit(), 2).page
    page.goto("/recipes")
    page.get_by_role("checkbox", name="Select Dish 1").check()
    page.get_by_text("Change or download").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert ZipFile(waiting.value.path()).namelist() == ["recipes/dish-1.jsonld", "recipes/dish-1.md", "README.txt"]
    page.get_by_role("button", name="Move to the bin").click()
    page.get_by_role("heading", name="1 recipe moved to the bin").wait_for()


def test_a_long_list_goes_on_by_itself(visit: Visit) -> None:
    page = with_box(visit(), 103).page
    page.goto("/recipes")
    page.get_by_role("button", name="Select all on this page").click()
    page.get_by_label("All that are in this list").check()
    assert page.locator(".bulk-count").inner_text() == "The whole list selected"
    page.get_by_role("button", name="Move to the bin").click()
    page.get_by_role("heading", name="103 recipes moved to the bin").wait_for(timeout=60_000)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name="103 recipes are back in your box").wait_for(timeout=60_000)
