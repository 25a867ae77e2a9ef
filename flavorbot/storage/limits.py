"""What the stores can hold: which texts, and how many bytes of UTF-8. Checked here, so that all refuse alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from flavorbot.errors import FieldError, InvalidInput

# Limits of DynamoDB: an item holds 400 KB, a partition key 2,048 and a sort key 1,024 bytes.
ITEM_BYTES = 400 * 1024
KEY_BYTES = 1024
# Keys, attribute names and numbers that come with an item.
ITEM_OVERHEAD_BYTES = 1024
# The longest prefix of a key: "SESSION#", "RATE#" with an action, "IDENTITY#".
PREFIX_BYTES = 64
SESSION_BYTES = 32 * 1024
# One DynamoDB transaction changes 100 items: a person, their address, and each of their sessions.
MAX_SESSIONS = 90
# Past versions that are kept of a recipe.
MAX_PAST = 20

COLLECTIONS = 200
COLLECTION_RECIPES = 5_000

# How long things are kept, in microseconds.
DAY = 24 * 60 * 60 * 1_000_000
BIN = 30 * DAY
KEY_KEPT = DAY
PAST_KEPT = 365 * DAY
GUEST_USAGE_KEPT = 3 * DAY
EVENT_KEPT = 90 * DAY
ERASURE_KEPT = 30 * DAY
SPENDING_KEPT = 400 * DAY
# After a deletion one more look is taken, when every request is over that may have run beside it.
LAST_LOOK = 60 * 1_000_000
# How long a worker that deletes has to itself.
ERASURE_LEASE = 10 * 1_000_000


def check_texts(value: object, field: str = "") -> None:
    """Refuse text that not every store keeps byte for byte, wherever it is within `value`."""
    if isinstance(value, str):
        if not _is_text(value):
            raise InvalidInput([FieldError(field, "This contains characters that are not text.")])
    elif isinstance(value, Mapping):
        for key, part in value.items():
            check_texts(key, field)
            check_texts(part, field or str(key))
    elif isinstance(value, (tuple, list)):
        for part in value:
            check_texts(part, field)
    else:
        for name in _names(type(value)):  # type: ignore[arg-type]
            check_texts(getattr(value, name), field or name)


def check_size(content_bytes: int, field: str = "") -> None:
    """Refuse what would not fit into one item."""
    if content_bytes + ITEM_OVERHEAD_BYTES > ITEM_BYTES:
        message = f"This is too long: {content_bytes // 1024:,} KB, and at most 399 KB can be kept."
        raise InvalidInput([FieldError(field, message)])


def check_key(text: str, field: str) -> None:
    """Refuse an id that no key can hold."""
    if not is_key(text):
        raise InvalidInput([FieldError(field, "This is not usable as an id.")])


def is_key(text: str) -> bool:
    """Whether anything can be stored under this id; a read of any other finds nothing."""
    return _is_text(text) and len(text.encode()) <= KEY_BYTES - PREFIX_BYTES


def check_session(data: Mapping[str, str | None]) -> None:
    """Refuse session data over 32 KB."""
    check_texts(data, "session")
    used = session_bytes(data)
    if used > SESSION_BYTES:
        raise InvalidInput([FieldError("session", f"A session holds at most 32 KB, not {used:,} bytes.")])


def session_bytes(data: Mapping[str, str | None]) -> int:
    return sum(len(key.encode()) + len((value or "").encode()) for key, value in data.items())


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Of the fields of a value; a number or a time has none."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _is_text(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
