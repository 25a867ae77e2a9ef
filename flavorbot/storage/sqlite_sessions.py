"""Web sessions in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from flavorbot.errors import NotFound
from flavorbot.model import Session
from flavorbot.storage.clock import to_moment
from flavorbot.storage.limits import MAX_SESSIONS, check_session, is_key
from flavorbot.storage.records import session_of, session_record
from flavorbot.storage.sqlite_database import Part, Row

ALIVE = "expires > :now AND ends > :now"


class SQLiteSessions(Part):
    """`ISessions` over the tables `sessions` and `session_values`."""

    def load_session(self, sid: str) -> Session | None:
        if not is_key(sid):
            return None
        with self.db.read("load_session") as connection:
            row = _alive(connection, sid, self.db.moment())
            return None if row is None else session_of(row, _values(connection, sid))

    def start_session(self, session: Session, replaces: str | None = None, version: int | None = None) -> None:
        with self.db.write("start_session") as connection:
            if session.user_id is not None:
                _check_user(connection, session.user_id, version)
            insert_session(connection, session, replaces)

    def save_session(
        self,
        sid: str,
        changes: Mapping[str, str | None],
        expires_at: datetime,
        expected: Mapping[str, str] | None = None,
    ) -> bool:
        check_session(changes)
        if not is_key(sid):
            return False
        with self.db.write("save_session") as connection:
            now = self.db.moment()
            if _alive(connection, sid, now) is None or not _is_as(expected or {}, connection, sid):
                return False
            put_values(connection, sid, changes)
            check_session(_values(connection, sid))
            connection.execute(
                "UPDATE sessions SET last_seen = ?, expires = ? WHERE sid = ?", [now, to_moment(expires_at), sid]
            )
        return True

    def end_session(self, sid: str, user_id: str | None = None) -> None:
        if not is_key(sid) or (user_id is not None and not is_key(user_id)):
            return
        with self.db.write("end_session") as connection:
            connection.execute(
                "DELETE FROM sessions WHERE sid = :sid AND (:user IS NULL OR user_id = :user)",
                {"sid": sid, "user": user_id},
            )

    def list_sessions(self, user_id: str) -> Sequence[Session]:
        if not is_key(user_id):
            return []
        with self.db.read("list_sessions") as connection:
            rows = connection.execute(
                f"SELECT * FROM sessions WHERE user_id = :user AND {ALIVE} ORDER BY last_seen DESC, sid",  # noqa: S608
                {"user": user_id, "now": self.db.moment()},
            ).fetchall()
        return [session_of(row, {}) for row in rows]


def insert_session(connection: sqlite3.Connection, session: Session, replaces: str | None) -> None:
    """Store a session in place of another."""
    row = session_record(session)
    connection.execute("DELETE FROM sessions WHERE sid IN (?, ?)", [session.sid, replaces])
    connection.execute(
        "INSERT INTO sessions (sid, user_id, browser, created, last_seen, expires, ends)"
        " VALUES (:sid, :user_id, :browser, :created, :last_seen, :expires, :ends)",
        row,
    )
    put_values(connection, session.sid, session.data)


def put_values(connection: sqlite3.Connection, sid: str, changes: Mapping[str, str | None]) -> None:
    """Set keys of a session; None drops one."""
    for key, value in changes.items():
        if value is None:
            connection.execute("DELETE FROM session_values WHERE sid = ? AND key = ?", [sid, key])
        else:
            connection.execute(
                "INSERT OR REPLACE INTO session_values (sid, key, value) VALUES (?, ?, ?)", [sid, key, value]
            )


def end_oldest(connection: sqlite3.Connection, user_id: str) -> None:
    """End all sessions of a person but the latest, as many as one step can change."""
    connection.execute(
        "DELETE FROM sessions WHERE sid IN"
        " (SELECT sid FROM sessions WHERE user_id = ? ORDER BY created DESC LIMIT -1 OFFSET ?)",
        [user_id, MAX_SESSIONS],
    )


def _alive(connection: sqlite3.Connection, sid: str, now: int) -> Row | None:
    row: Row | None = connection.execute(
        f"SELECT * FROM sessions WHERE sid = :sid AND {ALIVE}",  # noqa: S608
        {"sid": sid, "now": now},
    ).fetchone()
    return row


def _is_as(expected: Mapping[str, str], connection: sqlite3.Connection, sid: str) -> bool:
    return not expected or expected.items() <= _values(connection, sid).items()


def _values(connection: sqlite3.Connection, sid: str) -> dict[str, str]:
    rows = connection.execute("SELECT key, value FROM session_values WHERE sid = ?", [sid])
    return {row["key"]: row["value"] for row in rows}


def _check_user(connection: sqlite3.Connection, user_id: str, version: int | None) -> None:
    known = "SELECT 1 FROM users WHERE id = :id AND disabled IS NULL AND (:version IS NULL OR version = :version)"
    if not is_key(user_id) or not connection.execute(known, {"id": user_id, "version": version}).fetchone():
        raise NotFound("This account no longer exists.")
