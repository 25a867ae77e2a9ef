"""The keys of people's devices, in DynamoDB: one item each, found by its owner, whom the device names at sign-in."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.model import Passkey
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import ABSENT, PRESENT, delete, from_item, put, to_item
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import passkey_of, passkey_record
from flavorbot.storage.table import passkey_key


class DynamoDBPasskeys(Part):
    """`IPasskeys` over `USER#… | PASSKEY#…`."""

    def add_passkey(self, passkey: Passkey) -> bool:
        try:
            self.table.write(put(passkey_key(passkey.user_id, passkey.id), to_item(passkey_record(passkey)), ABSENT))
        except (ConditionFailed, Unanswered) as error:
            # Sent again after its answer was lost, it meets what it stored itself.
            stored = self.get_passkey(passkey.user_id, passkey.id)
            if stored is None and isinstance(error, Unanswered):
                raise
            return stored == passkey
        return True

    def get_passkey(self, user_id: str, passkey_id: str) -> Passkey | None:
        if not is_key(user_id) or not is_key(passkey_id):
            return None
        item = self.table.get(passkey_key(user_id, passkey_id))
        return None if item is None else passkey_of(from_item(item))

    def list_passkeys(self, user_id: str) -> Sequence[Passkey]:
        if not is_key(user_id):
            return []
        first = passkey_key(user_id, "")
        items = self.table.query(
            ConsistentRead=True,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :sk)",
            ExpressionAttributeValues={":pk": first["PK"], ":sk": first["SK"]},
        )
        return sorted((passkey_of(from_item(item)) for item in items), key=lambda each: (each.created_at, each.id))

    def update_passkey(self, before: Passkey, after: Passkey) -> bool:
        key, item = passkey_key(after.user_id, after.id), to_item(passkey_record(after))
        try:
            self.table.write(put(key, item, "#sign_count = :counted", counted=before.sign_count))
        except (ConditionFailed, Unanswered) as error:
            stored = self.get_passkey(after.user_id, after.id)
            if stored == before and isinstance(error, Unanswered):
                raise
            return stored == after
        return True

    def delete_passkey(self, user_id: str, passkey_id: str) -> bool:
        if not is_key(user_id) or not is_key(passkey_id):
            return False
        try:
            self.table.transact([delete(passkey_key(user_id, passkey_id), PRESENT)])
        except ConditionFailed:
            return False
        except Unanswered:
            if self.get_passkey(user_id, passkey_id) is not None:
                raise
        return True
