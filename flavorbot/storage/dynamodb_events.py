"""What happened to accounts, in DynamoDB."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from flavorbot.model import Event
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import from_item, put, to_attribute, to_item, to_ttl
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import account_event_of, account_event_record
from flavorbot.storage.table import account_event_key


class DynamoDBEvents(Part):
    """`IEvents` over `USER#… | AUDIT#…`."""

    def add_event(self, user_id: str, event: Event) -> None:
        record = account_event_record(user_id, event)
        item = to_item(record | {"ttl": to_ttl(int(record["expires"] or 0))})
        self.table.write(put(account_event_key(user_id, event.id), item))

    def list_events(self, user_id: str, limit: int) -> Sequence[Event]:
        if not is_key(user_id):
            return []
        first = account_event_key(user_id, "")
        items = self.table.query(
            ConsistentRead=True,
            ScanIndexForward=False,
            Limit=limit,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :sk)",
            FilterExpression="expires > :now",
            ExpressionAttributeValues={
                ":pk": first["PK"], ":sk": first["SK"], ":now": to_attribute(self.table.moment()),
            },
        )  # fmt: skip
        return [account_event_of(from_item(item)) for item in islice(items, limit)]
