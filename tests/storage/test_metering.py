"""What language models took: counted once for its person, once for everybody, and logged once, in one step."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from flavorbot.model import ModelUsage, Tokens, Usage
from flavorbot.storage.clock import to_moment
from tests.storage.conftest import Store
from tests.storage.metering import a_metered_draft, an_event, logged, new_month, of_person, total
from tests.storage.test_drafts import MINUTE, finished, reserve, used
from tests.storage.values import DAY, an_owner, new_id, outcomes


def test_finishing_meters_in_one_call(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    event = an_event(draft)
    store.calls.clear()
    assert store.storage.finish_draft(owner, finished(draft), event)
    assert len(store.calls) == 1
    assert of_person(store, owner, draft.period) == Usage(
        period=draft.period, recipes_generated=1, tokens=event.tokens, cost_usd=event.cost_usd or Decimal(0)
    )
    assert total(store, draft.period) == ModelUsage(
        month=draft.period, requests=1, tokens=event.tokens, cost_usd=event.cost_usd or Decimal(0)
    )


def test_an_event_is_logged_with_what_it_was(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    store.storage.finish_draft(owner, finished(draft), an_event(draft))
    (event,) = logged(store, owner)
    assert {name: event[name] for name in ("action", "period", "outcome", "model", "at")} == {
        "action": "generate",
        "period": draft.period,
        "outcome": "made",
        "model": "test-model",
        "at": to_moment(draft.created_at),
    }
    assert (event["tokens_in"], event["tokens_out"], event["cost"]) == (812, 403, 363_600_001)


def test_finished_twice_is_metered_once(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    for _ in range(2):
        assert store.storage.finish_draft(owner, finished(draft), an_event(draft))
    assert total(store, draft.period).requests == len(logged(store, owner)) == 1


def test_without_an_event_nothing_is_metered(store: Store) -> None:
    owner, draft, other = an_owner(), a_metered_draft(store), a_metered_draft(store)
    for each in (draft, other):
        reserve(store, owner, each)
    store.storage.finish_draft(owner, finished(draft))
    store.storage.release_draft(owner, other)
    assert total(store, draft.period) == ModelUsage(month=draft.period)
    assert total(store, other.period) == ModelUsage(month=other.period)
    assert logged(store, owner) == []


def test_what_is_not_charged_is_given_back_once(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, a_metered_draft(store, draft.period))
    reserve(store, owner, draft, 2)
    for _ in range(2):
        assert store.storage.finish_draft(owner, finished(draft), an_event(draft, outcome="fallback"), False)
        store.storage.release_draft(owner, draft)
    assert store.storage.get_draft(owner, draft.request_id) == finished(draft)
    assert used(store, owner) == 1


def test_what_is_not_charged_leaves_room(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft, 1)
    store.storage.finish_draft(owner, finished(draft), None, False)
    assert reserve(store, owner, replace(draft, claim=new_id()), 1).state == "done"
    reserve(store, owner, a_metered_draft(store, draft.period), 1)
    assert used(store, owner) == 1


def test_finished_in_parallel_is_counted_once(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    event = an_event(draft)
    got = outcomes(8, lambda _: store.storage.finish_draft(owner, finished(draft), event, False))
    assert got == [True] * 8
    assert total(store, draft.period) == ModelUsage(
        month=draft.period, requests=1, tokens=event.tokens, cost_usd=event.cost_usd or Decimal(0)
    )
    assert used(store, owner) == 0


def test_a_failure_is_metered_and_given_back(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    event = an_event(draft, outcome="failed")
    for _ in range(3):
        store.storage.release_draft(owner, draft, event)
    usage = of_person(store, owner, draft.period)
    assert (usage.recipes_generated, usage.tokens) == (0, event.tokens)
    assert total(store, draft.period).requests == 1
    assert [each["outcome"] for each in logged(store, owner)] == ["failed"]


def test_failures_in_parallel_are_metered_once(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    event = an_event(draft)
    assert outcomes(8, lambda _: store.storage.release_draft(owner, draft, event)) == [None] * 8
    assert of_person(store, owner, draft.period).tokens == event.tokens
    assert (total(store, draft.period).requests, used(store, owner)) == (1, 0)


def test_what_was_finished_is_not_metered_as_failed(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    event = an_event(draft)
    store.storage.finish_draft(owner, finished(draft), event)
    store.storage.release_draft(owner, draft, replace(event, outcome="failed"))
    assert (total(store, draft.period).requests, used(store, owner)) == (1, 1)
    assert [each["outcome"] for each in logged(store, owner)] == ["made"]


@pytest.mark.parametrize("taken_over", [False, True])
def test_an_overdue_claim_is_metered_all_the_same(store: Store, taken_over: bool) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft, 1)
    store.clock.advance(MINUTE)
    event, again = an_event(draft), replace(draft, claim=new_id(), lease_ends_at=store.clock() + MINUTE)
    if taken_over:
        reserve(store, owner, again, 1)
    assert not store.storage.finish_draft(owner, finished(draft), event)
    for _ in range(2):
        store.storage.release_draft(owner, draft, event)
    assert total(store, draft.period).requests == len(logged(store, owner)) == 1
    assert of_person(store, owner, draft.period).tokens == event.tokens
    assert used(store, owner) == int(taken_over)
    assert store.storage.finish_draft(owner, finished(again)) is taken_over


def test_metering_is_in_the_month_of_the_claim(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    store.storage.finish_draft(owner, finished(draft), an_event(draft))
    assert total(store, draft.period).requests == 1
    assert total(store, f"{store.clock():%Y-%m}").requests == 0


def test_a_guests_day_counts_in_its_month(store: Store) -> None:
    guest, month = an_owner("guest"), new_month()
    for day in ("14", "15"):
        draft = a_metered_draft(store, f"{month}-{day}")
        reserve(store, guest, draft)
        store.storage.finish_draft(guest, finished(draft), an_event(draft), day == "14")
    assert [usage.recipes_generated for usage in store.storage.list_usage(guest, month, f"{month}-31")] == [1, 0]
    assert of_person(store, guest, f"{month}-15").tokens == Tokens(812, 403)
    assert (total(store, month).requests, total(store, month).tokens) == (2, Tokens(1624, 806))


def test_an_unknown_price_is_told_apart_from_nothing(store: Store) -> None:
    owner, month = an_owner(), new_month()
    for cost in (None, Decimal(0), Decimal("1.5")):
        draft = a_metered_draft(store, month)
        reserve(store, owner, draft)
        store.storage.finish_draft(owner, finished(draft), an_event(draft, cost_usd=cost))
    assert (total(store, month).requests, total(store, month).unpriced) == (3, 1)
    assert total(store, month).cost_usd == of_person(store, owner, month).cost_usd == Decimal("1.5")


def test_many_at_once_add_up_exactly(store: Store) -> None:
    drafts, owners = [a_metered_draft(store, new_month())] * 24, [an_owner() for _ in range(24)]
    month = drafts[0].period
    for owner, draft in zip(owners, drafts, strict=True):
        reserve(store, owner, draft)

    def finish(place: int) -> bool:
        return store.storage.finish_draft(owners[place], finished(drafts[place]), an_event(drafts[place]))

    assert outcomes(24, finish) == [True] * 24
    assert total(store, month) == ModelUsage(
        month=month, requests=24, tokens=Tokens(24 * 812, 24 * 403), cost_usd=Decimal("0.008726400024")
    )


def test_months_are_listed_as_they_are_asked_for(store: Store) -> None:
    owner, months = an_owner(), [new_month() for _ in range(3)]
    for month in (months[2], months[0], months[0]):
        draft = a_metered_draft(store, month)
        reserve(store, owner, draft)
        store.storage.finish_draft(owner, finished(draft), an_event(draft))
    listed = store.storage.list_model_usage(months[::-1])
    assert [(usage.month, usage.requests) for usage in listed] == list(zip(months[::-1], (1, 0, 2), strict=True))


def test_metering_outlives_the_draft(store: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(store)
    reserve(store, owner, draft)
    store.storage.finish_draft(owner, finished(draft), an_event(draft))
    store.clock.advance(2 * DAY)
    assert store.storage.get_draft(owner, draft.request_id) is None
    assert of_person(store, owner, draft.period).tokens == Tokens(812, 403)


def test_a_year_is_read_without_a_scan(dynamodb: Store) -> None:
    dynamodb.storage.list_model_usage([f"2026-{month:02d}" for month in range(1, 13)])
    assert dynamodb.calls == ["batch_get_item"] * 2
