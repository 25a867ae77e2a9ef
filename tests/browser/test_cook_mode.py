"""Cooking from a recipe, at a real browser: timers that outlive the page, hands that are dirty, and eyes far away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.browser.pages import LOOKS, Visitor, overflow

expect.set_options(timeout=15_000)

Visit = Callable[..., Visitor]
RECIPE: dict[str, Any] = {
    "title": "Leek rice with a title that is longer than most",
    "servings": 2,
    "ingredients": ["150 g rice", "1 leek", "1 tbsp olive oil", "salt"],
    "instructions": [
        "Fry the leek in the oil for 8–10 minutes. Boil the rice for 20 minutes.",
        "Whisk for 5 seconds, then chill for 9 seconds.",
        "Season with salt.",
    ],
}
# Keeps what rang and what locked the screen, where a test can look at it.
WITNESS = """
  window.rung = { notes: 0, shakes: 0 };
  window.locks = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { rung.notes += 1; return start.apply(this, when); };
  Navigator.prototype.vibrate = () => { rung.shakes += 1; return true; };
  const request = WakeLock.prototype.request;
  WakeLock.prototype.request = async function (...kind) {
    const lock = await request.apply(this, kind);
    locks.push(lock);
    return lock;
  };
"""


class Cook:
    """Somebody with a recipe at the stove."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        visitor.sign_up(f"cook-{uuid4()}@example.org")
        made = self.page.request.post("/api/v1/recipes", data=RECIPE, headers={"Sec-Fetch-Site": "same-origin"})
        self.recipe = f"/recipes/{made.json()['id']}"

    def open(self, query: str = "") -> Cook:
        self.page.goto(f"{self.recipe}/cook{query}")
        return self

    def start(self, name: str) -> None:
        self.page.get_by_role("button", name=f"Start {name}").click()

    @property
    def text(self) -> str:
        return self.page.locator(".cook-text:visible").inner_text()

    @property
    def timers(self) -> list[str]:
        return self.page.locator(".cook-timer > p").all_inner_texts()


@pytest.fixture
def cook(visit: Visit) -> Cook:
    visitor = visit(has_touch=True, permissions=["screen-wake-lock"])
    visitor.page.add_init_script(WITNESS)
    return Cook(visitor)


def clock_of(page: Page, name: str) -> str:
    return page.locator(".cook-timer", has_text=name).locator("[data-clock]").inner_text()


def test_two_timers_outlive_a_reload_and_ring(cook: Cook) -> None:
    page = cook.open("?step=2").page
    cook.start("5 s")
    cook.start("9 s")
    page.wait_for_timeout(800)
    cook.start("9 s")
    assert len(cook.timers) == 3, "a second timer of the same name is another pan"
    page.reload()
    expect(page.locator(".cook-timer")).to_have_count(3)
    page.mouse.click(5, 300)
    whisked = page.locator(".cook-timer", has_text="whisk")
    expect(whisked).to_have_class("cook-timer is-over")
    expect(page.get_by_role("alert")).to_have_text("Time is up: whisk.")
    expect(page).to_have_title("Time is up whisk – Step 2: " + RECIPE["title"] + " – FlavorBot")
    page.wait_for_function("rung.notes > 0 && rung.shakes > 0")
    cook.visitor.look()
    whisked.get_by_role("button", name="Stop whisk").click()
    expect(page.locator(".cook-timer.is-over")).to_have_count(2)
    expect(page.get_by_role("alert")).to_contain_text("chill")
    for _ in range(2):
        page.get_by_role("button", name="Stop chill").first.click()
    expect(page.locator(".cook-running")).to_be_hidden()
    assert not page.evaluate("Object.keys(localStorage).join().includes('timers:')")
    assert not cook.visitor.faults


def test_a_timer_whose_page_was_closed_tells_when_it_rang(cook: Cook) -> None:
    cook.open("?step=2").start("5 s")
    elsewhere = cook.page.context.new_page()
    cook.page.close()
    elsewhere.wait_for_timeout(5_500)
    elsewhere.goto(f"{cook.recipe}/cook?step=3")
    expect(elsewhere.get_by_role("alert")).to_contain_text("While this page was closed: whisk rang at")
    expect(elsewhere.locator("[data-clock]")).to_contain_text("Rang at")


