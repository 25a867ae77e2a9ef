"""People in the embedded store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flavorbot.errors import EmailTaken, NotFound, VersionConflict
from flavorbot.model import Identity, Session, User
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import fold_email
from flavorbot.storage.limits import check_session, is_key
from flavorbot.storage.records import user_of, user_record
from flavorbot.storage.sqlite_database import Part
from flavorbot.storage.sqlite_identities import insert_identity
from flavorbot.storage.sqlite_sessions import end_oldest, insert_session, put_values

COLUMNS = (
    "id", "email_key", "email", "name", "password_hash", "plan", "diets", "allergies", "exclude", "units", "theme",
    "email_confirmed", "disabled", "second_factor", "created", "updated", "version",
)  # fmt: skip
INSERT = f"INSERT INTO users ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"  # noqa: S608
UPDATE = f"UPDATE users SET {', '.join(f'{name} = :{name}' for name in COLUMNS)} WHERE id = :id"  # noqa: S608


class SQLiteUsers(Part):
    """`IUsers` over the table `users`."""

    def create_user(
        self,
        user: User,
        session: Session | None = None,
        replaces: str | None = None,
        identity: Identity | None = None,
    ) -> None:
        row = user_record(user) | {"email_key": fold_email(user.email)}
        with self.db.write("create_user") as connection:
            if connection.execute("SELECT 1 FROM users WHERE email_key = :email_key", row).fetchone():
                raise EmailTaken("This e-mail address already has an account.")
            connection.execute(INSERT, row)
            if identity is not None:
                insert_identity(connection, identity)
            if session is not None:
                insert_session(connection, session, replaces)

    def get_user(self, user_id: str) -> User | None:
        return self._find("get_user", "SELECT * FROM users WHERE id = ?", user_id)

    def user_by_email(self, email: str) -> User | None:
        return self._find("user_by_email", "SELECT * FROM users WHERE email_key = ?", fold_email(email))

    def update_user(self, user: User, session_data: Mapping[str, str]) -> User:
        return self._update("update_user", user, user.email, session_data)

    def change_email(self, user: User, email: str, session_data: Mapping[str, str]) -> User:
        return self._update("change_email", replace(user, email=email), user.email, session_data)

    def _update(self, name: str, user: User, before: str, session_data: Mapping[str, str]) -> User:
        newer = replace(user, version=user.version + 1, updated_at=from_moment(self.db.moment()))
        row = user_record(newer) | {"email_key": fold_email(user.email)}
        check_session(session_data)
        with self.db.write(name) as connection:
            stored = connection.execute("SELECT version, email_key FROM users WHERE id = :id", row).fetchone()
            if stored is None:
                raise NotFound("This account no longer exists.")
            if stored["version"] != user.version:
                raise VersionConflict("Your account was changed in the meantime.")
            if stored["email_key"] != fold_email(before):
                raise ValueError("an edit of a person keeps their e-mail address")
            taken = "SELECT 1 FROM users WHERE email_key = :email_key AND id != :id"
            if connection.execute(taken, row).fetchone():
                raise EmailTaken("This e-mail address already has an account.")
            connection.execute(UPDATE, row)
            end_oldest(connection, user.id)
            for session in connection.execute("SELECT sid FROM sessions WHERE user_id = :id", row).fetchall():
                put_values(connection, session["sid"], session_data)
        return newer

    def _find(self, name: str, statement: str, key: str) -> User | None:
        if not is_key(key):
            return None
        with self.db.read(name) as connection:
            row = connection.execute(statement, [key]).fetchone()
        return None if row is None else user_of(row)
