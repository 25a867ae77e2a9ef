"""Every setting, read and checked once; README lists them for people."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import unquote, urlsplit

from flavorbot.errors import SettingsError
from flavorbot.model import PLANS, Plan

T = TypeVar("T")

# Names of this machine for itself.
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# Names that stand at the same place in addresses of pages.
NOT_PROVIDERS = ("code", "passkey")
_OIDC_PARTS = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
_OIDC = re.compile(rf"OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(?:{'|'.join(_OIDC_PARTS)})")

DEFAULT_PLANS = {
    "free": Plan("free", recipes=10, questions=50, saved=25),
    "basic": Plan("basic", recipes=50, questions=200, saved=100),
    "pro": Plan("pro", recipes=None, questions=None, saved=None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed over; `tls` from the first byte on, else by STARTTLS."""

    host: str
    port: int
    tls: bool = False
    user: str | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A sign-in provider; `name` stands in addresses of pages, `label` on buttons, `url` exactly as it calls itself."""

    name: str
    url: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").title()

    @property
    def origin(self) -> str:
        """Scheme, host and port of its address."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What FlavorBot runs with; `DYNAMODB_TABLE_NAME` set means DynamoDB, else one SQLite file in `data_dir`."""

    env: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 16
    secret_key: str | None = None
    data_dir: Path = Path("data")
    table_name: str | None = None
    endpoint: str | None = None
    region: str | None = None
    table_max_units: int | None = None
    count_units: bool = True
    fast_transport: bool = True
    price_read: Decimal = Decimal("0.125")
    price_write: Decimal = Decimal("0.625")
    public_url: str | None = None
    proxies: int = 0
    default_plan: str = "free"
    plans: Mapping[str, Plan] = field(default_factory=lambda: dict(DEFAULT_PLANS))
    rates: bool = True
    guest_recipes: int = 3
    session_idle_days: int = 30
    session_max_days: int = 90
    model: str | None = None
    model_url: str = "https://api.openai.com/v1"
    model_key: str | None = field(default=None, repr=False)
    model_deadline_s: int = 25
    model_calls: int | None = None
    model_price_in: Decimal | None = None
    model_price_out: Decimal | None = None
    mail_server: MailServer | None = None
    mail_from: str | None = None
    issuers: tuple[Issuer, ...] = ()
    metrics_token: str | None = field(default=None, repr=False)
    otlp_endpoint: str | None = None
    drain_s: int = 0

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def most_model_calls(self) -> int:
        """Calls to the model at once in one worker; two threads at least are left for everything else."""
        return self.model_calls or max(self.threads - 2, 1)

    @property
    def lease_s(self) -> int:
        """How long a recipe's claim is held: a minute, or what a slow model takes and ten seconds for all the rest."""
        return max(60, self.model_deadline_s + 10)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; `SettingsError` names every problem at once."""
        read = _Reader(os.environ if environ is None else environ)
        defaults = cls()
        model = read("FLAVORBOT_MODEL", _text, None)
        settings = cls(
            env=read("FLAVORBOT_ENV", _env, defaults.env),
            host=read("HOST", _text, defaults.host),
            port=read("PORT", _whole(1, 65535), defaults.port),
            workers=read("WEB_CONCURRENCY", _whole(1, 64), defaults.workers),
            threads=read("THREADS", _whole(1, 256), defaults.threads),
            secret_key=read("SECRET_KEY", _secret, None),
            data_dir=read("FLAVORBOT_DATA", Path, defaults.data_dir),
            table_name=read("DYNAMODB_TABLE_NAME", _text, None),
            endpoint=read("DYNAMODB_ENDPOINT", _url, None),
            region=read("AWS_REGION", _text, None) or read("AWS_DEFAULT_REGION", _text, None),
            table_max_units=read("DYNAMODB_MAX_UNITS", _whole(1, 10_000_000), None),
            count_units=read("DYNAMODB_COUNT_UNITS", _switch, True),
            fast_transport=read("DYNAMODB_FAST_TRANSPORT", _switch, True),
            price_read=read("DYNAMODB_PRICE_READ", _price_of("a million read units"), defaults.price_read),
            price_write=read("DYNAMODB_PRICE_WRITE", _price_of("a million write units"), defaults.price_write),
            public_url=read("FLAVORBOT_URL", _url, None),
            proxies=read("FLAVORBOT_PROXIES", _whole(0, 10), 0),
            default_plan=read("FLAVORBOT_DEFAULT_PLAN", _one_of(PLANS), defaults.default_plan),
            plans={name: read(f"FLAVORBOT_PLAN_{name.upper()}", _plan(name), DEFAULT_PLANS[name]) for name in PLANS},
            rates=read("FLAVORBOT_RATES", _switch, True),
            guest_recipes=read("FLAVORBOT_GUEST_RECIPES", _whole(0, 10_000), defaults.guest_recipes),
            session_idle_days=read("FLAVORBOT_SESSION_IDLE_DAYS", _whole(1, 365), defaults.session_idle_days),
            session_max_days=read("FLAVORBOT_SESSION_MAX_DAYS", _whole(1, 3650), defaults.session_max_days),
            model=model,
            # Other programs use these two as well: without a model they are nobody's business here.
            model_url=read("OPENAI_BASE_URL", _url, defaults.model_url) if model else defaults.model_url,
            model_key=read("OPENAI_API_KEY", _token, None) if model else None,
            model_deadline_s=read("FLAVORBOT_MODEL_DEADLINE_S", _whole(1, 120), defaults.model_deadline_s),
            model_calls=read("FLAVORBOT_MODEL_CALLS", _whole(1, 254), None),
            model_price_in=read("FLAVORBOT_MODEL_PRICE_IN", _price_of("a million tokens"), None),
            model_price_out=read("FLAVORBOT_MODEL_PRICE_OUT", _price_of("a million tokens"), None),
            mail_server=read("MAIL_URL", _mail_server, None),
            mail_from=read("MAIL_FROM", _address, None),
            issuers=_issuers(read),
            metrics_token=read("FLAVORBOT_METRICS_TOKEN", _metrics_token, None),
            otlp_endpoint=read("OTEL_EXPORTER_OTLP_ENDPOINT", _url, None),
            drain_s=read("FLAVORBOT_DRAIN_S", _whole(0, 600), 0),
        )
        problems = read.problems + _contradictions(settings)
        if problems:
            raise SettingsError(problems)
        return settings


class _Reader:
    """Reads one variable after another and keeps what was wrong with each."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def __call__(self, name: str, parse: Callable[[str], T], default: T) -> T:
        text = self.environ.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.problems.append(f"{name} {error}")
            return default


