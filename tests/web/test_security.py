"""What holds for every answer, and for every request that is not what it seems. Headers: see `client.look`."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from flavorbot.errors import REMEDIES, GeneratorBusy
from flavorbot.web.redirects import safe_next
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Break, MakeApp, browser, sign_up
from tests.web.toys import add_toys, serve

ADA = {"email": "ada@example.com", "password": PASSWORD}
UNSAFE = [
    "/register", "/login", "/logout", "/account", "/account/sessions/x/end", "/account/sessions/end-others",
    "/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/logout",
]  # fmt: skip
EVIL = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": ""},
]
EVIL_ORIGINS = ["https://evil.example", "null", "http://localhost.evil.example", "https://localhost", "localhost", ""]


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    app = add_toys(make_app())
    serve(app, "/boom", lambda: dict[str, str]()["a key that is not there"])
    return app


def plain(app: Flask, path: str, headers: dict[str, str], method: str = "POST", **body: object) -> TestResponse:
    """Send a request that adds nothing by itself."""
    app.test_client_class = None
    return app.test_client().open(path, method=method, headers=headers, **body)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/login", 200), ("HEAD", "/login", 200), ("OPTIONS", "/login", 200), ("GET", "/account", 303),
        ("GET", "/nowhere", 404), ("PUT", "/login", 405), ("TRACE", "/login", 405), ("TRACK", "/login", 405),
        ("FOO", "/nowhere", 405), ("GET", "/boom", 500), ("GET", "/static/css/base.css", 200),
        ("GET", "/static/nothing.css", 404), ("GET", "/static/../wsgi.py", 404), ("GET", "/healthz", 200),
        ("GET", "/readyz", 200), ("GET", "/api/v1/me", 401), ("GET", "/api/v1/nowhere", 404), ("GET", "/login/", 404),
        ("GET", "/console", 404), ("GET", "/%2e%2e/", 404), ("GET", "/%00", 404),
        ("GET", "/logout", 405), ("HEAD", "/logout", 405), ("GET", "/account/sessions/end-others", 405),
        ("GET", "/api/v1/auth/login", 405), ("GET", "/api/v1/auth/logout", 405),
    ],
)  # fmt: skip
def test_every_kind_of_answer(client: CarefulClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers
    if status == 405:
        assert answer.headers["Allow"]
    if path.startswith("/api/"):
        assert answer.content_type == "application/problem+json"


def test_hsts_over_https(client: CarefulClient) -> None:
    for path in ("/login", "/nowhere", "/boom", "/static/css/base.css", "/account"):
        answer = client.get(path, base_url="https://localhost")
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_static_files_of_a_version_are_kept_for_ever(app: Flask, client: CarefulClient) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("css/base.css")  # type: ignore[operator]
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/css/base.css?v=old").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/css/base.css").content_type.startswith("text/css")


@pytest.mark.parametrize("path", ["/account", "/api/v1/me", "/api/v1/sessions", "/login"])
def test_what_is_a_persons_is_not_kept(client: CarefulClient, path: str) -> None:
    sign_up(client)
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Vary"] == "Cookie"


@pytest.mark.parametrize("path", UNSAFE)
@pytest.mark.parametrize("headers", [*EVIL, *({"Origin": origin} for origin in EVIL_ORIGINS), {}])
def test_other_sites_cannot_send_anything(app: Flask, path: str, headers: dict[str, str]) -> None:
    assert plain(app, path, headers, data=ADA).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_no_unsafe_method_is_forgotten(app: Flask, method: str, headers: dict[str, str]) -> None:
    assert plain(app, "/api/v1/sessions", headers, method=method).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
    ],
)
def test_this_site_can(app: Flask, headers: dict[str, str]) -> None:
    assert plain(app, "/login", headers, data=ADA).status_code == 422


def test_the_public_origin_is_this_site(make_app: MakeApp) -> None:
    app = make_app(public_url="https://cook.example/app")
    ours = {"Origin": "https://cook.example", "Host": "cook.example"}
    assert plain(app, "/login", ours, data=ADA).status_code == 422


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
@pytest.mark.parametrize("path", ["/", "/login", "/api/v1/me", "/static/css/base.css"])
def test_no_other_origin_may_read(client: CarefulClient, origin: str, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = client.open(path, method=method, headers={"Origin": origin, "Access-Control-Request-Method": "PUT"})
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("target", ["/", "/recipes", "/recipes?q=a&b=c#d", "/drafts/1-2", "/r%C3%A9", "/a/@evil"])
def test_paths_of_this_site_are_safe(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [None, "", "//evil.example", "///evil.example", "https://evil.example", "http:evil", "/\\evil.example",
     "\\\\evil.example", "%2f%2fevil.example", "/%2fevil.example", "/%5cevil.example", "/\t/evil.example",
     "/%09/evil.example", "/\nevil", "/%0d%0aSet-Cookie:x=y", "javascript:alert(1)", "@evil.example", "evil.example",
     " /", "/" + "x" * 2_000, "//[", "/\u202e", "/logout"],
)  # fmt: skip
def test_every_other_target_leads_home(target: str | None) -> None:
    assert safe_next(target) == "/"


def test_next_is_checked_by_the_pages(client: CarefulClient) -> None:
    assert "evil" not in client.get("/login?next=//evil.example").text
    answer = client.post("/register", data=ADA | {"next": "//evil.example"})
    assert answer.location == "/"


def test_next_of_the_address_counts_for_the_form(client: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    sign_up(client, email=ADA["email"])
    answer = visitor().post("/login?next=/recipes?q=1", data={"email": ADA["email"], "password": PASSWORD})
    assert answer.location == "/recipes?q=1"


@pytest.mark.parametrize("path", ["/login", "/account", "/nowhere", "/api/v1/me", "", "//login", "/account//x"])
def test_an_evil_host_is_repeated_nowhere(client: CarefulClient, path: str) -> None:
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil.example"}
    answer = client.get("/", headers=forged, environ_overrides={"PATH_INFO": path})
    assert "evil.example" not in answer.text + str(answer.headers).replace("next=", "")


@pytest.mark.parametrize(("host", "status"), [("cook.example", 200), ("evil.example", 400), ("localhost:8000", 200)])
def test_only_the_public_host_is_answered(make_app: MakeApp, host: str, status: int) -> None:
    client = browser(make_app(public_url="http://cook.example"))
    assert client.get("/login", headers={"Host": host}).status_code == status
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["a b", "x/../y", "<script>", "evil.example:x", ""])
def test_odd_hosts_are_no_500(client: CarefulClient, host: str) -> None:
    assert client.get("/account", headers={"Host": host}).status_code in (303, 400)


def test_production_pages_move_to_https(make_app: MakeApp) -> None:
    client = browser(make_app(env="production", public_url="https://cook.example"))
    answer = client.get("/login?next=/a", headers={"Host": "cook.example"})
    assert (answer.status_code, answer.location) == (308, "https://cook.example/login?next=/a")
    assert client.get("/api/v1/me", headers={"Host": "cook.example"}).status_code == 403
    assert client.post("/login", data=ADA, headers={"Host": "cook.example"}).status_code == 403
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("proxies", "status"), [(0, 308), (1, 200)])
def test_a_proxy_is_believed_when_it_is_named(make_app: MakeApp, proxies: int, status: int) -> None:
    client = browser(make_app(env="production", proxies=proxies))
    assert client.get("/login", headers={"X-Forwarded-Proto": "https"}).status_code == status


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/api/v1/auth/login"])
def test_large_bodies_are_refused(client: CarefulClient, path: str) -> None:
    answer = client.post(path, data=b"x" * (1024 * 1024 + 1), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_large_bodies_of_unknown_length_are_refused(client: CarefulClient) -> None:
    stream = io.BytesIO(b"email=" + b"x" * (1024 * 1024))
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/login", input_stream=stream, content_type=kind, environ_base={"wsgi.input_terminated": True})
    assert answer.status_code == 413


def test_a_thousand_form_parts_are_enough(client: CarefulClient) -> None:
    parts = {f"name{n}": "x" for n in range(1_001)}
    assert client.post("/login", data=parts, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 400), ("[" * 100_000, {}, 400), ("NaN", {}, 400), (b"\xff", {}, 400), ('"\\ud800"', {}, 422),
        ("{}", {"Content-Type": "text/plain"}, 415), ("{}", {"Content-Encoding": "gzip"}, 415),
    ],
)  # fmt: skip
def test_unreadable_json_is_told(client: CarefulClient, body: str, headers: dict[str, str], status: int) -> None:
    answer = client.post("/api/v1/auth/login", data=body, headers={"Content-Type": "application/json"} | headers)
    assert answer.status_code == status
    assert answer.get_json()["status"] == status


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
def test_what_went_wrong_inside_is_not_shown(client: CarefulClient, headers: dict[str, str]) -> None:
    answer = client.get("/boom", headers=headers)
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    for inner in ("KeyError", "Traceback", "a key that", "flavorbot/", ".py"):
        assert inner not in answer.text


def test_a_storage_that_is_down_is_named_to_balancers_alone(client: CarefulClient, break_storage: Break) -> None:
    break_storage("check")
    answer = client.get("/readyz")
    told = {"reason": "no-answer", "remedy": REMEDIES["no-answer"]}
    assert (answer.status_code, answer.get_json()) == (503, {"status": "not ready", "storage": "down"} | told)
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_a_busy_kitchen_says_so(app: Flask, client: CarefulClient) -> None:
    def busy() -> str:
        raise GeneratorBusy("Still cooking.")

    serve(app, "/busy", busy)
    answer = client.get("/busy")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Still cooking." in answer.text


def test_an_error_page_does_not_look_signed_out(client: CarefulClient, calls: list[str]) -> None:
    assert 'href="/login"' in client.get("/nowhere").text
    sign_up(client)
    calls.clear()
    assert 'href="/account"' in client.get("/nowhere").text
    assert calls == []


def test_scripts_get_problems_as_json(client: CarefulClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "application/json"})
    assert answer.content_type == "application/problem+json"
    assert answer.get_json() | {"request_id": ""} == {
        "type": "about:blank",
        "title": "We could not find that",
        "status": 404,
        "detail": "It may have been moved or deleted, or the address may be mistyped.",
        "errors": [],
        "request_id": "",
    }


@pytest.mark.parametrize(
    ("sent", "kept"), [("Root=1-67891233-abcdef012345678912345678", True), ("a b" * 9, False), ("x", False)]
)
def test_a_balancers_request_id_is_kept(client: CarefulClient, sent: str, kept: bool) -> None:
    assert (client.get("/login", headers={"X-Request-ID": sent}).headers["X-Request-ID"] == sent) == kept


def test_logs_hold_no_secrets(client: CarefulClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flavorbot")
    sign_up(client)
    client.post("/login?token=t0ken", data=ADA | {"password": "another secret"})
    client.post("/logout", headers={"Sec-Fetch-Site": "cross-site"})
    text = "\n".join(caplog.messages)
    for secret in (PASSWORD, "another secret", "ada@example.com", client.cookie or "", "t0ken"):
        assert secret not in text
    events = [json.loads(line).get("event") for line in caplog.messages if line.startswith("{")]
    assert {"registered", "sign-in failed", "cross-site request refused"} <= set(events)


def test_a_request_is_one_line(client: CarefulClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flavorbot")
    answer = client.get("/login?a=%0Aforged", headers={"User-Agent": "x\tforged"})
    [line] = [json.loads(message) for message in caplog.messages]
    assert line | {"at": "", "ms": 0} == {
        "at": "",
        "request_id": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "/login",
        "status": 200,
        "ms": 0,
        "calls": 0,
        "person": None,
    }


def test_a_forged_remember_me_cookie_is_nothing(app: Flask) -> None:
    for value in ("1|x", "x", "|"):
        answer = plain(app, "/api/v1/me", {"Cookie": f"remember_token={value}"}, method="GET")
        assert answer.status_code == 401
