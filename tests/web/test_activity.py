"""What happened to an account is shown to its owner, and never stands in the way of what happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.client import CarefulClient
from tests.web.conftest import Break, sign_in, sign_up


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


def test_activity_tells_who_did_what(client: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    sign_up(client)
    other = visitor()
    sign_up(other, "bob@example.com")
    assert sign_in(other) == 200
    client.post("/account/tokens", data={"name": "<b>cron</b>"})
    page = client.get("/account/activity").text
    for told in ("Registered", "Signed in", "Token made", "&lt;b&gt;cron", "21 November 2026, 12:00 UTC", "127.0.0.1"):
        assert told in page
    assert page.count("Registered") == 1


def test_what_cannot_be_recorded_happens_all_the_same(client: CarefulClient, break_storage: Break) -> None:
    break_storage("add_event")
    sign_up(client)
    assert client.get("/account/activity").status_code == 200
