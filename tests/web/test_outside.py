"""Signing in with an outside provider: who gets in, as whom, and what cannot be turned into somebody else's account."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from flask import Flask

from flavorbot import accounts
from flavorbot.interfaces import IStorage
from flavorbot.settings import Issuer, MailServer
from flavorbot.web.outbox import settle
from flavorbot.web.services import Services
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Break, Clock, MakeApp, browser, sign_in, sign_up
from tests.web.provider import Provider, as_json, come_back, enter, go_out, serving, who

Browsers = Callable[[], CarefulClient]


@pytest.fixture
def app(make_app: MakeApp, issuer: Issuer) -> Flask:
    return make_app(issuers=(issuer,))


def services_of(app: Flask) -> Services:
    found: Services = app.extensions["flavorbot"]
    return found


def test_the_request_has_state_nonce_challenge_and_our_own_address(client: CarefulClient, provider: Provider) -> None:
    parts = urlsplit(go_out(client))
    asked = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{provider.issuer}/authorize"
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost/login/example/callback"]
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 20


def test_an_evil_host_is_in_no_callback_address(client: CarefulClient) -> None:
    answer = client.post("/login/example", headers={"Host": "evil.example", "Sec-Fetch-Site": "same-origin"})
    assert "evil.example" not in str(answer.location)


def test_somebody_new_gets_an_account_and_comes_back_to_it(
    client: CarefulClient, visitor: Browsers, provider: Provider, clock: Clock
) -> None:
    answer = enter(client, provider, next="/usage")
    assert (answer.status_code, answer.location) == (303, "/usage")
    assert who(client) == "ada@example.com"
    clock.pass_by(days=1)
    provider.person["email"] = "other@example.com"
    again = visitor()
    assert enter(again, provider).status_code == 303
    assert who(again) == "ada@example.com"
    assert "Signed in" in again.get("/account/activity").text


def test_signing_in_gives_a_new_session_id(client: CarefulClient, provider: Provider) -> None:
    location = go_out(client)
    before = client.cookie
    come_back(client, provider, location)
    assert client.cookie != before
    client.set_cookie("flavorbot", before or "")
    assert who(client) is None


def test_what_the_id_token_leaves_out_is_asked_for(client: CarefulClient, provider: Provider) -> None:
    provider.claims = {"email": None, "email_verified": None}
    provider.wrong["/userinfo"] = lambda: as_person(provider)
    enter(client, provider)
    assert who(client) == "ada@example.com"


def as_person(provider: Provider, **changes: object) -> tuple[int, str, bytes]:
    return as_json({**provider.person, **changes})


def test_userinfo_of_somebody_else_is_refused(client: CarefulClient, provider: Provider) -> None:
    provider.claims = {"email": None}
    provider.wrong["/userinfo"] = lambda: as_person(provider, sub="bea-2")
    assert enter(client, provider).status_code == 502
    assert who(client) is None


@pytest.mark.parametrize("verified", [True, False, "true", None])
def test_an_address_opens_nobodys_account(
    client: CarefulClient, visitor: Browsers, provider: Provider, verified: object
) -> None:
    sign_up(client)
    provider.person["email_verified"] = verified
    thief = visitor()
    assert enter(thief, provider).status_code == 409
    assert who(thief) is None
    assert enter(thief, provider).status_code == 409


def test_only_a_confirmed_address_learns_that_it_has_an_account(
    make_app: MakeApp, issuer: Issuer, provider: Provider
) -> None:
    app = make_app(issuers=(issuer,))
    sign_up(browser(app))
    assert "already" in enter(browser(app), provider).text
    provider.person["email_verified"] = False
    assert "already. Sign in" not in enter(browser(app), provider).text


def test_where_addresses_are_confirmed_an_unverified_one_makes_no_account(
    make_app: MakeApp, issuer: Issuer, provider: Provider
) -> None:
    app = make_app(issuers=(issuer,), mail_server=MailServer(host="127.0.0.1", port=9))
    provider.person["email_verified"] = False
    client = browser(app)
    answer = enter(client, provider)
    assert answer.status_code == 400
    assert "Register here with a password" in answer.text
    assert services_of(app).storage.user_by_email("ada@example.com") is None
    provider.person["email_verified"] = True
    assert enter(client, provider).status_code == 303
    assert who(client) == "ada@example.com"


def test_accounts_are_counted_by_whatever_way_they_are_made(
    make_app: MakeApp, issuer: Issuer, provider: Provider
) -> None:
    app = make_app(issuers=(issuer,), rates=True)
    empty = {"email": "x", "password": PASSWORD}
    for _ in range(20):
        assert browser(app).post("/register", data=empty).status_code == 422
    answer = enter(browser(app), provider)
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert services_of(app).storage.user_by_email("ada@example.com") is None


@pytest.mark.parametrize("vouches", [False, True])
def test_a_reset_unlinks_whoever_made_the_account_in_advance(
    client: CarefulClient, visitor: Browsers, provider: Provider, tmp_path: Path, vouches: bool
) -> None:
    """Eve signs in with Ada's address, by a provider that says whatever she likes, and waits for Ada to come."""
    provider.person["email_verified"] = vouches
    enter(client, provider)
    ada = visitor()
    ada.post("/forgot", data={"email": "ada@example.com"})
    settle()
    mails = [path.read_text(encoding="utf-8") for path in (tmp_path / "mail").iterdir()]
    link = next(found[0] for mail in mails if (found := re.findall(r"/reset/[A-Za-z0-9_-]{43}", mail)))
    assert ada.post(link, data={"password": PASSWORD}).status_code == 303
    assert sign_in(ada) == 200
    eve = visitor()
    assert enter(eve, provider).status_code == 409
    assert who(eve) is None


