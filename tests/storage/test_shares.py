"""Links to recipes: one for each recipe, found by its token until it expires or is ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.model import Share
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import DAY, Values, new_id, outcomes


def a_share(store: Store, **changes: Values) -> Share:
    values: Values = {
        "user_id": new_id(),
        "recipe_id": new_id(),
        "token_hash": new_id(),
        "nonce": new_id(),
        "created_at": store.clock(),
        "expires_at": store.clock() + 7 * DAY,
    }
    return Share(**values | changes)


def found(store: Store, share: Share) -> tuple[Share | None, Share | None]:
    """By its owner, and by its token."""
    by_owner = store.storage.get_share(share.user_id, share.recipe_id)
    return by_owner, store.storage.share_by_token(share.token_hash)


@pytest.mark.parametrize("published", [True, False])
def test_a_link_is_found_by_owner_and_token(store: Store, published: bool) -> None:
    share = a_share(store, published=published)
    store.calls.clear()
    assert store.storage.create_share(share) == share
    assert found(store, share) == (share, share)
    assert len(store.calls) == 3


def test_a_recipe_keeps_its_first_link(store: Store) -> None:
    first = a_share(store)
    second = a_share(store, user_id=first.user_id, recipe_id=first.recipe_id)
    store.storage.create_share(first)
    assert store.storage.create_share(second) == first
    assert store.storage.share_by_token(second.token_hash) is None


def test_of_twenty_links_at_once_one_is_kept(store: Store) -> None:
    first = a_share(store)
    rivals = [replace(first, token_hash=new_id(), nonce=new_id()) for _ in range(20)]
    got = outcomes(20, lambda place: store.storage.create_share(rivals[place]))
    kept = store.storage.get_share(first.user_id, first.recipe_id)
    assert kept in rivals
    assert got == [kept] * 20
    assert [each for each in rivals if store.storage.share_by_token(each.token_hash)] == [kept]


def test_a_change_is_seen_both_ways(store: Store) -> None:
    share = a_share(store)
    store.storage.create_share(share)
    longer = replace(share, expires_at=share.expires_at + 300 * DAY, published=True)
    assert store.storage.change_share(longer)
    assert found(store, share) == (longer, longer)


def test_a_link_expires_on_time(store: Store) -> None:
    share = a_share(store)
    store.storage.create_share(share)
    store.clock.advance(7 * DAY)
    assert found(store, share) == (None, None)
    assert not store.storage.change_share(replace(share, expires_at=store.clock() + DAY))
    assert not store.storage.end_share(share)
    later = a_share(store, user_id=share.user_id, recipe_id=share.recipe_id)
    assert store.storage.create_share(later) == later
    assert found(store, later) == (later, later)


def test_an_ended_link_is_gone_at_once(store: Store) -> None:
    share = a_share(store)
    store.storage.create_share(share)
    assert store.storage.end_share(share)
    assert found(store, share) == (None, None)
    assert not store.storage.end_share(share)


def test_a_late_renewal_does_not_bring_a_link_back(store: Store) -> None:
    share = a_share(store)
    store.storage.create_share(share)
    store.storage.end_share(share)
    assert not store.storage.change_share(replace(share, expires_at=share.expires_at + DAY))
    assert found(store, share) == (None, None)


def test_an_ended_link_does_not_end_the_next(store: Store) -> None:
    first = a_share(store)
    store.storage.create_share(first)
    store.storage.end_share(first)
    second = a_share(store, user_id=first.user_id, recipe_id=first.recipe_id)
    store.storage.create_share(second)
    assert not store.storage.end_share(first)
    assert found(store, second) == (second, second)


def test_nobody_finds_anothers_link(store: Store) -> None:
    share = a_share(store)
    store.storage.create_share(share)
    assert store.storage.get_share(new_id(), share.recipe_id) is None
    assert store.storage.get_share(share.user_id, new_id()) is None


@pytest.mark.parametrize("key", ["\0", "x" * 1025, "\ud800"])
def test_what_no_key_can_be_finds_nothing(store: Store, key: str) -> None:
    store.calls.clear()
    assert store.storage.share_by_token(key) is None
    assert store.storage.get_share(key, "x") is None
    assert store.calls == []
    for name in ("user_id", "recipe_id", "token_hash"):
        with pytest.raises(InvalidInput):
            store.storage.create_share(a_share(store, **{name: key}))


def test_lost_answers_change_nothing(local: Store) -> None:
    share = a_share(local)
    longer = replace(share, expires_at=share.expires_at + DAY)
    with lost_answers(local, 2) as lost:
        assert local.storage.create_share(share) == share
    with lost_answers(local, 2) as lost_again:
        assert local.storage.change_share(longer)
    assert found(local, share) == (longer, longer)
    with lost_answers(local, 2) as lost_at_last:
        assert local.storage.end_share(longer)
    assert found(local, share) == (None, None)
    assert len(lost + lost_again + lost_at_last) == 6
