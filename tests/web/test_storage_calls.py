"""What each action costs in storage calls: sessions and accounts."""

from __future__ import annotations

import pytest

from flavorbot.web.outbox import settle
from tests.web.authenticator import Device
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, REGION, TABLE, Clock, MakeApp, browser, sign_in, sign_up
from tests.web.test_second_factor import turn_on

ADA = {"email": "ada@example.com", "password": PASSWORD}
PROFILE = {"name": "Ada", "version": "1"}
SESSION = "load_session"
DEVICES = "list_sessions"


@pytest.mark.parametrize("path", ["/login", "/register", "/nowhere", "/healthz", "/static/css/base.css", "/account"])
def test_anonymous_pages_cost_nothing(client: CarefulClient, calls: list[str], path: str) -> None:
    client.get(path)
    assert calls == []


COSTS = [
    ("GET", "/nowhere", [], 0),
    ("GET", "/static/css/base.css", [], 0),
    ("GET", "/healthz", [], 0),
    ("GET", "/login", [SESSION], 1),
    ("GET", "/api/v1/me", [SESSION], 1),
    ("GET", "/account", [SESSION, DEVICES], 3),
    ("GET", "/api/v1/sessions", [SESSION, DEVICES], 3),
    ("POST", "/account", [SESSION, "get_user", "update_user"], 4),
    ("POST", "/logout", [SESSION, "end_session"], 2),
    ("POST", "/api/v1/auth/logout", [SESSION, "end_session"], 2),
    ("POST", "/account/sessions/end-others", [SESSION, DEVICES], 3),
    ("DELETE", "/api/v1/sessions/unknown", [SESSION, DEVICES], 3),
]


@pytest.mark.parametrize(("method", "path", "names", "_"), COSTS)
def test_what_a_signed_in_person_costs(
    client: CarefulClient, calls: list[str], method: str, path: str, names: list[str], _: int
) -> None:
    assert _cost(client, calls, method, path) == names


@pytest.mark.parametrize(("method", "path", "_", "count"), COSTS)
def test_what_a_signed_in_person_costs_on_dynamodb(
    dynamodb: CarefulClient, calls: list[str], method: str, path: str, _: list[str], count: int
) -> None:
    assert len(_cost(dynamodb, calls, method, path)) == count


def test_registering_and_signing_in_on_dynamodb(dynamodb: CarefulClient, calls: list[str]) -> None:
    sign_up(dynamodb)
    assert calls == ["transact_write_items", "put_item", "transact_write_items"]
    dynamodb.post("/logout")
    calls.clear()
    assert sign_in(dynamodb) == 200
    assert calls[:3] == ["get_item", "transact_write_items", "put_item"]
    # Whether this device is new is looked up when the answer is gone.
    assert calls[3:] == ["query", "batch_get_item", "query"]


@pytest.fixture
def dynamodb(aws: None, make_app: MakeApp) -> CarefulClient:
    return browser(make_app(table_name=TABLE, region=REGION))


def _cost(client: CarefulClient, calls: list[str], method: str, path: str) -> list[str]:
    sign_up(client)
    calls.clear()
    client.open(path, method=method, data=PROFILE if method == "POST" else None)
    return list(calls)


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
    settle()
    again = ["check_rate"] if rates else []
    assert calls == [*counted, "create_user", "add_event", *again, "put_mail_token"]


@pytest.mark.parametrize(("rates", "counted"), [(False, []), (True, ["check_rate", "check_rate"])])
def test_signing_in_costs_a_read_and_a_transaction(
    make_app: MakeApp, calls: list[str], rates: bool, counted: list[str]
) -> None:
    app = make_app(rates=rates)
    sign_up(browser(app))
    calls.clear()
    assert sign_in(browser(app)) == 200
    assert calls == [*counted, "user_by_email", "start_session", "add_event", "list_sessions", "list_events"]


def test_signing_in_with_a_passkey_or_a_code_on_dynamodb(
    dynamodb: CarefulClient, calls: list[str], clock: Clock
) -> None:
    sign_up(dynamodb)
    device = Device()
    made = device.make(dynamodb.post("/account/passkeys/options").get_json())
    dynamodb.post("/account/passkeys", data={"credential": made})
    phone, _ = turn_on(dynamodb, clock)
    other = browser(dynamodb.application)
    calls.clear()
    signed = device.sign(other.post("/login/passkey/options").get_json())
    assert other.post("/login/passkey", data={"credential": signed}).status_code == 303
    settle()
    assert len(calls) == 11
    calls.clear()
    assert (
        browser(dynamodb.application).post("/api/v1/auth/login", json=ADA | {"code": phone.code()}).status_code == 200
    )
    settle()
    assert len(calls) == 8
    clock.pass_by(seconds=30)
    other = browser(dynamodb.application)
    calls.clear()
    other.get(other.post("/login", data=ADA).location)
    assert other.post("/login/code", data={"code": phone.code()}).status_code == 303
    settle()
    assert len(calls) == 13
