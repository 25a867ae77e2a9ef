"""Flask's session over `ISessions`: when it is read, when it is saved, and what the cookie says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask_session.base import ServerSideSessionInterface

from flavorbot.errors import FlavorBotError, StorageError
from flavorbot.interfaces import ISessions
from flavorbot.model import Session, SessionEvent
from flavorbot.sessions.bearer import bearer_of
from flavorbot.sessions.browser import browser_name
from flavorbot.sessions.session import StorageSession, encode
from flavorbot.sessions.tokens import is_ours, new_value, sid_of
from flavorbot.settings import Settings

TOUCH_AFTER = timedelta(minutes=5)

Store = Callable[[Session, str | None], None]

log = logging.getLogger("flavorbot.sessions")


class StorageSessionInterface(ServerSideSessionInterface):  # type: ignore[misc]
    """Sessions that cost a storage call only when a page looks at them, and a write only when they changed."""

    session_class = StorageSession

    def __init__(
        self,
        app: Flask,
        storage: ISessions,
        settings: Settings,
        key: bytes,
        now: Callable[[], datetime],
        on_event: Callable[[SessionEvent], None],
    ) -> None:
        super().__init__(app)
        self.storage = storage
        self.key = key
        self.now = now
        self.on_event = on_event
        self.idle = timedelta(days=settings.session_idle_days)
        self.longest = timedelta(days=settings.session_max_days)

    def open_session(self, app: Flask, request: Request) -> StorageSession:
        """The session that the cookie names, not read yet; several cookies of that name: the first one of ours.

        Beside a token no cookie counts, and none is set.
        """
        if bearer_of(request) is not None:
            return StorageSession(self._retrieve_session_data, passing=True)
        sent = request.cookies.getlist(self.get_cookie_name(app))
        value = next((value for value in sent if is_ours(value, self.key)), None)
        return StorageSession(self._retrieve_session_data, value and sid_of(value), value)

    def save_session(self, app: Flask, session: StorageSession, response: Response) -> None:
        """Store what changed and set the cookie; an answer that cannot keep what it promised becomes an error."""
        if session.passing:
            response.vary.add("Authorization")
            return
        if session.looked_at:
            response.vary.add("Cookie")
        if response.status_code >= 500 or session.failure:
            return
        try:
            self._save(app, session, response)
        except FlavorBotError as error:
            _replace(response, app.make_response(app.handle_user_exception(error)))

    def renew(self, session: StorageSession, user_id: str | None, data: Mapping[str, object], store: Store) -> None:
        """Go on under a new id with this data alone; `store(new, replaces)` writes it and drops the old one at once."""
        session.look()
        fresh, value = self._new_session(user_id, encode(data))
        store(fresh, session.stored.sid if session.stored else None)
        if user_id and user_id != (session.stored and session.stored.user_id):
            self.on_event("begun")
        session.become(fresh, value)

    def regenerate(self, session: StorageSession) -> None:
        """The same session under a new id."""
        user_id = session.stored.user_id if session.stored else None
        self.renew(session, user_id, session.copy(), self.storage.start_session)

    def keep(self, session: StorageSession) -> bool:
        """Store now what changed, whatever becomes of the answer.

        False when the session has ended meanwhile, or another request changed the same: what is to count once does.
        What changed here is then forgotten.
        """
        if session.stored is None:
            return False
        changes, before = session.changes(), session.stored.data
        expected = {key: before[key] for key in changes if key in before}
        if not self.storage.save_session(session.stored.sid, changes, self.now() + self.idle, expected):
            session.undo()
            return False
        session.stored = replace(session.stored, data=session.texts())
        return True

    def end(self, session: StorageSession) -> None:
        """End the session now, in storage and in this browser."""
        session.look()
        if session.stored:
            self._delete_session(session.stored.sid, session.stored.user_id)
            if session.stored.user_id:
                self.on_event("ended")
        session.end()

    def get_expiration_time(self, app: Flask, session: StorageSession) -> datetime | None:
        """When the browser forgets the cookie: with the session in storage, whichever limit comes first."""
        return min(self.now() + self.idle, session.stored.ends_at) if session.stored else None

    def _save(self, app: Flask, session: StorageSession, response: Response) -> None:
        if session.stored and not session:
            self.end(session)
        if session.ended:
            response.delete_cookie(self.get_cookie_name(app), **self._attributes(app))
        elif self._write(session):
            name, expires = self.get_cookie_name(app), self.get_expiration_time(app, session)
            response.set_cookie(name, session.value or "", expires=expires, **self._attributes(app))
        else:
            return
        # First: programs that read a single Set-Cookie mean the session's.
        *others, own = response.headers.getlist("Set-Cookie")
        response.headers.setlist("Set-Cookie", [own, *others])
        response.vary.add("Cookie")

    def _write(self, session: StorageSession) -> bool:
        """Whether anything was written that the browser must know of."""
        changes = session.changes() if session.looked_at else {}
        if session.stored is None:
            if changes:
                self.regenerate(session)
            return bool(changes)
        if changes or self._touch_is_due(session.stored):
            return self._upsert_session(self.idle, session, session.stored.sid)
        return session.renewed

    def _touch_is_due(self, stored: Session) -> bool:
        return self.now() - stored.last_seen_at >= TOUCH_AFTER

    def _new_session(self, user_id: str | None, texts: Mapping[str, str]) -> tuple[Session, str]:
        now, value = self.now(), new_value(self.key)
        fresh = Session(
            sid=sid_of(value),
            data=texts,
            created_at=now,
            last_seen_at=now,
            expires_at=now + self.idle,
            ends_at=now + self.longest,
            user_id=user_id,
            browser=browser_name(request.user_agent.string),
        )
        return fresh, value

    def _attributes(self, app: Flask) -> dict[str, Any]:
        """Those of setting and of deleting alike: without Secure a browser would not delete a `__Host-` cookie."""
        return {
            "path": self.get_cookie_path(app),
            "secure": self.get_cookie_secure(app),
            "httponly": self.get_cookie_httponly(app),
            "samesite": self.get_cookie_samesite(app),
        }

    def _retrieve_session_data(self, store_id: str) -> Session | None:
        stored = self.storage.load_session(store_id)
        if stored is None or min(stored.expires_at, stored.ends_at) <= self.now():
            self.on_event("unknown")
            return None
        return stored

    def _delete_session(self, store_id: str, user_id: str | None = None) -> None:
        self.storage.end_session(store_id, user_id)

    def _upsert_session(self, session_lifetime: timedelta, session: StorageSession, store_id: str) -> bool:
        """Whether it was saved; not when the session has ended meanwhile, or when only its time could not be noted."""
        changes = session.changes()
        try:
            return self.storage.save_session(store_id, changes, self.now() + session_lifetime)
        except StorageError:
            if changes:
                raise
            log.warning("a session could not be touched; the answer does not need it")
            return False


def _replace(response: Response, other: Response) -> None:
    """Send `other` in place of an answer that is already on its way out, with the headers every answer has."""
    response.direct_passthrough = False
    response.status = other.status
    response.set_data(other.get_data())
    for name in ("Location", "ETag", "Content-Disposition"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "private, no-store"
    for name in ("Content-Type", "Retry-After"):
        if name in other.headers:
            response.headers[name] = other.headers[name]
