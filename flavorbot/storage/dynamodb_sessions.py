"""Web sessions in DynamoDB: each key of a session is its own entry of the map `data`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from flavorbot.errors import InvalidInput, NotFound
from flavorbot.model import Session
from flavorbot.storage.clock import to_moment
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_session_writes import OWN, change, device_sids, store_with_session
from flavorbot.storage.dynamodb_table import Part, new_write
from flavorbot.storage.items import PRESENT, Action, Item, check, delete, from_item, to_ttl
from flavorbot.storage.limits import check_session, is_key
from flavorbot.storage.records import is_alive, session_of
from flavorbot.storage.table import device_key, profile_key, session_key

DEVICE = ("PK", "user_id", "browser", "created", "last_seen", "expires", "ends")


class DynamoDBSessions(Part):
    """`ISessions` over `SESSION#… | DATA`, and `USER#… | SESSION#…` for the devices of a person."""

    def load_session(self, sid: str) -> Session | None:
        item = self.table.get(session_key(sid)) if is_key(sid) else None
        return None if item is None else _alive(item, self.table.moment())

    def start_session(self, session: Session, replaces: str | None = None, version: int | None = None) -> None:
        known: list[Action] = []
        if session.user_id is not None:
            if not is_key(session.user_id):
                raise NotFound("This account no longer exists.")
            as_of = {} if version is None else {"version": version}
            enabled = f"{PRESENT} AND attribute_not_exists(disabled)" + (" AND #version = :version" if as_of else "")
            known = [check(profile_key(session.user_id), enabled, **as_of)]
        write = new_write()

        def stored() -> bool:
            item = self.table.get(session_key(session.sid), attempts=1)
            return item is not None and from_item(item).get("write") == write

        try:
            store_with_session(self.table, known, session, replaces, write, stored)
        except ConditionFailed as error:
            raise NotFound("This account no longer exists.") from error

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
        now = self.table.moment()
        times = {"last_seen": now, "expires": to_moment(expires_at), "ttl": to_ttl(to_moment(expires_at))}
        action = change(sid, changes, times, "#expires > :now AND #ends > :now", expected, now=now)
        try:
            before = self.table.write(action, returned="ALL_OLD")
        except ConditionFailed:
            return False
        except Unanswered:
            if expected:
                # Whether this request or another one took it cannot be told.
                raise
            session = self.load_session(sid)
            if session is None:
                return False
            if any(session.data.get(key) != value for key, value in changes.items()):
                raise
            return True
        self._check_total(sid, _data(before), changes)
        return True

    def end_session(self, sid: str, user_id: str | None = None) -> None:
        if not is_key(sid) or (user_id is not None and not is_key(user_id)):
            return
        try:
            if user_id is None:
                before = from_item(self.table.write(delete(session_key(sid)), returned="ALL_OLD"))
                if before.get("user_id"):
                    self.table.write(delete(device_key(str(before["user_id"]), sid)))
            else:
                own = delete(session_key(sid), OWN, user=user_id)
                self.table.transact([own, delete(device_key(user_id, sid))])
        except ConditionFailed:
            return
        except Unanswered:
            if self.table.get(session_key(sid), attempts=1) is not None:
                raise

    def list_sessions(self, user_id: str) -> Sequence[Session]:
        if not is_key(user_id):
            return []
        keys = [session_key(sid) for sid in device_sids(self.table, user_id)]
        now = self.table.moment()
        found = [session_of(_record(item), {}) for item in (self.table.get_many(keys, DEVICE) if keys else ())]
        mine = [session for session in found if session.user_id == user_id and is_alive(session, now)]
        return sorted(mine, key=lambda session: (-to_moment(session.last_seen_at), session.sid))

    def _check_total(self, sid: str, before: Mapping[str, str], changes: Mapping[str, str | None]) -> None:
        """Take changes back that made the session too large: one write cannot know what it adds to."""
        after = {key: value for key, value in {**before, **changes}.items() if value is not None}
        try:
            check_session(after)
        except InvalidInput:
            with suppress(ConditionFailed):
                self.table.write(change(sid, {key: before.get(key) for key in changes}, {}, PRESENT))
            raise


def _record(item: Item) -> dict[str, str | int | bytes | None]:
    record = from_item(item)
    return record | {"sid": str(record["PK"]).removeprefix("SESSION#")}


def _data(item: Item) -> dict[str, str]:
    return {key: value["S"] for key, value in item["data"]["M"].items()}


def session_in(item: Item) -> Session:
    """What an item of `SESSION#… | DATA` holds."""
    return session_of(_record(item), _data(item))


def _alive(item: Item, now: int) -> Session | None:
    try:
        session = session_in(item)
    except (KeyError, TypeError, ValueError):
        # Something else wrote this: nobody is signed in with it.
        return None
    return session if is_alive(session, now) else None
