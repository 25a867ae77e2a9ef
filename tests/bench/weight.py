"""What a first visit weighs in Chromium: requests, bytes as they come over the wire, and Lighthouse's score for it."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import Browser, Response, sync_playwright

from tests.bench.people import Person
from tests.bench.table import Goal, at_least, at_most
from tests.grading.node import run_grader

BROWSERS = ("chromium-headless-shell", "chromium")


def goals(port: int, person: Person) -> list[Goal]:
    """The home page for anybody and a recipe for its owner, each in a browser that knows nothing yet."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("No Chromium: pages are not weighed.\n")
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        home = _visit(browser, port, "/", "")
        recipe = _visit(browser, port, f"/recipes/{person.recipes[-1]}", person.cookie)
        browser.close()
    found: list[Goal] = []
    for name, (count, size) in (("home", home), ("recipe", recipe)):
        found.append(at_most(f"{name}, first visit", size / 1024, 60, " KB"))
        found.append(at_most(f"{name}, first visit", count, 8, " requests"))
    return found + _scores(port, person, path)


def _scores(port: int, person: Person, chromium: str) -> list[Goal]:
    """Lighthouse's performance on its throttled phone: a slow network and a quarter of this machine's speed."""
    pages = {"home": {"path": "/"}, "recipe": {"path": f"/recipes/{person.recipes[-1]}", "cookie": person.cookie}}
    asked = {"site": f"http://localhost:{port}", "pages": list(pages.values()), "categories": ["performance"]}
    try:
        graded = run_grader("lighthouse.mjs", "lighthouse", asked, within_s=300, CHROMIUM=chromium)
    except pytest.skip.Exception as missing:
        print(f"No Lighthouse: {missing}\n")
        return []
    scores = [each["scores"]["performance"] for each in graded]
    return [at_least(f"{name}, Lighthouse performance", score, 0.98) for name, score in zip(pages, scores, strict=True)]


def _visit(browser: Browser, port: int, path: str, cookie: str) -> tuple[int, int]:
    """How many requests, and how many bytes with headers."""
    context = browser.new_context()
    address = f"http://localhost:{port}"
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": address}])
    answers: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{address}{path}", wait_until="networkidle")
    sizes = [each.request.sizes() for each in answers]
    context.close()
    return len(answers), sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
