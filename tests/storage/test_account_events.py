"""What happened to an account is kept for 90 days, for its owner alone."""

from __future__ import annotations

from flavorbot.model import Event
from tests.storage.conftest import Store
from tests.storage.values import DAY, new_id


def an_event(store: Store, what: str = "Signed in") -> Event:
    return Event(id=new_id(), at=store.clock(), what=what, detail="<b>", browser="Firefox", address="192.0.2.1")


def test_events_are_listed_latest_first(store: Store) -> None:
    user = new_id()
    first, second = an_event(store), an_event(store, "Token made")
    for event in (first, second):
        store.storage.add_event(user, event)
    store.storage.add_event(new_id(), an_event(store))
    assert store.storage.list_events(user, 10) == [second, first]
    assert store.storage.list_events(user, 1) == [second]
    assert store.storage.list_events("\0", 10) == []


def test_events_are_gone_after_ninety_days(store: Store) -> None:
    user = new_id()
    store.storage.add_event(user, an_event(store))
    store.clock.advance(90 * DAY)
    assert store.storage.list_events(user, 10) == []
