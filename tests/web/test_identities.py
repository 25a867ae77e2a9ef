"""Linking an outside identity to one's account, and unlinking it, but never the last way in."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask

from flavorbot.interfaces import IStorage
from flavorbot.settings import Issuer
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Clock, MakeApp, sign_in, sign_up
from tests.web.provider import Provider, as_json, come_back, enter, go_out, who

LINK = "/account/identities/example/link"


@pytest.fixture
def app(make_app: MakeApp, issuer: Issuer) -> Flask:
    return make_app(issuers=(issuer,))


def unlink(client: CarefulClient) -> str:
    """The address that unlinks what the page shows first."""
    return str(re.findall(r"/account/identities/[0-9a-f]{32}/unlink", client.get("/account/identities").text)[0])


def test_a_linked_identity_opens_the_account_until_it_is_unlinked(
    client: CarefulClient, visitor: Callable[[], CarefulClient], provider: Provider
) -> None:
    sign_up(client, "somebody@example.com")
    assert enter(client, provider, LINK).location == "/account/identities?done=linked"
    assert "ada@example.com" in client.get("/account/identities").text
    other = visitor()
    enter(other, provider)
    assert who(other) == "somebody@example.com"
    assert client.post(unlink(client)).location == "/account/identities?done=unlinked"
    assert "ada@example.com" not in client.get("/account/identities").text
    provider.person["email"] = "new@example.com"
    last = visitor()
    enter(last, provider)
    assert who(last) == "new@example.com"
    told = client.get("/account/activity").text
    assert "Sign-in by others linked" in told
    assert "Sign-in by others unlinked" in told


def test_an_identity_of_another_account_is_not_linked(
    client: CarefulClient, visitor: Callable[[], CarefulClient], provider: Provider
) -> None:
    enter(client, provider)
    bea = visitor()
    sign_up(bea, "bea@example.com")
    answer = enter(bea, provider, LINK)
    assert answer.status_code == 409
    assert "another account" in answer.text
    assert who(bea) == "bea@example.com"


def test_the_only_way_in_is_not_unlinked(client: CarefulClient, provider: Provider) -> None:
    enter(client, provider)
    answer = client.post(unlink(client))
    assert answer.status_code == 409
    assert "only way into your account" in answer.text
    assert "ada@example.com" in client.get("/account/identities").text


def test_what_is_begun_by_one_is_not_finished_by_another(client: CarefulClient, provider: Provider) -> None:
    sign_up(client, "bea@example.com")
    location = go_out(client, LINK)
    sign_up(client, "eve@example.com")
    assert come_back(client, provider, location).status_code == 400
    assert "What opens your account" not in client.get("/account/identities").text


def test_a_link_is_not_finished_after_signing_out(client: CarefulClient, provider: Provider, storage: IStorage) -> None:
    user_id = sign_up(client)
    location = go_out(client, LINK)
    client.post("/logout")
    assert come_back(client, provider, location).status_code == 400
    assert storage.list_identities(user_id) == []


def test_linking_and_unlinking_are_confirmed_first(client: CarefulClient, provider: Provider, clock: Clock) -> None:
    sign_up(client, "somebody@example.com")
    enter(client, provider, LINK)
    address = unlink(client)
    clock.pass_by(minutes=11)
    for path in (LINK, address):
        answer = client.post(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/account/confirm")
    assert client.post("/account/confirm", data={"password": PASSWORD}).status_code == 303
    assert client.post(address).location == "/account/identities?done=unlinked"


def test_whoever_left_the_provider_still_signs_in_by_password(client: CarefulClient, provider: Provider) -> None:
    sign_up(client)
    provider.person["email"] = "elsewhere@example.com"
    enter(client, provider, LINK)
    client.post("/logout")
    assert sign_in(client) == 200
    assert client.post(unlink(client)).status_code == 303


def test_what_is_linked_is_taken_along(client: CarefulClient, provider: Provider) -> None:
    enter(client, provider)
    kept = zipfile.ZipFile(io.BytesIO(client.get("/account/data/export.zip").data))
    (told,) = json.loads(kept.read("flavorbot-data/identities.json"))
    assert (told["issuer"], told["subject"], told["label"]) == (provider.issuer, "ada-1", "ada@example.com")


def test_a_failed_link_leads_back_to_the_page(client: CarefulClient, provider: Provider) -> None:
    sign_up(client)
    location = go_out(client, LINK)
    answer = come_back(client, provider, location, code=None, error="access_denied")
    assert 'href="/account/identities"' in answer.text
    assert "cancelled" in answer.text


def test_an_endpoint_elsewhere_is_reached_by_a_link(client: CarefulClient, provider: Provider) -> None:
    away = "https://login.example.net/authorize"
    provider.wrong["/.well-known/openid-configuration"] = lambda: as_json(
        {**provider.discovery(), "authorization_endpoint": away}
    )
    answer = client.post("/login/example", data={"next": "/usage"})
    assert answer.status_code == 200
    location = re.findall(r'href="(https://login[^"]+)"', answer.text)[0].replace("&amp;", "&")
    assert location.startswith(away + "?")
    assert urlencode({"next": "/usage"}) not in location
    assert come_back(client, provider, location).location == "/usage"
