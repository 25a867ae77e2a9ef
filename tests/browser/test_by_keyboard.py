"""All that people come for, done by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.browser.hands import Hands
from tests.browser.pages import Visitor

Visit = Callable[..., Visitor]
PASSWORD = "a long enough phrase"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def hands(visit: Visit, request: pytest.FixtureRequest) -> Hands:
    """Somebody who has just registered."""
    found = Hands(visit(keys=True, java_script_enabled=request.param))
    found.page.goto("/")
    found.link("Register").type("E-mail", f"hands-{uuid4()}@example.org").type("Password", PASSWORD)
    return found.button("Register")


def test_a_wish_with_an_allergy_is_cooked_changed_and_kept(hands: Hands) -> None:
    hands.link("Cook").type("What you have", "pasta, tomatoes, basil")
    hands.unfold("Allergies checked").tick("Milk").button("Find me a recipe")
    draft = hands.visitor.path
    hands.button("Quicker")
    assert hands.visitor.path != draft
    hands.type("Or say it yourself", "for 6").enter(hands.field("Or say it yourself"))
    wanted = hands.title
    hands.button("Save")
    assert hands.title == wanted
    recipe = hands.page.request.get(f"/api/v1{hands.visitor.path}").json()
    assert recipe["servings"] == 6
    assert "milk" not in recipe["allergens"]


def test_a_recipe_is_found_scaled_edited_and_brought_back(hands: Hands) -> None:
    hands.send("POST", "/recipes", {"title": "Plain rice", "ingredients": ["200 g rice"], "instructions": ["Boil it."]})
    hands.link("My recipes").type("Search", "rice").page.keyboard.press("Enter")
    hands.page.wait_for_url("**/recipes?q=rice*")  # with script the list changes in its place
    hands.link("Plain rice")
    recipe = hands.visitor.path
    hands.type("Servings", "6").button("Update servings")
    assert hands.visitor.path == f"{recipe}?servings=6&units=metric#ingredients"
    hands.link("Edit").type("Title", "Mine")
    hands.send("PATCH", recipe, {"title": "Theirs"}, version=1)
    hands.button("Save", status=409).visitor.look()
    assert "Theirs" in hands.page.content()
    hands.button("Save mine over it").unfold("More").button("Delete").visitor.look()
    assert hands.page.get_by_role("link", name="Mine").count() == 0
    hands.button("Undo")
    assert hands.title == "Mine"


def test_an_account_is_changed_and_other_browsers_signed_out(hands: Hands, visit: Visit) -> None:
    hands.link("Account").type("Your name", "Ada").tick("Peanuts").tick("Vegan").type("Colours", "Dark").button("Save")
    person = hands.page.request.get("/api/v1/me").json()["user"]
    assert (person["name"], person["allergies"], person["diets"]) == ("Ada", ["peanuts"], ["vegan"])
    assert hands.page.locator("html").get_attribute("data-theme") == "dark"
    other = Hands(visit())
    other.page.goto("/login")
    other.send("POST", "/auth/login", {"email": person["email"], "password": PASSWORD})
    hands.link("Account").visitor.look()
    hands.enter(hands.page.locator(".devices button"))
    assert other.page.request.get("/api/v1/me").status == 401
    hands.button("Sign out").link("Sign in")
    hands.type("E-mail", person["email"]).type("Password", PASSWORD).button("Sign in").link("My recipes")


def test_a_recipe_is_shared_sent_copied_and_taken_back(hands: Hands, visit: Visit) -> None:
    hands.send("POST", "/recipes", {"title": "Plain rice", "ingredients": ["200 g rice"], "instructions": ["Boil it."]})
    hands.link("My recipes").link("Plain rice").unfold("More").link("Share")
    hands.type("It works for", "7 days").button("Make a link")
    hands.type("To", "bea@example.org, cy@example.org").type("A few words", "Try it!").button("Send")
    link = hands.page.get_by_label("Whoever has this link").input_value()
    other = Hands(visit(keys=True))
    other.page.goto(link)
    other.link("register").type("E-mail", f"bea-{uuid4()}@example.org").type("Password", PASSWORD).button("Register")
    other.button("Copy to my box")
    assert other.title == "Plain rice"
    assert other.visitor.path.startswith("/recipes/")
    hands.button("Take the link back")
    other.visitor.open(link, status=404)


def test_what_was_typed_becomes_chips_and_keeps_the_focus(visit: Visit) -> None:
    hands = Hands(visit())
    hands.page.goto("/")
    hands.type("What you have", "rice,eggs")
    hands.page.keyboard.press("Shift+Tab")
    assert _focused(hands) == "Remove rice"
    hands.page.keyboard.press("Enter")
    assert hands.page.locator("chip-input li").all_inner_texts() == ["eggs"]
    assert hands.field("What you have").evaluate("field => field === document.activeElement")
    hands.type("What you have", "leek")
    hands.page.get_by_role("button", name="Remove eggs").click()
    assert hands.page.locator("chip-input li").all_inner_texts() == ["leek"]
    hands.visitor.look_by_keyboard()


def _focused(hands: Hands) -> str:
    return str(hands.page.evaluate("document.activeElement.ariaLabel"))
