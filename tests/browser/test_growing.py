"""A model's recipe grows on the page while it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from threading import Semaphore
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.browser.pages import LOOKS, Visitor
from tests.generators.model.conftest import good_recipe, step
from tests.generators.model.server import Handler, Server, begin_stream, pours, refuses, scripted, send
from tests.server import serving

Visit = Callable[..., Visitor]
TITLE = "Garlic chicken with broccoli rice"
GOOD = json.dumps(good_recipe())
PEANUTS = json.dumps(good_recipe() | {"steps": [*good_recipe()["steps"][:3], step("Sprinkle with peanuts.")]})
REMEMBER = """
const card = document.querySelector(".growing");
window.seen = "";
new MutationObserver(() => (window.seen += card.innerText)).observe(card, { subtree: true, childList: true });
"""
SIMMERING = "Something is simmering"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with scripted() as running:
        yield running


@pytest.fixture(scope="module")
def kitchen(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a FlavorBot whose recipes come from the scripted server."""
    settings = {"FLAVORBOT_MODEL": "test-model", "OPENAI_BASE_URL": server.address, "FLAVORBOT_RATES": "off"}
    data = tmp_path_factory.mktemp("kitchen") / "data"
    with serving(data, **settings, FLAVORBOT_GUEST_RECIPES="500", FLAVORBOT_MODEL_DEADLINE_S="20") as url:
        yield url


class Script:
    """A model's answer that goes on to the next of its marks when told, and to its end after the last."""

    def __init__(self, server: Server, text: str, *marks: str) -> None:
        self.server = server
        self.ends = [text.index(mark) + len(mark) for mark in marks] + [len(text)]
        self.text = text
        self.go = Semaphore(0)
        server.left.clear()

    def __call__(self, handler: Handler) -> None:
        begin_stream(handler)
        begun = 0
        for end in self.ends:
            while not self.go.acquire(timeout=0.05):
                handler.wfile.write(b":\n\n")
                handler.wfile.flush()
            send(handler, {"choices": [{"index": 0, "delta": {"content": self.text[begun:end]}}]})
            begun = end
        send(handler, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})


def ask(visitor: Visitor, *allergies: str) -> Page:
    """Fill the form and send it."""
    page = visitor.page
    page.goto("/")
    visitor.type_ingredients("chicken breast, broccoli, rice")
    if allergies:
        page.locator("summary", has_text="Allergies checked").click()
    for allergy in allergies:
        page.get_by_label(allergy, exact=True).check()
    page.get_by_role("button", name="Find me a recipe").click()
    return page


def used(page: Page) -> int:
    """How many recipes this guest has had today."""
    told = page.request.get("/").text().partition('id="allowance">')[2].partition("</b>")[0]
    return 500 - int(told.rpartition("<b>")[2].split()[0]) if "<b>" in told else 0


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_of_a_site_with_a_model_are_sound(
    visit: Visit, kitchen: str, server: Server, look: dict[str, object]
) -> None:
    server.answers = [pours(GOOD)]
    visitor = visit(kitchen, **look).open("/")
    visitor.ask_for("chicken breast, broccoli, rice").open(visitor.path)


def test_title_lines_and_steps_appear_in_turn(visit: Visit, kitchen: str, server: Server) -> None:
    script = Script(server, GOOD, '"summary"', '"rice", "quantity": 150, "unit": "g", "prep": ""}', '"minutes": 12}')
    server.answers = [script]
    visitor = visit(kitchen)
    page = ask(visitor)
    expect(page.locator("[data-stage]")).to_have_text("Asking the language model for a recipe")
    expect(page.get_by_role("heading", name=SIMMERING)).to_be_focused()
    visitor.look()
    script.go.release()
    expect(page.locator("h1:visible")).to_have_text(TITLE)
    expect(page.locator("[data-stage]")).to_have_text("Writing your recipe and checking each line of it")
    expect(page.locator("#status")).to_have_text(TITLE)
    script.go.release()
    expect(page.locator(".growing .ingredients li")).to_have_text(
        ["300 g chicken breast, sliced", "250 g broccoli", "150 g rice"]
    )
    script.go.release()
    expect(page.locator(".growing .steps li")).to_have_text(
        ["Boil the rice in plenty of water for 12 minutes, then drain."]
    )
    visitor.look()
    script.go.release()
    page.wait_for_url("**/drafts/*")
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".eyebrow")).to_contain_text("Written by test-model, put right and checked by FlavorBot")
    assert used(page) == 1


