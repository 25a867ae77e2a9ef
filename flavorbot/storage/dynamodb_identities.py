"""Outside identities in DynamoDB: the owner's record, and the one that says whom an identity signs in."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.errors import IdentityTaken
from flavorbot.model import Identity
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import ABSENT, Action, delete, from_item, put, to_item
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import identity_of, identity_record
from flavorbot.storage.table import identity_key, identity_owner_key


class DynamoDBIdentities(Part):
    """`IIdentities` over `USER#… | IDENTITY#…` and `IDENTITY#… | USER`."""

    def add_identity(self, identity: Identity) -> None:
        try:
            self.table.transact(identity_puts(identity))
        except (ConditionFailed, Unanswered) as error:
            stored = self.find_identity(identity.issuer, identity.subject)
            if stored is not None and stored.user_id == identity.user_id:
                return
            if isinstance(error, Unanswered):
                raise
            raise IdentityTaken("This sign-in belongs to another account already.") from error

    def find_identity(self, issuer: str, subject: str) -> Identity | None:
        if not is_key(f"{issuer}#{subject}"):
            return None
        item = self.table.get(identity_owner_key(issuer, subject))
        return None if item is None else identity_of(from_item(item))

    def list_identities(self, user_id: str) -> Sequence[Identity]:
        if not is_key(user_id):
            return []
        first = identity_key(user_id, "", "")
        items = self.table.query(
            ConsistentRead=True,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :sk)",
            ExpressionAttributeValues={":pk": first["PK"], ":sk": {"S": "IDENTITY#"}},
        )
        return sorted((identity_of(from_item(item)) for item in items), key=lambda each: (each.created_at, each.id))

    def delete_identity(self, identity: Identity) -> bool:
        own = identity_key(identity.user_id, identity.issuer, identity.subject)
        leading = identity_owner_key(identity.issuer, identity.subject)
        try:
            self.table.transact([delete(own), delete(leading, "#user_id = :owner", owner=identity.user_id)])
        except ConditionFailed:
            return False
        except Unanswered:
            if self.find_identity(identity.issuer, identity.subject) is not None:
                raise
        return True


def identity_puts(identity: Identity) -> list[Action]:
    """What links an identity that nobody has yet."""
    item = to_item(identity_record(identity))
    leading = identity_owner_key(identity.issuer, identity.subject)
    return [put(leading, item, ABSENT), put(identity_key(identity.user_id, identity.issuer, identity.subject), item)]
