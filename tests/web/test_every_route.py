"""Promises about every route there is: who may use it, by which methods, from where, and when storage is down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.test import TestResponse

from flavorbot.interfaces import IStorage
from tests.web.client import CarefulClient
from tests.web.conftest import Break, sign_up

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Whoever is not signed in gets an answer here; on every other route they are asked to sign in.
OPEN = {
    "/", "/accessibility", "/generate", "/login", "/login/passkey", "/login/passkey/options", "/register", "/logout",
    "/login/<provider:provider>", "/login/<provider:provider>/callback",
    "/healthz", "/readyz", "/metrics", "/static/<path:filename>", "/drafts/<draft_id>", "/drafts/<draft_id>/refine",
    "/check-mail", "/forgot", "/reset/<token>", "/confirm/<token>", "/api/v1/auth/forgot", "/api/v1/auth/reset",
    "/api/v1/auth/login", "/api/v1/auth/logout", "/api/v1/auth/register", "/api/v1/check", "/api/v1/generate",
    "/api/v1/openapi.json", "/api/v1/drafts/<draft_id>", "/api/v1/drafts/<draft_id>/refine", "/r/<token>",
    "/r/<token>/picture", "/deleted/<ticket>", "/deleted/<ticket>/continue",
}  # fmt: skip


def routes(app: Flask) -> Iterator[tuple[str, set[str]]]:
    """Each rule with all methods it answers."""
    offered: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        offered.setdefault(rule.rule, set()).update(rule.methods or ())
    yield from offered.items()


def send(client: CarefulClient, method: str, rule: str, headers: dict[str, str] | None = None) -> TestResponse:
    """Ask a rule something harmless, with a body of the kind it reads."""
    path = re.sub(r"<[^>]+>", "x", rule)
    if method in ("GET", "DELETE"):
        return client.open(path, method=method, headers=headers)
    if path.startswith("/api/"):
        return client.open(path, method=method, headers={"If-Match": '"1"', **(headers or {})}, json={"title": "x"})
    return client.open(path, method=method, headers=headers, data={"version": "1"})


def test_strangers_are_asked_to_sign_in(app: Flask, client: CarefulClient) -> None:
    for rule, methods in routes(app):
        for method in methods & set(METHODS):
            answer = send(client, method, rule)
            refused = answer.status_code == 401 or (answer.location or "").startswith("/login")
            assert refused == (rule not in OPEN), (method, rule, answer.status)


def test_other_methods_are_refused(app: Flask, client: CarefulClient) -> None:
    sign_up(client)
    for rule, methods in routes(app):
        for method in set(METHODS) - methods:
            answer = send(client, method, rule)
            assert answer.status_code == 405, (method, rule)
            assert set(answer.headers["Allow"].split(", ")) == methods, rule


def test_other_sites_change_nothing_anywhere(app: Flask, client: CarefulClient, calls: list[str]) -> None:
    sign_up(client)
    calls.clear()
    for rule, methods in routes(app):
        for method in methods & {"POST", "PUT", "PATCH", "DELETE"}:
            answer = send(client, method, rule, {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"})
            assert answer.status_code == 403, (method, rule)
    assert calls == []


def test_options_tell_the_methods(app: Flask, client: CarefulClient) -> None:
    for rule, methods in routes(app):
        answer = client.options(re.sub(r"<[^>]+>", "x", rule), headers={"Origin": "https://evil.example"})
        assert set(answer.headers["Allow"].split(", ")) == methods
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_nothing_fails_badly_when_storage_is_down(
    app: Flask, client: CarefulClient, storage: IStorage, break_storage: Break
) -> None:
    sign_up(client)
    break_storage(*(name for name in dir(storage) if not name.startswith("_") and callable(getattr(storage, name))))
    for rule, methods in routes(app):
        for method in methods & set(METHODS):
            answer = send(client, method, rule)
            assert answer.status_code != 500, (method, rule)
            assert "Set-Cookie" not in answer.headers
            assert answer.status_code != 503 or answer.headers["Retry-After"]


def test_nothing_fails_badly_when_only_the_session_can_be_read(
    app: Flask, client: CarefulClient, storage: IStorage, break_storage: Break
) -> None:
    sign_up(client)
    names = {name for name in dir(storage) if not name.startswith("_") and callable(getattr(storage, name))}
    break_storage(*(names - {"load_session"}))
    for rule, methods in routes(app):
        for method in methods & set(METHODS):
            assert send(client, method, rule).status_code != 500, (method, rule)
