"""Signing in with an outside provider, by OpenID Connect: what it is asked, and when its answer is believed.

Authlib builds the requests and reads the tokens (code flow, PKCE S256, nonce). What it leaves open is checked here:
that discovery and answer name the issuer of the settings, the audience, and that keys are asymmetric ones.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests import RequestException, Session

from flavorbot.accounts import is_email
from flavorbot.errors import ProviderError, ProviderRefused
from flavorbot.fetching import Deadline
from flavorbot.reaching import session_in_time
from flavorbot.settings import LOOPBACK, Issuer

DEADLINE_S = 8.0
AT_ONCE = 4
# Keys change; whoever changed theirs is believed again after so long.
HOLDS_S = 600.0
LEEWAY_S = 60
MAX_SUBJECT = 255
MAX_NAME = 80
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

UNREADABLE = (AuthlibBaseError, JoseError, ValueError, LookupError, TypeError, AttributeError, RuntimeError)


class ProviderBusy(ProviderError):
    """As many are waiting for this provider as may."""

    status = 503
    title = "The sign-in provider is slow just now"


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser is sent to the provider with, and what must come back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider says of whoever signed in there; only the subject is theirs for ever."""

    subject: str
    email: str
    email_verified: bool
    name: str


class Provider:
    """One provider, with what it last told of itself."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        self._told: dict[str, Any] = {}
        self._told_at = 0.0

    def ask(self, redirect_uri: str) -> Question:
        """Where to send the browser; `ProviderError`."""
        with self._calling() as app, _or_at_fault():
            made = app.create_authorization_url(redirect_uri)
        return Question(made["url"], made["state"], made["nonce"], made["code_verifier"])

    def answer(self, answer: Mapping[str, str], nonce: str, verifier: str, redirect_uri: str) -> Claims:
        """Who came back; `ProviderRefused` when that is not shown, `ProviderError`."""
        with self._calling() as app:
            with _or_at_fault():
                told = app.load_server_metadata()
            self._check_answer(answer, told)
            with _or_at_fault():
                token = _token(app, answer["code"], verifier, redirect_uri)
            with _or_refused(), _or_out_of_reach():
                claims = _id_claims(app, token, nonce)
            with _or_at_fault():
                return _claims_of(claims | _more(app, token, claims))

    def _check_answer(self, answer: Mapping[str, str], told: Mapping[str, Any]) -> None:
        """That it is this provider's (RFC 9207) and tells of a success."""
        issuer = answer.get("iss")
        if issuer != self.issuer.url and (issuer or told.get("authorization_response_iss_parameter_supported")):
            raise ProviderRefused("The answer came from another provider than the one that was asked.")
        if answer.get("error") == "access_denied":
            raise ProviderRefused(f"Signing in with {self.issuer.label} was cancelled.")
        if answer.get("error") or not answer.get("code"):
            raise ProviderRefused(f"{self.issuer.label} did not sign you in.")

    @contextmanager
    def _calling(self) -> Iterator[_App]:
        """The provider, for as many callers at once as may wait for it, until the deadline of each."""
        if not self._turn.acquire(blocking=False):
            raise ProviderBusy("Too many are waiting for it. Please try again in a moment.")
        try:
            if time.monotonic() - self._told_at > HOLDS_S:
                self._told, self._told_at = {}, time.monotonic()
            yield _App(self.issuer, self._told, Deadline(DEADLINE_S))
        finally:
            self._turn.release()


