"""Passkeys: adding, signing in and confirming with one, and everything that is no passkey of this person's (S39)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from flavorbot import passkeys
from tests.web.authenticator import PRESENT, Device, to_text
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, MakeApp, browser, sign_up

PAGE = "/account/passkeys"
Visitor = Callable[[], CarefulClient]


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


def ask(client: CarefulClient, path: str) -> dict[str, Any]:
    answer = client.post(path, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    options: dict[str, Any] = answer.get_json()
    return options


def add(client: CarefulClient, device: Device, name: str = "Phone") -> TestResponse:
    options = ask(client, f"{PAGE}/options")
    return client.post(PAGE, data={"credential": device.make(options), "name": name})


def sign_in(client: CarefulClient, device: Device, **changes: str) -> TestResponse:
    options = ask(client, "/login/passkey/options")
    return client.post("/login/passkey", data={"credential": device.sign(options, **changes), "next": "/recipes"})


def is_in(client: CarefulClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


@pytest.fixture
def phone(ada: CarefulClient) -> Device:
    """Ada's, with a passkey of hers."""
    device = Device()
    assert add(ada, device).location == f"{PAGE}?done=passkey-added"
    return device


def test_a_passkey_alone_signs_in_under_a_new_session(phone: Device, ada: CarefulClient, visitor: Visitor) -> None:
    other = visitor()
    ask(other, "/login/passkey/options")
    before = other.cookie
    answer = sign_in(other, phone)
    assert (answer.status_code, answer.location) == (303, "/recipes")
    assert other.get("/api/v1/me").get_json() == ada.get("/api/v1/me").get_json()
    assert other.cookie != before
    other.set_cookie("flavorbot", before or "")
    assert not is_in(other)


def test_the_page_tells_of_each_passkey(ada: CarefulClient, phone: Device, visitor: Visitor) -> None:
    page = ada.get(PAGE).text
    assert re.search(r"<b>Phone</b> <span[^>]*>on all your devices</span>", page)
    assert "never used" in page
    sign_in(visitor(), phone)
    assert "last used" in ada.get(PAGE).text


def test_one_device_makes_one_passkey(ada: CarefulClient, phone: Device) -> None:
    options = ask(ada, f"{PAGE}/options")
    assert [each["id"] for each in options["excludeCredentials"]] == [to_text(phone.credential_id)]
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    again = ada.post(PAGE, data={"credential": phone.make(options)})
    assert again.status_code == 409
    assert ada.get(PAGE).text.count("/delete") == 1


def test_an_answer_opens_nothing_twice(phone: Device, visitor: Visitor) -> None:
    first, thief = visitor(), visitor()
    answer = phone.sign(ask(first, "/login/passkey/options"))
    ask(thief, "/login/passkey/options")
    assert thief.post("/login/passkey", data={"credential": answer}).status_code == 422
    assert first.post("/login/passkey", data={"credential": answer}).status_code == 303
    first.post("/logout")
    assert first.post("/login/passkey", data={"credential": answer}).status_code == 422
    assert not is_in(first)
    assert not is_in(thief)


