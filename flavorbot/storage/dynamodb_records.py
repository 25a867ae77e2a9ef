"""Typed records in DynamoDB: each an item in its owner's partition, which is what makes it theirs."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.errors import NotFound, RequestReused, VersionConflict
from flavorbot.model import TypedRecord
from flavorbot.storage.dynamodb_box import is_over
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part, new_write
from flavorbot.storage.items import ABSENT, PRESENT, delete, from_item, put, to_item, to_ttl
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import Record
from flavorbot.storage.table import record_key
from flavorbot.storage.typed import has_place, is_type, typed_of, typed_record

_FREE = f"{ABSENT} OR #expires <= :now"
_SAME = f"{PRESENT} AND #version = :version AND (attribute_not_exists(#expires) OR #expires > :now)"


class DynamoDBRecords(Part):
    """`IRecords` over `USER#… | RECORD#<type>#<id>`."""

    def save_record(self, user_id: str, record: TypedRecord) -> TypedRecord:
        now, key = self.table.moment(), record_key(user_id, record.type, record.id)
        kept = kept_record(user_id, record) | {"version": 1, "created": now, "updated": now}
        try:
            self.table.write(put(key, to_item(kept), _FREE, now=now))
        except (ConditionFailed, Unanswered) as error:
            stored = self._record_at(user_id, record.type, record.id, error.reads)
            if stored is None:
                raise
            if stored["made"] != kept["made"]:
                raise RequestReused("This request already stored another record.") from error
            kept = stored
        return typed_of(kept, record.type, record.id)

    def get_record(self, user_id: str, type_: str, record_id: str) -> TypedRecord | None:
        stored = self._record_at(user_id, type_, record_id)
        return None if stored is None else typed_of(stored, type_, record_id)

    def list_records(self, user_id: str, type_: str | None = None) -> Iterator[TypedRecord]:
        if not is_key(user_id) or not (type_ is None or is_type(type_)):
            return
        now, key = self.table.moment(), record_key(user_id, type_ or "", "")
        items = self.table.query(
            KeyConditionExpression="PK = :user AND begins_with(SK, :kind)",
            ExpressionAttributeValues={":user": key["PK"], ":kind": key["SK"] if type_ else {"S": "RECORD#"}},
            ConsistentRead=True,
        )
        for stored in map(from_item, items):
            if not is_over(stored.get("expires"), now):
                _, found, record_id = str(stored["SK"]).split("#", 2)
                yield typed_of(stored, found, record_id)

    def update_record(self, user_id: str, record: TypedRecord) -> TypedRecord:
        now, key = self.table.moment(), record_key(user_id, record.type, record.id)
        kept = kept_record(user_id, record) | {"version": record.version + 1, "updated": now}
        stored = self._record_at(user_id, record.type, record.id)
        if stored is not None:
            kept["created"] = stored["created"]
            try:
                self.table.write(put(key, to_item(kept), _SAME, version=record.version, now=now))
            except (ConditionFailed, Unanswered) as error:
                stored = self._record_at(user_id, record.type, record.id, error.reads)
                if stored is not None and stored["write"] != kept["write"]:
                    if isinstance(error, Unanswered):
                        raise
                    raise VersionConflict("This record was changed in the meantime.") from error
        if stored is None:
            raise NotFound("This record no longer exists.")
        return typed_of(kept, record.type, record.id)

    def delete_record(self, user_id: str, type_: str, record_id: str) -> bool:
        if not has_place(user_id, type_, record_id):
            return False
        current = f"{PRESENT} AND (attribute_not_exists(#expires) OR #expires > :now)"
        try:
            self.table.write(delete(record_key(user_id, type_, record_id), current, now=self.table.moment()))
        except ConditionFailed:
            return False
        except Unanswered as error:
            if self._record_at(user_id, type_, record_id, error.reads) is not None:
                raise
        return True

    def _record_at(self, user_id: str, type_: str, record_id: str, attempts: int = OFTEN) -> Record | None:
        """A record whose time is not over."""
        if not has_place(user_id, type_, record_id):
            return None
        item = self.table.get(record_key(user_id, type_, record_id), attempts)
        record = None if item is None else from_item(item)
        return None if record is None or is_over(record.get("expires"), self.table.moment()) else record


def kept_record(user_id: str, record: TypedRecord) -> Record:
    """A record as the table keeps it, without its times and version."""
    kept = typed_record(user_id, record)
    expires = kept["expires"]
    return kept | {"ttl": to_ttl(expires) if isinstance(expires, int) else None, "write": new_write()}
