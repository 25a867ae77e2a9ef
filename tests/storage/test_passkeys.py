"""The keys of people's devices: found by their owner, counted on, and gone when deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.model import Passkey
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import DAY, Values, new_id, outcomes


def a_passkey(store: Store, **changes: Values) -> Passkey:
    values: Values = {
        "id": new_id(),
        "user_id": new_id(),
        "credential_id": "Y3JlZGVudGlhbA",
        "public_key": b"\xa5\x01\x02\x00",
        "sign_count": 0,
        "name": "Telefon ☎",
        "synced": True,
        "created_at": store.clock(),
    }
    return Passkey(**values | changes)


def test_a_passkey_is_its_owners_alone(store: Store) -> None:
    passkey = a_passkey(store, synced=False, sign_count=7)
    assert store.storage.add_passkey(passkey)
    assert store.storage.get_passkey(passkey.user_id, passkey.id) == passkey
    assert store.storage.get_passkey(new_id(), passkey.id) is None
    assert store.storage.list_passkeys(new_id()) == []


def test_passkeys_are_listed_oldest_first(store: Store) -> None:
    second = a_passkey(store)
    first = a_passkey(store, user_id=second.user_id, created_at=store.clock() - DAY)
    for passkey in (second, first):
        store.storage.add_passkey(passkey)
    assert store.storage.list_passkeys(second.user_id) == [first, second]


def test_one_that_is_known_is_not_replaced(store: Store) -> None:
    passkey = a_passkey(store)
    assert store.storage.add_passkey(passkey)
    assert not store.storage.add_passkey(replace(passkey, public_key=b"other"))
    assert store.storage.list_passkeys(passkey.user_id) == [passkey]


def test_one_of_eight_uses_of_the_same_count_is_stored(store: Store) -> None:
    passkey = a_passkey(store, sign_count=3)
    store.storage.add_passkey(passkey)
    used = [replace(passkey, sign_count=4 + place, last_used_at=store.clock() + DAY) for place in range(8)]
    got = outcomes(8, lambda place: store.storage.update_passkey(passkey, used[place]))
    assert (got.count(True), got.count(False)) == (1, 7)
    assert store.storage.get_passkey(passkey.user_id, passkey.id) == used[got.index(True)]


def test_a_deleted_passkey_does_not_come_back(store: Store) -> None:
    passkey = a_passkey(store)
    store.storage.add_passkey(passkey)
    assert not store.storage.delete_passkey(new_id(), passkey.id)
    assert store.storage.delete_passkey(passkey.user_id, passkey.id)
    assert not store.storage.delete_passkey(passkey.user_id, passkey.id)
    assert not store.storage.update_passkey(passkey, replace(passkey, name="back"))
    assert store.storage.list_passkeys(passkey.user_id) == []


@pytest.mark.parametrize("key", ["\0", "x" * 1025, "\ud800"])
def test_what_no_key_can_be_finds_no_passkey(store: Store, key: str) -> None:
    store.calls.clear()
    assert store.storage.get_passkey(key, "x") is None
    assert store.storage.list_passkeys(key) == []
    assert not store.storage.delete_passkey("x", key)
    assert store.calls == []
    for name in ("id", "user_id"):
        with pytest.raises(InvalidInput):
            store.storage.add_passkey(a_passkey(store, **{name: key}))


def test_lost_answers_leave_passkeys_as_they_should_be(local: Store) -> None:
    passkey = a_passkey(local)
    used = replace(passkey, sign_count=1)
    with lost_answers(local, 1) as lost:
        assert local.storage.add_passkey(passkey)
    with lost_answers(local, 1) as lost_again:
        assert local.storage.update_passkey(passkey, used)
    with lost_answers(local, 1) as lost_at_last:
        assert local.storage.delete_passkey(passkey.user_id, passkey.id)
    assert len(lost + lost_again + lost_at_last) == 3
