"""What requests to DynamoDB took, as its answers tell it.

Of a refused write the answer does not tell the units, although AWS bills them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flavorbot.errors import StorageThrottled
from flavorbot.model import StoreCall, StoreOutcome
from flavorbot.storage.dynamodb_faults import ConditionFailed, Fault

READS = frozenset({"get_item", "query", "scan", "batch_get_item"})


def answered_call(operation: str, seconds: float, answer: Mapping[str, Any]) -> StoreCall:
    """Engines that count nothing leave the capacity out."""
    consumed = answer.get("ConsumedCapacity") or ()
    tables = (consumed,) if isinstance(consumed, Mapping) else consumed
    units = float(sum(each.get("CapacityUnits", 0) for each in tables))
    if operation in READS:
        return StoreCall(operation, seconds, read_units=units)
    return StoreCall(operation, seconds, write_units=units)


def failed_call(operation: str, seconds: float, fault: Fault) -> StoreCall:
    outcome: StoreOutcome = "failed"
    if isinstance(fault.error, ConditionFailed):
        outcome = "refused"
    elif isinstance(fault.error, StorageThrottled):
        outcome = "throttled"
    return StoreCall(operation, seconds, outcome)
