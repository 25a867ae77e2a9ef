"""Making an account, signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from flavorbot import passwords
from flavorbot.accounts import is_email
from flavorbot.errors import StorageUnavailable
from flavorbot.interfaces import IStorage
from tests.quick import SHIPPED
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Break, Clock, MakeApp, browser, sign_in, sign_up

Visitor = Callable[[], CarefulClient]
ADA = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada"}


def test_registering_signs_in(client: CarefulClient) -> None:
    answer = client.post("/register", data=ADA)
    assert (answer.status_code, answer.location) == (303, "/")
    user = client.get("/api/v1/me").get_json()["user"]
    assert (user["email"], user["name"], user["plan"]) == ("ada@example.com", "Ada", "free")


def test_a_name_need_not_be_given(client: CarefulClient) -> None:
    client.post("/register", data=ADA | {"name": ""})
    assert client.get("/api/v1/me").get_json()["user"]["name"] == "ada"


def test_what_was_typed_stays_but_for_the_password(client: CarefulClient) -> None:
    answer = client.post("/register", data={"email": "ada@nowhere", "password": "s3cret-typed", "name": "<Ada>"})
    assert answer.status_code == 422
    assert 'value="ada@nowhere"' in answer.text
    assert "&lt;Ada&gt;" in answer.text
    assert "s3cret-typed" not in answer.text


def test_an_address_has_one_account(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    other = visitor()
    for email in ("ada@example.com", " Ada@EXAMPLE.com "):
        answer = other.post("/register", data=ADA | {"email": email})
        assert answer.status_code == 409
        assert "No account was made" in answer.text
    assert other.cookie is None


@pytest.mark.parametrize("body", [{}, [], {"email": ["a@b.example"]}, ADA | {"password": 12345678}, {"email": None}])
def test_bodies_of_another_shape_are_refused(client: CarefulClient, body: object) -> None:
    for path in ("/api/v1/auth/register", "/api/v1/auth/login"):
        answer = client.post(path, json=body)
        assert answer.status_code == 422
        assert answer.get_json()["errors"]


@pytest.mark.parametrize(
    "password", ["short 7", "x" * 1_025, "password1", "ada@example.com", "nul\0nul\0nul", "\ud800" * 9]
)
def test_poor_passwords_are_refused_with_a_reason(client: CarefulClient, password: str) -> None:
    answer = client.post("/api/v1/auth/register", json=ADA | {"password": password})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == ["password"]


def test_what_only_the_server_sets_is_ignored(client: CarefulClient) -> None:
    client.post("/api/v1/auth/register", json=ADA | {"id": "mine", "plan": "pro", "is_admin": True, "version": 9})
    user = client.get("/api/v1/me").get_json()["user"]
    assert (user["plan"], user["version"]) == ("free", 1)
    assert user["id"] != "mine"


@pytest.mark.parametrize(
    "email",
    ["a@b.example", "first.last+tag@mail.example.org", "o'hara@example.com", "ünï@bücher.example", "x@123.example"],
)
def test_addresses_that_mail_can_reach(email: str) -> None:
    assert is_email(email)


@pytest.mark.parametrize(
    "email",
    ["", "ada", "@example.com", "ada@", "ada@localhost", "a b@example.com", "a@b@example.com", ".a@example.com",
     "a..b@example.com", "a@-x.example", "a@x..example", "a@1.2.3.4", "a\n@example.com", "a\u202e@example.com",
     "x" * 65 + "@example.com", "a@" + "x." * 130 + "example", "a@example.com\0"],
)  # fmt: skip
def test_addresses_that_mail_cannot_reach(email: str) -> None:
    assert not is_email(email)


def test_signing_in_by_page_goes_where_one_wanted(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    other = visitor()
    answer = other.post("/login", data={"email": "ADA@example.com", "password": PASSWORD, "next": "/recipes?q=rice"})
    assert (answer.status_code, answer.location) == (303, "/recipes?q=rice")
    assert other.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("password", [PASSWORD + " ", PASSWORD.upper(), PASSWORD[:-1], "x" * 4_096])
def test_another_password_is_refused(client: CarefulClient, visitor: Visitor, password: str) -> None:
    sign_up(client)
    assert sign_in(visitor(), password=password) == 401


def test_unknown_and_known_addresses_get_the_same_answer(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    other = visitor()
    answers = [
        other.post("/api/v1/auth/login", json={"email": email, "password": "not the right one"}).get_json()
        for email in ("ada@example.com", "bob@example.com")
    ]
    for answer in answers:
        del answer["request_id"]
    assert answers[0] == answers[1]


def test_weak_hashes_are_renewed_at_sign_in(
    client: CarefulClient, visitor: Visitor, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", SHIPPED)
    sign_up(client)
    user = storage.user_by_email("ada@example.com")
    assert user
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    storage.update_user(replace(user, password_hash=weak), {})
    assert sign_in(visitor()) == 200
    user = storage.user_by_email("ada@example.com")
    assert user
    assert "m=19456,t=2,p=1" in user.password_hash


def test_signing_out_ends_the_session_in_the_store(client: CarefulClient) -> None:
    sign_up(client)
    cookie = client.cookie or ""
    answer = client.post("/logout")
    assert (answer.status_code, answer.location) == (303, "/?done=signed-out")
    assert client.cookie is None
    client.set_cookie("flavorbot", cookie)
    assert client.get("/api/v1/me").status_code == 401


def test_signing_in_over_another_ends_theirs(client: CarefulClient, storage: IStorage, visitor: Visitor) -> None:
    bob = visitor()
    ada_id, bob_id = sign_up(client), sign_up(bob, "bob@example.com")
    assert sign_in(bob) == 200
    assert storage.list_sessions(bob_id) == []
    assert len(storage.list_sessions(ada_id)) == 2


def test_a_registration_that_fails_changes_nothing(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(visitor(), "bob@example.com")
    sign_up(client)
    cookie = client.cookie
    assert client.post("/register", data=ADA | {"email": "bob@example.com"}).status_code == 409
    assert client.cookie == cookie
    assert client.get("/api/v1/me").get_json()["user"]["email"] == "ada@example.com"


def test_whoever_is_signed_in_needs_no_form(client: CarefulClient) -> None:
    sign_up(client)
    for path in ("/login", "/register"):
        assert client.get(path).location == "/"


@pytest.mark.parametrize("path", ["/account", "/account?done=account"])
def test_strangers_are_sent_to_sign_in(client: CarefulClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location == "/login?next=" + path.replace("=", "%3D")


@pytest.mark.parametrize(
    ("page", "location"),
    [
        ("http://localhost/recipes/new", "/login?next=/recipes/new"),
        ("http://localhost.evil.example/recipes", "/login"),
        ("http://localhost//evil.example", "/login?next=//evil.example"),
        ("http://[", "/login"),
    ],
)
def test_a_form_sent_too_late_is_come_back_to(client: CarefulClient, page: str, location: str) -> None:
    answer = client.post("/recipes", data={"title": "Rice"}, headers={"Referer": page})
    assert (answer.status_code, answer.location) == (303, location)
    assert "evil" not in client.get(location).text


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "me"), ("GET", "sessions"), ("DELETE", "sessions"), ("DELETE", "sessions/x")],
)
def test_strangers_get_401_as_json(client: CarefulClient, method: str, path: str) -> None:
    answer = client.open(f"/api/v1/{path}", method=method)
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"


def test_an_account_is_tried_ten_times_from_anywhere(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(rates=True, proxies=1)
    sign_up(browser(app))
    wrong = {"email": "ada@example.com", "password": "not the right one"}
    answers = [
        app.test_client().post("/api/v1/auth/login", json=wrong, headers={"X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(11)
    ]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 900
    assert answers[-1].get_json()["resets_at"].endswith("Z")
    clock.pass_by(minutes=15)
    assert sign_in(browser(app)) == 200


def test_an_address_tries_fifty_accounts(make_app: MakeApp) -> None:
    app = make_app(rates=True)
    statuses = [
        app.test_client()
        .post(
            "/login",
            data={"email": f"{n}@example.com", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )
        .status_code
        for n in range(51)
    ]
    assert statuses == [422] * 50 + [429]


def test_twenty_accounts_an_hour_from_an_address(make_app: MakeApp) -> None:
    clients = [make_app(rates=True).test_client() for _ in range(2)]
    poor = {"email": "ada@example.com", "password": "x", "name": ""}
    statuses = [clients[n % 2].post("/register", data=poor).status_code for n in range(21)]
    assert statuses == [422] * 20 + [429]


def test_signing_in_fails_closed_when_it_cannot_count(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(rates=True)

    def fail(*_: object) -> None:
        raise StorageUnavailable("nobody answers")

    monkeypatch.setattr(app.extensions["flavorbot"].storage, "check_rate", fail)
    assert sign_in(browser(app)) == 503


def test_storage_down_keeps_what_was_typed(client: CarefulClient, break_storage: Break) -> None:
    break_storage("user_by_email", "create_user")
    assert sign_in(client) == 503
    for path in ("/login", "/register"):
        answer = client.post(path, data=ADA)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert 'value="ada@example.com"' in answer.text
