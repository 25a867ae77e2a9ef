"""What a browser shows to whoever sits down at it next."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.pages import Visitor


def test_back_after_signing_out_shows_nothing_private(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.sign_up("back@example.com")
    visitor.page.goto("/account")
    assert visitor.page.get_by_text("back@example.com").count()
    visitor.page.evaluate("fetch('/logout', { method: 'POST' })")
    visitor.page.goto("/accessibility")
    visitor.page.go_back()
    visitor.page.wait_for_url("**/login?next=**")
    assert "back@example.com" not in visitor.page.content()
