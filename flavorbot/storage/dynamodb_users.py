"""People in DynamoDB. Their e-mail address holds a copy of them, so that signing in needs one read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flavorbot.errors import EmailTaken, IdentityTaken, NotFound, VersionConflict
from flavorbot.model import Identity, Session, User
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import fold_email
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_identities import identity_puts
from flavorbot.storage.dynamodb_session_writes import device_sids, set_values, store_with_session
from flavorbot.storage.dynamodb_sessions import DynamoDBSessions
from flavorbot.storage.dynamodb_table import new_write
from flavorbot.storage.items import ABSENT, Action, delete, from_item, put, to_item
from flavorbot.storage.limits import MAX_SESSIONS, check_session, is_key
from flavorbot.storage.records import Record, user_of, user_record
from flavorbot.storage.table import Key, device_key, email_key, profile_key, session_key

ADDRESS = 0


class DynamoDBUsers(DynamoDBSessions):
    """`IUsers` over `USER#… | PROFILE` and `EMAIL#… | USER`, always written together."""

    def create_user(
        self,
        user: User,
        session: Session | None = None,
        replaces: str | None = None,
        identity: Identity | None = None,
    ) -> None:
        write = new_write()
        item = to_item(user_record(user) | {"write": write})
        address = email_key(fold_email(user.email))
        new = [put(address, item, ABSENT), put(profile_key(user.id), item, ABSENT)]
        new += [] if identity is None else identity_puts(identity)
        try:
            store_with_session(self.table, new, session, replaces, write, lambda: self._write_at(address) == write)
        except ConditionFailed as error:
            if ADDRESS not in error.failed and identity is not None:
                raise IdentityTaken("This sign-in belongs to another account already.") from error
            raise EmailTaken("This e-mail address already has an account.") from error

    def get_user(self, user_id: str) -> User | None:
        return self._find(profile_key(user_id)) if is_key(user_id) else None

    def user_by_email(self, email: str) -> User | None:
        folded = fold_email(email)
        return self._find(email_key(folded)) if is_key(folded) else None

    def update_user(self, user: User, session_data: Mapping[str, str]) -> User:
        return self._update(user, user.email, session_data)

    def change_email(self, user: User, email: str, session_data: Mapping[str, str]) -> User:
        return self._update(replace(user, email=email), user.email, session_data)

    def _update(self, user: User, before: str, session_data: Mapping[str, str]) -> User:
        check_session(session_data)
        newer = replace(user, version=user.version + 1, updated_at=from_moment(self.table.moment()))
        write = new_write()
        item = to_item(user_record(newer) | {"write": write})
        old, new = email_key(fold_email(before)), email_key(fold_email(user.email))
        both = [
            put(new, item, "#id = :id", id=user.id) if new == old else put(new, item, ABSENT),
            put(profile_key(user.id), item, "#version = :version", version=user.version),
            *([] if new == old else [delete(old, "#id = :id", id=user.id)]),
        ]
        sids = self._sessions_of(user.id) if session_data else []
        ended: set[str] = set()
        while True:
            data = [_drop(user.id, sid) if sid in ended else set_values(sid, session_data) for sid in sids]
            try:
                self.table.transact([*both, *data])
            except (ConditionFailed, Unanswered) as error:
                if self._write_at(profile_key(user.id)) == write:
                    return newer
                if isinstance(error, Unanswered):
                    raise
                if min(error.failed) < len(both):
                    raise self._refusal(user, error.failed, moved=new != old) from error
                ended.update(sids[place - len(both)] for place in error.failed)
            else:
                return newer

    def _find(self, key: Key) -> User | None:
        item = self.table.get(key)
        return None if item is None else user_of(from_item(item))

    def _write_at(self, key: Key) -> object:
        return self._record(key).get("write")

    def _record(self, key: Key) -> Record:
        return from_item(self.table.get(key, attempts=1) or {})

    def _sessions_of(self, user_id: str) -> list[str]:
        """The latest sessions, as many as one step can change; older ones are ended."""
        sids = device_sids(self.table, user_id)
        for sid in sids[MAX_SESSIONS:]:
            self.table.transact([delete(session_key(sid)), _drop(user_id, sid)])
        return sids[:MAX_SESSIONS]

    def _refusal(self, user: User, failed: frozenset[int], moved: bool) -> Exception:
        stored = self._record(profile_key(user.id))
        if not stored:
            return NotFound("This account no longer exists.")
        if stored["version"] != user.version:
            return VersionConflict("Your account was changed in the meantime.")
        if ADDRESS in failed and moved:
            return EmailTaken("This e-mail address already has an account.")
        if ADDRESS in failed:
            return ValueError("an edit of a person keeps their e-mail address")
        return VersionConflict("Your account was changed in the meantime.")


def _drop(user_id: str, sid: str) -> Action:
    return delete(device_key(user_id, sid))
