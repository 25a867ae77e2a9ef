"""Outside identities: each signs in one person, until it is unlinked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import EmailTaken, IdentityTaken, InvalidInput
from flavorbot.model import Erasure, Identity
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import DAY, Values, a_session, a_user, new_id, outcomes

ISSUER = "https://id.example.com/realms/kitchen"


def an_identity(store: Store, **changes: Values) -> Identity:
    values: Values = {
        "issuer": ISSUER,
        "subject": new_id(),
        "user_id": new_id(),
        "label": "ada@example.com",
        "created_at": store.clock(),
    }
    return Identity(**values | changes)


def test_an_identity_is_found_by_issuer_and_subject_together(store: Store) -> None:
    identity = an_identity(store)
    store.storage.add_identity(identity)
    store.calls.clear()
    assert store.storage.find_identity(ISSUER, identity.subject) == identity
    assert len(store.calls) == 1
    assert store.storage.find_identity(f"{ISSUER}2", identity.subject) is None
    assert store.storage.find_identity(ISSUER, new_id()) is None


def test_identities_are_listed_oldest_first_and_to_their_owner_alone(store: Store) -> None:
    second = an_identity(store)
    first = an_identity(store, user_id=second.user_id, created_at=store.clock() - DAY)
    for identity in (second, first, an_identity(store)):
        store.storage.add_identity(identity)
    assert store.storage.list_identities(second.user_id) == [first, second]


def test_an_identity_of_somebody_else_is_not_taken_over(store: Store) -> None:
    identity = an_identity(store)
    store.storage.add_identity(identity)
    store.storage.add_identity(identity)
    with pytest.raises(IdentityTaken):
        store.storage.add_identity(replace(identity, user_id=new_id()))
    assert store.storage.find_identity(ISSUER, identity.subject) == identity


def test_of_eight_people_at_once_one_gets_it(store: Store) -> None:
    identity = an_identity(store)
    people = [replace(identity, user_id=new_id()) for _ in range(8)]
    got = outcomes(8, lambda place: store.storage.add_identity(people[place]))
    assert got.count(None) == 1
    winner = people[got.index(None)]
    assert store.storage.find_identity(ISSUER, identity.subject) == winner
    assert [store.storage.list_identities(each.user_id) for each in people if each is not winner] == [[]] * 7


def test_only_its_owner_unlinks_it(store: Store) -> None:
    identity = an_identity(store)
    store.storage.add_identity(identity)
    assert not store.storage.delete_identity(replace(identity, user_id=new_id()))
    assert store.storage.delete_identity(identity)
    assert not store.storage.delete_identity(identity)
    assert store.storage.find_identity(ISSUER, identity.subject) is None
    assert store.storage.list_identities(identity.user_id) == []


def test_a_person_begins_with_their_identity_and_session_or_not_at_all(store: Store) -> None:
    user = a_user(store.clock(), password_hash="")
    identity = an_identity(store, user_id=user.id)
    session = a_session(store.clock(), user_id=user.id)
    store.storage.create_user(user, session, None, identity)
    assert store.storage.get_user(user.id) == user
    assert store.storage.find_identity(ISSUER, identity.subject) == identity
    other = a_user(store.clock())
    with pytest.raises(IdentityTaken):
        store.storage.create_user(other, None, None, replace(identity, user_id=other.id))
    assert store.storage.get_user(other.id) is None
    assert store.storage.user_by_email(other.email) is None
    again = replace(other, email=user.email)
    with pytest.raises(EmailTaken):
        store.storage.create_user(again, None, None, an_identity(store, user_id=again.id))
    assert store.storage.list_identities(again.id) == []


def test_a_deleted_account_leaves_no_identity(store: Store) -> None:
    user = a_user(store.clock())
    identity = an_identity(store, user_id=user.id, subject=f"google#{new_id()}")
    store.storage.create_user(user, None, None, identity)
    erasure = Erasure(id=new_id(), user_id=user.id, began_at=store.clock())
    store.storage.begin_erasure(user, erasure)
    while erasure.done_at is None:
        erasure = store.storage.erase_some(erasure)
    assert erasure.counts["identities"] == 1
    assert store.storage.find_identity(ISSUER, identity.subject) is None


@pytest.mark.parametrize("key", ["\0", "x" * 1025, "\ud800"])
def test_what_no_key_can_be_finds_nothing(store: Store, key: str) -> None:
    store.calls.clear()
    assert store.storage.find_identity(ISSUER, key) is None
    assert store.storage.list_identities(key) == []
    assert store.calls == []
    for name in ("subject", "user_id"):
        with pytest.raises(InvalidInput):
            store.storage.add_identity(an_identity(store, **{name: key}))


def test_lost_answers_change_nothing(local: Store) -> None:
    identity = an_identity(local)
    with lost_answers(local, 2):
        local.storage.add_identity(identity)
    assert local.storage.list_identities(identity.user_id) == [identity]
    with lost_answers(local, 2):
        assert local.storage.delete_identity(identity)
    assert local.storage.find_identity(ISSUER, identity.subject) is None
