"""Links in mails: good once, until they expire or a later one takes their place; and people who move to an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import EmailTaken, VersionConflict
from flavorbot.model import MailToken
from tests.storage.conftest import Store
from tests.storage.values import a_session, a_user, new_id, outcomes

HOUR = timedelta(hours=1)


def a_token(store: Store, user_id: str) -> MailToken:
    return MailToken(
        kind="reset",
        user_id=user_id,
        token_hash=new_id(),
        email="ada@example.com",
        bound="x",
        created_at=store.clock(),
        expires_at=store.clock() + HOUR,
    )


def test_a_link_is_good_once(store: Store) -> None:
    token = a_token(store, new_id())
    store.storage.put_mail_token(token)
    assert store.storage.mail_token(token.token_hash) == token
    taken = outcomes(5, lambda _: store.storage.take_mail_token(token))
    assert sorted(map(str, taken)) == ["False"] * 4 + ["True"]
    assert store.storage.mail_token(token.token_hash) is None
    assert store.storage.mail_token("\0") is None


def test_a_later_link_takes_its_place(store: Store) -> None:
    first = a_token(store, new_id())
    second, other = a_token(store, first.user_id), replace(a_token(store, first.user_id), kind="confirm")
    for token in (first, other, second):
        store.storage.put_mail_token(token)
    assert store.storage.mail_token(first.token_hash) is None
    assert not store.storage.take_mail_token(first)
    assert store.storage.take_mail_token(second)
    assert store.storage.take_mail_token(other)


def test_a_link_ends_with_its_time(store: Store) -> None:
    token = a_token(store, new_id())
    store.storage.put_mail_token(token)
    store.clock.advance(HOUR)
    assert store.storage.mail_token(token.token_hash) is None
    assert not store.storage.take_mail_token(token)


def test_a_person_moves_to_a_free_address(store: Store) -> None:
    user, other = a_user(store.clock()), a_user(store.clock())
    session = a_session(store.clock(), user_id=user.id)
    store.storage.create_user(user, session)
    store.storage.create_user(other)
    with pytest.raises(EmailTaken):
        store.storage.change_email(user, other.email.upper(), {})
    email = f"{new_id()}@example.com"
    moved = store.storage.change_email(user, email, {"user": "moved"})
    assert store.storage.user_by_email(email) == store.storage.get_user(user.id) == moved
    assert store.storage.user_by_email(user.email) is None
    found = store.storage.load_session(session.sid)
    assert found
    assert found.data["user"] == "moved"
    with pytest.raises(VersionConflict):
        store.storage.change_email(replace(moved, version=1), user.email, {})
    store.storage.create_user(a_user(store.clock(), email=user.email))


def test_what_is_said_of_the_address_is_kept(store: Store) -> None:
    for changes in ({"email_confirmed_at": store.clock()}, {"disabled_at": store.clock()}):
        user = a_user(store.clock(), **changes)
        store.storage.create_user(user)
        assert store.storage.get_user(user.id) == user
