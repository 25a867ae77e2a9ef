"""What each action costs in storage calls: sessions and accounts."""

from __future__ import annotations

import pytest

from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Clock, MakeApp, browser, sign_in, sign_up

ADA = {"email": "ada@example.com", "password": PASSWORD}
PROFILE = {"name": "Ada", "version": "1"}
SESSION = "load_session"
DEVICES = "list_sessions"


@pytest.mark.parametrize("path", ["/login", "/register", "/nowhere", "/healthz", "/static/css/base.css", "/account"])
def test_anonymous_pages_cost_nothing(client: CarefulClient, calls: list[str], path: str) -> None:
    client.get(path)
    assert calls == []


@pytest.mark.parametrize(
    ("method", "path", "cost"),
    [
        ("GET", "/nowhere", []),
        ("GET", "/static/css/base.css", []),
        ("GET", "/healthz", []),
        ("GET", "/readyz", ["check"]),
        ("GET", "/login", [SESSION]),
        ("GET", "/api/v1/me", [SESSION]),
        ("GET", "/account", [SESSION, DEVICES]),
        ("GET", "/api/v1/sessions", [SESSION, DEVICES]),
        ("POST", "/account", [SESSION, "get_user", "update_user"]),
        ("POST", "/logout", [SESSION, "end_session"]),
        ("POST", "/api/v1/auth/logout", [SESSION, "end_session"]),
        ("POST", "/account/sessions/end-others", [SESSION, DEVICES]),
        ("DELETE", "/api/v1/sessions/unknown", [SESSION, DEVICES]),
    ],
)
def test_what_a_signed_in_person_costs(
    client: CarefulClient, calls: list[str], method: str, path: str, cost: list[str]
) -> None:
    sign_up(client)
    calls.clear()
    client.open(path, method=method, data=PROFILE if method == "POST" else None)
    assert calls == cost


def test_the_touch_costs_one_call(client: CarefulClient, calls: list[str], clock: Clock) -> None:
    sign_up(client)
    calls.clear()
    clock.pass_by(minutes=5)
    client.get("/api/v1/me")
    assert calls == [SESSION, "save_session"]


@pytest.mark.parametrize(("rates", "counted"), [(False, []), (True, ["check_rate"])])
def test_registering_costs_one_transaction(
    make_app: MakeApp, calls: list[str], rates: bool, counted: list[str]
) -> None:
    browser(make_app(rates=rates)).post("/register", data=ADA)
    assert calls == [*counted, "create_user"]


@pytest.mark.parametrize(("rates", "counted"), [(False, []), (True, ["check_rate", "check_rate"])])
def test_signing_in_costs_a_read_and_a_transaction(
    make_app: MakeApp, calls: list[str], rates: bool, counted: list[str]
) -> None:
    app = make_app(rates=rates)
    sign_up(browser(app))
    calls.clear()
    assert sign_in(browser(app)) == 200
    assert calls == [*counted, "user_by_email", "start_session"]
