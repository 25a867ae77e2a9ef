"""Keys that let scripts in on a person's behalf: shown once, kept as a hash, good until they expire or are ended."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from ulid import ULID

from flavorbot.errors import Conflict, NotFound, NotSignedIn
from flavorbot.interfaces import IAccessTokens, IUsers
from flavorbot.model import AccessToken, TokenScope, User

DAYS = 90
LONGEST_DAYS = 365
MOST = 50
USE_IS_NOTED_AFTER = timedelta(hours=1)
NOT_KNOWN = "This token is not known, was ended, or its time is over."

# The prefix lets people, and whoever scans for leaked secrets, recognise one; the rest is 256 random bits.
_PREFIX = "fbt_"
_TEXT = re.compile(rf"{_PREFIX}[A-Za-z0-9_-]{{43}}")


class Store(IAccessTokens, IUsers, Protocol):
    """What tokens need of the storage."""


def make_token(
    storage: IAccessTokens, user_id: str, name: str, scope: TokenScope, days: int, now: datetime
) -> tuple[AccessToken, str]:
    """A new token, and its text, which is kept nowhere; `Conflict` when there are too many."""
    if len(storage.list_access_tokens(user_id)) >= MOST:
        raise Conflict(f"You have {MOST} tokens. End one that you no longer use first.")
    text = _PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        id=str(ULID.from_datetime(now)),
        user_id=user_id,
        name=name,
        scope=scope,
        token_hash=_hash(text),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    storage.create_access_token(token)
    return token, text


def tokens_of(storage: IAccessTokens, user_id: str) -> Sequence[AccessToken]:
    """The person's tokens, newest first."""
    return storage.list_access_tokens(user_id)


def end_token(storage: IAccessTokens, user_id: str, token_id: str) -> None:
    """`NotFound` when it is not this person's."""
    if not storage.end_access_token(user_id, token_id):
        raise NotFound("There is no such token, or not any more.")


def is_token(text: str) -> bool:
    """Whether a text may be one; all else costs nothing."""
    return _TEXT.fullmatch(text) is not None


def let_in(storage: Store, text: str, now: datetime) -> tuple[AccessToken, User]:
    """The token that a script sent, and whose it is; `NotSignedIn` in the same words whatever is wrong with it."""
    token = storage.access_token(_hash(text)) if is_token(text) else None
    user = storage.get_user(token.user_id) if token else None
    if token is None or user is None or user.disabled_at is not None:
        raise NotSignedIn(NOT_KNOWN)
    if token.last_used_at is None or now - token.last_used_at > USE_IS_NOTED_AFTER:
        storage.touch_access_token(token, now)
    return token, user


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
