"""Web sessions: what is kept, what two requests at once keep, and what never comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import InvalidInput, NotFound
from flavorbot.model import Session, User
from tests.storage.conftest import Store
from tests.storage.values import DAY, a_session, a_user, new_id


def started(store: Store, **changes: object) -> Session:
    session = a_session(store.clock(), **changes)
    store.storage.start_session(session)
    return session


def registered(store: Store) -> User:
    user = a_user(store.clock())
    store.storage.create_user(user)
    return user


def test_started_session_is_loaded_alike(store: Store) -> None:
    session = started(store, data={"a key, with #:. in it": '{"π":[1,null]}', "empty": ""})
    assert store.storage.load_session(session.sid) == session


def test_unknown_session_is_absent(store: Store) -> None:
    assert store.storage.load_session(new_id()) is None
    assert store.storage.load_session("\ud800") is None
    assert store.storage.load_session("x" * 3000) is None


def test_page_with_session_costs_one_call(store: Store) -> None:
    session = started(store)
    store.calls.clear()
    store.storage.load_session(session.sid)
    store.storage.save_session(session.sid, {"theme": '"light"'}, session.expires_at)
    assert len(store.calls) == 2


def test_different_keys_are_both_kept(store: Store) -> None:
    session = started(store, data={"first": "1", "second": "2", "third": "3"})
    assert store.storage.save_session(session.sid, {"first": "10"}, session.expires_at)
    assert store.storage.save_session(session.sid, {"second": None, "fourth": "4"}, session.expires_at)
    found = store.storage.load_session(session.sid)
    assert found is not None
    assert found.data == {"first": "10", "third": "3", "fourth": "4"}


def test_touch_moves_the_idle_limit(store: Store) -> None:
    session = started(store)
    store.clock.advance(29 * DAY)
    assert store.storage.save_session(session.sid, {}, store.clock() + 30 * DAY)
    store.clock.advance(29 * DAY)
    found = store.storage.load_session(session.sid)
    assert found is not None
    assert (found.last_seen_at, found.data) == (store.clock() - 29 * DAY, session.data)


def test_idle_session_counts_as_absent(store: Store) -> None:
    session = started(store)
    store.clock.time = session.expires_at - timedelta(microseconds=1)
    assert store.storage.load_session(session.sid) is not None
    store.clock.time = session.expires_at
    assert store.storage.load_session(session.sid) is None
    assert not store.storage.save_session(session.sid, {"theme": "1"}, store.clock() + DAY)


def test_absolute_limit_ends_busy_session(store: Store) -> None:
    session = started(store)
    assert store.storage.save_session(session.sid, {}, session.ends_at + 30 * DAY)
    store.clock.time = session.ends_at
    assert store.storage.load_session(session.sid) is None
    assert not store.storage.save_session(session.sid, {"theme": "1"}, store.clock() + DAY)


def test_late_save_revives_no_session(store: Store) -> None:
    session = started(store)
    store.storage.end_session(session.sid)
    assert not store.storage.save_session(session.sid, {"theme": "1"}, session.expires_at)
    assert store.storage.load_session(session.sid) is None


def test_save_never_adopts_an_id(store: Store) -> None:
    sid = new_id()
    assert not store.storage.save_session(sid, {"user": "1"}, store.clock() + DAY)
    assert store.storage.load_session(sid) is None


def test_sign_in_replaces_in_one_call(store: Store) -> None:
    user, guest = registered(store), started(store)
    session = a_session(store.clock(), user_id=user.id)
    store.calls.clear()
    store.storage.start_session(session, replaces=guest.sid)
    assert len(store.calls) == 1
    assert store.storage.load_session(guest.sid) is None
    assert store.storage.load_session(session.sid) == session


def test_replacing_signed_in_session_drops_its_device(store: Store) -> None:
    first, second = registered(store), registered(store)
    old = started(store, user_id=first.id)
    new = started(store, user_id=second.id)
    store.storage.end_session(new.sid)
    store.storage.start_session(new, replaces=old.sid)
    assert store.storage.load_session(old.sid) is None
    assert store.storage.list_sessions(first.id) == []
    assert [each.sid for each in store.storage.list_sessions(second.id)] == [new.sid]


def test_replacing_unknown_session_just_starts(store: Store) -> None:
    session = a_session(store.clock())
    store.storage.start_session(session, replaces=new_id())
    assert store.storage.load_session(session.sid) == session


def test_nobody_signs_in_without_account(store: Store) -> None:
    session = a_session(store.clock(), user_id=new_id())
    with pytest.raises(NotFound):
        store.storage.start_session(session)
    assert store.storage.load_session(session.sid) is None


def test_nobody_signs_in_as_they_were_before_a_change(store: Store) -> None:
    user = registered(store)
    newer = store.storage.update_user(user, {})
    late = a_session(store.clock(), user_id=user.id)
    with pytest.raises(NotFound):
        store.storage.start_session(late, version=user.version)
    assert store.storage.load_session(late.sid) is None
    store.storage.start_session(late, version=newer.version)
    assert store.storage.load_session(late.sid) == late


def test_what_is_to_count_once_is_taken_once(store: Store) -> None:
    session = started(store, data={"once": '"x"', "other": "1"})
    taken = [
        store.storage.save_session(session.sid, {"once": None}, session.expires_at, {"once": '"x"'}) for _ in range(2)
    ]
    assert taken == [True, False]
    assert store.storage.save_session(session.sid, {"other": "2"}, session.expires_at, {"other": "3"}) is False
    assert store.storage.save_session(session.sid, {"other": "2"}, session.expires_at, {"other": "1"}) is True
    stored = store.storage.load_session(session.sid)
    assert stored
    assert stored.data == {"other": "2"}


def test_devices_are_listed_latest_first(store: Store) -> None:
    user = registered(store)
    first = started(store, user_id=user.id)
    second = started(store, user_id=user.id, browser="Safari on iPhone")
    store.clock.advance(timedelta(hours=1))
    store.storage.save_session(first.sid, {}, first.expires_at)
    devices = store.storage.list_sessions(user.id)
    assert devices == [replace(first, data={}, last_seen_at=store.clock()), replace(second, data={})]


def test_expired_devices_are_not_listed(store: Store) -> None:
    user = registered(store)
    started(store, user_id=user.id)
    later = started(store, user_id=user.id, expires_at=store.clock() + 60 * DAY)
    store.clock.advance(31 * DAY)
    assert [each.sid for each in store.storage.list_sessions(user.id)] == [later.sid]


def test_nobody_ends_anothers_session(store: Store) -> None:
    user, other = registered(store), registered(store)
    session = started(store, user_id=user.id)
    store.storage.end_session(session.sid, other.id)
    assert store.storage.load_session(session.sid) == session
    store.storage.end_session(session.sid, user.id)
    assert store.storage.load_session(session.sid) is None
    assert store.storage.list_sessions(user.id) == []


def test_ending_twice_does_no_harm(store: Store) -> None:
    user = registered(store)
    session = started(store, user_id=user.id)
    for _ in range(2):
        store.storage.end_session(session.sid, user.id)
        store.storage.end_session(session.sid)
    assert store.storage.load_session(session.sid) is None


def test_session_over_32_kb_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        started(store, data={"a": "é" * 17_000})
    session = started(store, data={"a": "x" * 20_000})
    with pytest.raises(InvalidInput):
        store.storage.save_session(session.sid, {"b": "y" * 20_000, "a": "z" * 20_000}, session.expires_at)
    assert store.storage.load_session(session.sid) == session


def test_more_sessions_than_one_step_changes(store: Store) -> None:
    user = registered(store)
    sessions = []
    for _ in range(92):
        store.clock.advance(timedelta(seconds=1))
        sessions.append(started(store, user_id=user.id, created_at=store.clock()))
    store.storage.update_user(user, {"user": "1"})
    assert [store.storage.load_session(each.sid) for each in sessions[:2]] == [None, None]
    kept = store.storage.load_session(sessions[2].sid)
    assert kept is not None
    assert kept.data["user"] == "1"