def test_an_answer_opens_nothing_twice_at_once(
    phone: Device, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, copy, check = visitor(), visitor(), passkeys.holder
    answer = phone.sign(ask(browser, "/login/passkey/options"))
    copy.set_cookie("flavorbot", browser.cookie or "")

    def meanwhile(*given: Any) -> object:  # noqa: ANN401
        monkeypatch.setattr(passkeys, "holder", check)
        assert copy.post("/login/passkey", data={"credential": answer}).status_code == 422
        return check(*given)

    monkeypatch.setattr(passkeys, "holder", meanwhile)
    assert browser.post("/login/passkey", data={"credential": answer}).status_code == 303
    assert is_in(browser)
    assert not is_in(copy)


def test_an_answer_comes_within_five_minutes(phone: Device, visitor: Visitor, clock: Clock) -> None:
    client = visitor()
    options = ask(client, "/login/passkey/options")
    clock.pass_by(minutes=5)
    assert client.post("/login/passkey", data={"credential": phone.sign(options)}).status_code == 422


def test_what_was_signed_elsewhere_opens_nothing(phone: Device, visitor: Visitor) -> None:
    honest = vars(phone).copy()
    for wrong in (
        {"origin": "https://localhost.evil.example"},
        {"origin": "http://localhost:81"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"key": Device().key},
        {"credential_id": Device().credential_id},
        {"handle": b"somebody"},
        {"handle": b"\xff\x00#"},
    ):
        client = visitor()
        vars(phone).update(honest | wrong)
        answer = sign_in(client, phone)
        assert answer.status_code == 422, wrong
        assert "This passkey was not accepted" in answer.text
        assert not is_in(client)
    vars(phone).update(honest)
    assert sign_in(visitor(), phone).status_code == 303


def test_a_count_that_falls_back_is_refused(ada: CarefulClient, visitor: Visitor) -> None:
    key = Device(count=5)
    add(ada, key)
    for count, status in ((6, 303), (6, 422), (5, 422), (0, 422), (7, 303)):
        key.count = count
        assert sign_in(visitor(), key).status_code == status, count
    assert ada.get("/account/activity").text.count("Passkey refused") == 3


RUBBISH = ["", "{", "[]", "null", "7", '{"id": 7}', '"' + "x" * 70_000 + '"', "[" * 60_000, '{"id": "é", "rawId": {}}']


def test_rubbish_is_refused_in_every_place(ada: CarefulClient, visitor: Visitor) -> None:
    client = visitor()
    for text in RUBBISH:
        ask(client, "/login/passkey/options")
        assert client.post("/login/passkey", data={"credential": text}).status_code == 422
        ask(ada, f"{PAGE}/options")
        assert ada.post(PAGE, data={"credential": text}).status_code == 422
        ask(ada, "/account/confirm/passkey/options")
        assert ada.post("/account/confirm/passkey", data={"credential": text}).status_code == 422


def test_damaged_answers_are_refused(ada: CarefulClient, phone: Device, visitor: Visitor) -> None:
    for name in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for value in ("", "!", "AA", to_text(b"{}"), to_text(b"\xff" * 200)):
            if (name, value) != ("userHandle", "!"):
                assert sign_in(visitor(), phone, **{name: value}).status_code == 422, (name, value)
    made = json.loads(phone.make(ask(ada, f"{PAGE}/options")))
    made["response"]["attestationObject"] = to_text(b"\xa3cfmtdnone")
    assert ada.post(PAGE, data={"credential": json.dumps(made)}).status_code == 422


def test_a_new_passkey_is_made_here_and_by_its_holder(ada: CarefulClient) -> None:
    for device in (Device(origin="https://evil.example"), Device(host="evil.example"), Device(flags=PRESENT)):
        answer = add(ada, device)
        assert answer.status_code == 422
        assert "The browser’s answer was not accepted" in answer.text
    stale = Device().make(ask(ada, f"{PAGE}/options"))
    ask(ada, f"{PAGE}/options")
    assert ada.post(PAGE, data={"credential": stale}).status_code == 422
    assert "/delete" not in ada.get(PAGE).text


def test_a_deleted_passkey_opens_nothing_and_signs_nobody_out(
    ada: CarefulClient, phone: Device, visitor: Visitor
) -> None:
    other, late = visitor(), visitor()
    sign_in(other, phone)
    options = ask(late, "/login/passkey/options")
    path = re.findall(r'action="(/account/passkeys/\w+/delete)"', ada.get(PAGE).text)[0]
    assert ada.post(path).location == f"{PAGE}?done=passkey-deleted"
    assert late.post("/login/passkey", data={"credential": phone.sign(options)}).status_code == 422
    assert sign_in(visitor(), phone).status_code == 422
    assert is_in(other)
    assert ada.post(path).status_code == 404


def test_passkeys_are_changed_only_when_confirmed(ada: CarefulClient, phone: Device, clock: Clock) -> None:
    path = re.findall(r'action="(/account/passkeys/\w+/delete)"', ada.get(PAGE).text)[0]
    options = ask(ada, f"{PAGE}/options")
    clock.pass_by(minutes=11)
    assert ada.get(PAGE).location == "/account/confirm?next=/account/passkeys"
    for answer in (ada.post(path), ada.post(PAGE, data={"credential": Device().make(options)})):
        assert (answer.location or "").startswith("/account/confirm")
    assert ada.post(f"{PAGE}/options", headers={"Accept": "application/json"}).status_code == 403
    confirmed = ask(ada, "/account/confirm/passkey/options")
    assert [each["id"] for each in confirmed["allowCredentials"]] == [to_text(phone.credential_id)]
    sent = {"credential": phone.sign(confirmed), "next": PAGE}
    assert ada.post("/account/confirm/passkey", data=sent).location == PAGE
    assert ada.get(PAGE).text.count("/delete") == 1


def test_only_ones_own_passkey_confirms(ada: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    bea, hers = visitor(), Device()
    sign_up(bea, "bea@example.com")
    add(bea, hers)
    clock.pass_by(minutes=11)
    answer = hers.sign(ask(ada, "/account/confirm/passkey/options"))
    assert ada.post("/account/confirm/passkey", data={"credential": answer}).status_code == 422
    assert ada.get(PAGE).status_code == 303
    for_sign_in = hers.sign(ask(bea, "/login/passkey/options"))
    assert bea.post("/account/confirm/passkey", data={"credential": for_sign_in}).status_code == 422


def test_a_number_is_no_place_for_passkeys(ada: CarefulClient) -> None:
    answer = ada.post(f"{PAGE}/options", base_url="http://127.0.0.1", headers={"Accept": "application/json"})
    assert answer.status_code in (401, 409)
    answer = ada.post("/login/passkey/options", base_url="http://127.0.0.1", headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "open this at localhost" in answer.get_json()["detail"]


def test_asking_for_many_challenges_is_slowed_down(make_app: MakeApp) -> None:
    client = browser(make_app(rates=True))
    statuses = [client.post("/login/passkey/options").status_code for _ in range(101)]
    assert statuses == [200] * 100 + [429]
