"""What lets scripts in: found by its owner and by its hash until it expires or is ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.model import AccessToken
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import DAY, Values, new_id


def a_token(store: Store, **changes: Values) -> AccessToken:
    values: Values = {
        "id": new_id(),
        "user_id": new_id(),
        "name": "backup",
        "scope": "read",
        "token_hash": new_id(),
        "created_at": store.clock(),
        "expires_at": store.clock() + 7 * DAY,
    }
    return AccessToken(**values | changes)


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_token_is_found_by_owner_and_hash(store: Store, scope: str) -> None:
    token = a_token(store, scope=scope)
    store.calls.clear()
    store.storage.create_access_token(token)
    assert store.storage.access_token(token.token_hash) == token
    assert store.storage.list_access_tokens(token.user_id) == [token]
    assert len(store.calls) == 3


def test_tokens_are_listed_newest_first_and_to_their_owner_alone(store: Store) -> None:
    first = a_token(store)
    second = a_token(store, user_id=first.user_id)
    for token in (first, second, a_token(store)):
        store.storage.create_access_token(token)
    assert store.storage.list_access_tokens(first.user_id) == [second, first]


def test_an_ended_token_opens_nothing(store: Store) -> None:
    token = a_token(store)
    store.storage.create_access_token(token)
    assert not store.storage.end_access_token(new_id(), token.id)
    assert store.storage.end_access_token(token.user_id, token.id)
    assert not store.storage.end_access_token(token.user_id, token.id)
    assert store.storage.access_token(token.token_hash) is None
    assert store.storage.list_access_tokens(token.user_id) == []


def test_a_token_ends_with_its_time_though_it_is_still_stored(store: Store) -> None:
    token = a_token(store)
    store.storage.create_access_token(token)
    store.clock.advance(8 * DAY)
    assert store.storage.access_token(token.token_hash) is None
    assert store.storage.list_access_tokens(token.user_id) == []
    assert not store.storage.end_access_token(token.user_id, token.id)


def test_use_is_remembered_in_both_places(store: Store) -> None:
    token = a_token(store)
    store.storage.create_access_token(token)
    used = replace(token, last_used_at=store.clock() + timedelta(hours=2))
    store.storage.touch_access_token(token, used.last_used_at or store.clock())
    assert store.storage.access_token(token.token_hash) == used
    assert store.storage.list_access_tokens(token.user_id) == [used]


def test_using_an_ended_token_does_not_bring_it_back(store: Store) -> None:
    token = a_token(store)
    store.storage.create_access_token(token)
    store.storage.end_access_token(token.user_id, token.id)
    store.storage.touch_access_token(token, store.clock())
    assert store.storage.access_token(token.token_hash) is None


@pytest.mark.parametrize("key", ["\0", "x" * 1025, "\ud800"])
def test_what_no_key_can_be_finds_nothing(store: Store, key: str) -> None:
    store.calls.clear()
    assert store.storage.access_token(key) is None
    assert store.storage.list_access_tokens(key) == []
    assert not store.storage.end_access_token(key, "x")
    assert store.calls == []
    for name in ("id", "user_id", "token_hash"):
        with pytest.raises(InvalidInput):
            store.storage.create_access_token(a_token(store, **{name: key}))


def test_a_link_is_no_token(store: Store) -> None:
    token = a_token(store)
    store.storage.create_access_token(token)
    assert store.storage.share_by_token(token.token_hash) is None


def test_lost_answers_change_nothing(local: Store) -> None:
    token = a_token(local)
    with lost_answers(local, 2) as lost:
        local.storage.create_access_token(token)
    assert local.storage.list_access_tokens(token.user_id) == [token]
    with lost_answers(local, 2) as lost_again:
        assert local.storage.end_access_token(token.user_id, token.id)
    assert local.storage.access_token(token.token_hash) is None
    assert len(lost + lost_again) == 4
