"""Who is asking: a person built from the session's copy of their profile, without a storage call."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import wraps
from typing import Any, Literal, TypeVar, cast, overload

from flask import Flask, current_app, session
from flask_login import LoginManager, current_user
from flask_login import login_required as flask_login_required

from flavorbot.accounts import profile_of
from flavorbot.errors import NotSignedIn
from flavorbot.kitchen.needs import Needs
from flavorbot.model import Owner, Plan, Session, User
from flavorbot.sessions import StorageSessionInterface, the_session
from flavorbot.web.bearer import bearer, refuse_tokens
from flavorbot.web.services import services

V = TypeVar("V", bound=Callable[..., object])

CONFIRMED = "confirmed_at"
"""Where a session says when, in seconds since 1970, somebody last showed that they are this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who is signed in, as of their last change in any browser; see `User`."""

    id: str
    email: str
    name: str
    plan: str
    diets: tuple[str, ...]
    allergies: tuple[str, ...] | None
    exclude: tuple[str, ...]
    units: str
    theme: str
    version: int

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.id

    @property
    def limits(self) -> Plan:
        """What this person's plan includes."""
        return services().settings.plans[self.plan]

    @property
    def needs(self) -> Needs:
        """What this person's recipes are checked against."""
        return Needs(diets=self.diets, allergies=self.allergies or (), exclude=self.exclude)


def init_app(app: Flask) -> None:
    """Attach flask-login for `current_user` and `login_required` alone."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(_refuse)
    # Not manager.init_app: it looks into the session after every request, for a remember-me cookie, which could not be
    # revoked. No cookie can have this name.
    app.config["REMEMBER_COOKIE_NAME"] = ";"
    app.login_manager = manager  # type: ignore[attr-defined]


def person() -> Person | None:
    """Whoever is signed in, or whose token was sent; looks into the session."""
    if user := bearer():
        return _person(profile_of(user))
    found = current_user._get_current_object()
    return found if found.is_authenticated else None


def login_required(view: V) -> V:
    """Only for whoever is signed in in a browser: pages send everybody else to sign in, JSON answers 401."""

    @wraps(view)
    def checked(*args: object, **parts: object) -> object:
        refuse_tokens()
        return flask_login_required(view)(*args, **parts)

    return cast(V, checked)


def signed_in() -> Person:
    """Whoever is signed in; `NotSignedIn` if nobody is."""
    if found := person():
        return found
    raise NotSignedIn


@overload
def owner(*, create: Literal[True]) -> Owner: ...


@overload
def owner(*, create: bool = False) -> Owner | None: ...


def owner(*, create: bool = False) -> Owner | None:
    """Whose drafts: the person's, else those of the guest of this browser, who with `create` begins to exist."""
    if found := person():
        return Owner("user", found.id)
    return guest_owner(create=create)


def guest_owner(*, create: bool = False) -> Owner | None:
    """The guest this browser is, or was before signing in: their drafts stay within reach."""
    guest = session.get("guest")
    if not isinstance(guest, str) and create:
        guest = session["guest"] = uuid.uuid4().hex
    return Owner("guest", guest) if isinstance(guest, str) else None


def sign_in(user: User, store: Callable[[Session, str | None], None]) -> None:
    """Make this browser the person's, under a new session id; `store(new, replaces)` writes it in one step.

    `Forbidden` beside a token: no cookie is set there, so the session would be a device that nobody has.
    """
    refuse_tokens()
    data: dict[str, object] = {"_user_id": user.id, "user": profile_of(user), CONFIRMED: moment_s()}
    if guest := guest_owner():
        data["guest"] = guest.id
    _interface().renew(the_session(), user.id, data, store)


def start_over(data: dict[str, object]) -> None:
    """Go on as a visitor under a new session id, with this alone kept; `Forbidden` beside a token, as `sign_in`."""
    refuse_tokens()
    if guest := guest_owner():
        data["guest"] = guest.id
    _interface().renew(the_session(), None, data, services().storage.start_session)


def keep_session() -> bool:
    """Store now what changed in this browser's session; False when it ended, or the same was changed, meanwhile."""
    return _interface().keep(the_session())


def renew_session() -> None:
    """Go on as the same person under a new session id."""
    _interface().regenerate(the_session())


def sign_out() -> None:
    """End this browser's session now."""
    _interface().end(the_session())


def moment_s() -> int:
    """Now, as sessions keep times: whole seconds since 1970."""
    return int(services().now().timestamp())


def current_sid() -> str | None:
    """Under which id this browser's session is stored."""
    stored = the_session().stored
    return stored.sid if stored else None


def _interface() -> StorageSessionInterface:
    interface = current_app.session_interface
    if not isinstance(interface, StorageSessionInterface):
        raise TypeError("sessions.init_app comes before web.init_app")
    return interface


def _load(user_id: str) -> Person | None:
    profile = session.get("user")
    found = _person(profile) if isinstance(profile, dict) else None
    return found if found and found.id == user_id else None


def _person(profile: Mapping[str, Any]) -> Person | None:
    """A person from a stored copy; None when it is not one. A newer FlavorBot, running beside, may have stored more."""
    names = {field.name for field in fields(Person)}
    try:
        found = Person(**{name: value for name, value in profile.items() if name in names})
        allergies = None if found.allergies is None else tuple(found.allergies)
        return replace(found, diets=tuple(found.diets), allergies=allergies, exclude=tuple(found.exclude))
    except TypeError:
        return None


def _refuse() -> None:
    raise NotSignedIn
