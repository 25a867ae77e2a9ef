"""An OpenID Connect provider that behaves, until a test tells it what to do wrong."""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from tests.web.client import CarefulClient

CLIENT, SECRET = "flavorbot", "a secret for the client"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})

Answer = tuple[int, str, bytes]
Claims = dict[str, Any]


@dataclass
class Provider:
    """`person` signs in there; `wrong` changes what is answered at a path, `claims` and `token` what is signed."""

    issuer: str = ""
    person: Claims = field(
        default_factory=lambda: {"sub": "ada-1", "email": "ada@example.com", "email_verified": True, "name": "Ada"}
    )
    wrong: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)
    token: Callable[[Claims], str] | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, location: str) -> dict[str, str]:
        """What the browser brings back after this person signed in at `location`."""
        query = dict(parse_qsl(urlsplit(location).query))
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return {"code": code, "state": query["state"], "iss": self.issuer}

    def answer(self, path: str, body: str) -> Answer:
        self.asked.append(path)
        if path in self.wrong:
            return self.wrong[path]()
        if path == "/.well-known/openid-configuration":
            return as_json(self.discovery())
        if path == "/jwks":
            return as_json({"keys": [KEY.as_dict(private=False)]})
        if path == "/token":
            return self.exchange({name: values[0] for name, values in parse_qs(body).items()})
        return as_json({**self.person, **self.claims}) if path == "/userinfo" else (404, "text/plain", b"")

    def discovery(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True,
        }

    def exchange(self, sent: dict[str, str]) -> Answer:
        """A code is good once, and only with its verifier (RFC 7636)."""
        begun = self.codes.pop(sent.get("code", ""), None)
        digest = sha256(sent.get("code_verifier", "").encode()).digest()
        if begun is None or urlsafe_b64encode(digest).rstrip(b"=").decode() != begun["code_challenge"]:
            return as_json({"error": "invalid_grant"}, 400)
        claims = self.about(begun["nonce"])
        token = self.token(claims) if self.token else signed(claims)
        return as_json({"access_token": "at", "token_type": "Bearer", **({"id_token": token} if token else {})})

    def about(self, nonce: str) -> Claims:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person}
        return {name: value for name, value in {**said, **self.claims}.items() if value is not None}


def as_json(value: object, status: int = 200) -> Answer:
    return status, "application/json", json.dumps(value).encode()


def signed(claims: Claims, key: RSAKey = KEY, **header: object) -> str:
    return str(jwt.encode({"alg": "RS256", "kid": "first", **header}, claims, key))


@contextmanager
def serving() -> Iterator[Provider]:
    """Run a provider on this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, kind, content = provider.answer(urlsplit(self.path).path, self.rfile.read(length).decode())
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if status in (301, 302, 303, 307, 308):
                self.send_header("Location", f"{provider.issuer}/elsewhere")
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()


def go_out(client: CarefulClient, path: str = "/login/example", **form: str) -> str:
    """Begin to sign in; gives where the browser is sent."""
    answer = client.post(path, data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def come_back(client: CarefulClient, provider: Provider, location: str, **changes: str | None) -> TestResponse:
    """Sign in there and return."""
    query = {**provider.sign_in(location), **changes}
    given = {name: value for name, value in query.items() if value is not None}
    return client.get("/login/example/callback", query_string=given, headers={"Sec-Fetch-Site": "cross-site"})


def enter(client: CarefulClient, provider: Provider, path: str = "/login/example", **form: str) -> TestResponse:
    """All the way out and back."""
    return come_back(client, provider, go_out(client, path, **form))


def who(client: CarefulClient) -> str | None:
    """The address of whoever is signed in."""
    answer = client.get("/api/v1/me")
    return answer.get_json()["user"]["email"] if answer.status_code == 200 else None
