"""A provider that does everything wrong signs nobody in, holds up nobody, and never makes us fail badly."""

from __future__ import annotations

import hmac
import json
import logging
import socket
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from flavorbot import outside
from flavorbot.settings import Issuer
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser, sign_up
from tests.web.provider import CLIENT, KEY, Answer, Claims, Provider, as_json, come_back, enter, go_out, signed, who

OTHER = RSAKey.generate_key(2048, {"kid": "first"})
LONG_AGO, FAR_OFF = 1_700_000_000, 4_000_000_000


@pytest.fixture
def app(make_app: MakeApp, issuer: Issuer) -> Flask:
    return make_app(issuers=(issuer,))


def unsigned(claims: Claims) -> str:
    parts = (json.dumps(each).encode() for each in ({"alg": "none"}, claims))
    return ".".join((*(urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts), ""))


def by_public_key(claims: Claims) -> str:
    """Signed by HMAC with what everybody knows."""
    parts = [json.dumps(each).encode() for each in ({"alg": "HS256", "kid": "first"}, claims)]
    text = ".".join(urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts)
    mac = hmac.digest(KEY.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def by_client_secret(claims: Claims) -> str:
    return str(jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("a secret for the client")))


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"nonce": ""}, {"aud": "another"}, {"aud": ["another"]}, {"aud": None},
        {"aud": "another", "azp": CLIENT}, {"aud": [CLIENT, "another"]}, {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"}, {"iss": "https://evil.example"}, {"iss": None}, {"exp": LONG_AGO}, {"exp": None},
        {"exp": "soon"}, {"iat": FAR_OFF}, {"iat": None}, {"nbf": FAR_OFF}, {"sub": None}, {"sub": ""},
        {"sub": 7}, {"sub": ["ada-1"]}, {"sub": "x" * 256}, {"sub": "a\0b"}, {"at_hash": "wrong"},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_says_something_else_is_refused(
    client: CarefulClient, provider: Provider, caplog: pytest.LogCaptureFixture, claims: Claims
) -> None:
    provider.claims = claims
    caplog.set_level(logging.INFO)
    answer = enter(client, provider)
    assert answer.status_code == 400
    assert "You are not signed in" in answer.text
    assert "outside sign-in failed" in caplog.text
    assert who(client) is None


@pytest.mark.parametrize(
    "token",
    [
        lambda claims: "", lambda claims: "x", lambda claims: "a.b.c", unsigned, by_public_key, by_client_secret,
        lambda claims: signed(claims, OTHER), lambda claims: signed(claims)[:-4] + "AAAA",
        lambda claims: signed(claims, OTHER, jwk=OTHER.as_dict(private=False)),
        lambda claims: signed(claims, OTHER, jku="https://evil.example/jwks"),
        lambda claims: signed(claims, kid="nobody's"),
        lambda claims: signed(claims).replace(".", "."  + "A" * 9),
    ],
    ids=["none", "text", "parts", "alg none", "HS256 by public key", "HS256 by secret", "other key", "bad signature",
         "key in header", "key elsewhere", "unknown key", "torn"],
)  # fmt: skip
def test_a_token_that_is_not_signed_by_its_key_is_refused(
    client: CarefulClient, provider: Provider, token: Callable[[Claims], str]
) -> None:
    provider.token = token
    assert enter(client, provider).status_code == 400
    assert who(client) is None


def test_a_token_with_an_extension_that_must_be_understood_is_refused(
    client: CarefulClient, provider: Provider
) -> None:
    header = urlsafe_b64encode(b'{"alg":"RS256","kid":"first","crit":["x"],"x":1}').rstrip(b"=").decode()
    provider.token = lambda claims: ".".join((header, *signed(claims).split(".")[1:]))
    assert enter(client, provider).status_code == 400
    assert who(client) is None


def test_an_answer_in_another_providers_name_is_refused(client: CarefulClient, provider: Provider) -> None:
    assert come_back(client, provider, go_out(client), iss="https://evil.example").status_code == 400
    assert come_back(client, provider, go_out(client), iss=None).status_code == 400
    assert who(client) is None
    assert "/token" not in provider.asked


def test_one_who_is_turned_away_there_reads_so_here(client: CarefulClient, provider: Provider) -> None:
    answer = come_back(client, provider, go_out(client), code=None, error="access_denied")
    assert answer.status_code == 400
    assert "Signing in with Example was cancelled." in answer.text
    told = come_back(client, provider, go_out(client), error="x", error_description="<img src=x onerror=alert(1)>")
    assert told.status_code == 400
    assert "onerror" not in told.text


DISCOVERY: list[Claims] = [
    {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "http://evil.example/token"},
    {"token_endpoint": None}, {"jwks_uri": "file:///etc/passwd"}, {"authorization_endpoint": "javascript:alert(1)"},
    {"authorization_endpoint": "https://a@evil.example/"}, {"userinfo_endpoint": 7},
]  # fmt: skip


@pytest.mark.parametrize("changes", DISCOVERY, ids=str)
def test_a_discovery_that_leads_astray_is_refused(client: CarefulClient, provider: Provider, changes: Claims) -> None:
    provider.wrong["/.well-known/openid-configuration"] = lambda: as_json({**provider.discovery(), **changes})
    assert client.post("/login/example").status_code == 502
    provider.wrong.clear()
    assert enter(client, provider).status_code == 303


def test_what_discovery_adds_changes_nothing(client: CarefulClient, provider: Provider) -> None:
    more = {"client_id": "x", "verify": False, "proxies": {}, "scope": "x", "token": "x", "jwks": {"keys": []}}
    provider.wrong["/.well-known/openid-configuration"] = lambda: as_json({**provider.discovery(), **more})
    assert enter(client, provider).status_code == 303


BROKEN: dict[str, Callable[[], Answer]] = {
    "500": lambda: (500, "text/plain", b""),
    "HTML": lambda: (200, "text/html", b"<h1>Oh</h1>"),
    "list": lambda: as_json([]),
    "null": lambda: as_json(None),
    "deep": lambda: (200, "application/json", b"[" * 100_000),
    "not UTF-8": lambda: (200, "application/json", b"\xff\xfe\xfa"),
    "2 MB": lambda: (200, "application/json", b" " * 2_000_000),
    "elsewhere": lambda: (302, "text/plain", b""),
    "invalid_client": lambda: as_json({"error": "invalid_client"}, 401),
}


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_provider_that_is_broken_is_told_as_such_and_works_again(
    client: CarefulClient, provider: Provider, path: str, broken: Callable[[], Answer]
) -> None:
    provider.wrong[path] = broken
    begun = client.post("/login/example")
    answer = come_back(client, provider, str(begun.location)) if begun.status_code == 303 else begun
    # Keys that are none are no reason to believe anybody.
    assert answer.status_code in ((400, 502) if path == "/jwks" else (502,))
    assert who(client) is None
    assert "/elsewhere" not in provider.asked
    provider.wrong.clear()
    assert enter(client, provider).status_code == 303


def test_keys_that_changed_are_fetched_again(client: CarefulClient, provider: Provider) -> None:
    enter(client, provider)
    newer = RSAKey.generate_key(2048, {"kid": "second"})
    provider.wrong["/jwks"] = lambda: as_json({"keys": [newer.as_dict(private=False)]})
    provider.token = lambda claims: signed(claims, newer, kid="second")
    client.post("/logout")
    assert enter(client, provider).status_code == 303


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nX: "], ids=["says nothing", "drips"])
def test_a_provider_that_keeps_us_waiting_is_given_up(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr(outside, "DEADLINE_S", 0.6)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        keeper = threading.Thread(target=keep_waiting, args=(listener, first, over), daemon=True)
        keeper.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        client = browser(make_app(issuers=(Issuer(name="example", url=url, client_id="x", client_secret="x"),)))
        began = time.monotonic()
        answer = client.post("/login/example")
        assert answer.status_code == 502
        assert time.monotonic() - began < 5
        assert client.get("/login").status_code == 200
        over.set()
    keeper.join()


def keep_waiting(listener: socket.socket, first: bytes, over: threading.Event) -> None:
    """Answer a little at a time, and never to the end."""
    connection, _ = listener.accept()
    with connection:
        while not over.wait(0.05):
            try:
                connection.sendall(first)
            except OSError:
                return
            first = b"x" if first else b""


def test_nobody_there_is_told_at_once(make_app: MakeApp) -> None:
    url = "http://127.0.0.1:9"
    app = make_app(issuers=(Issuer(name="example", url=url, client_id="x", client_secret="x"),))
    answer = browser(app).post("/login/example")
    assert answer.status_code == 502
    assert "could not be reached" in answer.text
    assert "127.0.0.1:9" not in answer.text


def test_only_so_many_wait_for_a_provider_at_once(
    app: Flask, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, waiting = threading.Event(), threading.Semaphore(0)

    def slow() -> Answer:
        waiting.release()
        free.wait(5)
        return as_json(provider.discovery())

    provider.wrong["/.well-known/openid-configuration"] = slow
    threads = [threading.Thread(target=lambda: browser(app).post("/login/example")) for _ in range(outside.AT_ONCE)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert waiting.acquire(timeout=20)
    answer = browser(app).post("/login/example")
    free.set()
    for thread in threads:
        thread.join()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("email", ["x" * 50_000, "ada@example.com\x1b]0;mine\x07", "<b>@x"])
def test_what_is_no_address_is_never_kept(client: CarefulClient, provider: Provider, email: str) -> None:
    provider.claims = {"email": email, "name": "\x1b[2JAda"}
    user_id = sign_up(client)
    assert enter(client, provider, "/account/identities/example/link").location == "/account/identities?done=linked"
    storage = client.application.extensions["flavorbot"].storage
    assert [each.label for each in storage.list_identities(user_id)] == ["[2JAda"]
    assert all(each.detail.isprintable() for each in storage.list_events(user_id, 9))


def test_only_an_issuer_on_this_machine_leads_to_this_machine(provider: Provider) -> None:
    """Else whoever runs a provider could have this server call what nobody else reaches."""
    far = "https://sign-in.example"
    with pytest.raises(ValueError, match="not on https"):
        outside._told(provider.discovery() | {"issuer": far}, far)
    assert outside._told(provider.discovery(), provider.issuer)["token_endpoint"] == f"{provider.issuer}/token"
