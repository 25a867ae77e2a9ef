"""Somebody moves in: the files of other recipe programs, many recipes at once, and a server that goes away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.browser.pages import LOOKS, Visitor
from tests.parts import free_port
from tests.server import serving

Visit = Callable[..., Visitor]

FILES = Path(__file__).parents[1] / "exchange/files"
TEN = (
    "mealie-export.zip", "tandoor-export.zip", "paprika-export.paprikarecipes", "recipesage-data.json",
    "recipesage-data.txt", "saved-page.html", "microdata-page.html", "easy-pancakes.cook", "notes.md",
    "grandmas-letter.txt",
)  # fmt: skip

# Over two seconds' work on any machine.
MORE_THAN_ONE_GO = 2_000


def bring(page: Page, *paths: Path) -> None:
    # The first recipe of a server's life waits until it knows its foods.
    page.set_default_timeout(180_000)
    page.goto("/import")
    page.set_input_files("[name=files]", paths)
    page.get_by_role("button", name="Bring in", exact=True).click()


def many(folder: Path, count: int) -> Path:
    path = folder / "many.json"
    dishes = [
        {"@type": "Recipe", "name": f"Dish {place}", "recipeIngredient": [f"{place + 1} tomatoes", "1 onion"]}
        for place in range(count)
    ]
    path.write_text(json.dumps(dishes), encoding="utf-8")
    return path


def recipes_of(page: Page) -> int:
    count, cursor = 0, ""
    while cursor is not None:
        answer = page.request.get("/api/v1/recipes", params={"limit": 100, **({"cursor": cursor} if cursor else {})})
        count += len(answer.json()["items"])
        cursor = answer.json()["next_cursor"]
    return count


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_ten_files_of_other_programs_come_in_at_once(visit: Visit, look: dict[str, object]) -> None:
    visitor = visit(**look).sign_up(f"files-{uuid4()}@example.org")
    visitor.open("/import")
    page = visitor.page
    bring(page, *(FILES / name for name in TEN))
    page.wait_for_url("**/import/*")
    while not page.locator(".import-counts").count():
        if look.get("java_script_enabled") is False:
            page.get_by_role("button", name="Continue").click()
        page.wait_for_timeout(100)
    visitor.look()
    came_in = page.locator("section[aria-labelledby=in-title] a")
    assert came_in.count() == recipes_of(page) >= 10
    assert {"Easy Pancakes", "Mushroom Risotto"} <= set(came_in.all_inner_texts())
    assert "No ingredients were found in it." in page.locator("main").inner_text()
    page.get_by_role("link", name="Mushroom Risotto", exact=True).click()
    page.wait_for_url("**/recipes/*")
    assert page.locator("h1").inner_text() == "Mushroom Risotto"


def test_three_hundred_recipes_come_in_while_one_watches(visit: Visit, tmp_path: Path) -> None:
    visitor = visit().sign_up(f"many-{uuid4()}@example.org")
    page = visitor.page
    bring(page, many(tmp_path, 300))
    page.wait_for_selector(".import-counts", timeout=60_000)
    assert "300 came in" in page.locator(".import-counts").inner_text()
    assert recipes_of(page) == 300
    visitor.look()


def test_an_import_outlives_the_server_that_began_it(visit: Visit, tmp_path: Path) -> None:
    port, plan = str(free_port()), "500/500/2000"
    settings = {"PORT": port, "FLAVORBOT_RATES": "off", "FLAVORBOT_PLAN_FREE": plan, "SECRET_KEY": "a secret for tests"}
    with serving(tmp_path / "data", **settings) as address:
        visitor = visit(address).sign_up("restart@example.org")
        page = visitor.page
        bring(page, many(tmp_path, MORE_THAN_ONE_GO))
        # A quick machine may have brought in all of them at once.
        page.wait_for_selector("import-progress[data-go], .import-counts")
    with serving(tmp_path / "data", **settings):
        page.wait_for_selector(".import-counts", timeout=180_000)
        if page.get_by_role("button", name="Continue").count():
            page.get_by_role("button", name="Continue").click()
            page.wait_for_selector("import-progress[data-go]", state="detached", timeout=180_000)
        page.wait_for_selector(f"text={MORE_THAN_ONE_GO} came in", timeout=180_000)
        assert recipes_of(page) == MORE_THAN_ONE_GO


def test_an_import_that_waits_is_sound(visit: Visit, tmp_path: Path) -> None:
    # Not by keyboard: what came in already is more links than anybody would Tab through.
    for name in ("seen", "no-script"):
        visitor = visit(**LOOKS[name]).sign_up(f"wait-{uuid4()}@example.org")
        bring(visitor.page, many(tmp_path, 502))
        visitor.page.wait_for_url("**/import/*")
        visitor.open(visitor.path.partition("?")[0] + "?hold=1")


def test_a_wrong_file_and_a_wrong_address_are_told_on_the_form(visit: Visit, tmp_path: Path) -> None:
    visitor = visit().sign_up(f"wrong-{uuid4()}@example.org")
    page = visitor.page
    (tmp_path / "holiday.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    visitor.expected_status = 422
    bring(page, tmp_path / "holiday.png")
    page.wait_for_selector("#f-files[aria-invalid]")
    assert "holiday.png" in page.locator("main").inner_text()
    visitor.look()
    page.fill("[name=url]", "http://localhost:8000/admin")
    page.get_by_role("button", name="Bring in", exact=True).click()
    page.wait_for_selector("#f-url[aria-invalid]")
    assert page.input_value("[name=url]") == "http://localhost:8000/admin"
    visitor.look()
