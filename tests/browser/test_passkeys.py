"""Passkeys in Chromium, with an authenticator of its own that says yes to everything."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import CDPSession

from tests.browser.pages import Visitor

Visit = Callable[..., Visitor]
YES = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(visitor: Visitor) -> tuple[CDPSession, str]:
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": YES})
    return devtools, str(made["authenticatorId"])


def sign_out(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sign out", exact=True).first.click()
    visitor.page.wait_for_url("**/?done=signed-out")


def test_a_passkey_is_added_used_and_deleted(visit: Visit) -> None:
    visitor = visit()
    devtools, authenticator = with_authenticator(visitor)
    visitor.sign_up(f"passkey-{uuid4()}@example.org").open("/account/passkeys")
    page = visitor.page
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/account/passkeys?done=passkey-added")
    visitor.look()
    (credential,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert credential["isResidentCredential"]

    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("This device has a passkey for your account already.").wait_for()
    visitor.look()

    page.goto("/account/confirm?next=/account/passkeys")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/passkeys")

    sign_out(visitor)
    visitor.open("/login?next=/account/passkeys")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Your passkeys").wait_for()
    assert "last used" in page.locator("main").inner_text()

    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/account/passkeys?done=passkey-deleted")
    sign_out(visitor)
    page.goto("/login")
    visitor.expected_status = 422
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey was not accepted.").first.wait_for()
    visitor.look()
