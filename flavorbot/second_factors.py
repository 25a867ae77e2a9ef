"""A second factor: after the password a code from an authenticator app (TOTP, RFC 6238), or a recovery code."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from urllib.parse import quote, urlencode

from flavorbot import accounts
from flavorbot.errors import CodeNeeded, Conflict, FieldError, InvalidInput, NotFound
from flavorbot.interfaces import ISecondFactors, IUsers
from flavorbot.model import SecondFactor, User
from flavorbot.secret import derive_key

STEP_S = 30
DIGITS = 6
# Clocks differ, and typing takes a while: the code before and the one after are right, too.
DRIFT = 1
RECOVERY_CODES = 10
NEEDED = "Enter the code from your authenticator app, or one of your recovery codes."
NOT_RIGHT = "This code is not right, or was used before."
ISSUER = "FlavorBot"

_DIGITS = re.compile(r"[0-9]{6}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look like others


class Store(ISecondFactors, IUsers, Protocol):
    """What second factors need of the storage."""


class AppKeys:
    """Makes the key that an app has again whenever a code is checked; whoever only reads the store cannot."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "authenticator app")

    def of(self, user_id: str, nonce: str) -> bytes:
        """160 bits, as long as the hash that apps use (RFC 4226, section 4)."""
        return hmac.digest(self._key, f"{user_id} {nonce}".encode(), hashlib.sha256)[:20]


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def address_of(key: bytes, email: str) -> str:
    """What an app reads from a QR code."""
    parameters = {"secret": typed_key(key), "issuer": ISSUER, "digits": DIGITS, "period": STEP_S}
    return f"otpauth://totp/{ISSUER}:{quote(email)}?{urlencode(parameters)}"


def typed_key(key: bytes) -> str:
    """The key as people type it into an app."""
    return b32encode(key).decode()


def code_at(key: bytes, step: int) -> str:
    """The code of one half minute, counted since 1970 (RFC 4226, section 5.3)."""
    digest = hmac.digest(key, step.to_bytes(8), hashlib.sha1)
    offset = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}d}"


def turn_on(storage: Store, keys: AppKeys, user_id: str, nonce: str, code: str, now: datetime) -> tuple[str, ...]:
    """Ask for codes from now on, once the app has shown one; gives the recovery codes. `InvalidInput`."""
    step = _step_of(keys.of(user_id, nonce), bare(code), now, after=0)
    if step is None:
        message = "This is not the code that the app shows now. If it goes on like this, look at your phone’s clock."
        raise InvalidInput([FieldError("code", message)])
    codes = _new_codes()
    factor = SecondFactor(
        user_id=user_id, nonce=nonce, recovery=_hashes(user_id, codes), last_step=step, created_at=now
    )
    storage.put_second_factor(factor)
    accounts.mark_second_factor(storage, user_id, now)
    return codes


def renew_recovery_codes(storage: ISecondFactors, user_id: str) -> tuple[str, ...]:
    """Ten new ones; those of before work no more. `NotFound` where it is off, `Conflict`."""
    factor = storage.get_second_factor(user_id)
    if factor is None:
        raise NotFound
    codes = _new_codes()
    if not storage.update_second_factor(replace(factor, recovery=_hashes(user_id, codes))):
        raise Conflict("A code was used at this moment. Please try again.")
    return codes


def turn_off(storage: Store, user_id: str) -> None:
    """Ask for no code any more."""
    accounts.mark_second_factor(storage, user_id, None)
    storage.delete_second_factor(user_id)


def is_app_code(code: str) -> bool:
    """Whether this may be a code of an app, of which there are few enough to guess at."""
    return _DIGITS.fullmatch(bare(code)) is not None


def check_code(storage: ISecondFactors, keys: AppKeys, user: User, code: str, now: datetime) -> None:
    """Use up a code of the app's or a recovery code; `CodeNeeded` when it is neither, or was used before."""
    factor = storage.get_second_factor(user.id)
    used = _used(factor, keys, bare(code), now) if factor else None
    if used is None or not storage.update_second_factor(used):
        raise CodeNeeded(NOT_RIGHT)


def bare(code: str) -> str:
    """A code without what people put between its parts."""
    return re.sub(r"[\s-]", "", code).lower()


def _used(factor: SecondFactor, keys: AppKeys, code: str, now: datetime) -> SecondFactor | None:
    """The factor once this code is used up."""
    if is_app_code(code):
        step = _step_of(keys.of(factor.user_id, factor.nonce), code, now, after=factor.last_step)
        return None if step is None else replace(factor, last_step=step)
    (used,) = _hashes(factor.user_id, [code])
    left = tuple(each for each in factor.recovery if not hmac.compare_digest(each, used))
    return replace(factor, recovery=left) if len(left) < len(factor.recovery) else None


def _step_of(key: bytes, code: str, now: datetime, *, after: int) -> int | None:
    """Which half minute has this code, of those that count now and come after the one used last."""
    current = int(now.timestamp()) // STEP_S
    steps = [step for step in range(current - DRIFT, current + DRIFT + 1) if step > after]
    return next((step for step in steps if hmac.compare_digest(code_at(key, step).encode(), code.encode())), None)


def _new_codes() -> tuple[str, ...]:
    """Of 79 bits each, so that their hashes need not be slow."""
    texts = ("".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES))
    return tuple("-".join(text[place : place + 4] for place in range(0, 16, 4)) for text in texts)


def _hashes(user_id: str, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(hashlib.sha256(f"{user_id} {bare(code)}".encode("utf-8", "replace")).hexdigest() for code in codes)
