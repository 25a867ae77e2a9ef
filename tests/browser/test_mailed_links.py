"""A person follows the links in their mail: to confirm an address, and to choose a new password."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.browser.pages import LOOKS, Visitor

MAIL_S = 60


def mailed(data: Path, email: str, page: str) -> str:
    """The path that a mail to this address leads to, as soon as there is one."""
    until = time.monotonic() + MAIL_S
    while time.monotonic() < until:
        texts = [file.read_text(encoding="utf-8") for file in (data / "mail").glob("*.eml")]
        found = [match[1] for text in texts if email in text and (match := re.search(rf"(/{page}/\S+)", text))]
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no mail to {email} leads to {page}")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_links_in_mails_confirm_an_address_and_set_a_password(
    visit: Callable[..., Visitor], data: Path, look: dict[str, object]
) -> None:
    email = f"mails-{uuid4()}@example.org"
    first = visit(**look).sign_up(email)
    visitor = visit(**look).open(mailed(data, email, "confirm"))
    visitor.page.fill("[name=password]", "a long enough phrase")
    visitor.press("Confirm")
    assert "Your address is confirmed." in visitor.page.locator("main").inner_text()
    visitor.open("/forgot").page.fill("[name=email]", email)
    visitor.press("Send the link")
    visitor.open(link := mailed(data, email, "reset")).page.fill("[name=password]", "another quite long phrase")
    visitor.press("Set the password").page.fill("[name=email]", email)
    visitor.page.fill("[name=password]", "another quite long phrase")
    visitor.press("Sign in").open("/account")
    visitor.open(link, status=404)
    first.page.goto("/account")
    assert first.path == "/login?next=/account"
