"""Requests to the one table: attempts, time limits, pages, and what to make of a lost answer."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from flavorbot.errors import FlavorBotError, StorageError, StorageThrottled, StorageUnavailable
from flavorbot.model import StoreCall
from flavorbot.settings import Settings
from flavorbot.storage.clock import Clock, to_moment
from flavorbot.storage.dynamodb_calls import answered_call, failed_call
from flavorbot.storage.dynamodb_clients import Clients
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered, fault_of
from flavorbot.storage.items import Action, Item
from flavorbot.storage.retries import Retries
from flavorbot.storage.table import Key
from flavorbot.waiting import left_s, waited

# No attempt begins later than this after the first.
SINGLE_S = 1.2
TRANSACTION_S = 3.0
# Whoever has less time left than this gets the short time limit for everything.
PATIENT_S = 2.0
FIRST_WAIT_S = 0.025
LONGEST_WAIT_S = 0.4
BATCH_GET_KEYS = 100
BATCH_WRITE_KEYS = 25
UNPROCESSED_ROUNDS = 6
# These handle up to 16 MB.
SLOW = ("transact_write_items", "batch_get_item", "batch_write_item")


class Table:
    """The table as its parts use it; what hears of requests hears also of those made again."""

    def __init__(
        self,
        settings: Settings,
        now: Clock,
        on_call: Callable[[str], None] | None,
        on_done: Callable[[StoreCall], None] | None = None,
    ) -> None:
        self.name = settings.table_name or ""
        self.where = f"DynamoDB table {self.name} ({settings.endpoint or settings.region or 'default region'})"
        self.now = now
        self.clients = Clients(settings)
        self.retries = Retries()
        self._on_call = on_call
        self._on_done = on_done
        self._counted = {"ReturnConsumedCapacity": "TOTAL"} if on_done and settings.count_units else {}

    def moment(self) -> int:
        return to_moment(self.now())

    def get(self, key: Key, attempts: int = OFTEN) -> Item | None:
        """A consistent read."""
        answer = self._call("get_item", {"Key": key, "ConsistentRead": True}, attempts)
        item: Item | None = answer.get("Item")
        return item

    def query(self, **parameters: object) -> Iterator[Item]:
        """Every item, page after page as they are asked for."""
        return self._pages("query", parameters)

    def scan(self, **parameters: object) -> Iterator[Item]:
        """The same of the whole table: for whoever runs this, never for a request."""
        return self._pages("scan", parameters)

    def count(self, **parameters: object) -> int:
        """How many items a query finds, without the items."""
        return sum(int(answer["Count"]) for answer in self._answers("query", {**parameters, "Select": "COUNT"}))

    def _pages(self, operation: str, parameters: Mapping[str, object]) -> Iterator[Item]:
        for answer in self._answers(operation, parameters):
            yield from answer.get("Items", [])

    def _answers(self, operation: str, parameters: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
        start: dict[str, object] = {}
        while True:
            answer = self._call(operation, {**parameters, **start})
            yield answer
            if not answer.get("LastEvaluatedKey"):
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def write(self, action: Action, returned: str = "NONE") -> Item:
        """One write to one item; the answer has the attributes asked for. `ConditionFailed`, `Unanswered`."""
        ((kind, parameters),) = action.items()
        operation = f"{kind.lower()}_item"
        answer = self._call(operation, {"ReturnValues": returned, **parameters})
        item: Item = answer.get("Attributes", {})
        return item

    def transact(self, actions: Sequence[Action]) -> None:
        """All of it or nothing, and once only however often it is sent. `ConditionFailed`, `Unanswered`."""
        named = [{kind: {"TableName": self.name, **part} for kind, part in action.items()} for action in actions]
        self._send("transact_write_items", {"TransactItems": named, "ClientRequestToken": secrets.token_hex(16)})

    def take(self, limit: int | None, counter: int, actions: Sequence[Action]) -> None:
        """Transact; the action at the place `counter` takes one of `limit`, on the condition that one is left."""
        # That condition lets the first one through, since nothing was counted before it.
        if limit is not None and limit <= 0:
            raise ConditionFailed(frozenset({counter}))
        self.transact(actions)

    def get_many(self, keys: Sequence[Key], attributes: Sequence[str] = ()) -> Iterator[Item]:
        """Consistent reads of many items, of all or some attributes, in any order; what was left is asked again."""
        names = {f"#a{place}": name for place, name in enumerate(attributes)}
        wanted: dict[str, object] = {"ConsistentRead": True}
        if names:
            wanted |= {"ProjectionExpression": ", ".join(names), "ExpressionAttributeNames": names}
        waiting, rounds = list(keys), _Rounds()
        while waiting:
            batch, waiting = waiting[:BATCH_GET_KEYS], waiting[BATCH_GET_KEYS:]
            answer = self._send("batch_get_item", {"RequestItems": {self.name: wanted | {"Keys": batch}}})
            yield from answer.get("Responses", {}).get(self.name, [])
            left = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
            if left:
                waiting += left
                rounds.wait(len(left) < len(batch), f"{self.where} left {len(waiting)} items unread")

    def delete_many(self, keys: Sequence[Key]) -> None:
        """Delete items whether they are there or not; what was left unprocessed is sent again."""
        waiting = list({(key["PK"]["S"], key["SK"]["S"]): key for key in keys}.values())
        rounds = _Rounds()
        while waiting:
            batch, waiting = waiting[:BATCH_WRITE_KEYS], waiting[BATCH_WRITE_KEYS:]
            left = self.write_batch([{"DeleteRequest": {"Key": key}} for key in batch])
            if left:
                waiting += [each["DeleteRequest"]["Key"] for each in left]
                rounds.wait(len(left) < len(batch), f"{self.where} left {len(waiting)} items undeleted")

    def write_batch(self, requests: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """One batch of puts and deletes; the answer is what was left unprocessed."""
        answer = self._send("batch_write_item", {"RequestItems": {self.name: requests}})
        left: list[Mapping[str, Any]] = answer.get("UnprocessedItems", {}).get(self.name, [])
        return left

    def scan_page(
        self, segment: int = 0, segments: int = 1, after: Mapping[str, Any] | None = None
    ) -> tuple[list[Item], Mapping[str, Any] | None]:
        """Up to 1 MB of one segment of the whole table, and where the next page begins; never for a request.

        A partition is in one segment, in one piece.
        """
        start = {} if after is None else {"ExclusiveStartKey": after}
        part = {"Segment": segment, "TotalSegments": segments}
        answer = self._call("scan", {"ConsistentRead": True, **part, **start})
        return answer.get("Items", []), answer.get("LastEvaluatedKey") or None

    def describe(self, operation: str) -> Mapping[str, Any]:
        """What the store says about this table."""
        return self._call(operation, {})

    def _call(self, operation: str, parameters: Mapping[str, object], attempts: int = OFTEN) -> Mapping[str, Any]:
        return self._send(operation, {"TableName": self.name, **parameters}, attempts)

    def _send(self, operation: str, parameters: Mapping[str, object], attempts: int = OFTEN) -> Mapping[str, Any]:
        if left_s() <= 0:
            raise StorageUnavailable(f"{self.where}: this request has waited for it too long already", "no-answer")
        began = time.monotonic()
        try:
            return self._answer(operation, parameters, attempts)
        finally:
            waited(time.monotonic() - began)

    def _answer(self, operation: str, parameters: Mapping[str, object], attempts: int) -> Mapping[str, Any]:
        until = time.monotonic() + min(TRANSACTION_S if operation in SLOW else SINGLE_S, left_s())
        unanswered = False
        for made, wait_s in enumerate(_waits(), start=1):
            began = time.perf_counter()
            try:
                answer = self._attempt(operation, parameters)
            except Exception as error:
                # Anything may come back from a network, and botocore lets much of it through as it is.
                fault = fault_of(error, self.where)
                self._tell(failed_call(operation, time.perf_counter() - began, fault))
                unanswered = unanswered or isinstance(fault.error, Unanswered)
                last = made >= min(attempts, fault.attempts) or time.monotonic() + wait_s >= until
                if last or not (fault.free or self.retries.take()):
                    raise _final(fault.error, unanswered) from error
            else:
                self.retries.answered()
                self._tell(answered_call(operation, time.perf_counter() - began, answer))
                return answer
            time.sleep(wait_s)
        raise AssertionError("the last attempt raises")

    def _attempt(self, operation: str, parameters: Mapping[str, object]) -> Mapping[str, Any]:
        if self._on_call is not None:
            self._on_call(operation)
        counted = {} if operation.startswith("describe_") else self._counted
        answer: Mapping[str, Any] = getattr(self._client(operation), operation)(**parameters, **counted)
        return answer

    def _client(self, operation: str) -> Any:  # noqa: ANN401
        """The one with the time limit that suits the operation and what is left of the request's time."""
        if operation == "scan":
            return self.clients.scans()
        return self.clients.transactions() if operation in SLOW and left_s() >= PATIENT_S else self.clients.single()

    def _tell(self, call: StoreCall) -> None:
        if self._on_done is not None:
            self._on_done(call)


