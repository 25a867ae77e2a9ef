"""The bin in DynamoDB: deleted recipes, in the index by the moment they leave for good."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.model import Binned
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import unpack_card
from flavorbot.storage.dynamodb_box import NOT_IN_BIN, box_full, card_in, count_recipe
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import new_write
from flavorbot.storage.dynamodb_versions import DynamoDBVersions
from flavorbot.storage.items import Action, delete, from_item, to_attribute, to_ttl, update
from flavorbot.storage.limits import BIN, is_key
from flavorbot.storage.table import INDEX, bin_partition, bin_place, recipe_key

COUNT = 1


class DynamoDBBin(DynamoDBVersions):
    """The part of `IRecipes` that deletes and restores."""

    def delete_recipe(self, user_id: str, recipe_id: str) -> bool:
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        now, write = self.table.moment(), new_write()
        gone = now + BIN
        leaves = update(
            recipe_key(user_id, recipe_id),
            "SET #gone = :gone, #ttl = :ttl, #write = :write, #GSI1PK = :bin, #GSI1SK = :place",
            NOT_IN_BIN,
            gone=gone,
            ttl=to_ttl(gone),
            write=write,
            bin=bin_partition(user_id),
            place=bin_place(gone, recipe_id),
        )
        return self._move(user_id, recipe_id, [leaves, count_recipe(user_id, -1, None, now)], None, write)

    def restore_recipe(self, user_id: str, recipe_id: str, limit: int | None) -> bool:
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        now, write = self.table.moment(), new_write()
        returns = update(
            recipe_key(user_id, recipe_id),
            "SET #GSI1PK = :user, #GSI1SK = :id, #write = :write REMOVE #gone, #ttl",
            "#gone > :now",
            user=user_id,
            id=recipe_id,
            write=write,
            now=now,
        )
        return self._move(user_id, recipe_id, [returns, count_recipe(user_id, 1, limit, now)], limit, write)

    def list_bin(self, user_id: str) -> Sequence[Binned]:
        if not is_key(user_id):
            return ()
        items = self.table.query(
            IndexName=INDEX,
            KeyConditionExpression="GSI1PK = :bin AND GSI1SK > :now",
            ExpressionAttributeValues={
                ":bin": to_attribute(bin_partition(user_id)),
                ":now": to_attribute(bin_place(self.table.moment() + 1)),
            },
            ScanIndexForward=False,
        )
        found = []
        for item in items:
            record = from_item(item)
            leaves, _, recipe_id = str(record["GSI1SK"]).partition("#")
            card = unpack_card(card_in(record), recipe_id, int(record["created"] or 0))
            found.append(Binned(card, from_moment(int(leaves))))
        return found

    def purge_recipe(self, user_id: str, recipe_id: str) -> bool:
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        try:
            self.table.write(delete(recipe_key(user_id, recipe_id), "#gone > :now", now=self.table.moment()))
        except ConditionFailed:
            return False
        self.drop_past(user_id, recipe_id)
        return True

    def _move(self, user_id: str, recipe_id: str, actions: list[Action], limit: int | None, write: bytes) -> bool:
        """Move a recipe into the bin or out of it, and count it."""
        try:
            self.table.take(limit, COUNT, actions)
        except (ConditionFailed, Unanswered) as error:
            record = self.stored_recipe(user_id, recipe_id, error.reads)
            if record is not None and record.get("write") == write:
                return True
            if isinstance(error, Unanswered):
                raise
            if COUNT in error.failed and record is not None and "gone" in record:
                raise box_full(limit) from error
            return False
        return True
