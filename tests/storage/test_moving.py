"""Things that are moved in are stored as the app itself would have, once, and never over what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from flavorbot.errors import BoxFull
from flavorbot.model import Brought, Owner, Recipe, RecipeQuery, Tokens, TypedRecord, Usage, UsageEvent, User
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.items import put, to_item
from flavorbot.storage.table import recipe_count_key
from tests.storage.conftest import Store
from tests.storage.test_erasing import traces
from tests.storage.values import DAY, a_recipe, a_session, a_user, new_id


def a_moved_recipe(store: Store, **changes: object) -> Recipe:
    then = store.clock() - 400 * DAY
    return replace(a_recipe(), version=1, created_at=then, updated_at=then + DAY, **changes)  # type: ignore[arg-type]


def everything_of(store: Store, user: User) -> list[Brought]:
    """One of every kind."""
    now = store.clock()
    month = Usage(period="2026-10", recipes_generated=3, recipe_queries=2)
    event = UsageEvent(
        id=new_id(), action="generate", at=now - DAY, period="2026-10", outcome="made", model="", tokens=Tokens(),
        cost_usd=None,
    )  # fmt: skip
    record = TypedRecord(
        type="report", id=new_id(), data={"price": Decimal("1.50")}, vector=(0.5,), created_at=now - DAY,
        updated_at=now, version=1,
    )  # fmt: skip
    session = a_session(now, user_id=user.id)
    return [Brought(user.id, each) for each in (user, a_moved_recipe(store), month, event, record, session)]


def test_every_kind_is_brought_in_once_and_found(store: Store) -> None:
    user = a_user(store.clock())
    things = everything_of(store, user)
    assert store.storage.look_up(things) == [None] * len(things)
    assert store.storage.bring_in(things) == ["written"] * len(things)
    store.storage.settle_boxes({user.id: None})
    before = sorted(map(repr, traces(store, user)))
    assert store.storage.look_up(things) == [each.what for each in things]
    assert store.storage.bring_in(things) == ["there"] * len(things)
    store.storage.settle_boxes({user.id: None})
    assert sorted(map(repr, traces(store, user))) == before
    _, recipe, month, event, record, session = (each.what for each in things)
    assert store.storage.user_by_email(user.email.upper()) == user == store.storage.get_user(user.id)
    assert isinstance(recipe, Recipe)
    assert store.storage.get_recipe(user.id, recipe.id or "") == recipe
    assert store.storage.list_usage(Owner("user", user.id), "0", "9") == [month]
    assert list(store.storage.read_usage_events(user.id)) == [event]
    assert list(store.storage.list_records(user.id)) == [record]
    assert [each.sid for each in store.storage.list_sessions(user.id)] == [session.sid]  # type: ignore[union-attr]
    assert store.storage.known_users([user.id, new_id()]) == {user.id}


def test_a_recipe_that_was_moved_in_is_one_like_all_others(store: Store) -> None:
    user = new_id()
    recipes = [a_moved_recipe(store, title=f"Moved {number}") for number in range(60)]
    store.storage.create_recipe(user, a_recipe(title="Its own"), 61)
    store.storage.bring_in([Brought(user, each) for each in recipes])
    store.storage.settle_boxes({user: None})
    found = store.storage.list_recipes(user, RecipeQuery(q="moved 7"), 100)
    assert "Moved 7" in [card.title for card in found.items]
    assert len(store.storage.list_recipes(user, RecipeQuery(), 100).items) == 61
    edited = store.storage.update_recipe(user, recipes[0], replace(recipes[0], title="Edited"))
    assert (edited.version, edited.created_at) == (2, recipes[0].created_at)
    assert store.storage.bring_in([Brought(user, recipes[0])]) == ["there"]
    assert store.storage.get_recipe(user, edited.id or "") == edited
    assert store.storage.delete_recipe(user, edited.id or "")
    assert store.storage.restore_recipe(user, edited.id or "", 61)


def test_of_many_in_one_box_those_that_are_there_stay(store: Store) -> None:
    user = new_id()
    recipes = [a_moved_recipe(store, title=f"Moved {number}") for number in range(30)]
    there = recipes[::3]
    store.storage.bring_in([Brought(user, replace(each, title="As it is here")) for each in there])
    arrivals = store.storage.bring_in([Brought(user, each) for each in recipes])
    assert arrivals == ["there" if each in there else "written" for each in recipes]
    stored = store.storage.look_up([Brought(user, each) for each in recipes])
    assert sum(isinstance(each, Recipe) and each.title == "As it is here" for each in stored) == len(there)


def test_a_box_is_counted_with_what_was_moved_in(store: Store) -> None:
    user = new_id()
    recipes = [a_moved_recipe(store) for _ in range(3)]
    store.storage.bring_in([Brought(user, each) for each in recipes])
    store.storage.settle_boxes({user: None})
    version = store.storage.box_version(user).number
    assert version >= 1
    store.storage.settle_boxes({user: None})
    assert store.storage.box_version(user).number == version
    store.storage.create_recipe(user, a_recipe(), 4)
    with pytest.raises(BoxFull, match="keeps 4 recipes"):
        store.storage.create_recipe(user, a_recipe(), 4)


@pytest.mark.parametrize("changed", [False, True])
def test_how_many_were_written_is_believed_only_where_nothing_was_counted(store: Store, changed: bool) -> None:
    user = new_id()
    if changed:
        store.storage.create_recipe(user, a_recipe(), 4)
    recipes = [a_moved_recipe(store) for _ in range(3 - changed)]
    store.storage.bring_in([Brought(user, each) for each in recipes])
    for _ in range(2):
        store.storage.settle_boxes({user: len(recipes)})
    store.storage.create_recipe(user, a_recipe(), 4)
    with pytest.raises(BoxFull, match="keeps 4 recipes"):
        store.storage.create_recipe(user, a_recipe(), 4)


def test_a_box_that_nothing_was_counted_of_is_counted_in_one_call(store: Store) -> None:
    user = new_id()
    store.storage.bring_in([Brought(user, a_moved_recipe(store)) for _ in range(3)])
    store.calls.clear()
    store.storage.settle_boxes({user: 3})
    assert store.calls == (["update_item"] if isinstance(store.storage, DynamoDBStorage) else [])


@pytest.mark.parametrize("counted", [0, 1])
def test_boxes_are_counted_together_unless_something_was_counted_of_one(store: Store, counted: int) -> None:
    users = [new_id() for _ in range(3)]
    for user in users[:counted]:
        store.storage.create_recipe(user, a_recipe(), 4)
    store.storage.bring_in([Brought(user, a_moved_recipe(store)) for user in users for _ in range(3 - counted)])
    store.calls.clear()
    store.storage.settle_boxes(dict.fromkeys(users, 3 - counted))
    if isinstance(store.storage, DynamoDBStorage):
        assert store.calls[:1] == ["transact_write_items"]
        assert counted or len(store.calls) == 1
    for place, user in enumerate(users):
        for _ in range(1 + counted * (place > 0)):
            store.storage.create_recipe(user, a_recipe(), 4)
        with pytest.raises(BoxFull, match="keeps 4 recipes"):
            store.storage.create_recipe(user, a_recipe(), 4)


def test_a_box_that_was_restored_without_its_changes_is_counted_anew(moto_store: Store) -> None:
    storage, user = moto_store.storage, new_id()
    assert isinstance(storage, DynamoDBStorage)
    storage.table.write(put(recipe_count_key(user), to_item({"held": 2})))
    storage.bring_in([Brought(user, a_moved_recipe(moto_store)) for _ in range(3)])
    storage.settle_boxes({user: 1})
    assert (storage.table.get(recipe_count_key(user)) or {})["held"] == {"N": "3"}


def test_an_address_belongs_to_one_person(store: Store) -> None:
    first = a_user(store.clock())
    store.storage.create_user(first)
    second = a_user(store.clock(), email=first.email.swapcase())
    third = a_user(store.clock())
    twin = a_user(store.clock(), email=third.email.upper())
    arrivals = store.storage.bring_in([Brought(each.id, each) for each in (second, third, twin)])
    assert arrivals == ["taken", "written", "taken"]
    assert store.storage.user_by_email(first.email) == first
    assert store.storage.user_by_email(third.email) == third
    assert store.storage.get_user(twin.id) is None


def test_the_same_thing_twice_in_a_batch_comes_in_once(store: Store) -> None:
    recipe, user = a_moved_recipe(store), a_user(store.clock())
    assert store.storage.bring_in([Brought("ana", recipe)] * 2) == ["written", "there"]
    assert set(store.storage.bring_in([Brought(user.id, user)] * 2)) == {"written", "there"}
    store.clock.advance(timedelta(minutes=1))
    assert store.storage.get_user(user.id) == user