def test_a_page_that_slept_rings_when_it_wakes(cook: Cook) -> None:
    cook.page.clock.install()
    cook.open().start("8 min")
    cook.start("20 min")
    cook.page.clock.fast_forward("08:05")
    expect(cook.page.get_by_role("alert")).to_have_text("Time is up: fry leek.")
    assert clock_of(cook.page, "boil rice") == "11:55"


def test_a_page_that_may_not_look_by_itself_rings_all_the_same(cook: Cook) -> None:
    cook.page.add_init_script("window.setInterval = () => 0")
    cook.open("?step=2").start("5 s")
    cook.start("9 s")
    for name in ("whisk", "chill"):
        expect(cook.page.get_by_role("alert")).to_have_text(f"Time is up: {name}.")
    assert cook.page.evaluate("rung.notes") == 8


def test_timers_are_paused_lengthened_and_seen_in_another_tab(cook: Cook) -> None:
    page = cook.open().page
    cook.start("20 min")
    page.get_by_role("button", name="Pause boil rice").click()
    page.get_by_role("button", name="+1 min boil rice").click()
    paused = clock_of(page, "boil rice")
    assert paused in ("21:00", "20:59")
    other = page.context.new_page()
    other.goto(cook.recipe)
    assert clock_of(other, "boil rice") == paused
    other.get_by_role("button", name="Go on boil rice").click()
    expect(page.get_by_role("button", name="Pause boil rice")).to_be_visible()
    other.get_by_role("button", name="Stop boil rice").click()
    expect(page.locator(".cook-timer")).to_have_count(0)
    expect(other.locator(".timer-bar")).to_be_hidden()


def test_a_double_tap_starts_one_timer(cook: Cook) -> None:
    cook.open().page.get_by_role("button", name="Start 8 min").dblclick()
    assert len(cook.timers) == 1


def test_keys_and_swipes_turn_the_steps(cook: Cook) -> None:
    page = cook.open().page
    first = cook.text
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("step=2")
    page.keyboard.press("Space")
    assert cook.text == "Season with salt."
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+Space")
    assert cook.text == first
    shown = page.locator(".cook-text:visible")
    swipe(page, 300, 60)
    expect(shown).to_contain_text("Whisk")
    swipe(page, 60, 300)
    expect(shown).to_have_text(first)
    swipe(page, 300, 60)
    expect(shown).to_contain_text("Whisk")
    page.reload()
    assert cook.text.startswith("Whisk")


def test_what_is_typed_or_pressed_turns_nothing(cook: Cook) -> None:
    page = cook.open("?step=4").page
    page.get_by_label("Note").fill("Less salt")
    for key in ("ArrowLeft", "ArrowLeft", "Space"):
        page.keyboard.press(key)
    assert page.get_by_label("Note").input_value() == "Less sa lt"
    cook.open()
    page.locator("summary").focus()
    page.keyboard.press("Space")
    assert page.locator(".cook-all").evaluate("details => !details.open")
    assert cook.text.startswith("Fry")


