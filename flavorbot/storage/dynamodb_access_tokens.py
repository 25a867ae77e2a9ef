"""What lets scripts in, in DynamoDB: the owner's record and the one that the token's hash leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flavorbot.model import AccessToken
from flavorbot.storage.clock import to_moment
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import ABSENT, PRESENT, Item, delete, from_item, put, to_attribute, to_item, to_ttl, update
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import access_token_of, access_token_record
from flavorbot.storage.table import Key, access_token_key, token_key

KIND = "access"


class DynamoDBAccessTokens(Part):
    """`IAccessTokens` over `USER#… | TOKEN#…` and `TOKEN#… | USER`."""

    def create_access_token(self, token: AccessToken) -> None:
        item = to_item(access_token_record(token) | {"kind": KIND, "ttl": to_ttl(to_moment(token.expires_at))})
        keys = (access_token_key(token.user_id, token.id), token_key(token.token_hash))
        try:
            self.table.transact([put(key, item, ABSENT) for key in keys])
        except (ConditionFailed, Unanswered) as error:
            if self._token_at(keys[1], error.reads) != token:
                raise

    def access_token(self, token_hash: str) -> AccessToken | None:
        return self._token_at(token_key(token_hash)) if is_key(token_hash) else None

    def list_access_tokens(self, user_id: str) -> Sequence[AccessToken]:
        if not is_key(user_id):
            return []
        first = access_token_key(user_id, "")
        items = self.table.query(
            ConsistentRead=True,
            ScanIndexForward=False,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :sk)",
            ExpressionAttributeValues={":pk": first["PK"], ":sk": first["SK"]},
        )
        found = (self._token_of(item) for item in items)
        return [token for token in found if token is not None]

    def touch_access_token(self, token: AccessToken, now: datetime) -> None:
        keys = (access_token_key(token.user_id, token.id), token_key(token.token_hash))
        try:
            self.table.transact([update(key, "SET #last_used = :now", PRESENT, now=to_moment(now)) for key in keys])
        except ConditionFailed:
            return

    def end_access_token(self, user_id: str, token_id: str) -> bool:
        if not is_key(user_id) or not is_key(token_id):
            return False
        key = access_token_key(user_id, token_id)
        token = self._token_at(key)
        if token is None:
            return False
        try:
            self.table.transact([delete(key, PRESENT), delete(token_key(token.token_hash))])
        except ConditionFailed:
            return False
        except Unanswered as error:
            if self._token_at(key, error.reads) is not None:
                raise
        return True

    def _token_at(self, key: Key, attempts: int = OFTEN) -> AccessToken | None:
        return self._token_of(self.table.get(key, attempts) or {})

    def _token_of(self, item: Item) -> AccessToken | None:
        """The token that an item holds, unless its time is over or it is something else."""
        if item.get("kind") != to_attribute(KIND):
            return None
        found = access_token_of(from_item(item))
        return found if to_moment(found.expires_at) > self.table.moment() else None
