"""What is unsafe about how this is set up, before others use it."""

from __future__ import annotations

import ipaddress
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from flavorbot.errors import FlavorBotError
from flavorbot.settings import Settings

Verdict = Literal["fine", "unsafe"]
SECRET_CHARACTERS = 32
# Fewer different characters than a random text of that length ever has.
SECRET_VARIETY = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, by the setting or part, and what to do where it is unsafe."""

    verdict: Verdict
    subject: str
    told: str


def check(settings: Settings) -> list[Finding]:
    """All that was looked at, in the order in which to mend it; asks the table, if there is one, for its settings."""
    return [
        *_environment(settings),
        *_secret(settings),
        *_address(settings),
        *_proxies(settings),
        *_mail(settings),
        *_model(settings),
        *_storage(settings),
    ]


def _finding(subject: str, problem: str | None, fine: str) -> Finding:
    return Finding("fine", subject, fine) if problem is None else Finding("unsafe", subject, problem)


def _environment(settings: Settings) -> Iterator[Finding]:
    is_open = None if settings.production else "set it to production: only then is HTTPS demanded"
    yield _finding("FLAVORBOT_ENV", is_open, "production: HTTPS is demanded")
    loose = None if settings.production else "without FLAVORBOT_ENV=production it is sent over plain HTTP, too"
    yield _finding("session cookie", loose, "__Host-flavorbot, Secure, HttpOnly, SameSite=Lax")
    off = None if settings.rates else "is off: passwords can be guessed as fast as this server answers"
    yield _finding("FLAVORBOT_RATES", off, "guessing is slowed down")


def _secret(settings: Settings) -> Iterator[Finding]:
    secret, problem = settings.secret_key, None
    if secret is None:
        problem = "is not set: one from the data folder is used, which other machines do not have"
    elif len(secret) < SECRET_CHARACTERS or len(set(secret)) < SECRET_VARIETY:
        problem = "can be guessed: make one with `openssl rand -hex 32`"
    yield _finding("SECRET_KEY", problem, f"{len(secret or '')} characters")


def _address(settings: Settings) -> Iterator[Finding]:
    parts, problem = urlsplit(settings.public_url or ""), None
    if not settings.public_url:
        problem = "is not set: links in mails would go where a request claims to come from"
    elif parts.scheme != "https":
        problem = "is not https: passwords and cookies could be read on their way"
    elif _is_local(parts.hostname or ""):
        problem = "is an address of this machine or network alone: links in mails would lead nowhere"
    yield _finding("FLAVORBOT_URL", problem, str(settings.public_url))


def _proxies(settings: Settings) -> Iterator[Finding]:
    problem = None
    if settings.proxies == 0:
        problem = (
            "is 0, so no proxy is believed: every request seems to come over plain HTTP and, for the rates, from one"
            " address. Set how many proxies are in front, the one with the certificate included"
        )
    yield _finding("FLAVORBOT_PROXIES", problem, f"{settings.proxies} in front are believed")


def _mail(settings: Settings) -> Iterator[Finding]:
    server = settings.mail_server
    missing = None if server else "is not set: mails with links that let people in are files in the data folder"
    yield _finding("MAIL_URL", missing, f"{server.host}, over TLS" if server else "")
    if server:
        sender = None if settings.mail_from else "is not set: mail from an address nobody checked is often refused"
        yield _finding("MAIL_FROM", sender, str(settings.mail_from))


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.model:
        parts = urlsplit(settings.model_url)
        is_open = parts.scheme != "https" and not _is_local(parts.hostname or "")
        problem = "is not https: wishes and the key could be read on their way" if is_open else None
        yield _finding("OPENAI_BASE_URL", problem, settings.model_url)


def _storage(settings: Settings) -> Iterator[Finding]:
    yield from _table(settings) if settings.table_name else _file(settings)


def _file(settings: Settings) -> Iterator[Finding]:
    try:
        mode = stat.S_IMODE(settings.data_dir.stat().st_mode)
    except OSError:
        yield Finding("fine", "FLAVORBOT_DATA", f"{settings.data_dir} will be made")
        return
    readable = f"{settings.data_dir} can be read by others on this machine: chmod 700" if mode & 0o077 else None
    yield _finding("FLAVORBOT_DATA", readable, f"{settings.data_dir} is private; back it up")


def _table(settings: Settings) -> Iterator[Finding]:
    from flavorbot.storage.setup import lacking

    subject = f"table {settings.table_name}"
    if settings.endpoint and urlsplit(settings.endpoint).scheme != "https":
        yield Finding("unsafe", "DYNAMODB_ENDPOINT", "is not https: everything kept could be read on its way")
    try:
        lacks = lacking(settings)
    except FlavorBotError as error:
        yield Finding("unsafe", subject, error.detail)
        return
    for each in lacks:
        yield Finding("unsafe", subject, each)
    if not lacks:
        yield Finding("fine", subject, "time-to-live, recovery, encryption and deletion protection are on")


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return host.endswith((".local", ".internal", ".localhost"))