class _Rounds:
    """Pauses before what a batch left is sent again: not too many in a row that got nothing done."""

    def __init__(self) -> None:
        self._pauses = _waits(UNPROCESSED_ROUNDS)

    def wait(self, progressed: bool, otherwise: str) -> None:
        """Raises `StorageThrottled` with these words when it has been enough."""
        if progressed:
            self._pauses = _waits(UNPROCESSED_ROUNDS)
        pause_s = next(self._pauses, None)
        if pause_s is None:
            raise StorageThrottled(otherwise)
        time.sleep(pause_s)


def new_write() -> bytes:
    """Marks what one write stored, which reading it back tells where the answer to it was lost."""
    return secrets.token_bytes(8)


def _waits(count: int = OFTEN) -> Iterator[float]:
    """Growing pauses between attempts, spread so that those who collided do not collide again."""
    for attempt in range(count):
        yield random.uniform(0.2, 1.0) * min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**attempt)  # noqa: S311


def _final(error: FlavorBotError | ConditionFailed, unanswered: bool) -> Exception:
    if unanswered and not isinstance(error, (ConditionFailed, Unanswered)):
        return Unanswered(str(error), error.reason if isinstance(error, StorageError) else None)
    return error


class Part:
    """One subject of the store."""

    def __init__(self, table: Table) -> None:
        self.table = table
