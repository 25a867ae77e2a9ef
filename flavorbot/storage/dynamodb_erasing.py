"""Deleting an account in DynamoDB: every item of its partition, and what leads to it from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from flavorbot.errors import NotFound, VersionConflict
from flavorbot.model import Erasure, User
from flavorbot.storage.clock import to_moment
from flavorbot.storage.codec import fold_email
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_session_writes import device_sids
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.erasing import MANY, gone_on, is_idle
from flavorbot.storage.items import ABSENT, PRESENT, Item, delete, from_item, put, to_attribute, to_item, to_ttl, update
from flavorbot.storage.limits import ERASURE_KEPT, ERASURE_LEASE, is_key
from flavorbot.storage.records import erasure_of, erasure_record
from flavorbot.storage.table import Key, device_key, email_key, erasure_key, profile_key, session_key, token_key

# Of an item this much is read to delete it.
NEEDED = "PK, SK, token_hash"


class DynamoDBErasing(Part):
    """`IErasing` over `ERASURE | <id>` and everything of `USER#…`."""

    def begin_erasure(self, user: User, erasure: Erasure) -> None:
        begun = [
            delete(profile_key(user.id), PRESENT),
            delete(email_key(fold_email(user.email)), f"{ABSENT} OR #id = :id", id=user.id),
            put(erasure_key(erasure.id), _item(erasure)),
        ]
        # Before and after: if this breaks off, no device is left; and none that signs in meanwhile.
        self._end_sessions(user.id)
        try:
            self.table.transact(begun)
        except (ConditionFailed, Unanswered) as error:
            if self.get_erasure(erasure.id) is None:
                if isinstance(error, Unanswered):
                    raise
                if self.table.get(profile_key(user.id)) is None:
                    raise NotFound("This account no longer exists.") from error
                raise VersionConflict("Your account was changed in the meantime.") from error
        self._end_sessions(user.id)

    def erase_some(self, erasure: Erasure) -> Erasure:
        now = self.table.moment()
        stored = self.get_erasure(erasure.id)
        if stored is None or is_idle(stored, now) or not self._claim(stored, now):
            return stored or replace(erasure, user_id="", closed=True)
        # Read again: whoever held it before may have brought it on.
        current = self.get_erasure(erasure.id) or stored
        items = list(islice(self._things(current.user_id), MANY))
        self.table.delete_many([key for item in items for key in _leading_to(item, current.user_id)])
        self.table.delete_many([_key_of(item) for item in items])
        newer = gone_on(current, (_kind(item) for item in items), now)
        self.table.write(put(erasure_key(newer.id), _item(newer)))
        return newer

    def get_erasure(self, erasure_id: str) -> Erasure | None:
        item = self.table.get(erasure_key(erasure_id)) if is_key(erasure_id) else None
        found = None if item is None else erasure_of(from_item(item), erasure_id)
        is_over = found is not None and to_moment(found.began_at) + ERASURE_KEPT <= self.table.moment()
        return None if found is not None and found.closed and is_over else found

    def list_erasures(self) -> Sequence[Erasure]:
        items = self.table.query(
            KeyConditionExpression="PK = :pk", ExpressionAttributeValues={":pk": erasure_key("")["PK"]}
        )
        found = [erasure_of(from_item(item), str(item["SK"]["S"])) for item in items]
        return [each for each in found if not each.closed]

    def _claim(self, erasure: Erasure, now: int) -> bool:
        """Whether this worker may delete now, and no other."""
        free = f"{PRESENT} AND (attribute_not_exists(#lease) OR #lease <= :now)"
        change = update(erasure_key(erasure.id), "SET #lease = :lease", free, lease=now + ERASURE_LEASE, now=now)
        try:
            self.table.write(change)
        except ConditionFailed:
            return False
        return True

    def _things(self, user_id: str) -> Iterator[Item]:
        return self.table.query(
            KeyConditionExpression="PK = :user",
            ExpressionAttributeValues={":user": profile_key(user_id)["PK"]},
            ProjectionExpression=NEEDED,
            ConsistentRead=True,
        )

    def _end_sessions(self, user_id: str) -> None:
        sids = device_sids(self.table, user_id)
        self.table.delete_many([session_key(sid) for sid in sids])
        self.table.delete_many([device_key(user_id, sid) for sid in sids])


def _item(erasure: Erasure) -> Item:
    record = erasure_record(erasure)
    # One that is not closed stays, however long it takes.
    ttl = to_ttl(to_moment(erasure.began_at) + ERASURE_KEPT) if erasure.closed else None
    return to_item(record | {"ttl": ttl})


def _key_of(item: Item) -> Key:
    return {"PK": item["PK"], "SK": item["SK"]}


def _kind(item: Item) -> str:
    return str(item["SK"]["S"]).partition("#")[0]


def _leading_to(item: Item, user_id: str) -> Iterator[Key]:
    """What lies outside of the partition and leads to this item."""
    kind, _, rest = str(item["SK"]["S"]).partition("#")
    if kind == "SESSION":
        yield session_key(rest)
    if kind == "IDENTITY":
        yield {"PK": item["SK"], "SK": to_attribute("USER")}
    if "token_hash" in item:
        yield token_key(str(item["token_hash"]["S"]))