class _App(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client, without a web framework: it keeps what the provider told in `told`."""

    client_cls = OAuth2Session

    def __init__(self, issuer: Issuer, told: dict[str, Any], deadline: Deadline) -> None:
        super().__init__(
            framework=None,
            client_id=issuer.client_id,
            client_secret=issuer.client_secret,
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
            user_agent="FlavorBot/1",
        )
        self.issuer = issuer
        self.server_metadata = told
        self.deadline = deadline

    def load_server_metadata(self) -> dict[str, Any]:
        """What the provider says of itself, checked; a `ValueError` when that will not do."""
        if not self.server_metadata:
            address = f"{self.issuer.url.rstrip('/')}/.well-known/openid-configuration"
            with self._get_session() as session:
                answer = session.request("GET", address, withhold_token=True)  # type: ignore[call-arg]
                answer.raise_for_status()
                self.server_metadata.update(_told(answer.json(), self.issuer.url))
        return self.server_metadata

    def _get_session(self) -> Session:
        return session_in_time(super()._get_session(), self.deadline)

    def _get_oauth_client(self, **told: Any) -> Session:  # noqa: ANN401
        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        how = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        known = {name: told[name] for name in ENDPOINTS}
        client = super()._get_oauth_client(**known, token_endpoint_auth_method=how)
        return session_in_time(client, self.deadline)


def _told(document: Any, issuer: str) -> dict[str, Any]:  # noqa: ANN401
    """Of a discovery document what is used, and only where it is the issuer's own."""
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise ValueError("the discovery document is not of the issuer in the settings")
    told = {name: _endpoint(document.get(name), issuer) for name in ENDPOINTS}
    if document.get("userinfo_endpoint") is not None:
        told["userinfo_endpoint"] = _endpoint(document["userinfo_endpoint"], issuer)
    lists = ("token_endpoint_auth_methods_supported", "id_token_signing_alg_values_supported")
    texts = {name: [each for each in document.get(name) or () if isinstance(each, str)] for name in lists}
    signing = [each for each in texts[lists[1]] if each in ALGORITHMS] or ["RS256"]
    says_who = document.get("authorization_response_iss_parameter_supported") is True
    more = {lists[0]: texts[lists[0]], lists[1]: signing, "authorization_response_iss_parameter_supported": says_who}
    return {**told, **more, "issuer": issuer}


def _endpoint(url: object, issuer: str) -> str:
    """An address to which secrets may be sent; one in the clear on this machine only for an issuer that is, too."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url or "#" in url:
        raise ValueError("an endpoint of the provider is no address")
    parts = urlsplit(url)
    near = issuer.startswith("http://") and parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or "@" in parts.netloc or not (parts.scheme == "https" or near):
        raise ValueError("an endpoint of the provider is not on https://")
    return url


def _token(app: _App, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
    """What the code is good for; a code that is not is an answer, too."""
    try:
        token = app.fetch_access_token(redirect_uri, code=code, code_verifier=verifier)
    except AuthlibBaseError as error:
        if error.error == "invalid_grant":
            raise ProviderRefused("This sign-in was used already, or belongs to another browser.") from error
        raise
    return dict(token)


def _id_claims(app: _App, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
    told = app.load_server_metadata()
    options = {
        "iss": {"essential": True, "value": told["issuer"]},
        "aud": {"essential": True, "value": app.client_id},
    }
    claims = app.parse_id_token(token, nonce, claims_options=options, leeway=LEEWAY_S)
    if claims is None:
        raise ValueError("there is no ID token")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= MAX_SUBJECT or not subject.isprintable():
        raise ValueError("the subject is no name")
    return dict(claims)


def _more(app: _App, token: Mapping[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
    """What only the userinfo endpoint says, if it speaks of the same person."""
    endpoint = app.server_metadata.get("userinfo_endpoint")
    if "email" in claims or endpoint is None or not token.get("access_token"):
        return {}
    more = app.userinfo(token=dict(token))
    if more.get("sub") != claims["sub"]:
        raise ValueError("the provider speaks of somebody else")
    return {name: more[name] for name in ("email", "email_verified", "name") if name in more}


def _claims_of(claims: Mapping[str, Any]) -> Claims:
    email, name = (text if isinstance(text := claims.get(key), str) else "" for key in ("email", "name"))
    return Claims(
        subject=claims["sub"],
        email=email.strip() if is_email(email.strip()) else "",
        email_verified=claims.get("email_verified") in (True, "true"),
        name="".join(sign for sign in name if sign.isprintable()).strip()[:MAX_NAME],
    )


@contextmanager
def _or_out_of_reach() -> Iterator[None]:
    try:
        yield
    except RequestException as error:
        raise ProviderError("It could not be reached in time. Please try again in a moment.") from error


@contextmanager
def _or_at_fault() -> Iterator[None]:
    """Whatever the provider does wrong, and nothing else, is its fault."""
    with _or_out_of_reach():
        try:
            yield
        except RequestException:
            raise
        except UNREADABLE as error:
            raise ProviderError("Its answer makes no sense. Please try again in a moment.") from error


@contextmanager
def _or_refused() -> Iterator[None]:
    """A token that is not what it should be shows nothing of anybody."""
    try:
        yield
    except RequestException:
        raise
    except UNREADABLE as error:
        raise ProviderRefused("The provider's answer does not show who you are.") from error
