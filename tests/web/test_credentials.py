"""Passwords and addresses: confirmed, reset and changed by links in mails, and nothing tells who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from flask import Flask

from flavorbot import accounts
from flavorbot.interfaces import IStorage
from flavorbot.model import User
from flavorbot.web import outbox
from flavorbot.web.credentials import MAILS_AN_HOUR
from flavorbot.web.outbox import settle
from flavorbot.web.services import Services
from tests.web.authenticator import Device
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Clock, MakeApp, browser, sign_in, sign_up
from tests.web.test_passkeys import add

Visitor = Callable[[], CarefulClient]
NEW = "another quite long phrase"
ADA = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada"}
MAC = {"User-Agent": "Mozilla/5.0 (Macintosh; Mac OS X) Firefox/140"}


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """One with a mail server, where an address is to be confirmed first; its mails are still files."""
    found: Services = app.extensions["flavorbot"]
    monkeypatch.setattr(type(found.mailer), "delivers", True)
    return app


def mails(folder: Path) -> list[tuple[str, str, str]]:
    """To, subject and text of each, in the order they were sent."""
    settle()
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (folder / "mail").glob("*.eml")]
    return [(each["To"], each["Subject"], each.get_content()) for each in found]


def link_to(folder: Path, kind: str, subject: str = "") -> str:
    [path] = [
        match[1]
        for _, title, text in mails(folder)
        if subject in title and (match := re.search(rf"http://localhost\S*?(/{kind}/\S+)", text))
    ]
    for file in (folder / "mail").glob("*.eml"):
        file.unlink()
    return str(path)


def forget(client: CarefulClient, email: str = "ada@example.com") -> None:
    assert client.post("/api/v1/auth/forgot", json={"email": email}).status_code == 202


def test_a_new_password_is_set_by_a_link_once(
    client: CarefulClient, visitor: Visitor, tmp_path: Path, storage: IStorage
) -> None:
    user_id = sign_up(client)
    link_to(tmp_path, "confirm")
    other = visitor()
    assert other.post("/forgot", data={"email": "ADA@example.com"}).location == "/check-mail"
    link = link_to(tmp_path, "reset")
    assert link.split("/")[-1] not in repr(storage.list_events(user_id, 9))
    page = other.get(link)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert other.post(link, data={"password": "short"}).status_code == 422
    assert other.post(link, data={"password": NEW}).location == "/login?done=password-reset"
    for answer in (other.get(link), other.post(link, data={"password": NEW})):
        assert answer.status_code == 404
        assert "This link was used" in answer.text
        assert 'href="/forgot"' in answer.text
    assert client.get("/api/v1/me").status_code == 401
    assert sign_in(other) == 401
    assert sign_in(other, password=NEW) == 200
    assert "Your FlavorBot password was reset" in [subject for _, subject, _ in mails(tmp_path)]


@pytest.mark.parametrize("void", ["late", "superseded", "password changed", "moved"])
def test_a_reset_link_can_be_void(
    client: CarefulClient, visitor: Visitor, tmp_path: Path, clock: Clock, storage: IStorage, void: str
) -> None:
    user = storage.get_user(sign_up(client))
    assert user
    forget(visitor())
    link = link_to(tmp_path, "reset")
    if void == "late":
        clock.pass_by(hours=1)
    elif void == "superseded":
        forget(visitor())
        link_to(tmp_path, "reset")
    elif void == "moved":
        storage.change_email(user, "ada@elsewhere.example", {})
    else:
        change = {"current_password": PASSWORD, "password": NEW, "end_others": "1"}
        assert client.post("/account/password", data=change).status_code == 303
    answer = visitor().post("/api/v1/auth/reset", json={"token": link.split("/")[-1], "password": NEW + "!"})
    assert answer.status_code == 404


def test_forgetting_tells_nobody_who_has_an_account(client: CarefulClient, visitor: Visitor, tmp_path: Path) -> None:
    sign_up(client)
    link_to(tmp_path, "confirm")
    answers = [visitor().post("/forgot", data={"email": f"{who}@example.com"}) for who in ("ada", "bob")]
    assert len({(each.status_code, each.location, each.data) for each in answers}) == 1
    assert [to for to, _, _ in mails(tmp_path)] == ["ada@example.com"]


def test_what_is_no_address_is_told_on_the_page_alone(client: CarefulClient) -> None:
    page = client.post("/forgot", data={"email": "<ada>"})
    assert (page.status_code, 'value="&lt;ada&gt;"' in page.text) == (422, True)
    forget(client, "<ada>")


@pytest.mark.parametrize("path", ["/forgot", "/register"])
def test_no_time_tells_who_has_an_account(
    strict: Flask, visitor: Visitor, storage: IStorage, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Nobody waits for the mail server, here one that is stuck, and all answers take as long."""
    found: Services = strict.extensions["flavorbot"]
    going_on = Event()
    monkeypatch.setattr(type(found.mailer), "send", lambda *_: going_on.wait(60))
    visitor().post("/register", data=ADA)
    monkeypatch.setattr(outbox, "EVEN_S", 0.2)
    for who in ("ada", "bob"):
        began = monotonic()
        assert visitor().post(path, data=ADA | {"email": f"{who}@example.com"}).location == "/check-mail"
        assert 0.2 <= monotonic() - began < 30
    going_on.set()
    settle()


