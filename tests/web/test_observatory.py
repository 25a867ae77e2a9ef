"""Mozilla's own grader on every kind of answer."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.grading.node import run_grader
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser
from tests.web.toys import serve

HOST = "cook.example"
ADA = {"email": "ada@example.com", "password": "a long enough phrase"}
# Kinds of answer: a method, a path, what is sent, and the status.
KINDS: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "page": ("GET", "/", {}, 200),
    "form": ("GET", "/login", {}, 200),
    "head": ("HEAD", "/login", {}, 200),
    "options": ("OPTIONS", "/login", {}, 200),
    "refused form": ("POST", "/login", {"data": ADA}, 422),
    "moved to sign in": ("GET", "/account", {}, 303),
    "missing": ("GET", "/nowhere", {}, 404),
    "wrong method": ("PUT", "/login", {}, 405),
    "too large": ("POST", "/login", {"data": b"x" * (1024 * 1024 + 1)}, 413),
    "failed": ("GET", "/boom", {}, 500),
    "other site": ("POST", "/login", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    "static": ("GET", "/static/css/base.css", {}, 200),
    "json": ("GET", "/api/v1/openapi.json", {}, 200),
    "problem": ("GET", "/api/v1/me", {}, 401),
    "health": ("GET", "/healthz", {}, 200),
    "new session": ("POST", "/register", {"data": ADA}, 303),
    "signed in": ("GET", "/recipes", {}, 200),
    "zip": ("GET", "/recipes/export.zip", {}, 200),
    "signed out": ("POST", "/logout", {}, 303),
}


def test_every_kind_of_answer_is_graded_a_plus(make_app: MakeApp) -> None:
    app = make_app(env="production", public_url=f"https://{HOST}")
    serve(app, "/boom", lambda: dict[str, str]()["a key that is not there"])
    client = browser(app)
    graded = run_grader("observatory.mjs", "observatory", kinds(app, client), within_s=120)
    assert [each["name"] for each in graded] == list(KINDS)
    assert [each for each in graded if each["score"] < 100 or each["grade"] != "A+" or each["failed"]] == []


def test_the_grader_finds_what_is_missing() -> None:
    answer = {
        "status": 200,
        "headers": [["Content-Type", "text/html"], ["Set-Cookie", "session=x"]],
        "html": True,
        "body": "",
    }
    bare = {"name": "bare", "url": f"https://{HOST}/", "answer": answer, "preflight": answer, "moves": []}
    [graded] = run_grader("observatory.mjs", "observatory", [bare], within_s=120)
    assert graded["score"] < 50
    assert "csp-not-implemented" in graded["failed"]


def kinds(app: Flask, client: CarefulClient) -> list[dict[str, object]]:
    """Each kind as the grader takes it, with a foreign page's preflight; it asks the front page over HTTP, too."""
    moved = browser(app).get("/", base_url=f"http://{HOST}")
    moves = [{"url": f"http://{HOST}/", "status": moved.status_code}, {"url": moved.location, "status": 200}]
    foreign = {"Origin": "https://http-observatory.security.mozilla.org", "Access-Control-Request-Method": "GET"}
    found: list[dict[str, object]] = []
    for name, (method, path, sent, status) in KINDS.items():
        preflight = client.options(path, base_url=f"https://{HOST}", headers=foreign)
        answer = client.open(path, method=method, base_url=f"https://{HOST}", **sent)
        assert answer.status_code == status, (name, answer.status)
        both = {"answer": as_told(answer), "preflight": as_told(preflight)}
        found.append({"name": name, "url": f"https://{HOST}{path}", "moves": moves, **both})
    return found


def as_told(answer: TestResponse) -> dict[str, object]:
    """One answer as the script reads it."""
    html = answer.mimetype == "text/html"
    return {
        "status": answer.status_code,
        "headers": [list(header) for header in answer.headers],
        "html": html,
        "body": answer.text if html else "",
    }
