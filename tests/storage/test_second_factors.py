"""What makes the codes of authenticator apps: one a person, changed by one request at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.model import SecondFactor
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import Values, a_user, new_id, outcomes


def a_factor(store: Store, **changes: Values) -> SecondFactor:
    values: Values = {
        "user_id": new_id(),
        "nonce": new_id(),
        "recovery": ("a", "b"),
        "last_step": 59_000_000,
        "created_at": store.clock(),
    }
    return SecondFactor(**values | changes)


def test_a_later_factor_takes_the_place_of_the_first(store: Store) -> None:
    factor = a_factor(store)
    assert store.storage.get_second_factor(factor.user_id) is None
    store.storage.put_second_factor(factor)
    store.storage.put_second_factor(a_factor(store))
    assert store.storage.get_second_factor(factor.user_id) == factor
    other = a_factor(store, user_id=factor.user_id, recovery=())
    store.storage.put_second_factor(other)
    assert store.storage.get_second_factor(factor.user_id) == other
    assert not store.storage.update_second_factor(factor)


def test_one_of_eight_uses_of_a_code_is_stored(store: Store) -> None:
    factor = a_factor(store)
    store.storage.put_second_factor(factor)
    used = replace(factor, recovery=("b",), last_step=59_000_001)
    got = outcomes(8, lambda _: store.storage.update_second_factor(used))
    assert (got.count(True), got.count(False)) == (1, 7)
    assert store.storage.get_second_factor(factor.user_id) == replace(used, version=2)


def test_a_deleted_factor_is_not_brought_back_by_its_use(store: Store) -> None:
    factor = a_factor(store)
    store.storage.put_second_factor(factor)
    store.storage.delete_second_factor(factor.user_id)
    store.storage.delete_second_factor(factor.user_id)
    assert not store.storage.update_second_factor(factor)
    assert store.storage.get_second_factor(factor.user_id) is None


def test_a_person_is_asked_for_codes_in_both_copies(store: Store) -> None:
    user = a_user(store.clock())
    store.storage.create_user(user)
    asked = store.storage.update_user(replace(user, second_factor_at=store.clock()), {})
    assert store.storage.get_user(user.id) == store.storage.user_by_email(user.email) == asked
    assert asked.second_factor_at == store.clock()
    store.storage.update_user(replace(asked, second_factor_at=None), {})
    found = store.storage.get_user(user.id)
    assert found is not None
    assert found.second_factor_at is None


@pytest.mark.parametrize("key", ["\0", "x" * 1025, "\ud800"])
def test_what_no_key_can_be_finds_no_factor(store: Store, key: str) -> None:
    store.calls.clear()
    assert store.storage.get_second_factor(key) is None
    store.storage.delete_second_factor(key)
    assert store.calls == []
    with pytest.raises(InvalidInput):
        store.storage.put_second_factor(a_factor(store, user_id=key))


def test_a_lost_answer_does_not_use_up_a_code_in_vain(local: Store) -> None:
    factor = a_factor(local)
    local.storage.put_second_factor(factor)
    with lost_answers(local, 1) as lost:
        assert local.storage.update_second_factor(replace(factor, last_step=59_000_001))
    assert len(lost) == 1
