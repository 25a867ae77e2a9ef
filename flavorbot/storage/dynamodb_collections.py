"""Collections in DynamoDB: each an item, with one more that keeps its name for it and one that counts them all."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.errors import Conflict, NotFound, RequestReused, VersionConflict
from flavorbot.model import Collection, Shelf
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part, new_write
from flavorbot.storage.items import ABSENT, PRESENT, Action, delete, from_item, put, to_attribute, to_item, update
from flavorbot.storage.limits import COLLECTIONS, check_key, is_key
from flavorbot.storage.records import Record
from flavorbot.storage.shelving import (
    ID_BYTES,
    collection_of,
    collection_record,
    in_order,
    name_taken,
    shelf_of,
    too_many,
)
from flavorbot.storage.table import collection_count_key, collection_key, collection_name_key

COUNT, NAME = 1, 2
ROUNDS = 3
SHOWN = ("SK", "name", "description", "count", "created", "updated", "version")


class DynamoDBCollections(Part):
    """`ICollections` over `USER#… | COLLECTION#…`, `COLLECTIONNAME#…` and `COUNT#collections`."""

    def create_collection(self, user_id: str, collection: Collection) -> Collection:
        check_key(user_id, "user")
        now, key = self.table.moment(), collection_key(user_id, collection.id)
        record = _kept(collection) | {"created": now, "updated": now, "version": 1}
        actions = [put(key, to_item(record), ABSENT), _count(user_id, 1, COLLECTIONS), _name(user_id, record)]
        try:
            self.table.take(COLLECTIONS, COUNT, actions)
        except (ConditionFailed, Unanswered) as error:
            stored = self._stored_collection(user_id, collection.id, error.reads)
            if stored is not None:
                return _same(stored, record, collection.id)
            if isinstance(error, Unanswered):
                raise
            raise (too_many() if error.failed == {COUNT} else name_taken()) from error
        return collection_of(record, collection.id)

    def get_collection(self, user_id: str, collection_id: str) -> Collection | None:
        record = self._stored_collection(user_id, collection_id)
        return None if record is None else collection_of(record, collection_id)

    def list_collections(self, user_id: str, holding: str | None = None) -> Sequence[Shelf]:
        if not is_key(user_id):
            return []
        names = SHOWN if holding is None else (*SHOWN, "recipe_ids")
        first = collection_key(user_id, "")
        items = self.table.query(
            KeyConditionExpression="PK = :user AND begins_with(SK, :kind)",
            ExpressionAttributeValues={":user": first["PK"], ":kind": first["SK"]},
            ProjectionExpression=", ".join(f"#{name}" for name in names),
            ExpressionAttributeNames={f"#{name}": name for name in names},
            ConsistentRead=True,
        )
        records = map(from_item, items)
        return in_order(shelf_of(each, str(each["SK"]).partition("#")[2], holding) for each in records)

    def update_collection(self, user_id: str, collection: Collection) -> Collection:
        check_key(user_id, "user")
        changed = _kept(collection) | {"updated": self.table.moment(), "version": collection.version + 1}
        stored = self._stored_collection(user_id, collection.id)
        if stored is None:
            raise NotFound("This collection no longer exists.")
        if stored["version"] != collection.version:
            raise VersionConflict("This collection was changed in the meantime.")
        actions = [_update(user_id, collection, changed)]
        if changed["name_key"] != stored["name_key"]:
            actions += [delete(_name_key(user_id, stored)), _name(user_id, changed)]
        try:
            self.table.transact(actions)
        except (ConditionFailed, Unanswered) as error:
            now_stored = self._stored_collection(user_id, collection.id, error.reads)
            if now_stored is None:
                raise NotFound("This collection no longer exists.") from error
            if now_stored["write"] != changed["write"]:
                if isinstance(error, Unanswered):
                    raise
                if error.failed == {NAME}:
                    raise name_taken() from error
                raise VersionConflict("This collection was changed in the meantime.") from error
        return collection_of(stored | changed, collection.id)

    def delete_collection(self, user_id: str, collection_id: str) -> bool:
        for before in range(ROUNDS):
            stored = self._stored_collection(user_id, collection_id)
            if stored is None:
                # Gone since the round before: perhaps by a request of ours whose answer was lost.
                return before > 0
            same = delete(collection_key(user_id, collection_id), "#version = :version", version=int(stored["version"]))  # type: ignore[arg-type]
            try:
                self.table.transact([same, _count(user_id, -1, None), delete(_name_key(user_id, stored))])
            except ConditionFailed:
                continue
            except Unanswered as error:
                if self._stored_collection(user_id, collection_id, error.reads) is not None:
                    raise
            return True
        raise Conflict("This collection is being changed at this moment.")

    def _stored_collection(self, user_id: str, collection_id: str, attempts: int = OFTEN) -> Record | None:
        if not is_key(user_id) or not is_key(collection_id):
            return None
        item = self.table.get(collection_key(user_id, collection_id), attempts)
        return None if item is None else from_item(item)


def _kept(collection: Collection) -> Record:
    record = collection_record(collection)
    ids = record["recipe_ids"]
    return record | {"count": len(ids) // ID_BYTES if isinstance(ids, bytes) else 0, "write": new_write()}


def _update(user_id: str, collection: Collection, changed: Record) -> Action:
    values = {name: value for name, value in changed.items() if value is not None}
    change = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    key, condition = collection_key(user_id, collection.id), f"{PRESENT} AND #version = :before"
    return update(key, change, condition, None, before=collection.version, **values)


def _same(stored: Record, record: Record, collection_id: str) -> Collection:
    """What is stored under this id, if it is what the same request would store."""
    if any(stored[name] != record[name] for name in ("name", "description", "recipe_ids")):
        raise RequestReused("This request already stored another collection.")
    return collection_of(stored, collection_id)


def _name(user_id: str, record: Record) -> Action:
    return put(_name_key(user_id, record), {"of": to_attribute(str(record["name"]))}, ABSENT)


def _name_key(user_id: str, record: Record) -> dict[str, dict[str, str]]:
    return collection_name_key(user_id, str(record["name_key"]))


def _count(user_id: str, more: int, limit: int | None) -> Action:
    key = collection_count_key(user_id)
    if limit is None:
        return update(key, "ADD #held :more", more=more)
    return update(key, "ADD #held :more", "attribute_not_exists(#held) OR #held < :limit", more=more, limit=limit)
