"""Confirming that it is you: asked again after ten minutes, by password, in each browser for itself."""

from __future__ import annotations

import pytest
from flask import Flask

from flavorbot.web.reauth import confirmation_required
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Clock, MakeApp, browser, sign_in, sign_up

LOCKED = "/account/drawer"


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return with_a_drawer(make_app())


def with_a_drawer(app: Flask) -> Flask:
    """Add a page that needs confirmation."""
    app.add_url_rule(
        LOCKED,
        "drawer",
        confirmation_required(lambda: ("open", {"Content-Type": "text/plain"})),
        methods=["GET", "POST"],
    )
    return app


def test_signing_in_confirms_for_ten_minutes(ada: CarefulClient, clock: Clock) -> None:
    clock.pass_by(minutes=9)
    assert ada.get(LOCKED).text == "open"
    clock.pass_by(minutes=1)
    assert ada.get(LOCKED).location == "/account/confirm?next=/account/drawer"
    assert ada.post(LOCKED, headers={"Referer": "http://localhost/account/x"}).location.endswith("?next=/account/x")


def test_the_password_confirms_this_browser_alone(app: Flask, ada: CarefulClient, clock: Clock) -> None:
    other = browser(app)
    assert sign_in(other) == 200
    clock.pass_by(minutes=11)
    answer = ada.post("/account/confirm", data={"password": PASSWORD, "next": LOCKED})
    assert (answer.status_code, answer.location) == (303, LOCKED)
    assert ada.get(LOCKED).text == "open"
    assert other.get(LOCKED).status_code == 303
    clock.pass_by(minutes=10)
    assert ada.get(LOCKED).status_code == 303


@pytest.mark.parametrize("password", ["not it at all", PASSWORD + " ", PASSWORD.upper(), "", "\0", "x" * 5_000])
def test_nothing_else_confirms(ada: CarefulClient, clock: Clock, password: str) -> None:
    clock.pass_by(minutes=11)
    assert ada.post("/account/confirm", data={"password": password, "next": LOCKED}).status_code == 422
    assert ada.post("/api/v1/auth/confirm", json={"password": password}).status_code == 422
    assert ada.get(LOCKED).status_code == 303


def test_scripts_in_a_session_are_told_and_can_confirm(ada: CarefulClient, clock: Clock) -> None:
    clock.pass_by(minutes=11)
    told = ada.post(LOCKED, headers={"Accept": "application/json"})
    assert (told.status_code, told.get_json()["title"]) == (403, "Confirm that it is you")
    assert ada.post("/api/v1/auth/confirm", json={"password": PASSWORD}).status_code == 204
    assert ada.post(LOCKED, headers={"Accept": "application/json"}).text == "open"


def test_what_opens_or_closes_the_account_takes_confirmation(app: Flask, ada: CarefulClient, clock: Clock) -> None:
    other = browser(app)
    assert sign_in(other) == 200
    (sid,) = [each["id"] for each in ada.get("/api/v1/sessions").get_json()["items"] if not each["current"]]
    pages = ("tokens", "passkeys", "passkeys/x/delete", "second-factor", "second-factor/end", "sessions/end-others")
    clock.pass_by(minutes=11)
    for path in (*pages, f"sessions/{sid}/end"):
        assert ada.post(f"/account/{path}", data={"name": "x"}).location.startswith("/account/confirm"), path
    for method, path in (("POST", "tokens"), ("DELETE", "sessions"), ("DELETE", f"sessions/{sid}")):
        assert ada.open(f"/api/v1/{path}", method=method, json={"name": "x"}).status_code == 403, path
    assert other.get("/api/v1/me").status_code == 200
    ada.post("/account/confirm", data={"password": PASSWORD})
    assert ada.delete(f"/api/v1/sessions/{sid}").status_code == 204
    assert other.get("/api/v1/me").status_code == 401


def test_guessing_is_slowed_down(make_app: MakeApp, clock: Clock) -> None:
    client = browser(with_a_drawer(make_app(rates=True)))
    sign_up(client)
    clock.pass_by(minutes=11)
    change = {"current_password": "a guess of mine", "password": f"{PASSWORD}, another"}
    for _ in range(3):
        assert client.post("/account/confirm", data={"password": "a guess of mine"}).status_code == 422
        assert client.post("/account/password", data=change).status_code == 422
        assert client.post("/account/data/delete", data={"password": "a guess of mine"}).status_code == 422
    assert client.post("/account/confirm", data={"password": "a guess of mine"}).status_code == 422
    assert client.post("/account/password", data=change).status_code == 429
    answer = client.post("/account/confirm", data={"password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 900
    clock.pass_by(minutes=16)
    assert client.post("/account/confirm", data={"password": PASSWORD}).status_code == 303


def test_no_other_site_is_gone_on_to(ada: CarefulClient) -> None:
    for target in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert ada.post("/account/confirm", data={"password": PASSWORD, "next": target}).location == "/account"