def test_back_leads_to_the_form_as_it_was(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [pours(GOOD)]
    page = ask(visit(kitchen))
    page.wait_for_url("**/drafts/*")
    page.go_back()
    expect(page.locator("chip-input li")).to_have_text(["chicken breast", "broccoli", "rice"])
    expect(page.get_by_role("button", name="Find me a recipe")).to_be_visible()
    page.get_by_role("button", name="Find me a recipe").click()
    page.wait_for_url("**/drafts/*")
    assert used(page) == 2


def test_cancel_ends_the_call_and_keeps_the_form(visit: Visit, kitchen: str, server: Server) -> None:
    script = Script(server, GOOD, '"summary"')
    server.answers = [script]
    hands = Hands(visit(kitchen))
    page = ask(hands.visitor)
    script.go.release()
    expect(page.locator("h1:visible")).to_have_text(TITLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert server.left.wait(5)
    expect(page.get_by_role("button", name="Find me a recipe")).to_be_focused()
    expect(page.locator("#status")).to_have_text("Cancelled. Nothing was counted.")
    expect(page.locator("chip-input li")).to_have_text(["chicken breast", "broccoli", "rice"])
    server.answers = [pours(GOOD)]
    page.get_by_role("button", name="Find me a recipe").click()
    page.wait_for_url("**/drafts/*")
    assert used(page) == 1


def test_a_reload_ends_the_call_and_counts_nothing(visit: Visit, kitchen: str, server: Server) -> None:
    script = Script(server, GOOD, '"summary"')
    server.answers = [script]
    page = ask(visit(kitchen))
    script.go.release()
    expect(page.locator("h1:visible")).to_have_text(TITLE)
    page.reload()
    assert server.left.wait(5)
    expect(page.locator("h1:visible")).to_have_text("What’s in your kitchen?")
    page.wait_for_timeout(500)
    assert used(page) == 0


def test_a_forbidden_food_is_never_shown_and_all_begins_anew(visit: Visit, kitchen: str, server: Server) -> None:
    first, second = Script(server, PEANUTS, '"minutes": 12}'), Script(server, GOOD, '"summary"')
    server.answers = [first, second]
    page = ask(visit(kitchen), "Peanuts")
    page.evaluate(REMEMBER)
    first.go.release()
    expect(page.locator(".growing .steps li")).to_have_count(1)
    first.go.release()
    expect(page.locator("[data-stage]")).to_have_text("Something in it did not pass our check, so it is written anew")
    expect(page.locator("h1:visible")).to_have_text(SIMMERING)
    expect(page.locator(".growing .recipe-body")).to_be_hidden()
    assert "peanuts" not in page.evaluate("window.seen").lower()
    second.go.release(2)
    page.wait_for_url("**/drafts/*")


def test_what_is_refused_is_told_at_its_field(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [refuses(500)]
    visitor = visit(kitchen)
    page = visitor.page
    page.goto("/")
    visitor.type_ingredients("bleach")
    page.get_by_role("button", name="Find me a recipe").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page.locator("#e-ingredients")).to_contain_text("bleach")
    expect(page.locator("#f-ingredients")).to_have_attribute("aria-invalid", "true")
    visitor.look()
    summary.get_by_role("link").click()
    expect(page.locator("#f-ingredients")).to_be_focused()
    page.get_by_role("button", name="Remove bleach").click()
    visitor.type_ingredients("chicken breast, broccoli, rice")
    page.get_by_role("button", name="Find me a recipe").click()
    page.wait_for_url("**/drafts/*")


def test_an_empty_form_is_told_so(visit: Visit, kitchen: str) -> None:
    page = visit(kitchen).page
    page.goto("/")
    page.get_by_role("button", name="Find me a recipe").click()
    expect(page.locator("#e-ingredients")).to_have_text("Tell us what you have, or what you would like.")


def test_when_the_model_fails_the_kitchen_cooks(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [refuses(500)]
    page = ask(visit(kitchen))
    page.wait_for_url("**/drafts/*")
    expect(page.locator(".notices")).to_contain_text("had a fault of its own, so FlavorBot’s own kitchen made this")


def test_a_broken_connection_finds_the_finished_recipe(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [pours(GOOD)]
    visitor = visit(kitchen)

    def cut(route: Any) -> None:  # noqa: ANN401
        answer = route.fetch()
        route.fulfill(status=200, headers=answer.headers, body=answer.text().partition("event: recipe")[0])

    visitor.page.route("**/generate", cut)
    page = ask(visitor)
    page.wait_for_url("**/drafts/*")
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_broken_connection_without_a_recipe_keeps_the_form(visit: Visit, kitchen: str) -> None:
    visitor = visit(kitchen)
    visitor.expected_status = 404
    visitor.page.route(
        "**/generate", lambda route: route.fulfill(status=200, content_type="text/event-stream", body="")
    )
    page = ask(visitor)
    expect(page.locator(".error-summary")).to_contain_text("so nothing was counted")
    expect(page.locator("chip-input li")).to_have_count(3)


def test_a_connection_that_fell_silent_is_given_up(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [Script(server, GOOD)]
    visitor = visit(kitchen)
    visitor.page.clock.install()
    page = ask(visitor)
    expect(page.locator("[data-stage]")).to_have_text("Asking the language model for a recipe")
    page.clock.run_for(16_000)
    assert server.left.wait(5)
    page.wait_for_timeout(500)
    page.clock.run_for(4_000)
    expect(page.locator(".error-summary")).to_contain_text("so nothing was counted")
    assert used(page) == 0


def test_another_one_grows_as_well(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [pours(GOOD)]
    visitor = visit(kitchen)
    page = ask(visitor)
    page.wait_for_url("**/drafts/*")
    first = visitor.path
    script = Script(server, GOOD, '"summary"')
    server.answers = [script]
    page.get_by_role("button", name="Another one").click()
    expect(page.locator("h1:visible")).to_have_text(SIMMERING)
    visitor.look()
    script.go.release(2)
    page.wait_for_url(lambda url: first not in url)


def test_without_script_the_form_is_answered_by_a_page(visit: Visit, kitchen: str, server: Server) -> None:
    server.answers = [pours(GOOD)]
    visitor = visit(kitchen, java_script_enabled=False).ask_for("chicken breast, broccoli, rice")
    assert visitor.page.locator("h1").inner_text() == TITLE
    assert "stream" not in server.requests[-1]
