"""Many items written at once all arrive, also where the store takes only some of a batch, or none for a while."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from flavorbot.errors import StorageMisconfigured, StorageThrottled
from flavorbot.storage.batches import BatchWriter, write_batch
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.dynamodb_table import Table
from flavorbot.storage.items import to_item
from flavorbot.storage.table import Key
from tests.storage.conftest import Store
from tests.storage.hooks import answering, hooked
from tests.storage.test_faults import refusal
from tests.storage.values import new_id


def table_of(store: Store) -> Table:
    assert isinstance(store.storage, DynamoDBStorage)
    return store.storage.table


def keys_of(partition: str, count: int) -> list[Key]:
    return [{"PK": {"S": partition}, "SK": {"S": f"{place:04d}"}} for place in range(count)]


def stored(table: Table, partition: str) -> list[str]:
    items = table.query(KeyConditionExpression="PK = :pk", ExpressionAttributeValues={":pk": {"S": partition}})
    return [item["SK"]["S"] for item in items]


def write(table: Table, keys: Iterable[Key]) -> None:
    with BatchWriter(table) as writer:
        for key in keys:
            writer.put(key | to_item({"body": b"x" * 100}))


def test_all_items_arrive_and_leave(dynamodb: Store) -> None:
    table, partition = table_of(dynamodb), new_id()
    write(table, keys_of(partition, 120))
    assert len(stored(table, partition)) == 120
    assert dynamodb.calls.count("batch_write_item") == 5
    with BatchWriter(table) as writer:
        for key in keys_of(partition, 110):
            writer.delete(key)
    assert stored(table, partition) == [f"{place:04d}" for place in range(110, 120)]


def test_what_was_left_unprocessed_is_sent_again(local: Store) -> None:
    table, partition, times = table_of(local), new_id(), [6]

    def leave_half(params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        """Hold some back, as a store near its limits does: what is held back is not sent at all."""
        times[0] -= 1
        requests = params["RequestItems"][table.name]
        if times[0] >= 0 and len(requests) > 1:
            context["left"], params["RequestItems"] = requests[1::2], {table.name: requests[::2]}

    def tell(parsed: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        if "left" in context:
            parsed["UnprocessedItems"] = {table.name: context["left"]}

    event = "dynamodb.BatchWriteItem"
    with hooked(local, f"before-parameter-build.{event}", leave_half), hooked(local, f"after-call.{event}", tell):
        write(table, keys_of(partition, 60))
    assert len(stored(table, partition)) == 60
    assert times[0] < 0


def test_throttling_and_lost_answers_are_waited_out(local: Store) -> None:
    table, partition = table_of(local), new_id()
    with answering(local, 4, 400, refusal("ThrottlingException")):
        write(table, keys_of(partition, 30))
    with answering(local, 3, 500, b"{}"):
        write(table, keys_of(partition, 40))
    assert len(stored(table, partition)) == 40
    with answering(local, 999, 400, refusal("ThrottlingException")), pytest.raises(StorageThrottled):
        write_batch(table, [{"DeleteRequest": {"Key": keys_of(partition, 1)[0]}}], patience_s=0.1)


def test_what_waiting_does_not_mend_is_told_at_once(local: Store) -> None:
    table, partition = table_of(local), new_id()
    with (
        answering(local, 999, 400, refusal("AccessDeniedException")),
        pytest.raises(StorageMisconfigured, match="grant"),
    ):
        write(table, keys_of(partition, 60))
    assert len(local.calls) <= 4
