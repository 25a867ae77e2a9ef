"""Drafts and allowances in DynamoDB.

`USAGE#<period>` counts what is used and names every running claim in an attribute `p_<claim>`, which holds when its
lease ends. Who removes that attribute decides, once, whether the recipe stays counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flavorbot.errors import AllowanceSpent, Conflict, RequestReused
from flavorbot.model import Draft, Owner, Usage, UsageEvent
from flavorbot.storage.clock import to_moment
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_metering import entries, late
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import (
    ABSENT,
    Action,
    adding,
    delete,
    from_item,
    put,
    to_attribute,
    to_item,
    to_ttl,
    update,
)
from flavorbot.storage.limits import GUEST_USAGE_KEPT, is_key
from flavorbot.storage.records import Record, check_owner, draft_of, draft_record, holds, spent, usages_of
from flavorbot.storage.table import draft_key, owner_pk, usage_key

USAGE = 0
PENDING = "p_"
HELD = "#claim = :claim AND #state = :running"
ROUNDS = 4
BACK = {"recipes_generated": -1}


class DynamoDBDrafts(Part):
    """`IDrafts` over `DRAFT#…` and `USAGE#…` of a person or guest."""

    def reserve_draft(self, owner: Owner, draft: Draft, limit: int | None, resets_at: datetime) -> Draft:
        check_owner(owner)
        running = replace(draft, state="running", recipe=None, notices=())
        now = self.table.moment()
        actions = [_take(owner, draft, limit, now), _put(owner, running, f"{ABSENT} OR #expires <= :now", now=now)]
        for _ in range(ROUNDS):
            try:
                self.table.take(limit, USAGE, actions)
            except (ConditionFailed, Unanswered) as error:
                stored = self._stored_draft(owner, draft.request_id, error.reads)
                if stored is not None and holds(stored, now):
                    if stored.fingerprint != draft.fingerprint:
                        raise RequestReused("This request was already used for another wish.") from error
                    return stored
                if isinstance(error, Unanswered):
                    raise
                if stored is not None and stored.state == "running":
                    self.release_draft(owner, stored)
                elif USAGE in error.failed and not self._makes_room(owner, draft.period, limit, now):
                    raise AllowanceSpent(f"All {limit} recipes of this period are used.", resets_at) from error
            else:
                return running
        raise Conflict("This request is being worked on at this moment.")

    def finish_draft(self, owner: Owner, draft: Draft, event: UsageEvent | None = None, charged: bool = True) -> bool:
        check_owner(owner)
        now = self.table.moment()
        done = _put(
            owner,
            replace(draft, state="done"),
            f"{HELD} AND #lease_ends > :now",
            claim=draft.claim,
            running="running",
            now=now,
        )
        added = ({} if charged else BACK) | ({} if event is None else spent(event))
        try:
            self.table.transact([_settle(owner, draft, added), done, *entries(owner, event, now)])
        except (ConditionFailed, Unanswered) as error:
            stored = self._stored_draft(owner, draft.request_id, error.reads)
            if stored is not None and stored.claim == draft.claim and stored.state == "done":
                return True
            if isinstance(error, Unanswered):
                raise
            return False
        return True

    def release_draft(self, owner: Owner, draft: Draft, event: UsageEvent | None = None) -> None:
        check_owner(owner)
        now = self.table.moment()
        drop = delete(draft_key(owner, draft.request_id), HELD, claim=draft.claim, running="running")
        added = BACK | ({} if event is None else spent(event))
        try:
            self.table.transact([_settle(owner, draft, added), drop, *entries(owner, event, now)])
        except ConditionFailed:
            # One of them was done already: by the lease's end, or by time-to-live.
            self._write_if_held(_settle(owner, draft, BACK))
            self._write_if_held(drop)
            if event is not None:
                self._write_if_held(*late(owner, event, now))
        except Unanswered as error:
            stored = self._stored_draft(owner, draft.request_id, error.reads)
            if stored is not None and stored.claim == draft.claim and stored.state == "running":
                raise

    def add_draft(self, owner: Owner, draft: Draft) -> None:
        check_owner(owner)
        done = _put(owner, replace(draft, state="done"), f"{ABSENT} OR #expires <= :now", now=self.table.moment())
        try:
            self.table.write(done)
        except ConditionFailed:
            return  # it was there before, or this is the second try of a write whose answer was lost
        except Unanswered as error:
            if self._stored_draft(owner, draft.request_id, error.reads) is None:
                raise

    def get_draft(self, owner: Owner, request_id: str) -> Draft | None:
        if not is_key(owner.id) or not is_key(request_id):
            return None
        draft = self._stored_draft(owner, request_id)
        return draft if draft is not None and holds(draft, self.table.moment()) else None

    def list_usage(self, owner: Owner, first: str, last: str) -> Sequence[Usage]:
        if not is_key(owner.id):
            return []
        now = self.table.moment()
        items = self.table.query(
            KeyConditionExpression="PK = :owner AND SK BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":owner": to_attribute(owner_pk(owner)),
                ":first": to_attribute(f"USAGE#{first}"),
                ":last": to_attribute(f"USAGE#{last}"),
            },
            ConsistentRead=True,
        )
        return usages_of(_usage(from_item(item), now) for item in items)

    def _stored_draft(self, owner: Owner, request_id: str, attempts: int = OFTEN) -> Draft | None:
        item = self.table.get(draft_key(owner, request_id), attempts)
        return None if item is None else draft_of(from_item(item) | {"request_id": request_id})

    def _makes_room(self, owner: Owner, period: str, limit: int | None, now: int) -> bool:
        """Give back what claims took whose lease is over; whether there is room now, maybe made by another request."""
        key = usage_key(owner, period)
        record = from_item(self.table.get(key) or {})
        overdue = _overdue(record, now)
        if not overdue:
            return limit is None or int(record.get("recipes_generated") or 0) < limit
        names = {f"p{place}": name for place, name in enumerate(overdue)}
        change = f"ADD #recipes_generated :less REMOVE {', '.join(f'#{place}' for place in names)}"
        condition = " AND ".join(f"attribute_exists(#{place})" for place in names)
        self._write_if_held(update(key, change, condition, names, less=-len(overdue)))
        return True

    def _write_if_held(self, *actions: Action) -> None:
        try:
            if len(actions) == 1:
                self.table.write(*actions)
            else:
                self.table.transact(actions)
        except ConditionFailed:
            return


def _take(owner: Owner, draft: Draft, limit: int | None, now: int) -> Action:
    """Count one recipe and name its claim."""
    change = "ADD #recipes_generated :one SET #pending = :lease_ends"
    values: dict[str, int] = {"one": 1, "lease_ends": to_moment(draft.lease_ends_at)}
    condition = None
    if owner.kind == "guest":
        change += ", #ttl = :ttl"
        values["ttl"] = to_ttl(now + GUEST_USAGE_KEPT)
    if limit is not None:
        condition = "attribute_not_exists(#recipes_generated) OR #recipes_generated < :limit"
        values["limit"] = limit
    return update(usage_key(owner, draft.period), change, condition, _pending(draft), **values)


def _settle(owner: Owner, draft: Draft, added: Mapping[str, int]) -> Action:
    """Decide about a claim that is still pending, and add to counters what comes of that."""
    change = f"{adding(added)} REMOVE #pending" if added else "REMOVE #pending"
    return update(usage_key(owner, draft.period), change, "attribute_exists(#pending)", _pending(draft), **added)


def _put(owner: Owner, draft: Draft, condition: str, **values: str | int) -> Action:
    record = draft_record(draft)
    ttl = to_ttl(to_moment(draft.expires_at))
    item = to_item(record | {"request_id": None, "ttl": ttl})
    return put(draft_key(owner, draft.request_id), item, condition, **values)


def _pending(draft: Draft) -> dict[str, str]:
    return {"pending": PENDING + draft.claim}


def _overdue(record: Record, now: int) -> list[str]:
    return [name for name, ends in record.items() if name.startswith(PENDING) and isinstance(ends, int) and ends <= now]


def _usage(record: Record, now: int) -> Record:
    """A counter's record as it counts now."""
    used = int(record.get("recipes_generated") or 0) - len(_overdue(record, now))
    return record | {"period": str(record["SK"]).removeprefix("USAGE#"), "recipes_generated": used}