def test_whoever_has_no_password_is_told_how_to_get_one(client: CarefulClient, provider: Provider) -> None:
    enter(client, provider)
    answer = client.post("/account/password", data={"current_password": "x", "password": PASSWORD})
    assert answer.status_code == 422
    assert "has no password yet" in answer.text


def test_without_an_address_there_is_no_account(client: CarefulClient, provider: Provider) -> None:
    provider.person["email"] = ""
    answer = enter(client, provider)
    assert answer.status_code == 400
    assert "does not tell us your e-mail address" in answer.text
    assert who(client) is None


def test_no_password_opens_an_account_made_from_outside(
    client: CarefulClient, visitor: Browsers, provider: Provider
) -> None:
    enter(client, provider)
    for password in ("", "x", "a long enough phrase"):
        account = {"email": "ada@example.com", "password": password}
        assert visitor().post("/api/v1/auth/login", json=account).status_code in (401, 422)


def test_the_same_subject_at_another_provider_is_somebody_else(
    make_app: MakeApp, issuer: Issuer, provider: Provider
) -> None:
    with serving() as second:
        other = Issuer(name="other", url=second.issuer, client_id="flavorbot", client_secret="x")
        app = make_app(issuers=(issuer, other))
        enter(browser(app), provider)
        second.person["email"] = "eve@example.com"
        eve = browser(app)
        location = go_out(eve, "/login/other")
        eve.get("/login/other/callback", query_string=second.sign_in(location))
        assert who(eve) == "eve@example.com"


def test_an_answer_at_another_providers_address_is_refused(
    make_app: MakeApp, issuer: Issuer, provider: Provider
) -> None:
    """One that is hostile sends people on to a good one and waits for the code (RFC 9700, section 4.4)."""
    other = Issuer(name="other", url="https://other.example", client_id="flavorbot", client_secret="x")
    ada = browser(make_app(issuers=(issuer, other)))
    given = provider.sign_in(go_out(ada))
    for name in ("other", "example"):
        assert ada.get(f"/login/{name}/callback", query_string=given).status_code == 400
    assert who(ada) is None
    assert "/token" not in provider.asked


@pytest.mark.parametrize("changes", [{"state": None}, {"state": "x"}, {"state": ""}, {"code": None}, {"code": ""}])
def test_an_answer_without_its_state_or_code_is_refused(
    client: CarefulClient, provider: Provider, changes: dict[str, str | None]
) -> None:
    answer = come_back(client, provider, go_out(client), **changes)
    assert answer.status_code == 400
    assert who(client) is None


def test_a_state_is_used_once(client: CarefulClient, provider: Provider) -> None:
    location = go_out(client)
    come_back(client, provider, location)
    client.post("/logout")
    assert come_back(client, provider, location).status_code == 400
    assert who(client) is None


