"""Whoever changes a way into an account cannot do so without its person being told by mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from flavorbot.settings import Issuer
from tests.web.authenticator import Device
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, MakeApp, browser, sign_up
from tests.web.provider import Provider, enter
from tests.web.test_credentials import mails
from tests.web.test_identities import LINK, unlink
from tests.web.test_passkeys import PAGE as PASSKEYS
from tests.web.test_passkeys import add
from tests.web.test_second_factor import ADA, turn_on
from tests.web.test_second_factor import PAGE as FACTOR


@pytest.fixture
def app(make_app: MakeApp, issuer: Issuer) -> Flask:
    return make_app(issuers=(issuer,))


def test_each_change_of_a_way_in_is_told_once(
    app: Flask, client: CarefulClient, provider: Provider, clock: Clock, tmp_path: Path
) -> None:
    sign_up(client)
    enter(client, provider, LINK)
    client.post(unlink(client))
    add(client, Device())
    (passkey,) = re.findall(rf'action="({PASSKEYS}/\w+/delete)"', client.get(PASSKEYS).text)
    client.post(passkey)
    _, codes = turn_on(client, clock)
    assert browser(app).post("/api/v1/auth/login", json=ADA | {"code": codes[0]}).status_code == 200
    client.post(f"{FACTOR}/codes")
    client.post(f"{FACTOR}/end")
    client.post("/account/tokens", data={"name": "Script", "scope": "read", "days": "30"})
    told = [(to, subject, text) for to, subject, text in mails(tmp_path) if "Confirm your address" not in subject]
    assert {to for to, *_ in told} == {"ada@example.com"}
    assert sorted(subject for _, subject, _ in told) == [
        "A passkey of your FlavorBot account was deleted",
        "A passkey was added to your FlavorBot account",
        "A recovery code of your FlavorBot account was used",
        "A second factor is on for your FlavorBot account",
        "A token for scripts was made for your FlavorBot account",
        "Example was linked to your FlavorBot account",
        "Example was unlinked from your FlavorBot account",
        "The second factor of your FlavorBot account is off",
        "Your FlavorBot account has new recovery codes",
    ]
    assert all("If that was not you" in text for *_, text in told)
