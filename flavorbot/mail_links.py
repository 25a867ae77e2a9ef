"""Links in mails that confirm an address, move to another or let a new password be set: hashed, once, for a time."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Protocol

from flavorbot.accounts import fold_email
from flavorbot.errors import NotFound
from flavorbot.interfaces import IMailTokens, IUsers
from flavorbot.model import MailToken, MailTokenKind, User

GOOD_FOR: dict[MailTokenKind, timedelta] = {
    "confirm": timedelta(days=1),
    "email": timedelta(days=1),
    "reset": timedelta(hours=1),
}
GONE = "This link was used, is too old, or a later mail took its place. Ask for a new one."

_TEXT = re.compile(r"[A-Za-z0-9_-]{43}")


class Store(IMailTokens, IUsers, Protocol):
    """What such links need of the storage."""


def new_link(user: User, kind: MailTokenKind, email: str, now: datetime) -> tuple[MailToken, str]:
    """A token that is not stored yet, and its text, which is kept nowhere."""
    text = secrets.token_urlsafe(32)
    token = MailToken(
        kind=kind,
        user_id=user.id,
        token_hash=_hash(text),
        email=email,
        bound=_bound(user),
        created_at=now,
        expires_at=now + GOOD_FOR[kind],
    )
    return token, text


def open_link(storage: Store, text: str, *kinds: MailTokenKind) -> tuple[MailToken, User]:
    """What a link does and for whom, without using it up; `NotFound` in the same words whatever is wrong with it."""
    token = storage.mail_token(_hash(text)) if _TEXT.fullmatch(text) else None
    user = storage.get_user(token.user_id) if token and token.kind in kinds else None
    if token is None or user is None or token.bound != _bound(user):
        raise NotFound(GONE)
    return token, user


def use_link(storage: IMailTokens, token: MailToken) -> None:
    """Whoever comes first may go on; `NotFound` for all others."""
    if not storage.take_mail_token(token):
        raise NotFound(GONE)


def _bound(user: User) -> str:
    """A link ends with the password and with the address of then: whoever reads an old mailbox gets nowhere."""
    return _hash(f"{fold_email(user.email)} {user.password_hash}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
