"""Answered questions and their allowance in DynamoDB: put where none is and counted, in one transaction."""

from __future__ import annotations

from datetime import datetime

from flavorbot.errors import AllowanceSpent, Conflict, RequestReused
from flavorbot.model import Exchange, Owner, UsageEvent
from flavorbot.storage.clock import to_moment
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_metering import entries
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import ABSENT, Action, adding, from_item, put, to_item, to_ttl, update
from flavorbot.storage.limits import GUEST_USAGE_KEPT, is_key
from flavorbot.storage.records import check_owner, exchange_of, exchange_record, spent
from flavorbot.storage.table import question_key, usage_key

USAGE = 0


class DynamoDBQuestions(Part):
    """`IQuestions` over `QUESTION#…` and `USAGE#…` of a person."""

    def count_question(
        self,
        owner: Owner,
        asked: Exchange,
        limit: int | None,
        resets_at: datetime,
        event: UsageEvent | None = None,
        charged: bool = True,
    ) -> Exchange:
        check_owner(owner)
        now = self.table.moment()
        counted = _counted(owner, asked, limit, now, event, charged)
        actions = [*counted, _put(owner, asked, now), *entries(owner, event, now)]
        try:
            self.table.take(limit if charged else None, USAGE, actions)
        except (ConditionFailed, Unanswered) as error:
            stored = self._stored(owner, asked.request_id, error.reads)
            if stored is not None and to_moment(stored.expires_at) > now:
                if stored.fingerprint != asked.fingerprint:
                    raise RequestReused("This request was already used for another question.") from error
                return stored
            if isinstance(error, Unanswered):
                raise
            if charged and USAGE in error.failed:
                raise AllowanceSpent(
                    f"All {limit} questions of this period are used.", resets_at, "questions"
                ) from error
            raise Conflict("This question is being answered at this moment.") from error
        return asked

    def get_question(self, owner: Owner, request_id: str) -> Exchange | None:
        if not is_key(owner.id) or not is_key(request_id):
            return None
        found = self._stored(owner, request_id)
        return found if found is not None and to_moment(found.expires_at) > self.table.moment() else None

    def _stored(self, owner: Owner, request_id: str, attempts: int = OFTEN) -> Exchange | None:
        item = self.table.get(question_key(owner, request_id), attempts)
        return None if item is None else exchange_of(from_item(item) | {"request_id": request_id})


def _counted(
    owner: Owner, asked: Exchange, limit: int | None, now: int, event: UsageEvent | None, charged: bool
) -> list[Action]:
    """What counts a question and what a model took for it; nothing where there is neither."""
    values = ({"recipe_queries": 1} if charged else {}) | ({} if event is None else spent(event))
    if not values:
        return []
    change, condition = adding(values), None
    if owner.kind == "guest":
        change += " SET #ttl = :ttl"
        values["ttl"] = to_ttl(now + GUEST_USAGE_KEPT)
    if charged and limit is not None:
        condition = "attribute_not_exists(#recipe_queries) OR #recipe_queries < :limit"
        values["limit"] = limit
    return [update(usage_key(owner, asked.period), change, condition, None, **values)]


def _put(owner: Owner, asked: Exchange, now: int) -> Action:
    record = exchange_record(asked)
    item = to_item(record | {"request_id": None, "ttl": to_ttl(to_moment(asked.expires_at))})
    return put(question_key(owner, asked.request_id), item, f"{ABSENT} OR #expires <= :now", now=now)
