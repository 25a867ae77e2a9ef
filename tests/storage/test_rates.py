"""Rates: counters that all workers share, in fixed windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flavorbot.errors import InvalidInput
from tests.storage.conftest import Store
from tests.storage.values import new_id, outcomes


def test_events_over_the_limit_are_refused(store: Store) -> None:
    subject = new_id()
    store.calls.clear()
    got = [store.storage.check_rate("sign-in", subject, 2, 3600).allowed for _ in range(3)]
    assert got == [True, True, False]
    assert len(store.calls) == 3


def test_subjects_and_actions_are_counted_apart(store: Store) -> None:
    subject = new_id()
    for action, who in (("sign-in", subject), ("register", subject), ("sign-in", f"{subject}#2")):
        assert store.storage.check_rate(action, who, 1, 3600).count == 1


def test_next_window_counts_from_one(store: Store) -> None:
    subject = new_id()
    store.clock.time = datetime.now(UTC).replace(minute=59, second=59) + timedelta(days=1)
    first = store.storage.check_rate("sign-in", subject, 1, 3600)
    assert first.resets_at == store.clock().replace(microsecond=0) + timedelta(seconds=1)
    store.clock.time = first.resets_at
    second = store.storage.check_rate("sign-in", subject, 1, 3600)
    assert (second.count, second.resets_at) == (1, first.resets_at + timedelta(hours=1))


def test_windows_of_two_lengths_are_apart(store: Store) -> None:
    subject = new_id()
    for window_s in (60, 3600, 86400):
        assert store.storage.check_rate("sign-in", subject, 1, window_s).count == 1


def test_parallel_events_are_all_counted(store: Store) -> None:
    subject = new_id()
    got = outcomes(20, lambda _: store.storage.check_rate("sign-in", subject, 5, 86400).allowed)
    assert got.count(True) == 5


def test_subject_that_no_key_holds_is_refused(store: Store) -> None:
    for subject in ("x" * 3000, "\ud800"):
        with pytest.raises(InvalidInput):
            store.storage.check_rate("sign-in", subject, 5, 60)
