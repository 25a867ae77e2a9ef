"""Time-to-live removes items one by one: what is left behind of a whole does no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.dynamodb_metering import SHARDS
from flavorbot.storage.items import delete, from_item
from flavorbot.storage.table import (
    Key,
    device_key,
    draft_key,
    event_key,
    model_usage_key,
    recipe_key,
    request_key,
    session_key,
    usage_key,
)
from tests.storage.conftest import Store
from tests.storage.metering import a_metered_draft, an_event, total
from tests.storage.test_drafts import finished, reserve, used
from tests.storage.values import a_draft, a_recipe, a_session, a_user, an_owner, new_id


def reap(store: Store, key: Key) -> None:
    """Remove an item, as time-to-live does."""
    assert isinstance(store.storage, DynamoDBStorage)
    store.storage.table.write(delete(key))


def lasts(store: Store, key: Key) -> timedelta | None:
    """How long time-to-live leaves an item, to the day; None for ever."""
    assert isinstance(store.storage, DynamoDBStorage)
    ends = from_item(store.storage.table.get(key) or {}).get("ttl")
    return None if ends is None else timedelta(days=round((int(ends) - store.clock().timestamp()) / 86_400))


def stored(store: Store, key: Key) -> bool:
    assert isinstance(store.storage, DynamoDBStorage)
    return store.storage.table.get(key) is not None


def test_device_without_session_is_not_listed(dynamodb: Store) -> None:
    user = a_user(dynamodb.clock())
    gone, kept = (a_session(dynamodb.clock(), user_id=user.id) for _ in range(2))
    dynamodb.storage.create_user(user, gone)
    dynamodb.storage.start_session(kept)
    reap(dynamodb, session_key(gone.sid))
    assert [session.sid for session in dynamodb.storage.list_sessions(user.id)] == [kept.sid]


def test_edit_cleans_up_devices_without_session(dynamodb: Store) -> None:
    user = a_user(dynamodb.clock())
    gone, kept = (a_session(dynamodb.clock(), user_id=user.id) for _ in range(2))
    dynamodb.storage.create_user(user, gone)
    dynamodb.storage.start_session(kept)
    reap(dynamodb, session_key(gone.sid))
    dynamodb.storage.update_user(user, {"user": "1"})
    assert not stored(dynamodb, device_key(user.id, gone.sid))
    assert dynamodb.storage.load_session(gone.sid) is None
    found = dynamodb.storage.load_session(kept.sid)
    assert found is not None
    assert found.data["user"] == "1"


def test_session_without_device_still_ends(dynamodb: Store) -> None:
    user = a_user(dynamodb.clock())
    session = a_session(dynamodb.clock(), user_id=user.id)
    dynamodb.storage.create_user(user, session)
    reap(dynamodb, device_key(user.id, session.sid))
    dynamodb.storage.end_session(session.sid, user.id)
    assert dynamodb.storage.load_session(session.sid) is None


def test_claim_without_draft_is_given_back(dynamodb: Store) -> None:
    owner, draft = an_owner(), a_draft(dynamodb.clock())
    reserve(dynamodb, owner, draft, 1)
    reap(dynamodb, draft_key(owner, draft.request_id))
    assert not dynamodb.storage.finish_draft(owner, finished(draft))
    for _ in range(2):
        dynamodb.storage.release_draft(owner, draft)
    assert used(dynamodb, owner) == 0


def test_overdue_claim_without_draft_makes_room(dynamodb: Store) -> None:
    owner, draft = an_owner(), a_draft(dynamodb.clock())
    reserve(dynamodb, owner, draft, 1)
    reap(dynamodb, draft_key(owner, draft.request_id))
    dynamodb.clock.advance(timedelta(minutes=1))
    assert reserve(dynamodb, owner, a_draft(dynamodb.clock()), 1).state == "running"
    assert used(dynamodb, owner) == 1


def test_draft_without_its_count_is_never_finished(dynamodb: Store) -> None:
    owner, draft = an_owner("guest"), a_draft(dynamodb.clock())
    reserve(dynamodb, owner, draft)
    reap(dynamodb, usage_key(owner, draft.period))
    assert not dynamodb.storage.finish_draft(owner, finished(draft))
    dynamodb.storage.release_draft(owner, draft)
    assert dynamodb.storage.get_draft(owner, draft.request_id) is None
    assert used(dynamodb, owner) == 0


def test_late_metering_of_a_guest_ends_as_well(dynamodb: Store) -> None:
    owner, draft = an_owner("guest"), a_metered_draft(dynamodb)
    reserve(dynamodb, owner, draft)
    reap(dynamodb, usage_key(owner, draft.period))
    dynamodb.storage.release_draft(owner, draft, an_event(draft))
    assert total(dynamodb, draft.period).requests == 1
    assert lasts(dynamodb, usage_key(owner, draft.period)) == timedelta(days=3)


def test_logs_end_and_totals_stay(dynamodb: Store) -> None:
    for owner, days in ((an_owner(), 90), (an_owner("guest"), 3)):
        draft = a_metered_draft(dynamodb)
        reserve(dynamodb, owner, draft)
        event = an_event(draft)
        dynamodb.storage.finish_draft(owner, finished(draft), event)
        assert lasts(dynamodb, event_key(owner, event.id)) == timedelta(days=days)
    stored_totals = [model_usage_key(draft.period, shard) for shard in range(SHARDS)]
    assert [lasts(dynamodb, key) for key in stored_totals if stored(dynamodb, key)] == [None]


def test_recipe_without_its_request_is_known_by_id(dynamodb: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    created = dynamodb.storage.create_recipe(user_id, recipe, 1, "key")
    reap(dynamodb, request_key(user_id, "key"))
    assert dynamodb.storage.create_recipe(user_id, recipe, 1, "key") == created


def test_emptied_bin_gives_nothing_back(dynamodb: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    dynamodb.storage.create_recipe(user_id, recipe, 1)
    dynamodb.storage.delete_recipe(user_id, recipe.id or "")
    reap(dynamodb, recipe_key(user_id, recipe.id or ""))
    assert not dynamodb.storage.restore_recipe(user_id, recipe.id or "", 1)
    assert dynamodb.storage.create_recipe(user_id, replace(recipe, title="New"), 1).version == 1
