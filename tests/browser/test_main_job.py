"""From what is in the fridge to a saved recipe, as people do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.pages import Visitor
from tests.server import serving

Visit = Callable[..., Visitor]


def _used(visitor: Visitor) -> str:
    """What the month's counter says: "1 of 500"."""
    text = visitor.open("/usage").page.locator("main").inner_text()
    return " ".join(text.split("Recipes", 1)[1].split())


def _cook_sign_up_and_save(visitor: Visitor, email: str) -> str:
    """The whole main job; gives the path of the saved recipe."""
    visitor.open("/").ask_for("chicken breast, rice, red pepper, garlic")
    draft = visitor.path
    visitor.sign_up(email)
    visitor.page.goto(draft)
    title = visitor.page.locator("h1").inner_text()
    visitor.page.get_by_role("button", name="Save", exact=True).first.click()
    visitor.page.wait_for_url("**/recipes/*")
    assert visitor.page.locator("h1").inner_text() == title
    visitor.page.goto("/recipes")
    assert visitor.page.get_by_role("link", name=title).count() >= 1
    return str(visitor.page.get_by_role("link", name=title).first.get_attribute("href"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_guest_cooks_signs_up_and_saves(visit: Visit, script: bool) -> None:
    visitor = visit(java_script_enabled=script)
    recipe = _cook_sign_up_and_save(visitor, f"main-{script}@example.org")
    assert _used(visitor).startswith("1 of")
    visitor.ask_for("lentils, carrots")
    assert _used(visitor).startswith("2 of")
    visitor.open(recipe)


def test_the_recipe_is_still_there_after_a_restart(visit: Visit, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as address:
        visitor = visit(address)
        recipe = _cook_sign_up_and_save(visitor, "restart@example.org")
        port = address.rsplit(":", 1)[1]
    with serving(data, PORT=port) as again:
        assert again
        visitor.open(recipe)


def test_the_main_job_on_dynamodb_local(visit: Visit, tmp_path: Path, dynamodb_local: str) -> None:
    table = {"DYNAMODB_TABLE_NAME": "browser-walk", "DYNAMODB_ENDPOINT": dynamodb_local}
    with serving(tmp_path / "data", **table) as address:
        visitor = visit(address)
        visitor.open(_cook_sign_up_and_save(visitor, "dynamo@example.org"))