def test_the_screen_stays_on_again_after_coming_back(cook: Cook) -> None:
    page = cook.open().page
    button = page.get_by_role("button", name="Screen stays on")
    expect(button).to_be_visible()
    page.evaluate("locks.at(-1).release()")
    expect(page.get_by_role("button", name="Screen may go dark")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(button).to_be_visible()
    assert page.evaluate("locks.length === 2 && !locks[1].released")
    button.click()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.reload()
    expect(page.get_by_role("button", name="Screen may go dark")).to_be_visible()
    assert page.evaluate("locks.length") == 0


def test_the_size_of_the_text_is_remembered(cook: Cook) -> None:
    page = cook.open().page
    size = "Number.parseFloat(getComputedStyle(document.querySelector('.cook-text')).fontSize)"
    usual = page.evaluate(size)
    assert usual >= 20
    for _ in range(9):
        page.get_by_role("button", name="Larger text").click()
    assert page.evaluate(size) >= 2 * usual
    page.reload()
    assert page.evaluate(size) >= 2 * usual
    assert overflow(page) == []
    for _ in range(9):
        page.get_by_role("button", name="Smaller text").click()
    assert page.evaluate(size) >= 20


@pytest.mark.parametrize("width", [320, 640])
def test_everything_is_there_in_text_of_twice_the_size(cook: Cook, width: int) -> None:
    page = cook.open().page
    page.set_viewport_size({"width": width, "height": 700})
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    cook.start("8 min")
    cook.start("20 min")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("Next", "Start 20 min – boil rice", "Stop fry leek", "Larger text"):
        target = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
        target.scroll_into_view_if_needed()
        target.click(trial=True)


def test_whoever_comes_back_can_go_on(cook: Cook) -> None:
    page = cook.open("?servings=6&units=us&step=1").page
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Recipe", exact=True).click()
    assert cook.visitor.path == f"{cook.recipe}?servings=6&units=us"
    page.get_by_role("link", name="Start cooking").click()
    cook.visitor.look()
    page.get_by_role("button", name="Go on at step 2").click()
    assert cook.text.startswith("Whisk")
    assert page.locator(".cook-resume").is_hidden()


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_state_of_cooking_is_sound(visit: Visit, look: dict[str, object]) -> None:
    visitor = visit(**look)
    cook = Cook(visitor)
    for path in ("cook?step=1", "cook?step=2&servings=5&units=us", "cook?step=4"):
        visitor.open(f"{cook.recipe}/{path}")
    visitor.page.fill("[name=on]", "2099-01-01")
    visitor.expected_status = 422
    visitor.press("Log as cooked")
    visitor.expected_status = 200
    visitor.page.fill("[name=on]", "2026-11-20")
    visitor.page.fill("[name=note]", "Less salt.")
    visitor.press("Log as cooked")
    assert "Last cooked on 20 November 2026" in visitor.page.content()
    visitor.press("Remove 20 November 2026")
    assert "Last cooked" not in visitor.page.content()


@pytest.mark.parametrize("look", [look for name, look in LOOKS.items() if name != "no-script"])
def test_pages_with_timers_are_sound(visit: Visit, look: dict[str, object]) -> None:
    cook = Cook(visit(**look)).open("?step=2")
    cook.start("5 s")
    cook.open("?step=1").start("8 min")
    expect(cook.page.locator(".is-over")).to_be_visible()
    cook.visitor.look()
    cook.start("8 min")
    cook.page.goto(cook.recipe)
    expect(cook.page.locator(".cook-timer").first).to_be_visible()
    cook.visitor.look()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_dish_is_cooked_and_noted_by_keyboard(visit: Visit, script: bool) -> None:
    cook = Cook(visit(keys=True, java_script_enabled=script))
    hands = Hands(cook.visitor)
    cook.page.goto(cook.recipe)
    hands.type("Servings", "6").button("Update servings").link("Start cooking")
    for _ in range(3):
        turn(hands, script)
    cook.page.get_by_label("5 stars").focus()
    cook.page.keyboard.press("Space")
    hands.type("Note", "Very good").button("Log as cooked")
    recipe = cook.page.request.get(f"/api/v1{cook.recipe}").json()
    assert [(each["rating"], each["note"]) for each in recipe["cooked"]] == [(5, "Very good")]


def turn(hands: Hands, script: bool) -> None:
    """Press the link to the next step, which is a page of its own only without script."""
    target = hands.page.locator("[rel=next]")
    if not script:
        hands.enter(target)
        return
    before = hands.page.url
    hands.page.keyboard.press("Tab")
    while not target.evaluate("link => link === document.activeElement"):
        hands.page.keyboard.press("Tab")
    hands.page.keyboard.press("Enter")
    assert hands.page.url != before


def swipe(page: Page, start: int, end: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": 300}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end, "y": 305}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
