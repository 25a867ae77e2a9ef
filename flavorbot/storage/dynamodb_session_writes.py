"""How sessions are written in DynamoDB: by themselves, and in one step with the person who signs in or edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from flavorbot.model import Session
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Table
from flavorbot.storage.items import (
    ABSENT,
    PRESENT,
    Action,
    Item,
    delete,
    from_item,
    put,
    to_attribute,
    to_item,
    to_ttl,
    update,
)
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import session_record
from flavorbot.storage.table import Key, device_key, session_key

# Not anybody else's; also when it is gone already.
OWN = f"{ABSENT} OR #user_id = :user"


def store_with_session(
    table: Table,
    first: Sequence[Action],
    session: Session | None,
    replaces: str | None,
    write: bytes,
    stored: Callable[[], bool],
) -> None:
    """Carry out `first` and start a session in one step; `ConditionFailed` when one of `first` is refused.

    The replaced session is dropped on the condition that nobody is signed in with it; where somebody is, a second try
    also drops their device.
    """
    replaced_user: str | None = None
    while True:
        actions = [*first, *_session_actions(session, replaces, replaced_user, write)]
        try:
            table.transact(actions)
            return
        except (ConditionFailed, Unanswered) as error:
            if stored():
                return
            if isinstance(error, Unanswered) or replaces is None or min(error.failed) < len(first):
                raise
        replaced = table.get(session_key(replaces))
        replaced_user = None if replaced is None else str(from_item(replaced).get("user_id") or "") or None


def device_sids(table: Table, user_id: str) -> list[str]:
    """The sessions a person signed in with, latest first; some may have ended."""
    prefix = "SESSION#"
    devices = table.query(
        KeyConditionExpression="PK = :user AND begins_with(SK, :prefix)",
        ExpressionAttributeValues={":user": to_attribute(f"USER#{user_id}"), ":prefix": to_attribute(prefix)},
        ConsistentRead=True,
    )
    records = sorted((from_item(item) for item in devices), key=lambda record: -int(record.get("created") or 0))
    return [str(record["SK"]).removeprefix(prefix) for record in records]


def set_values(sid: str, changes: Mapping[str, str]) -> Action:
    """Set keys of a session that still exists."""
    return change(sid, changes, {}, PRESENT)


def _session_actions(
    session: Session | None, replaces: str | None, replaced_user: str | None, write: bytes
) -> list[Action]:
    if session is None:
        return []
    actions = [put(key, item) for key, item in session_items(session, write)]
    if replaces is not None and replaces != session.sid and is_key(replaces):
        if replaced_user is None:
            actions.append(delete(session_key(replaces), "attribute_not_exists(#user_id)"))
        else:
            actions.append(delete(session_key(replaces), OWN, user=replaced_user))
            actions.append(delete(device_key(replaced_user, replaces)))
    return actions


def session_items(session: Session, write: bytes) -> Iterator[tuple[Key, Item]]:
    """A session as the table keeps it, and the device of whoever is signed in with it."""
    record = session_record(session)
    expires, ends = int(record["expires"] or 0), int(record["ends"] or 0)
    item = to_item(record | {"sid": None, "write": write, "ttl": to_ttl(min(expires, ends))})
    item["data"] = {"M": {key: to_attribute(value) for key, value in session.data.items()}}
    yield session_key(session.sid), item
    if session.user_id is not None:
        device = {"created": record["created"], "browser": session.browser, "ttl": to_ttl(ends)}
        yield device_key(session.user_id, session.sid), to_item(device)


def change(
    sid: str,
    changes: Mapping[str, str | None],
    numbers: Mapping[str, int],
    condition: str,
    expected: Mapping[str, str] | None = None,
    **values: int,
) -> Action:
    """Set numbers of a session and change keys of its data, each by itself, while those expected are as they were."""
    names = {f"k{place}": key for place, key in enumerate(changes)}
    kept = {place: value for place, value in zip(names, changes.values(), strict=True) if value is not None}
    known = {f"old{place}": key for place, key in enumerate(expected or {})}
    before = dict(zip(known, (expected or {}).values(), strict=True))
    condition = " AND ".join([condition, *(f"#data.#{place} = :{place}" for place in known)])
    sets = [f"#{name} = :{name}" for name in numbers] + [f"#data.#{place} = :{place}" for place in kept]
    drops = [f"#data.#{place}" for place in names if place not in kept]
    expression = " ".join(
        [*(["SET " + ", ".join(sets)] if sets else []), *(["REMOVE " + ", ".join(drops)] if drops else [])]
    )
    return update(session_key(sid), expression, condition, names | known, **numbers, **kept, **before, **values)
