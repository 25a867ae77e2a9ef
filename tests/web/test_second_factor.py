"""The second factor: on pages and over JSON the password alone opens nothing, and no code opens anything twice."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from flavorbot.interfaces import IStorage
from flavorbot.second_factors import code_at, is_app_code
from tests.web.authenticator import Device
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Clock, MakeApp, browser, sign_up

PAGE = "/account/second-factor"
ADA = {"email": "ada@example.com", "password": PASSWORD}
Visitor = Callable[[], CarefulClient]


class Phone:
    """An authenticator app that was shown the page."""

    def __init__(self, page: str, clock: Clock) -> None:
        (address,) = re.findall(r'href="(otpauth://[^"]+)"', page)
        query = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
        assert (query["issuer"], query["digits"], query["period"]) == (["FlavorBot"], ["6"], ["30"])
        self.key = b32decode(query["secret"][0])
        self.clock = clock

    def code(self, steps: int = 0) -> str:
        """The code that it shows now, or so many half minutes later."""
        return code_at(self.key, int(self.clock().timestamp()) // 30 + steps)


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


def turn_on(client: CarefulClient, clock: Clock) -> tuple[Phone, list[str]]:
    assert client.post(f"{PAGE}/new").location == f"{PAGE}/new"
    phone = Phone(client.get(f"{PAGE}/new").text, clock)
    answer = client.post(PAGE, data={"code": phone.code()})
    assert answer.status_code == 201
    clock.pass_by(seconds=30)
    return phone, codes_in(answer)


def codes_in(answer: TestResponse) -> list[str]:
    return re.findall(r"<code>([\w-]+)</code>", answer.text)


def by_page(client: CarefulClient, code: str) -> bool:
    """Sign in with both steps on the pages."""
    first = client.post("/login", data=ADA | {"next": "/recipes"})
    assert first.location == "/login/code?next=%2Frecipes"
    assert client.get("/api/v1/me").status_code == 401
    answer = client.post("/login/code", data={"code": code, "next": "/recipes"})
    assert (answer.status_code, answer.location) in ((303, "/recipes"), (422, None))
    return answer.status_code == 303 and client.get("/api/v1/me").status_code == 200


def by_api(client: CarefulClient, code: str) -> bool:
    return client.post("/api/v1/auth/login", json=ADA | {"code": code}).status_code == 200


def test_codes_are_those_of_the_standard() -> None:
    # RFC 4226, appendix D, and RFC 6238, appendix B, whose codes of 8 digits end like those of 6.
    key = b"12345678901234567890"
    hotp = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489"
    assert " ".join(code_at(key, step) for step in range(10)) == hotp
    totp = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {seconds: code_at(key, seconds // 30) for seconds in totp} == totp


@pytest.mark.parametrize("sign_in", [by_page, by_api])
def test_signing_in_takes_password_and_code(
    ada: CarefulClient, visitor: Visitor, clock: Clock, sign_in: Callable[[CarefulClient, str], bool]
) -> None:
    phone, recovery = turn_on(ada, clock)
    assert len(set(recovery)) == 10
    assert not sign_in(visitor(), phone.code(steps=5))
    assert sign_in(visitor(), f" {phone.code()[:3]} {phone.code()[3:]} ")
    assert not sign_in(visitor(), phone.code())
    assert not sign_in(visitor(), phone.code(steps=-1))
    clock.pass_by(seconds=60)
    assert sign_in(visitor(), phone.code(steps=-1))
    assert sign_in(visitor(), phone.code(steps=1))
    assert sign_in(visitor(), recovery[3].upper().replace("-", " "))
    assert not sign_in(visitor(), recovery[3])
    assert not sign_in(visitor(), "é" * 16)
    assert "<b>9 of 10</b>" in ada.get(PAGE).text


def test_scripts_are_told_what_is_missing(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    phone, _ = turn_on(ada, clock)
    client = visitor()
    answer = client.post("/api/v1/auth/login", json=ADA)
    assert (answer.status_code, answer.get_json()["title"]) == (401, "Enter a code, too")
    assert [each["field"] for each in answer.get_json()["errors"]] == ["code"]
    wrong = client.post("/api/v1/auth/login", json=ADA | {"password": "not right at all", "code": phone.code()})
    assert (wrong.status_code, wrong.get_json()["errors"]) == (401, [])
    assert client.cookie is None


def test_nothing_is_on_before_the_app_has_shown_a_code(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    assert ada.get(f"{PAGE}/new").location == PAGE
    assert ada.post(PAGE, data={"code": "123456"}).location == PAGE
    ada.post(f"{PAGE}/new")
    phone = Phone(ada.get(f"{PAGE}/new").text, clock)
    for code in ("", "000000", "12345", "x" * 100, phone.code(steps=3)):
        answer = ada.post(PAGE, data={"code": code})
        assert answer.status_code == 422
        assert Phone(answer.text, clock).key == phone.key
    assert visitor().post("/login", data=ADA).location == "/"


def test_the_first_step_opens_the_second_alone(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    phone, recovery = turn_on(ada, clock)
    client = visitor()
    assert client.post("/login/code", data={"code": phone.code()}).location == "/login?next=%2F"
    assert client.get("/login/code").location == "/login"
    client.post("/login", data=ADA)
    waiting = client.cookie
    assert "one-time-code" in client.get("/login/code").text
    assert "Recovery code" in client.get("/login/code?by=recovery").text
    for path in ("/account", "/recipes", PAGE):
        assert client.get(path).location.startswith("/login")
    clock.pass_by(minutes=10)
    assert client.post("/login/code", data={"code": recovery[0]}).location == "/login?next=%2F"
    client.post("/login", data=ADA)
    assert client.cookie != waiting
    assert client.post("/login/code", data={"code": recovery[0]}).location == "/"
    client.set_cookie("flavorbot", waiting or "")
    assert client.post("/login/code", data={"code": recovery[1]}).location == "/login?next=%2F"


def test_a_change_of_the_account_asks_for_the_password_again(
    ada: CarefulClient, visitor: Visitor, clock: Clock
) -> None:
    _, recovery = turn_on(ada, clock)
    client = visitor()
    client.post("/login", data=ADA)
    version = ada.get("/api/v1/me").get_json()["user"]["version"]
    assert ada.post("/account", data={"name": "Ada L.", "version": version}).status_code == 303
    assert client.post("/login/code", data={"code": recovery[0]}).location == "/login?next=%2F"


def test_guessing_codes_is_slowed_down_and_locks_nobody_out(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(rates=True)
    ada = browser(app)
    sign_up(ada)
    phone, recovery = turn_on(ada, clock)
    thief, client = browser(app), browser(app)
    thief.post("/login", data=ADA)
    client.post("/login", data=ADA)
    statuses = [thief.post("/login/code", data={"code": f"{number:06d}"}).status_code for number in range(6)]
    assert statuses == [422] * 5 + [429]
    refused = client.post("/login/code", data={"code": phone.code()})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 900
    assert client.post("/login/code", data={"code": recovery[0], "by": "recovery"}).status_code == 303


def test_new_recovery_codes_replace_the_old(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    _, old = turn_on(ada, clock)
    new = codes_in(ada.post(f"{PAGE}/codes"))
    assert len(set(new) - set(old)) == 10
    assert not by_api(visitor(), old[0])
    assert by_api(visitor(), new[0])


def test_another_app_takes_the_place_of_the_first(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    old, _ = turn_on(ada, clock)
    new, _ = turn_on(ada, clock)
    assert not by_api(visitor(), old.code())
    assert by_api(visitor(), new.code())


def test_it_is_turned_off_once_confirmed(ada: CarefulClient, visitor: Visitor, clock: Clock, storage: IStorage) -> None:
    turn_on(ada, clock)
    clock.pass_by(minutes=11)
    for path in (f"{PAGE}/end", f"{PAGE}/codes", f"{PAGE}/new"):
        assert (ada.post(path).location or "").startswith("/account/confirm")
    ada.post("/account/confirm", data={"password": PASSWORD})
    assert ada.post(f"{PAGE}/end").location == f"{PAGE}?done=second-factor-off"
    assert storage.get_second_factor(ada.get("/api/v1/me").get_json()["user"]["id"]) is None
    assert visitor().post("/login", data=ADA).location == "/"
    assert ada.post(f"{PAGE}/codes").status_code == 404


def test_a_passkey_needs_no_code(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    turn_on(ada, clock)
    device, client = Device(), visitor()
    ada.post("/account/passkeys", data={"credential": device.make(ada.post("/account/passkeys/options").get_json())})
    signed = device.sign(client.post("/login/passkey/options").get_json())
    assert client.post("/login/passkey", data={"credential": signed}).location == "/"
    assert client.get("/api/v1/me").status_code == 200


def test_the_store_holds_neither_key_nor_codes(ada: CarefulClient, clock: Clock, storage: IStorage) -> None:
    phone, recovery = turn_on(ada, clock)
    stored = repr(storage.get_second_factor(ada.get("/api/v1/me").get_json()["user"]["id"]))
    assert phone.key.hex() not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in recovery)
    assert not any(is_app_code(code) for code in recovery)


def test_what_happened_is_told(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    phone, recovery = turn_on(ada, clock)
    by_api(visitor(), recovery[0])
    by_api(visitor(), phone.code(steps=9))
    ada.post(f"{PAGE}/codes")
    ada.post("/account/confirm", data={"password": "not it at all"})
    ada.post(f"{PAGE}/end")
    told = ada.get("/account/activity").text
    for what in (
        "Second factor turned on", "Recovery code used", "with password and code", "Code refused",
        "Recovery codes renewed", "Confirmation failed", "Second factor turned off",
    ):  # fmt: skip
        assert what in told, what


def test_nobody_signs_in_to_a_disabled_account(
    ada: CarefulClient, visitor: Visitor, clock: Clock, storage: IStorage
) -> None:
    phone, recovery = turn_on(ada, clock)
    device = Device()
    ada.post("/account/passkeys", data={"credential": device.make(ada.post("/account/passkeys/options").get_json())})
    waiting = visitor()
    waiting.post("/login", data=ADA)
    user = storage.user_by_email(ADA["email"])
    assert user is not None
    storage.update_user(replace(user, disabled_at=clock()), {})
    assert waiting.post("/login/code", data={"code": recovery[0]}).location == "/login?next=%2F"
    assert not by_api(visitor(), phone.code())
    client = visitor()
    signed = device.sign(client.post("/login/passkey/options").get_json())
    assert client.post("/login/passkey", data={"credential": signed}).status_code == 422
    assert client.get("/api/v1/me").status_code == 401


def test_an_operator_lets_in_whoever_lost_phone_and_codes(
    app: Flask, ada: CarefulClient, visitor: Visitor, clock: Clock
) -> None:
    turn_on(ada, clock)
    command = app.test_cli_runner().invoke
    assert command(args=["second-factor-off", "bea@example.com"]).exit_code == 1
    assert command(args=["second-factor-off", "Ada@Example.com"]).exit_code == 0
    assert command(args=["second-factor-off", "ada@example.com"]).exit_code == 1
    assert "whoever runs this site" in ada.get("/account/activity").text
    assert visitor().post("/login", data=ADA).location == "/"
