"""Signing in with a real provider in Chromium: out, through its own pages, and back."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import BUSY
from tests.browser.pages import Visitor
from tests.grading.node import command
from tests.parts import free_port
from tests.server import serving

Visit = Callable[..., Visitor]
START_S = 60
CLIENT = {"client_id": "flavorbot", "client_secret": "a-long-secret-of-the-client"}


@pytest.fixture
def linked_site(tmp_path: Path) -> Iterator[str]:
    """The address of a FlavorBot that knows a running `oidc-provider` as "Real"."""
    port, theirs = free_port(), free_port()
    client = CLIENT | {"redirect_uris": [f"http://localhost:{port}/login/real/callback"]}
    provider = subprocess.Popen(
        [*command("oidc_provider.mjs", "oidc-provider"), str(theirs), json.dumps(client)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(theirs, provider)
        own = {f"OIDC_REAL_{name.upper()}": value for name, value in CLIENT.items()}
        issuer = {"OIDC_REAL_ISSUER": f"http://localhost:{theirs}"}
        with serving(tmp_path / "data", **BUSY, **own, **issuer, PORT=str(port)) as address:
            yield address
    finally:
        provider.terminate()
        provider.wait(timeout=30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider did not start")


def sign_in_there(visitor: Visitor, name: str, back_at: str) -> None:
    """Through the provider's own pages, which want fonts from elsewhere, and back."""
    page = visitor.page
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("anything")
    page.locator("button[type=submit]").click()
    page.locator("input[name=prompt][value=consent]").wait_for(state="attached")
    page.locator("button[type=submit]").click()
    page.wait_for_url(back_at)
    visitor.faults.clear()


def test_a_real_provider_signs_in_and_is_linked(visit: Visit, linked_site: str) -> None:
    visitor = visit(linked_site).open("/login?next=/usage")
    page = visitor.page
    page.get_by_role("button", name="Sign in with Real").click()
    sign_in_there(visitor, "bea", f"{linked_site}/usage")
    visitor.look()
    visitor.open("/account/identities")
    assert "bea@example.org" in page.locator("main").inner_text()
    visitor.expected_status = 409
    visitor.press("Unlink Real, bea@example.org")
    assert "only way into your account" in page.locator("main").inner_text()

    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/?done=signed-out")
    # The provider still knows this browser and asks nothing.
    page.goto("/login?next=/usage")
    page.get_by_role("button", name="Sign in with Real").click()
    page.wait_for_url(f"{linked_site}/usage")

    ada = visit(linked_site, java_script_enabled=False).sign_up("ada@example.org").open("/account/identities")
    ada.page.get_by_role("button", name="Link Real").click()
    sign_in_there(ada, "ada-elsewhere", "**/account/identities?done=linked")
    assert "ada-elsewhere@example.org" in ada.page.locator("main").inner_text()
    ada.press("Unlink Real, ada-elsewhere@example.org")
    assert "opens your account no more" in ada.page.locator("main").inner_text()