def test_a_state_is_used_up_by_a_provider_that_fails(client: CarefulClient, provider: Provider) -> None:
    location = go_out(client)
    provider.wrong["/token"] = lambda: (500, "text/html", b"<h1>Oh</h1>")
    assert come_back(client, provider, location).status_code == 502
    del provider.wrong["/token"]
    assert come_back(client, provider, location).status_code == 400
    assert enter(client, provider).status_code == 303


def test_a_state_of_another_browser_is_refused(client: CarefulClient, visitor: Browsers, provider: Provider) -> None:
    """Eve's answer in Ada's browser would have Ada save her recipes in Eve's account."""
    eve = visitor()
    location = go_out(eve)
    assert come_back(client, provider, location).status_code == 400
    go_out(client)
    assert come_back(client, provider, location).status_code == 400
    assert who(client) is None


def test_a_code_with_anothers_state_is_refused(client: CarefulClient, visitor: Browsers, provider: Provider) -> None:
    hers, theirs = go_out(client), go_out(visitor())
    stolen = provider.sign_in(hers)["code"]
    own = provider.sign_in(theirs)
    assert own["state"] != dict(parse_qsl(urlsplit(hers).query))["state"]
    answer = come_back(client, provider, go_out(client), code=own["code"])
    assert answer.status_code == 400
    assert come_back(client, provider, go_out(client), code=stolen).status_code == 400
    assert who(client) is None


def test_a_state_ends_after_ten_minutes(client: CarefulClient, provider: Provider, clock: Clock) -> None:
    location = go_out(client)
    clock.pass_by(minutes=10)
    assert come_back(client, provider, location).status_code == 400


def test_many_beginnings_take_little_room(client: CarefulClient, provider: Provider, storage: IStorage) -> None:
    locations = [go_out(client, next="/" + "x" * 1_900) for _ in range(30)]
    with client.session_transaction() as session:
        assert len(str(session["outside"])) < 12_000
    assert come_back(client, provider, locations[0]).status_code == 400
    assert come_back(client, provider, locations[-1]).status_code == 303


def test_beginnings_are_limited_for_an_address(make_app: MakeApp, issuer: Issuer) -> None:
    client = browser(make_app(issuers=(issuer,), rates=True))
    answers = [client.post("/login/example").status_code for _ in range(51)]
    assert answers == [303] * 50 + [429]


def test_an_address_alone_begins_nothing(client: CarefulClient, calls: list[str]) -> None:
    answer = client.get("/login/example?next=/usage", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.location) == (303, "/login?next=%2Fusage")
    assert "Set-Cookie" not in answer.headers
    assert calls == []
    assert client.post("/login/example", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_comes_back_to_another_site(client: CarefulClient, provider: Provider, target: str) -> None:
    assert enter(client, provider, next=target).location == "/"


@pytest.mark.parametrize("path", ["/login/nobody", "/login/nobody/callback"])
def test_a_provider_that_is_not_set_up_is_not_found(client: CarefulClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post("/login/nobody").status_code == 404


def test_a_disabled_account_is_not_opened(client: CarefulClient, visitor: Browsers, provider: Provider) -> None:
    enter(client, provider)
    found = services_of(client.application)
    user = found.storage.user_by_email("ada@example.com")
    assert user is not None
    accounts.disable(found.storage, user, found.now())
    other = visitor()
    assert enter(other, provider).status_code == 403
    assert who(other) is None


def test_a_second_factor_is_asked_for(client: CarefulClient, visitor: Browsers, provider: Provider) -> None:
    enter(client, provider)
    found = services_of(client.application)
    user = found.storage.user_by_email("ada@example.com")
    assert user is not None
    accounts.mark_second_factor(found.storage, user.id, found.now())
    other = visitor()
    answer = enter(other, provider, next="/usage")
    assert answer.location == "/login/code?next=%2Fusage"
    assert who(other) is None
    assert other.get("/login/code").status_code == 200


def test_the_form_may_lead_to_the_provider_and_nowhere_else(client: CarefulClient, provider: Provider) -> None:
    page = client.get("/login")
    assert f"form-action 'self' {provider.issuer};" in page.headers["Content-Security-Policy"]
    assert "Sign in with Example" in page.text


def test_storage_that_is_down_is_told_as_ever(
    app: Flask, client: CarefulClient, provider: Provider, break_storage: Break
) -> None:
    location = go_out(client)
    break_storage("find_identity")
    answer = come_back(client, provider, location)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
