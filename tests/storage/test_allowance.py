"""Allowances: counted exactly, whoever asks at once and whatever the limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import AllowanceSpent
from flavorbot.model import Usage
from tests.storage.conftest import Store
from tests.storage.test_drafts import MINUTE, finished, reserve
from tests.storage.values import DAY, a_draft, an_owner, new_id, outcomes


def test_forty_takes_give_exactly_ten(store: Store) -> None:
    owner, now = an_owner(), store.clock()
    got = outcomes(40, lambda _: reserve(store, owner, a_draft(now), 10).state)
    assert sorted(each if isinstance(each, str) else type(each).__name__ for each in got) == [
        *["AllowanceSpent"] * 30,
        *["running"] * 10,
    ]
    assert store.storage.list_usage(owner, f"{now:%Y-%m}", f"{now:%Y-%m}")[0].recipes_generated == 10


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_zero_gives_nothing(store: Store, limit: int) -> None:
    owner = an_owner()
    for _ in range(2):
        with pytest.raises(AllowanceSpent):
            reserve(store, owner, a_draft(store.clock()), limit)
    assert store.storage.list_usage(owner, "2000-01", "2999-12") == []


def test_refusal_tells_when_it_resets(store: Store) -> None:
    with pytest.raises(AllowanceSpent) as refused:
        reserve(store, an_owner(), a_draft(store.clock()), 0)
    assert refused.value.resets_at == store.clock() + 30 * DAY


def test_no_limit_counts_too(store: Store) -> None:
    owner = an_owner()
    for _ in range(3):
        reserve(store, owner, a_draft(store.clock(), period="2026-03"), None)
    assert store.storage.list_usage(owner, "2026-03", "2026-03") == [Usage(period="2026-03", recipes_generated=3)]


def test_give_back_goes_to_its_month(store: Store) -> None:
    owner = an_owner()
    december = a_draft(store.clock(), period="2025-12")
    reserve(store, owner, december, 1)
    reserve(store, owner, a_draft(store.clock(), period="2026-01"), 1)
    store.storage.release_draft(owner, december)
    assert store.storage.list_usage(owner, "2025-01", "2026-12") == [Usage(period="2026-01", recipes_generated=1)]
    reserve(store, owner, a_draft(store.clock(), period="2025-12"), 1)


def test_given_back_in_parallel_is_given_once(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft, 2)
    reserve(store, owner, a_draft(store.clock()), 2)
    assert outcomes(8, lambda _: store.storage.release_draft(owner, draft)) == [None] * 8
    reserve(store, owner, a_draft(store.clock()), 2)
    with pytest.raises(AllowanceSpent):
        reserve(store, owner, a_draft(store.clock()), 2)


def test_overdue_is_made_room_of_once(store: Store) -> None:
    owner = an_owner()
    for _ in range(3):
        reserve(store, owner, a_draft(store.clock()), 3)
    store.clock.advance(MINUTE)
    now = store.clock()
    got = outcomes(9, lambda _: reserve(store, owner, a_draft(now), 3).state)
    assert got.count("running") == 3


def test_usage_is_listed_oldest_first(store: Store) -> None:
    owner = an_owner()
    for period in ("2026-02", "2025-11", "2024-06", "2026-03"):
        reserve(store, owner, a_draft(store.clock(), period=period))
    listed = store.storage.list_usage(owner, "2025-04", "2026-02")
    assert [usage.period for usage in listed] == ["2025-11", "2026-02"]


def test_guest_days_are_counted_apart(store: Store) -> None:
    guest = an_owner("guest")
    reserve(store, guest, a_draft(store.clock(), period="2026-03-14"), 1)
    reserve(store, guest, a_draft(store.clock(), period="2026-03-15"), 1)
    with pytest.raises(AllowanceSpent):
        reserve(store, guest, a_draft(store.clock(), period="2026-03-15"), 1)
    assert [usage.period for usage in store.storage.list_usage(guest, "2026-03-15", "2026-03-31")] == ["2026-03-15"]


def test_finished_and_lease_over_stays_counted(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft, 1)
    store.storage.finish_draft(owner, finished(draft))
    store.clock.advance(timedelta(hours=1))
    with pytest.raises(AllowanceSpent):
        reserve(store, owner, replace(draft, request_id=new_id(), claim=new_id()), 1)
