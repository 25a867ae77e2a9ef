"""Somebody who has a keyboard alone: finds things by what a screen reader calls them and gets to them by Tab."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.keyboard import tab_to
from tests.browser.pages import Visitor


class Hands:
    """A visitor's hands; they begin at the top of the first page."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def link(self, name: str) -> Hands:
        return self.enter(self.page.get_by_role("link", name=name, exact=True))

    def button(self, name: str, status: int = 200) -> Hands:
        return self.enter(self.page.get_by_role("button", name=name, exact=True), status)

    def enter(self, target: Locator, status: int = 200) -> Hands:
        """Press Enter on a link, a button or in a field, and expect the status of where it leads."""
        self.visitor.expected_status = status
        tab_to(self.page, target)
        with self.page.expect_navigation() as led:
            self.page.keyboard.press("Enter")
        assert led.value
        assert led.value.status == status, self.page.url
        assert not self.visitor.faults, f"{self.page.url}: {self.visitor.faults}"
        return self

    def type(self, label: str, text: str) -> Hands:
        """Replace what the field of this label holds; in a list, go to the entry that begins so."""
        field = self.field(label)
        tab_to(self.page, field)
        if field.evaluate("field => field.matches('input, textarea')"):
            self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
        return self

    def tick(self, label: str) -> Hands:
        box = self.page.get_by_role("checkbox", name=label, exact=True).first
        tab_to(self.page, box)
        before = box.is_checked()
        self.page.keyboard.press("Space")
        assert box.is_checked() is not before
        return self

    def unfold(self, words: str) -> Hands:
        tab_to(self.page, self.page.locator("summary", has_text=words))
        self.page.keyboard.press("Enter")
        return self

    def field(self, label: str) -> Locator:
        return self.page.locator("main").get_by_label(label, exact=True).first

    def send(self, method: str, path: str, data: dict[str, object], *, version: int = 0) -> None:
        """Have done elsewhere, by the same person, what this API call does."""
        headers = {"Origin": self.page.evaluate("location.origin"), "If-Match": f'"{version}"'}
        answer = self.page.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, answer.text()

    @property
    def title(self) -> str:
        return self.page.locator("h1").inner_text()
