"""People: one account for an address, edits with versions, and sessions that follow an edit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import EmailTaken, NotFound, VersionConflict
from tests.storage.conftest import Store
from tests.storage.values import DAY, a_session, a_user, new_id, outcomes


def test_created_person_is_found_both_ways(store: Store) -> None:
    user = a_user(store.clock(), diets=("vegan",), allergies=None, exclude=("coriander",), theme="dark")
    store.storage.create_user(user)
    assert store.storage.get_user(user.id) == user
    assert store.storage.user_by_email(user.email) == user


def test_no_allergies_differs_from_never_asked(store: Store) -> None:
    user = a_user(store.clock(), allergies=())
    store.storage.create_user(user)
    found = store.storage.get_user(user.id)
    assert found is not None
    assert found.allergies == ()


def test_address_is_found_in_any_case(store: Store) -> None:
    user = a_user(store.clock(), email=f"Ünal.{new_id()}@Example.COM")
    store.storage.create_user(user)
    assert store.storage.user_by_email(f" {user.email.upper()} ") == user


def test_unknown_people_are_not_found(store: Store) -> None:
    assert store.storage.get_user(new_id()) is None
    assert store.storage.get_user("\0\ud800" * 2000) is None
    assert store.storage.user_by_email(f"{new_id()}@example.com") is None
    assert store.storage.user_by_email("\ud800@example.com") is None


def test_address_belongs_to_one_account(store: Store) -> None:
    first = a_user(store.clock())
    second = a_user(store.clock(), email=first.email.swapcase())
    store.storage.create_user(first)
    with pytest.raises(EmailTaken):
        store.storage.create_user(second, a_session(store.clock(), user_id=second.id))
    assert store.storage.get_user(second.id) is None
    assert store.storage.list_sessions(second.id) == []


def test_one_of_twenty_registrations_wins(store: Store) -> None:
    users = [a_user(store.clock(), email="race@example.com") for _ in range(20)]
    got = outcomes(20, lambda place: store.storage.create_user(users[place]))
    assert sorted(type(each).__name__ for each in got) == ["EmailTaken"] * 19 + ["NoneType"]
    winner = users[got.index(None)]
    assert store.storage.user_by_email("race@example.com") == winner
    assert [user for user in users if store.storage.get_user(user.id)] == [winner]


def test_registration_starts_session_and_replaces_guests(store: Store) -> None:
    guest, user = a_session(store.clock()), a_user(store.clock())
    session = a_session(store.clock(), user_id=user.id)
    store.storage.start_session(guest)
    store.calls.clear()
    store.storage.create_user(user, session, replaces=guest.sid)
    assert len(store.calls) == 1
    assert store.storage.load_session(session.sid) == session
    assert store.storage.load_session(guest.sid) is None


def test_edit_reaches_both_copies(store: Store) -> None:
    user = a_user(store.clock())
    store.storage.create_user(user)
    store.clock.advance(DAY)
    newer = store.storage.update_user(replace(user, name="Anna", allergies=()), {})
    assert (newer.version, newer.name, newer.updated_at) == (2, "Anna", store.clock())
    assert store.storage.get_user(user.id) == store.storage.user_by_email(user.email) == newer


def test_stale_edit_is_a_conflict(store: Store) -> None:
    user = a_user(store.clock())
    store.storage.create_user(user)
    newer = store.storage.update_user(replace(user, name="Anna"), {})
    with pytest.raises(VersionConflict):
        store.storage.update_user(replace(user, name="Andrea"), {})
    assert store.storage.user_by_email(user.email) == newer


def test_edit_of_nobody_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.storage.update_user(a_user(store.clock()), {})


def test_edit_cannot_change_the_address(store: Store) -> None:
    user = a_user(store.clock())
    store.storage.create_user(user)
    with pytest.raises(ValueError, match="e-mail"):
        store.storage.update_user(replace(user, email="other@example.com"), {})


def test_edit_reaches_every_session(store: Store) -> None:
    user = a_user(store.clock())
    sessions = [a_session(store.clock(), user_id=user.id) for _ in range(3)]
    store.storage.create_user(user, sessions[0])
    for session in sessions[1:]:
        store.storage.start_session(session)
    store.storage.update_user(user, {"user": '{"name":"Anna"}'})
    for session in sessions:
        found = store.storage.load_session(session.sid)
        assert found is not None
        assert found.data == {**session.data, "user": '{"name":"Anna"}'}


def test_edit_revives_no_ended_session(store: Store) -> None:
    user = a_user(store.clock())
    ended, kept = (a_session(store.clock(), user_id=user.id) for _ in range(2))
    store.storage.create_user(user, ended)
    store.storage.start_session(kept)
    store.storage.end_session(ended.sid)
    store.storage.update_user(user, {"user": "1"})
    assert store.storage.load_session(ended.sid) is None
    assert [session.sid for session in store.storage.list_sessions(user.id)] == [kept.sid]


def test_one_of_ten_edits_wins(store: Store) -> None:
    user = a_user(store.clock())
    store.storage.create_user(user, a_session(store.clock(), user_id=user.id))
    got = outcomes(
        10, lambda place: store.storage.update_user(replace(user, name=f"Ana {place}"), {"user": str(place)})
    )
    assert [type(each).__name__ for each in got].count("VersionConflict") == 9
    assert store.storage.get_user(user.id) in got
