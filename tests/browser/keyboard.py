"""The hands of someone without a mouse: every stop of a page looked at, and a form filled key by key."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import JSHandle, Locator, Page

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
# Each of these keys changes something: what is open, what is ticked, or what was pressed.
KEYS = {"summary": ("Enter", "Space", "Enter"), "checkbox": ("Space", "Space"), "press": ("Enter",), "field": ()}
MOST_STOPS = 200


def keyboard_faults(page: Page) -> list[str]:
    """Tab from the top of the page to its end and round, use every stop, then skip to the content."""
    watch = page.evaluate_handle(SCRIPT)
    watch.evaluate("watch => watch.begin()")
    faults = _round(page, watch) or watch.evaluate("watch => watch.end()")
    watch.evaluate("watch => watch.restore()")
    return faults or _skipping(page)


def _round(page: Page, watch: JSHandle) -> list[str]:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = watch.evaluate("watch => watch.stop()")
        if stop is None:
            return []
        faults: list[str] = stop["faults"]
        state = stop["state"]
        for key in KEYS[stop["kind"]]:
            page.keyboard.press(key)
            before, state = state, watch.evaluate("watch => watch.state()")
            if state == before:
                faults.append(f"{key} does nothing on {stop['name']}")
        if faults:
            return faults
    return [f"Tab is still on its way after {MOST_STOPS} stops"]


def _skipping(page: Page) -> list[str]:
    """The first stop leads to the content, and the next Tab to the first thing there."""
    address = page.evaluate("[history.state, location.href]")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    landed = page.evaluate("document.activeElement.id")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.evaluate("([state, href]) => history.replaceState(state, '', href)", address)
    faults = [] if (first, landed) == ("#main", "main") else [f"the first stop leads to {first} and {landed}"]
    return faults if inside else [*faults, "after skipping to the content Tab is not there"]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    wanted = target.first.element_handle()
    for _ in range(MOST_STOPS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {target} on {page.url}")
