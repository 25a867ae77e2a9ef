"""What answering took, in DynamoDB: an item for each process, so that none has to wait for another."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.model import Spending
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import from_item, put, to_item, to_ttl
from flavorbot.storage.limits import SPENDING_KEPT
from flavorbot.storage.records import spending_of, spending_record
from flavorbot.storage.table import spending_key


class DynamoDBSpending(Part):
    """`ISpending` over `SPENDING#<YYYY-MM> | <process>`. An answer that was lost does no harm: sums are put whole."""

    def keep_spending(self, process: str, spending: Spending) -> None:
        item = to_item(spending_record(spending) | {"ttl": to_ttl(self.table.moment() + SPENDING_KEPT)})
        self.table.write(put(spending_key(spending.month, process), item))

    def list_spending(self, month: str) -> Iterator[Spending]:
        items = self.table.query(
            KeyConditionExpression="PK = :pk", ExpressionAttributeValues={":pk": spending_key(month, "")["PK"]}
        )
        return (spending_of(from_item(item)) for item in items)
