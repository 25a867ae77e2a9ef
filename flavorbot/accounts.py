"""Accounts: making one, proving that it is one's own, changing what it says."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import count
from typing import Protocol

from ulid import ULID

from flavorbot import passwords
from flavorbot.errors import Conflict, FieldError, InvalidInput, NotFound, NotSignedIn, VersionConflict
from flavorbot.interfaces import IIdentities, IPasskeys, ISessions, IUsers
from flavorbot.model import User

MAX_EMAIL = 254
ATTEMPTS = 5
NOT_RIGHT = "The e-mail address or the password is not right."

# RFC 5321's dot-string and a name of at least two labels, both in any script.
_LOCAL = re.compile(r"[^\s\"(),:;<>@\[\\\].\x00-\x1f\x7f]+(?:\.[^\s\"(),:;<>@\[\\\].\x00-\x1f\x7f]+)*")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


class Access(IUsers, ISessions, Protocol):
    """What decides who gets in."""


class OtherWaysIn(IPasskeys, IIdentities, Protocol):
    """What signs people in without a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person says about themselves, all of it replaced at once; see `User`."""

    name: str
    diets: tuple[str, ...]
    allergies: tuple[str, ...] | None
    exclude: tuple[str, ...]
    units: str
    theme: str


def new_user(email: str, password: str, name: str, *, plan: str, now: datetime) -> User:
    """A person who is not stored yet; `InvalidInput` for an address or a password that will not do."""
    email = clean_email(email)
    passwords.check_new(password, (email, name))
    return User(
        id=str(ULID.from_datetime(now)),
        email=email,
        name=name or email.split("@")[0],
        password_hash=passwords.hash_password(password),
        plan=plan,
        created_at=now,
        updated_at=now,
    )


def new_user_from_outside(email: str, confirmed: bool, name: str, *, plan: str, now: datetime) -> User:
    """A person without a password, who is not stored yet; `InvalidInput` for an address that will not do."""
    email = clean_email(email)
    return User(
        id=str(ULID.from_datetime(now)),
        email=email,
        name=name or email.split("@")[0],
        password_hash="",
        plan=plan,
        email_confirmed_at=now if confirmed else None,
        created_at=now,
        updated_at=now,
    )


def check_credentials(users: IUsers, email: str, password: str) -> User:
    """The person this password belongs to; `NotSignedIn`, in the same words and time for an address nobody has."""
    user = users.user_by_email(email) if is_email(email) else None
    if not passwords.verify((user.password_hash or None) if user else None, password) or user is None:
        raise NotSignedIn(NOT_RIGHT)
    return _rehashed(users, user, password) if passwords.is_outdated(user.password_hash) else user


def check_password(users: IUsers, user_id: str, password: str) -> User:
    """The person, whose password this is; `InvalidInput` when it is not, `NotFound`."""
    user = users.get_user(user_id)
    if user is None:
        raise NotFound
    if not passwords.verify(user.password_hash, password):
        raise InvalidInput([FieldError("password", "This is not your password.")])
    return user


def update_account(users: IUsers, user_id: str, version: int, preferences: Preferences, now: datetime) -> User:
    """Store changed preferences, in every session too; `VersionConflict` when they changed since `version`."""
    user = users.get_user(user_id)
    if user is None:
        raise NotFound
    return _save(users, replace(user, **asdict(preferences), version=version, updated_at=now))


def mark_second_factor(users: IUsers, user_id: str, since: datetime | None) -> None:
    """Say whether a code is asked for after the password, whatever else of the person changes at the same time."""
    for attempt in count(1):
        user = users.get_user(user_id)
        if user is None:
            raise NotFound
        try:
            _save(users, replace(user, second_factor_at=since))
        except VersionConflict:
            if attempt == ATTEMPTS:
                raise
        else:
            return


def change_plan(users: IUsers, user: User, plan: str) -> User:
    """Another plan from now on, in every session too; `VersionConflict`."""
    return _save(users, replace(user, plan=plan))


def disable(storage: Access, user: User, now: datetime) -> int:
    """Let nobody in as this person until `enable`; gives how many devices were signed out. Tokens rest meanwhile."""
    storage.update_user(replace(user, disabled_at=now), {})
    return sign_out_everywhere(storage, user.id)


def enable(users: IUsers, user: User) -> User:
    """Let this person in again."""
    return users.update_user(replace(user, disabled_at=None), {})


def keep_a_way_in(storage: OtherWaysIn, user: User) -> None:
    """`Conflict` for whoever is about to give up the only way into their account."""
    if user.password_hash or len(storage.list_passkeys(user.id)) + len(storage.list_identities(user.id)) > 1:
        return
    raise Conflict("This is the only way into your account. Set a password or add a passkey first.")


def sign_out_everywhere(storage: ISessions, user_id: str) -> int:
    """End every device's session now; gives how many."""
    sessions = storage.list_sessions(user_id)
    for session in sessions:
        storage.end_session(session.sid, user_id)
    return len(sessions)


def set_password(users: IUsers, user: User, password: str, now: datetime) -> User:
    """Store a new password, which was checked before; `VersionConflict`."""
    return _save(users, replace(user, password_hash=passwords.hash_password(password), updated_at=now))


def confirm_email(users: IUsers, user: User, now: datetime) -> User:
    """Note that the address is theirs; `VersionConflict`."""
    return _save(users, replace(user, email_confirmed_at=now, updated_at=now))


def move_email(users: IUsers, user: User, email: str, now: datetime) -> User:
    """Give a person another address, which they have confirmed; `EmailTaken`, `VersionConflict`."""
    user = replace(user, email_confirmed_at=now, updated_at=now)
    return users.change_email(user, email, _copies(replace(user, email=email)))


def profile_of(user: User) -> dict[str, object]:
    """The copy of a person that their sessions carry, as plain JSON values."""
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "plan": user.plan,
        "diets": list(user.diets),
        "allergies": None if user.allergies is None else list(user.allergies),
        "exclude": list(user.exclude),
        "units": user.units,
        "theme": user.theme,
        "version": user.version,
    }


def clean_email(text: str) -> str:
    """An address as it is kept; `InvalidInput` when mail could not reach it."""
    email = unicodedata.normalize("NFC", text.strip())
    if not is_email(email):
        raise InvalidInput([FieldError("email", "Enter an e-mail address such as ada@example.com.")])
    return email


def is_email(text: str) -> bool:
    """Whether a text has the form of an address; does not ask whether it exists."""
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    return (
        len(text.encode("utf-8", "replace")) <= MAX_EMAIL
        and len(local) <= 64
        and text.isprintable()
        and bool(_LOCAL.fullmatch(local))
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdecimal()
    )


def fold_email(text: str) -> str:
    """The form in which an address counts as the same."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def _rehashed(users: IUsers, user: User, password: str) -> User:
    """The person with a hash of today's strength; whoever changes them at the same time goes first."""
    try:
        return _save(users, replace(user, password_hash=passwords.hash_password(password)))
    except VersionConflict:
        return user


def _save(users: IUsers, user: User) -> User:
    """Store a change together with the copy that the person's sessions carry."""
    return users.update_user(user, _copies(user))


def _copies(user: User) -> dict[str, str]:
    """What the sessions of a person carry once this is stored."""
    copy = profile_of(replace(user, version=user.version + 1))
    return {"user": json.dumps(copy, ensure_ascii=False, separators=(",", ":"))}
