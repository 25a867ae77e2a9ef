"""A web session that storage is asked for when someone first looks into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from flask import session
from flask_session.base import ServerSideSession

from flavorbot.errors import FieldError, InvalidInput, StorageError
from flavorbot.model import Session

MAX_BYTES = 32 * 1024

# Whatever an item that is not ours, half written or tampered with, makes its readers raise: it counts as no session.
DAMAGE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)

log = logging.getLogger("flavorbot.sessions")


class StorageSession(ServerSideSession):  # type: ignore[misc]
    """Flask-Session's session, empty until it is looked at.

    `sid` and `value` (the cookie) are None without a cookie of ours; `stored` is what storage had, `failure` why it had
    no answer. `modified` is not asked when saving: what differs from `stored` is what changed. One that is `passing` is
    never saved.
    """

    def __init__(
        self,
        load: Callable[[str], Session | None],
        sid: str | None = None,
        value: str | None = None,
        *,
        passing: bool = False,
    ) -> None:
        super().__init__(sid=sid)
        self.value = value
        self.passing = passing
        self.stored: Session | None = None
        self.failure: StorageError | None = None
        self.looked_at = False
        self.ended = False
        self.renewed = False
        self._load = load

    def look(self) -> None:
        """Read the stored session, once a request however often it is called; raises `StorageError`."""
        if self.failure:
            raise self.failure
        if self.looked_at:
            return
        self.looked_at = True
        if self.sid is None:
            return
        try:
            stored = self._load(self.sid)
            values = decode(stored)
        except StorageError as error:
            self.failure = error
            raise
        except DAMAGE:
            log.warning("a stored session could not be read and was passed over", exc_info=True)
            return
        self.stored = stored
        dict.update(self, values)

    def texts(self) -> dict[str, str]:
        """What would be stored now: each key with its value as JSON."""
        return encode(dict(dict.items(self)))

    def changes(self) -> dict[str, str | None]:
        """What differs from the stored session; None for a key that is gone."""
        now, before = self.texts(), self.stored.data if self.stored else {}
        changed: dict[str, str | None] = {key: text for key, text in now.items() if before.get(key) != text}
        return changed | dict.fromkeys(key for key in before if key not in now)

    def undo(self) -> None:
        """Forget what changed since it was read."""
        dict.clear(self)
        dict.update(self, decode(self.stored))

    def become(self, stored: Session, value: str) -> None:
        """Go on as another session, which is stored already."""
        dict.clear(self)
        dict.update(self, {key: json.loads(text) for key, text in stored.data.items()})
        self.stored, self.sid, self.value = stored, stored.sid, value
        self.looked_at = self.renewed = True

    def end(self) -> None:
        """Forget everything; the cookie is deleted with the answer."""
        dict.clear(self)
        self.stored, self.looked_at, self.ended = None, True, True

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        self.look()
        return dict.__getitem__(self, key)

    def __setitem__(self, key: str, value: object) -> None:
        self.look()
        encode({**dict(dict.items(self)), key: value})
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        self.look()
        super().__delitem__(key)

    def __iter__(self) -> Iterator[str]:
        self.look()
        return dict.__iter__(self)

    def __len__(self) -> int:
        self.look()
        return dict.__len__(self)

    def __bool__(self) -> bool:
        return len(self) > 0

    def __ior__(self, other: Mapping[str, object]) -> StorageSession:
        self.update(other)
        return self

    def __or__(self, other: Mapping[str, object]) -> dict[str, Any]:
        return {**self.copy(), **other}

    def copy(self) -> dict[str, Any]:
        """Its values as a plain dict."""
        return dict(self.items())


# A dict's other methods do not go through those above; those of MutableMapping do.
for _name in (
    "__contains__", "__eq__", "keys", "values", "items", "get", "pop", "popitem", "clear", "update", "setdefault",
):  # fmt: skip
    setattr(StorageSession, _name, getattr(MutableMapping, _name))


def encode(values: Mapping[str, object]) -> dict[str, str]:
    """Each value as JSON; `InvalidInput` over 32 KB, `TypeError` for what JSON has no word for."""
    texts = {
        key: json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for key, value in values.items()
    }
    if sum(len(part.encode("utf-8", "replace")) for item in texts.items() for part in item) > MAX_BYTES:
        raise InvalidInput([FieldError("", "That is more than your browser's session can hold.")])
    return texts


def decode(stored: Session | None) -> dict[str, Any]:
    """The values of a stored session; one of `DAMAGE` when they are not what was written."""
    return {key: json.loads(text) for key, text in stored.data.items()} if stored else {}


def the_session() -> StorageSession:
    """The session of this request itself, not Flask's proxy of it."""
    return session._get_current_object()  # type: ignore[attr-defined, no-any-return]