def test_whoever_asks_too_often_for_another_leaves_them_a_link(make_app: MakeApp, clock: Clock, tmp_path: Path) -> None:
    app = make_app(rates=True)
    sign_up(browser(app))
    for _ in range(MAILS_AN_HOUR + 3):
        forget(browser(app))
    assert [subject for _, subject, _ in mails(tmp_path)].count("A new password for FlavorBot") == MAILS_AN_HOUR
    mailed = " ".join(each.read_text() for each in (tmp_path / "mail").glob("*.eml"))
    clock.pass_by(minutes=59)
    # Mails are sent beside one another, so their files do not tell which link is the last.
    links = set(re.findall(r"http://localhost\S*?(/reset/\S+)", mailed))
    assert 200 in {browser(app).get(link).status_code for link in links}


def test_no_sign_in_under_way_outlives_a_new_password(
    client: CarefulClient, visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(client)
    forget(visitor())
    link, check = link_to(tmp_path, "reset"), accounts.check_credentials

    def meanwhile(*given: Any) -> User:  # noqa: ANN401
        user = check(*given)
        assert visitor().post(link, data={"password": NEW}).status_code == 303
        return user

    monkeypatch.setattr(accounts, "check_credentials", meanwhile)
    thief = visitor()
    page = thief.post("/login", data=ADA)
    assert (page.status_code, "was changed at this moment" in page.text) == (422, True)
    assert thief.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("here", [False, True])
def test_a_reset_ends_what_was_added_before_anybody_confirmed_the_address(
    client: CarefulClient, visitor: Visitor, tmp_path: Path, storage: IStorage, here: bool
) -> None:
    """Unless whoever made the account is the one at this browser."""
    user_id = sign_up(client)
    add(client, Device())
    made = client.post("/api/v1/tokens", json={"name": "script", "scope": "write"})
    script = {"Authorization": f"Bearer {made.get_json()['token']}"}
    link_to(tmp_path, "confirm")
    forget(visitor())
    link, opener = link_to(tmp_path, "reset"), client if here else visitor()
    assert ("also ends whatever else opens the account" in opener.get(link).text) is not here
    assert opener.post(link, data={"password": NEW}).status_code == 303
    assert len(storage.list_passkeys(user_id)) == here
    assert visitor().get("/api/v1/me", headers=script).status_code == (200 if here else 401)
    [(_, _, told)] = mails(tmp_path)
    assert ("Whatever else opened the account was ended" in told) is not here


def test_a_link_outlasts_what_is_done_at_the_same_time(
    client: CarefulClient, visitor: Visitor, tmp_path: Path, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = storage.get_user(sign_up(client))
    forget(visitor())
    link, read = link_to(tmp_path, "reset"), storage.get_user
    assert user
    storage.update_user(user, {})
    monkeypatch.setattr(storage, "get_user", lambda _: user)
    answer = visitor().post(link, data={"password": NEW})
    assert (answer.status_code, "changed in the meantime" in answer.text) == (409, True)
    monkeypatch.setattr(storage, "get_user", read)
    assert visitor().post(link, data={"password": NEW}).status_code == 303


def test_links_in_mails_ignore_the_host_that_was_asked(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    sign_up(browser(app))
    link_to(tmp_path, "confirm")
    evil = {"base_url": "http://evil.example", "headers": {"Origin": "http://evil.example"}}
    app.test_client().post("/forgot", data={"email": "ada@example.com"}, **evil)
    assert "evil" not in str(mails(tmp_path))
    assert link_to(tmp_path, "reset")


def test_registering_answers_alike_and_waits_for_the_link(
    strict: Flask, visitor: Visitor, tmp_path: Path, storage: IStorage
) -> None:
    ada, stranger = visitor(), visitor()
    answers = [ada.post("/register", data=ADA)]
    link = link_to(tmp_path, "confirm")
    assert sign_in(ada) == 401
    link = link_to(tmp_path, "confirm")
    for given in ("", "not the right one"):
        assert ada.post(link, data={"password": given}).status_code == 422
    assert ada.post(link, data={"password": PASSWORD}).location == "/login?done=confirmed"
    assert ada.get(link).status_code == 404
    answers.append(stranger.post("/register", data=ADA | {"password": NEW}))
    assert len({(each.status_code, each.location, each.data) for each in answers}) == 1
    assert [subject for _, subject, _ in mails(tmp_path)] == ["You already have a FlavorBot account"]
    assert stranger.cookie is None
    assert (sign_in(stranger, password=NEW), sign_in(ada)) == (401, 200)
    assert stranger.post("/api/v1/auth/register", json=ADA).get_json() == {"user": None}


def test_an_address_confirmed_later_may_be_used_before(
    client: CarefulClient, tmp_path: Path, storage: IStorage
) -> None:
    user_id = sign_up(client)
    assert "not confirmed yet" in client.get("/account/email").text
    assert client.post(link_to(tmp_path, "confirm")).location == "/account?done=confirmed"
    user = storage.get_user(user_id)
    assert user
    assert user.email_confirmed_at
    assert "not confirmed yet" not in client.get("/account/email").text


def test_a_password_is_changed_with_the_current_one(client: CarefulClient, visitor: Visitor, tmp_path: Path) -> None:
    sign_up(client)
    other = visitor()
    assert sign_in(other) == 200
    before = client.cookie
    wrong = client.post("/account/password", data={"current_password": "wrong", "password": NEW})
    assert wrong.status_code == 422
    assert "That is not your password." in wrong.text
    assert client.post("/account/password", data={"current_password": PASSWORD, "password": NEW}).status_code == 303
    assert client.cookie != before
    assert other.get("/api/v1/me").status_code == 200
    change = {"current_password": NEW, "password": PASSWORD, "end_others": "1"}
    assert client.post("/account/password", data=change).location == "/account?done=password-changed"
    assert other.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me").status_code == 200
    assert [subject for _, subject, _ in mails(tmp_path)].count("Your FlavorBot password was changed") == 2
    client.set_cookie("flavorbot", before or "")
    assert client.get("/api/v1/me").status_code == 401


def test_an_address_moves_once_its_mail_is_opened(
    client: CarefulClient, visitor: Visitor, tmp_path: Path, storage: IStorage
) -> None:
    sign_up(client)
    link_to(tmp_path, "confirm")
    move = {"email": "ada@new.example", "current_password": PASSWORD}
    assert client.post("/account/email", data=move | {"current_password": "x"}).status_code == 422
    assert client.post("/account/email", data=move).location == "/account/email?done=move-mailed"
    assert {to for to, _, _ in mails(tmp_path)} == {"ada@example.com", "ada@new.example"}
    link = link_to(tmp_path, "confirm")
    stranger = visitor()
    assert "Your password" in stranger.get(link).text
    assert stranger.post(link).status_code == 422
    assert storage.user_by_email("ada@new.example") is None
    assert client.post(link).location == "/account?done=moved-address"
    assert client.get("/api/v1/me").get_json()["user"]["email"] == "ada@new.example"
    assert {to for to, _, _ in mails(tmp_path)} == {"ada@example.com", "ada@new.example"}
    assert (sign_in(visitor()), sign_in(visitor(), "ada@new.example")) == (401, 200)


def test_moving_to_an_address_that_is_known_answers_alike(
    client: CarefulClient, visitor: Visitor, tmp_path: Path
) -> None:
    sign_up(client)
    sign_up(visitor(), "bob@example.com")
    answers = [
        client.post("/account/email", data={"email": email, "current_password": PASSWORD})
        for email in ("bob@example.com", "free@example.com")
    ]
    assert len({(each.status_code, each.location, each.data) for each in answers}) == 1
    assert "Your address is in use at FlavorBot" in [subject for _, subject, _ in mails(tmp_path)]


def test_a_new_device_is_told_by_mail_once(client: CarefulClient, visitor: Visitor, tmp_path: Path) -> None:
    sign_up(client)
    assert sign_in(visitor()) == 200
    link_to(tmp_path, "confirm")
    visitor().post("/api/v1/auth/forgot", json={"email": "ada@example.com"}, headers=MAC)
    link_to(tmp_path, "reset")
    for _ in range(2):
        account = {"email": "ada@example.com", "password": PASSWORD}
        assert visitor().post("/api/v1/auth/login", json=account, headers=MAC).status_code == 200
        settle()
    assert [subject for _, subject, _ in mails(tmp_path)] == ["New sign-in to FlavorBot from Firefox on macOS"]


def test_an_address_asks_for_twenty_links_an_hour(make_app: MakeApp) -> None:
    client = browser(make_app(rates=True))
    statuses = [client.post("/forgot", data={"email": f"{n}@example.com"}).status_code for n in range(21)]
    assert statuses == [303] * 20 + [429]
