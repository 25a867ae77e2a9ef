"""Every page, in light and in dark, without a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.browser.hands import Hands
from tests.browser.pages import LOOKS, Visitor
from tests.server import serving

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_of_a_stranger_are_sound(visit: Visit, look: dict[str, object]) -> None:
    visitor = visit(**look)
    for path in ("/", "/login", "/register", "/login?next=/recipes", "/accessibility"):
        visitor.open(path)
    visitor.open("/nowhere", status=404)
    visitor.ask_for("chicken thighs, rice, red pepper").open(visitor.path)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_of_a_member_are_sound(visit: Visit, look: dict[str, object]) -> None:
    visitor = visit(**look).sign_up(f"pages-{uuid4()}@example.org")
    for path in (
        "/",
        "/recipes",
        "/recipes/new",
        "/recipes/bin",
        "/usage",
        "/account",
        "/account/activity",
        "/account/tokens",
        "/account/confirm",
        "/account/passkeys",
        "/account/identities",
        "/account/second-factor",
        "/account/data",
        "/account/data/delete",
        "/import",
        "/recipes?q=nothing",
    ):
        visitor.open(path)
    visitor.ask_for("chickpeas, spinach, coconut milk").press("Save")
    recipe = visitor.path.split("?")[0]
    for path in (
        recipe,
        f"{recipe}?servings=6&units=us",
        f"{recipe}/edit",
        f"{recipe}/print",
        "/recipes",
        "/recipes?q=chickpea",
    ):
        visitor.open(path)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_of_a_shared_recipe_are_sound(visit: Visit, look: dict[str, object]) -> None:
    visitor = visit(**look).sign_up(f"shares-{uuid4()}@example.org")
    recipe: dict[str, object] = {
        "title": "Peas",
        "description": "Green.",
        "ingredients": ["200 g peas", "50 ml cream"],
        "tags": ["quick"],
    }
    Hands(visitor).send("POST", "/recipes", recipe)
    visitor.page.goto("/recipes")
    share = str(visitor.page.get_by_role("link", name="Peas").first.get_attribute("href")) + "/share"
    visitor.open(share).press("Make a link").open(f"{share}?done=shared")
    link = visitor.page.get_by_label("Whoever has this link").input_value()
    visitor.page.fill("[name=to]", "bea@nowhere")
    visitor.expected_status = 422
    visitor.press("Send")
    assert "“bea@nowhere” is not an e-mail address." in visitor.page.locator("main").inner_text()
    visitor.open(link)
    visit(**look).open(link).open(f"{link}?servings=7&units=us")
    visitor.page.goto(share)
    visitor.press("Take the link back").open(link, status=404)


def test_a_refused_form_is_sound_and_keeps_what_was_typed(visit: Visit) -> None:
    visitor = visit().ask_in_vain("bleach", 422)
    assert "bleach" in visitor.page.locator("textarea[name=ingredients]").input_value()
    assert "bleach" in visitor.page.locator("main").inner_text().lower()
    visitor.look_by_keyboard()


def test_two_edits_of_one_recipe_meet_on_a_page(visit: Visit) -> None:
    visitor = visit().sign_up(f"conflict-{uuid4()}@example.org")
    visitor.ask_for("eggs, potatoes, onion").press("Save")
    edit = visitor.path.split("?")[0] + "/edit"
    visitor.page.goto(edit)
    other = visitor.page.context.new_page()
    other.goto(edit)
    other.fill("[name=title]", "Theirs")
    other.locator("main form button[type=submit]").first.click()
    other.wait_for_url(lambda url: not url.endswith("/edit"))
    visitor.page.fill("[name=title]", "Mine")
    visitor.expected_status = 409
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.page.wait_for_load_state("load")
    visitor.look()
    text = visitor.page.content()
    assert "Theirs" in text
    assert "Mine" in text


def test_the_bin_is_sound(visit: Visit) -> None:
    visitor = visit().sign_up(f"bin-{uuid4()}@example.org")
    visitor.ask_for("salmon, broccoli, lemon").press("Save")
    visitor.page.get_by_text("More", exact=True).click()
    visitor.press("Delete").open("/recipes/bin")
    for question in ("Delete for good", "Empty the bin"):
        visitor.page.locator("summary", has_text=question).click()
    visitor.look()
    visitor.press("Yes, empty it")
    assert "The bin is empty now." in visitor.page.locator("main").inner_text()


def test_a_deleted_recipe_comes_back_with_undo(visit: Visit) -> None:
    visitor = visit().sign_up("undo@example.org")
    visitor.ask_for("salmon, broccoli, lemon").press("Save")
    recipe = visitor.path.split("?")[0]
    visitor.page.get_by_text("More", exact=True).click()
    visitor.press("Delete").press("Undo")
    visitor.open(recipe)


def test_the_page_of_a_spent_allowance_is_sound(visit: Visit, tmp_path: Path) -> None:
    with serving(tmp_path / "data", FLAVORBOT_GUEST_RECIPES="0") as address:
        visitor = visit(address).ask_in_vain("rice, eggs", 429)
        assert "Register" in visitor.page.locator("main").inner_text()
        visitor.look_by_keyboard()
