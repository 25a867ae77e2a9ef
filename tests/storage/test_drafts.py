"""Drafts: one request is one draft, a claim has one holder, and nothing outlives its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from flavorbot.errors import RequestReused
from flavorbot.model import Draft, Owner, Wish
from tests.storage.conftest import Store
from tests.storage.values import DAY, NOTICES, a_draft, a_recipe, an_owner, new_id, outcomes

MINUTE = timedelta(minutes=1)


def reserve(store: Store, owner: Owner, draft: Draft, limit: int | None = 10) -> Draft:
    return store.storage.reserve_draft(owner, draft, limit, store.clock() + 30 * DAY)


def finished(draft: Draft) -> Draft:
    recipe = a_recipe(id=None)
    return replace(draft, state="done", recipe=recipe, notices=NOTICES, wish=replace(draft.wish, servings=6))


def used(store: Store, owner: Owner) -> int:
    return sum(usage.recipes_generated for usage in store.storage.list_usage(owner, "2000-01", "2999-12"))


@pytest.mark.parametrize("kind", ["user", "guest"])
def test_reserved_draft_is_read_alike(store: Store, kind: Literal["user", "guest"]) -> None:
    owner, draft = an_owner(kind), a_draft(store.clock())
    store.calls.clear()
    assert reserve(store, owner, draft) == draft
    assert len(store.calls) == 1
    assert store.storage.get_draft(owner, draft.request_id) == draft


def test_finished_draft_has_its_result(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft)
    done = finished(draft)
    assert store.storage.finish_draft(owner, done)
    assert store.storage.get_draft(owner, draft.request_id) == done


def test_same_request_takes_nothing_more(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft, 1)
    assert reserve(store, owner, replace(draft, claim=new_id()), 1) == draft
    store.storage.finish_draft(owner, finished(draft))
    assert reserve(store, owner, replace(draft, claim=new_id()), 0).state == "done"
    assert used(store, owner) == 1


def test_same_request_for_another_wish_is_refused(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft)
    with pytest.raises(RequestReused):
        reserve(store, owner, replace(draft, fingerprint="other", wish=Wish(wish="soup")))
    assert used(store, owner) == 1


def test_twenty_of_one_request_have_one_holder(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    got = outcomes(20, lambda _: reserve(store, owner, replace(draft, claim=new_id()), 1).claim)
    assert len(set(got)) == 1
    assert used(store, owner) == 1


def test_nobody_sees_anothers_draft(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft)
    for other in (an_owner(), Owner("guest", owner.id)):
        assert store.storage.get_draft(other, draft.request_id) is None
        assert not store.storage.finish_draft(other, finished(draft))
        store.storage.release_draft(other, draft)
    assert used(store, owner) == 1


def test_only_the_holder_finishes(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft)
    assert not store.storage.finish_draft(owner, finished(replace(draft, claim=new_id())))
    assert store.storage.finish_draft(owner, finished(draft))
    assert store.storage.finish_draft(owner, finished(draft))


def test_released_claim_is_given_back_once(store: Store) -> None:
    owner, first, second = an_owner(), a_draft(store.clock()), a_draft(store.clock())
    reserve(store, owner, first)
    reserve(store, owner, second)
    for _ in range(3):
        store.storage.release_draft(owner, first)
    assert store.storage.get_draft(owner, first.request_id) is None
    assert used(store, owner) == 1
    assert not store.storage.finish_draft(owner, finished(first))


def test_released_request_can_begin_anew(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft, 1)
    store.storage.release_draft(owner, draft)
    again = replace(draft, claim=new_id())
    assert reserve(store, owner, again, 1) == again


def test_finished_draft_is_not_given_back(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft)
    store.storage.finish_draft(owner, finished(draft))
    store.storage.release_draft(owner, draft)
    assert used(store, owner) == 1
    assert store.storage.get_draft(owner, draft.request_id) is not None


def test_overdue_claim_counts_as_never_begun(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft)
    store.clock.advance(MINUTE)
    assert store.storage.get_draft(owner, draft.request_id) is None
    assert not store.storage.finish_draft(owner, finished(draft))
    assert used(store, owner) == 0


def test_overdue_request_is_taken_anew(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft, 1)
    store.clock.advance(MINUTE)
    again = replace(draft, claim=new_id(), lease_ends_at=store.clock() + MINUTE)
    assert reserve(store, owner, again, 1) == again
    store.storage.release_draft(owner, draft)
    assert store.storage.finish_draft(owner, finished(again))
    assert used(store, owner) == 1


def test_overdue_claims_make_room_at_the_limit(store: Store) -> None:
    owner = an_owner()
    killed = [a_draft(store.clock()) for _ in range(2)]
    for draft in killed:
        reserve(store, owner, draft, 2)
    store.clock.advance(MINUTE)
    new = a_draft(store.clock())
    assert reserve(store, owner, new, 2) == new
    for draft in killed:
        store.storage.release_draft(owner, draft)
        assert not store.storage.finish_draft(owner, finished(draft))
    assert used(store, owner) == 1


def test_draft_lasts_a_day(store: Store) -> None:
    owner, draft = an_owner(), a_draft(store.clock())
    reserve(store, owner, draft, 2)
    store.storage.finish_draft(owner, finished(draft))
    store.clock.time = draft.expires_at
    assert store.storage.get_draft(owner, draft.request_id) is None
    again = a_draft(store.clock(), request_id=draft.request_id, fingerprint="other", period=draft.period)
    assert reserve(store, owner, again, 2) == again
    assert used(store, owner) == 2
