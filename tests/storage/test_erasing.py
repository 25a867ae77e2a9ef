"""An account is deleted for good: everything of it, nothing of others, in pieces that anybody can go on with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flavorbot.errors import NotFound
from flavorbot.model import AccessToken, Collection, Erasure, Owner, TypedRecord, User
from flavorbot.storage.dynamodb import DynamoDBStorage
from tests.storage.conftest import Store
from tests.storage.metering import a_metered_draft, an_event
from tests.storage.test_import_jobs import a_job, begin
from tests.storage.test_questions import an_exchange
from tests.storage.test_shares import a_share
from tests.storage.values import DAY, a_recipe, a_session, a_user, new_id


def a_full_account(store: Store, recipes: int = 3) -> User:
    """Somebody who has one at least of everything."""
    storage, now = store.storage, store.clock()
    user = a_user(now)
    owner = Owner("user", user.id)
    storage.create_user(user, a_session(now, user_id=user.id))
    kept = [storage.create_recipe(user.id, a_recipe(), None, new_id()) for _ in range(recipes)]
    storage.update_recipe(user.id, kept[0], replace(kept[0], title="Another"))
    storage.delete_recipe(user.id, kept[1].id or "")
    storage.create_collection(user.id, Collection(id=new_id(), name="Often", recipe_ids=(kept[0].id or "",)))
    storage.create_share(a_share(store, user_id=user.id, recipe_id=kept[0].id))
    begin(store, user.id, a_job(store))
    storage.create_access_token(
        AccessToken(
            id=new_id(), user_id=user.id, name="cron", scope="read", token_hash=new_id(), created_at=now,
            expires_at=now + DAY,
        )
    )  # fmt: skip
    draft = storage.reserve_draft(owner, a_metered_draft(store), None, now + DAY)
    storage.finish_draft(owner, draft, an_event(draft))
    storage.count_question(owner, an_exchange(store), None, now + DAY)
    storage.save_record(user.id, TypedRecord(type="report", id=new_id(), data={"n": 1}, vector=(0.5,)))
    return user


def everything(store: Store) -> Iterator[Any]:
    """All that the store holds, read from below."""
    if isinstance(store.storage, DynamoDBStorage):
        yield from store.storage.table.scan(ConsistentRead=True)
        return
    with store.storage.db.read("all") as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for name in (row["name"] for row in names if not row["name"].startswith("recipe_s")):
            if name not in ("recipe_terms", "recipe_places"):
                yield from connection.execute(f"SELECT * FROM {name}").fetchall()


def traces(store: Store, user: User) -> list[Any]:
    """What still knows of a person."""
    return [each for each in everything(store) if user.id in repr(each) or user.email.casefold() in repr(each)]


def an_erasure(store: Store, user: User) -> Erasure:
    return Erasure(id=new_id(), user_id=user.id, began_at=store.clock())


def erase(store: Store, erasure: Erasure) -> Erasure:
    while erasure.done_at is None:
        erasure = store.storage.erase_some(erasure)
    return erasure


def test_nothing_of_a_person_is_left_and_all_of_others(store: Store) -> None:
    user, other = a_full_account(store), a_full_account(store)
    untouched = traces(store, other)
    erasure = an_erasure(store, user)
    tokens = [each.token_hash for each in store.storage.list_access_tokens(user.id)]
    links = [each.token_hash for each in store.storage.read_shares(user.id)]
    store.storage.begin_erasure(user, erasure)
    done = erase(store, erasure)
    assert (done.counts["recipes"], done.counts["past versions"], done.counts["tokens"]) == (3, 1, 1)
    assert done.counts["records"] == 1
    assert store.storage.access_token(tokens[0]) is None
    assert store.storage.share_by_token(links[0]) is None
    store.clock.advance(timedelta(minutes=2))
    assert store.storage.erase_some(done).closed
    assert traces(store, user) == []
    assert sorted(map(repr, traces(store, other))) == sorted(map(repr, untouched))


def test_from_the_first_step_on_nobody_is_that_person(store: Store) -> None:
    user = a_full_account(store)
    (session,) = store.storage.list_sessions(user.id)
    store.storage.begin_erasure(user, an_erasure(store, user))
    assert store.storage.get_user(user.id) is None
    assert store.storage.user_by_email(user.email) is None
    assert store.storage.load_session(session.sid) is None
    with pytest.raises(NotFound):
        store.storage.start_session(a_session(store.clock(), user_id=user.id))
    with pytest.raises(NotFound):
        store.storage.begin_erasure(user, an_erasure(store, user))
    store.storage.create_user(replace(a_user(store.clock()), email=user.email))


def test_what_broke_off_is_found_and_gone_on_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("dynamodb_erasing", "sqlite_erasing"):
        monkeypatch.setattr(f"flavorbot.storage.{module}.MANY", 4)
    user = a_full_account(store, recipes=6)
    erasure = an_erasure(store, user)
    store.storage.begin_erasure(user, erasure)
    halfway = store.storage.erase_some(erasure)
    assert 0 < halfway.count < 10
    found = next(each for each in store.storage.list_erasures() if each.id == erasure.id)
    assert found == halfway
    assert erase(store, found).counts["recipes"] == 6


def test_a_late_write_is_found_by_the_last_look(store: Store) -> None:
    user = a_full_account(store)
    erasure = an_erasure(store, user)
    store.storage.begin_erasure(user, erasure)
    done = erase(store, erasure)
    store.storage.create_recipe(user.id, a_recipe(), None)
    assert store.storage.erase_some(done) == done
    store.clock.advance(timedelta(minutes=2))
    while not done.closed:
        done = store.storage.erase_some(done)
    assert traces(store, user) == []
    assert erasure.id not in {each.id for each in store.storage.list_erasures()}
    assert store.storage.get_erasure(erasure.id) == done
    store.clock.advance(31 * DAY)
    assert store.storage.get_erasure(erasure.id) is None


def test_everything_of_a_kind_is_read(store: Store) -> None:
    user = a_full_account(store)
    storage = store.storage
    assert [each.title for each in storage.read_versions(user.id)] == [a_recipe().title]
    assert len(list(storage.read_bin(user.id))) == 1
    assert len(list(storage.read_drafts(user.id))) == 1
    assert len(list(storage.read_questions(user.id))) == 1
    assert len(list(storage.read_shares(user.id))) == 1
    assert [each.outcome for each in storage.read_usage_events(user.id)] == ["made"]
    assert user in list(storage.every_user())