def _issuers(read: _Reader) -> tuple[Issuer, ...]:
    """All that `OIDC_<NAME>_…` names, by name; each needs all three of its settings."""
    found = []
    for name in sorted({match[1] for each in read.environ if (match := _OIDC.fullmatch(each)) and read.environ[each]}):
        prefix = f"OIDC_{name}"
        url = read(f"{prefix}_ISSUER", _issuer, "")
        client_id, secret = (read(f"{prefix}_{part}", _text, "") for part in ("CLIENT_ID", "CLIENT_SECRET"))
        if name.lower() in NOT_PROVIDERS:
            read.problems.append(f"{prefix}_ISSUER must have another name, since {name} means something else here")
        missing = [part for part in _OIDC_PARTS if not read.environ.get(f"{prefix}_{part}", "").strip()]
        read.problems += [f"{prefix}_{part} must be set, too" for part in missing]
        if url and client_id and secret:
            found.append(Issuer(name=name.lower(), url=url, client_id=client_id, client_secret=secret))
    return tuple(found)


def _contradictions(settings: Settings) -> list[str]:
    problems = []
    if settings.production and not settings.secret_key:
        problems.append("SECRET_KEY must be set when FLAVORBOT_ENV=production")
    if settings.production and not settings.rates:
        problems.append("FLAVORBOT_RATES=off is refused when FLAVORBOT_ENV=production")
    if settings.endpoint and not settings.table_name:
        problems.append("DYNAMODB_ENDPOINT needs DYNAMODB_TABLE_NAME, the table to use there")
    urls = [issuer.url for issuer in settings.issuers]
    problems += [f"OIDC_…_ISSUER {url} is set twice" for url in sorted({url for url in urls if urls.count(url) > 1})]
    if settings.session_idle_days > settings.session_max_days:
        problems.append("FLAVORBOT_SESSION_IDLE_DAYS must not be more than FLAVORBOT_SESSION_MAX_DAYS")
    return [*problems, *_model_contradictions(settings)] if settings.model else problems


