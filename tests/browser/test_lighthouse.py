"""Lighthouse on the main pages, signed out and in."""

from __future__ import annotations

from typing import Any

import requests

from tests.browser.conftest import chromium_path
from tests.grading.node import run_grader

WITHIN_S = 600
OPEN = ("/", "/login")
OWN = ("/recipes", "/account")


def test_lighthouse_finds_nothing_on_the_main_pages(site: str) -> None:
    cookie, recipe = somebody_with_a_recipe(site)
    pages = [{"path": each} for each in OPEN] + [{"path": each, "cookie": cookie} for each in (*OWN, recipe)]
    asked = {"site": site, "pages": pages}
    graded = run_grader("lighthouse.mjs", "lighthouse", asked, within_s=WITHIN_S, CHROMIUM=chromium_path())
    assert [each["shown"] for each in graded] == [*OPEN, *OWN, recipe]
    expected = {"accessibility": 1, "best-practices": 1}
    assert [each for each in graded if each["scores"] != expected or each.get("error")] == []


def somebody_with_a_recipe(site: str) -> tuple[str, str]:
    """A new person's session, as the header that sends it, and the page of their recipe."""
    browser = requests.Session()
    browser.headers["Origin"] = site
    account = {"email": "lighthouse@example.com", "password": "a long enough phrase"}
    browser.post(f"{site}/api/v1/auth/register", json=account, timeout=60).raise_for_status()
    recipe: Any = {"title": "Soup", "ingredients": [{"name": "water"}], "instructions": [{"text": "Boil the water."}]}
    saved = browser.post(f"{site}/api/v1/recipes", json=recipe, timeout=60)
    saved.raise_for_status()
    name, value = "flavorbot", browser.cookies["flavorbot"]
    return f"{name}={value}", f"/recipes/{saved.json()['id']}"
