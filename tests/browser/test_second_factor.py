"""The second factor in Chromium: turned on with an app, asked for at sign-in, with script and without."""

from __future__ import annotations

import time
from base64 import b32decode
from collections.abc import Callable
from uuid import uuid4

import pytest

from flavorbot.second_factors import code_at
from tests.browser.pages import LOOKS, Visitor

PASSWORD = "a long enough phrase"


@pytest.mark.parametrize("look", ["seen", "no-script"])
def test_a_second_factor_is_turned_on_and_asked_for(visit: Callable[..., Visitor], look: str) -> None:
    email = f"factor-{uuid4()}@example.org"
    visitor = visit(**LOOKS[look]).sign_up(email, PASSWORD)
    page = visitor.page
    visitor.open("/account/second-factor").press("Set it up")
    key = b32decode(page.locator("code.key").inner_text().replace(" ", ""))
    visitor.expected_status = 422
    page.get_by_role("textbox", name="Code").fill("no code")
    visitor.press("Turn it on")
    visitor.expected_status = 200
    page.get_by_role("textbox", name="Code").fill(code_at(key, int(time.time()) // 30))
    visitor.press("Turn it on")
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    visitor.open("/account/second-factor")
    assert "10 of 10" in page.locator("main").inner_text()

    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/?done=signed-out")
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    visitor.press("Sign in")
    page.get_by_role("textbox", name="Code").wait_for()
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_role("textbox", name="Recovery code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign out", exact=True).first.wait_for()
