"""Ways in that somebody who reads the source would try."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from itertools import product
from urllib.parse import quote
from uuid import uuid4

import pytest
from flask import Flask

from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, sign_in, sign_up
from tests.web.test_every_route import routes

ON_ONE_STORE = pytest.mark.parametrize("app_of_each_store", ["sqlite"], indirect=True)
PATHS = ("/recipes/{}", "/collections/{}", "/import/{}", "/drafts/{}", "/r/{}", "/api/v1/recipes/{}")
RECIPE = {"title": "Ada's secret", "ingredients": ["1 egg"], "notes": "secret"}


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@ON_ONE_STORE
def test_what_a_shared_cache_may_keep_is_nobodys(
    app: Flask, client: CarefulClient, visitor: Callable[[], CarefulClient]
) -> None:
    sign_up(client)
    client.post("/api/v1/recipes", json=RECIPE)
    stranger, kept = visitor(), []
    for rule, methods in routes(app):
        if "GET" not in methods or "<" in rule:
            continue
        answer = client.get(rule)
        if answer.status_code < 300 and "private" not in answer.headers["Cache-Control"]:
            assert "Set-Cookie" not in answer.headers, rule
            assert answer.data == stranger.get(rule).data, rule
            kept.append(rule)
    assert "/api/v1/openapi.json" in kept
    assert "/" not in kept


@ON_ONE_STORE
def test_a_session_counts_in_the_cookie_alone(
    client: CarefulClient, visitor: Callable[[], CarefulClient], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sign_up(client)
    stranger, value = visitor(), client.cookie or ""
    for name in ("flavorbot", "session", "sid", "__Host-flavorbot"):
        assert stranger.get("/api/v1/me", query_string={name: value}).status_code == 401
        assert stranger.post("/account", data={name: value, "version": "1"}).status_code == 303
        assert stranger.get("/api/v1/me", headers={"Authorization": f"Bearer {value}"}).status_code == 401
    assert value not in client.get("/account").text + client.get("/nowhere").text + caplog.text


def test_no_key_is_put_together_from_an_id(client: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    user_id = sign_up(client)
    recipe_id = client.post("/api/v1/recipes", json=RECIPE).get_json()["id"]
    stranger = visitor()
    sign_up(stranger, "bea@example.com")
    for before, path in product(("", "RECIPE#", "x#", "../", "\0", "//"), PATHS):
        for odd in (recipe_id, f"USER#{user_id}#{recipe_id}", f"{recipe_id}#VERSION#1", "PROFILE", "\U0010ffff"):
            answer = stranger.get(path.format(quote(before + odd, safe="")))
            assert answer.status_code in (308, 404), (path, before, odd, answer.status)
            assert "secret" not in answer.text


def test_an_import_brings_in_nothing_of_others(client: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    user_id = sign_up(client)
    recipe = client.post("/api/v1/recipes", json=RECIPE).get_json()
    ours = client.get(f"/recipes/{recipe['id']}.jsonld").data
    stranger = visitor()
    own_id = sign_up(stranger, "bea@example.com")
    claimed = ours.replace(own_id.encode(), user_id.encode())
    sent = {"file": (io.BytesIO(claimed), "../../ada.json")}
    got = stranger.post("/api/v1/import", data=sent, content_type="multipart/form-data")
    assert got.status_code == 201
    assert recipe["id"] not in got.get_json()["imported"]
    assert client.get(f"/api/v1/recipes/{recipe['id']}").get_json() == recipe
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 1


def test_anothers_request_id_shows_nothing(client: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    sign_up(client)
    key = {"Idempotency-Key": str(uuid4())}
    hers = client.post("/api/v1/recipes", json=RECIPE, headers=key).get_json()
    stranger = visitor()
    sign_up(stranger, "bea@example.com")
    his = stranger.post("/api/v1/recipes", json={**RECIPE, "notes": "his own"}, headers=key)
    assert his.get_json()["notes"] == "his own"
    assert client.get(f"/api/v1/recipes/{hers['id']}").get_json()["notes"] == "secret"


@ON_ONE_STORE
@pytest.mark.parametrize("path", ["/login", "/register", "/api/v1/auth/login", "/api/v1/auth/register"])
def test_signing_in_beside_a_token_leaves_no_session(
    client: CarefulClient, visitor: Callable[[], CarefulClient], path: str
) -> None:
    sign_up(client)
    made = client.post("/api/v1/tokens", json={"name": "script", "scope": "write"}).get_json()
    account = {"email": "bea@example.com" if "register" in path else "ada@example.com", "password": PASSWORD}
    sent = {"json": account} if path.startswith("/api/") else {"data": account}
    for token in ("x", made["token"]):
        answer = visitor().post(path, headers={"Authorization": f"Bearer {token}"}, **sent)
        assert answer.status_code in (401, 403)
        assert "Set-Cookie" not in answer.headers
    assert len(client.get("/api/v1/sessions").get_json()["items"]) == 1
    assert sign_in(visitor(), "bea@example.com") == 401


@ON_ONE_STORE
def test_a_token_never_reaches_the_account_by_any_route(app: Flask, client: CarefulClient) -> None:
    sign_up(client)
    made = client.post("/api/v1/tokens", json={"name": "script", "scope": "write"}).get_json()
    script = {"Authorization": f"Bearer {made['token']}"}
    before = client.get("/api/v1/me").get_json(), len(client.get("/api/v1/sessions").get_json()["items"])
    own = ("/account", "/api/v1/tokens", "/api/v1/sessions")
    for rule, methods in routes(app):
        if rule.startswith(own):
            for method in methods & {"POST", "PUT", "PATCH", "DELETE"}:
                answer = client.open(rule, method=method, headers=script)
                away = (answer.location or "").startswith("/login")
                assert away or answer.status_code in (401, 403, 404, 415, 422, 204), (method, rule, answer.status)
    assert before == (client.get("/api/v1/me").get_json(), len(client.get("/api/v1/sessions").get_json()["items"]))
    assert client.get("/api/v1/tokens").get_json()["items"][0]["id"] == made["id"]