def _model_contradictions(settings: Settings) -> list[str]:
    problems = []
    if settings.model_url == Settings().model_url and not settings.model_key:
        problems.append("FLAVORBOT_MODEL needs OPENAI_API_KEY, or OPENAI_BASE_URL of a server that asks for no key")
    if settings.threads < 3:
        problems.append("FLAVORBOT_MODEL needs THREADS of 3 or more, so that pages are served while a model cooks")
    elif settings.most_model_calls > settings.threads - 2:
        problems.append("FLAVORBOT_MODEL_CALLS must be at most THREADS less 2, so that pages are served meanwhile")
    if (settings.model_price_in is None) != (settings.model_price_out is None):
        problems.append("FLAVORBOT_MODEL_PRICE_IN and FLAVORBOT_MODEL_PRICE_OUT are set together; 0 says free")
    return problems


def _text(text: str) -> str:
    return text


def _env(text: str) -> Literal["development", "production"]:
    if text == "production":
        return "production"
    if text == "development":
        return "development"
    raise ValueError(f"must be development or production, not {text!r}")


def _secret(text: str) -> str:
    if len(text) < 16:
        raise ValueError("must have at least 16 characters; make one with: openssl rand -hex 32")
    return text


def _metrics_token(text: str) -> str:
    return _token(_secret(text))


def _token(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("must be a key as its provider gave it, without spaces")
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"must be an address such as http://localhost:8001, not {text!r}")
    return text.rstrip("/")


def _issuer(text: str) -> str:
    """Not changed in any way: tokens must name it by exactly this text."""
    wrong = f"must be the issuer's address such as https://accounts.google.com, not {text!r}"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        raise ValueError(wrong) from None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or set("?#;,\\'\" ") & set(text):
        raise ValueError(wrong)
    if not text.isascii() or not text.isprintable():
        raise ValueError(wrong)
    if parts.scheme == "http" and host not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("must begin with https://, except on this machine")
    return text


def _mail_server(text: str) -> MailServer:
    """What is wrong is told without the text: it holds a password."""
    wrong = "must be the address of a mail server, such as smtp://user:password@mail.example.com:587"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(wrong) from None
    tls = parts.scheme == "smtps"
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(wrong)
    if bool(parts.username) != bool(parts.password):
        raise ValueError(f"{wrong}; user and password go together, with %40 for an @ in them")
    return MailServer(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        tls=tls,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or ""),
    )


def _address(text: str) -> str:
    if not re.fullmatch(r"[!#-'*+/-9=?A-Z^-~.-]+@[A-Za-z0-9.-]+", text):
        raise ValueError(f"must be an e-mail address such as kitchen@example.com, not {text!r}")
    return text


def _switch(text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise ValueError(f"must be on or off, not {text!r}")
    return text.lower() == "on"


def _one_of(names: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in names:
            raise ValueError(f"must be one of {', '.join(names)}, not {text!r}")
        return text

    return parse


def _whole(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return parse


def _price_of(what: str) -> Callable[[str], Decimal]:
    """US dollars for a million of something; with six decimals the cost of one is exact to twelve."""

    def parse(text: str) -> Decimal:
        if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,6})?", text):
            raise ValueError(f"must be US dollars for {what}, such as 0.15, not {text!r}")
        return Decimal(text)

    return parse


def _plan(name: str) -> Callable[[str], Plan]:
    """`recipes/questions/saved`, each a whole number or `unlimited`."""

    def parse(text: str) -> Plan:
        parts = text.split("/")
        if len(parts) != 3 or not all(part == "unlimited" or part.isdecimal() for part in parts):
            raise ValueError(f"must be recipes/questions/saved such as 10/50/25 or unlimited/50/25, not {text!r}")
        recipes, questions, saved = (None if part == "unlimited" else int(part) for part in parts)
        return Plan(name, recipes, questions, saved)

    return parse
