"""Passwords: which are accepted, how they are kept, and how they are compared.

argon2id with 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from flavorbot.errors import FieldError, InvalidInput, TooBusy

SHORTEST = 8
# Up to here a repeat ("xyxyxyxy") or a run along the keyboard is among the first guesses; longer ones are too many.
SIMPLEST = 20
LONGEST = 1_024
COMMON = Path(__file__).parent / "common_passwords.txt"

# Each hash takes 19 MiB and a core: more at once would only make everybody wait. Who would wait longer than this is
# asked to come again, so that a flood of passwords does not hold every thread that pages are answered by.
AT_ONCE = 2
WAITING_S = 2.0
# Of a wrong password: measured, argon2 takes 28 ms, and the scrypt of an earlier hash 49 ms.
REFUSED_AFTER_S = 0.08

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)
_turn = BoundedSemaphore(AT_ONCE)

# How a hash begins that came from another system: PHC's form, but for the salt, which is text there.
SCRYPT = "$scrypt$ln=14,r=8,p=1$"
_EARLIER = re.compile(r"(?P<hash>[0-9a-f]{128})\.(?P<salt>[0-9a-f]{32})")
_ARGON2 = re.compile(
    r"\$argon2(?:id|i|d)\$v=19\$m=[0-9]{1,5},t=[0-9]{1,2},p=[0-9]{1,2}\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{16,}"
)

_LOOKALIKES = str.maketrans("013457@$!|", "oieastasii")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_FORWARDS = {row[i : i + 2] for row in _ROWS for i in range(len(row) - 1)}
_STEPS = _FORWARDS | {step[::-1] for step in _FORWARDS}


def check_new(password: str, about: Sequence[str] = ()) -> None:
    """Raise `InvalidInput` for a password that guessers try first; `about` is the person's e-mail address and name."""
    if problem := _problem(password, about):
        raise InvalidInput([FieldError("password", problem)])


def hash_password(password: str) -> str:
    """The password as it is stored; `TooBusy`."""
    with _in_turn():
        return _hasher.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether it is the password that was stored; takes as long when there is none (None) as when it is wrong.

    Raises `TooBusy`.
    """
    with _in_turn():
        began = time.monotonic()
        fits = _fits(stored, password)
    if not fits:
        # An earlier hash takes longer: without this the time would tell whose account was moved in.
        time.sleep(max(0.0, began + REFUSED_AFTER_S - time.monotonic()))
    return fits


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with other parameters than today's, or in another way."""
    return stored.startswith(SCRYPT) or _hasher.check_needs_rehash(stored)


def carried_over(stored: str) -> str | None:
    """A hash that another system kept, as it can be verified here; None for one that cannot.

    `<hex of scrypt(password, salt, 64 bytes, N=16384, r=8, p=1)>.<salt>`, the salt being these 32 hex digits as text.
    """
    if match := _EARLIER.fullmatch(stored):
        return f"{SCRYPT}{match['salt']}${match['hash']}"
    return stored if _ARGON2.fullmatch(stored) else None


def _fits(stored: str | None, password: str) -> bool:
    if stored is not None and stored.startswith(SCRYPT):
        return _fits_scrypt(stored, password)
    try:
        return _hasher.verify(_nobody() if stored is None else stored, password) and stored is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _fits_scrypt(stored: str, password: str) -> bool:
    salt, _, expected = stored.removeprefix(SCRYPT).partition("$")
    try:
        found = hashlib.scrypt(password.encode(), salt=salt.encode(), n=16_384, r=8, p=1, maxmem=2**26, dklen=64)
    except UnicodeEncodeError:
        return False
    return hmac.compare_digest(found.hex(), expected)


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _turn.acquire(timeout=WAITING_S):
        raise TooBusy("Many people are signing in at once. Please try again in a moment.")
    try:
        yield
    finally:
        _turn.release()


def _problem(password: str, about: Sequence[str]) -> str | None:
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if "\0" in password or not _storable(password):
        return "This has characters that cannot be used in a password."
    if _is_personal(password, about):
        return "That is too close to your e-mail address or name. Use something only you would think of."
    if _is_common(password):
        return "That is one of the passwords people guess first. A few words in a row make a good one."
    return None


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_personal(password: str, about: Sequence[str]) -> bool:
    folded = password.casefold()
    known = {text.strip().casefold() for text in about}
    known |= {text.split("@")[0] for text in known}
    cores = {_core(text) for text in known}
    return folded in known or (len(_core(folded)) > 3 and _core(folded) in cores)


def _is_common(password: str) -> bool:
    folded = password.casefold()
    forms = {folded, folded.translate(_LOOKALIKES), _core(folded), _core(folded).translate(_LOOKALIKES)}
    return bool(forms & _common()) or (len(folded) <= SIMPLEST and (len(set(folded)) < 4 or _is_run(folded)))


def _core(text: str) -> str:
    """What is left of "!!dragon2024" without the digits and signs around it."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)


def _is_run(text: str) -> bool:
    """Whether it only follows the alphabet, the digits or a keyboard's rows, forwards or backwards."""
    return _pieces(text) * 4 <= len(text)


def _pieces(text: str) -> int:
    """How many unbroken runs it is made of; "qwer1234" is two."""
    return 1 + sum(text[i : i + 2] not in _STEPS for i in range(len(text) - 1))


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _nobody() -> str:
    """A hash that no password fits, to compare with when an address is not known."""
    return _hasher.hash("\0")
