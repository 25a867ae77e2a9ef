"""Asking the chef in Chromium: beside a draft and a saved recipe, with and without script, in light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.browser.hands import Hands
from tests.browser.pages import LOOKS, Visitor

Visit = Callable[..., Visitor]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


def ask(visitor: Visitor, question: str) -> None:
    visitor.page.get_by_label("Your question").fill(question)
    visitor.press("Ask")
    assert visitor.page.locator(".talk-question").last.inner_text().endswith(question)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_conversation_is_sound_in_every_look(visit: Visit, look: dict[str, object]) -> None:
    visitor = visit(**look).sign_up(f"chef-{uuid4()}@example.org")
    visitor.ask_for("salmon, potatoes, cream")
    ask(visitor, "how do I know the salmon is done?")
    assert "63 °C" in visitor.page.locator(".talk-answer").inner_text()
    ask(visitor, "for 8")
    visitor.press("Take this version")
    assert "8 servings" in visitor.page.locator(".facts").inner_text()
    visitor.press("Save")
    ask(visitor, "what can I use instead of the cream?")
    assert visitor.page.locator(".proposal ins").count()
    visitor.press("Keep mine")
    assert "You kept your recipe" in visitor.page.locator(".talk").inner_text()


def test_a_guest_is_invited_to_register(visit: Visit) -> None:
    visitor = visit().ask_for("rice, peas")
    visitor.look()
    assert visitor.page.get_by_role("link", name="Register to ask").is_visible()
    assert visitor.page.get_by_label("Your question").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_question_is_asked_by_keyboard(visit: Visit, script: bool) -> None:
    hands = Hands(visit(keys=True, java_script_enabled=script).sign_up(f"chef-{uuid4()}@example.org"))
    hands.send("POST", "/recipes", {"title": "Plain rice", "ingredients": ["200 g rice"], "instructions": ["Boil it."]})
    hands.link("My recipes").link("Plain rice").type("Your question", "for 4").enter(hands.field("Your question"))
    hands.button("Take this version")
    assert "400 g" in hands.page.locator(".ingredients").inner_text()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_proposal_fits_every_screen(visit: Visit, size: dict[str, int], tmp_path: Path) -> None:
    visitor = visit(viewport=size).sign_up(f"chef-{uuid4()}@example.org")
    visitor.ask_for("chicken thighs, rice, red pepper, butter")
    ask(visitor, "can I freeze it?")
    ask(visitor, "what can I use instead of the butter?")
    assert width_beyond(visitor.page) == 0
    visitor.page.locator("#chef").screenshot(path=tmp_path / "chef.png")


def width_beyond(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
