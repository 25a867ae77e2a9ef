"""Many recipes at once from DynamoDB: the whole box by a query, chosen ones by batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flavorbot.model import Recipe, Unreadable
from flavorbot.storage.codec import recipe_or_name
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import from_item
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import Record
from flavorbot.storage.table import recipe_key

# Of a batch the whole answer is held at once.
BATCH = 50
BODY = ("SK", "version", "created", "updated", "body", "card", "gone")


class DynamoDBReading(Part):
    """`IReading` over `USER#… | RECIPE#…`."""

    def read_recipes(self, user_id: str, ids: Sequence[str] | None = None) -> Iterator[Recipe | Unreadable]:
        if not is_key(user_id):
            return
        for record in self._box(user_id) if ids is None else self._chosen(user_id, ids):
            if "gone" not in record:
                yield recipe_or_name(record, _id(record))

    def existing_recipes(self, user_id: str, ids: Sequence[str]) -> frozenset[str]:
        records = self._records(user_id, ids, ("SK", "gone")).values()
        return frozenset(_id(record) for record in records if "gone" not in record)

    def _box(self, user_id: str) -> Iterator[Record]:
        first = recipe_key(user_id, "")
        items = self.table.query(
            KeyConditionExpression="PK = :user AND begins_with(SK, :kind)",
            ExpressionAttributeValues={":user": first["PK"], ":kind": first["SK"]},
            ConsistentRead=True,
        )
        return map(from_item, items)

    def _chosen(self, user_id: str, ids: Sequence[str]) -> Iterator[Record]:
        for at in range(0, len(ids), BATCH):
            wanted = ids[at : at + BATCH]
            found = self._records(user_id, wanted, BODY)
            yield from (found[each] for each in wanted if each in found)

    def _records(self, user_id: str, ids: Sequence[str], attributes: Sequence[str]) -> dict[str, Record]:
        """Of the ids that have an item; each is asked for once, as DynamoDB demands."""
        usable = dict.fromkeys(each for each in ids if is_key(each)) if is_key(user_id) else {}
        items = self.table.get_many([recipe_key(user_id, each) for each in usable], attributes)
        records = map(from_item, items)
        return {_id(record): record for record in records}


def _id(record: Record) -> str:
    return str(record["SK"]).partition("#")[2]
