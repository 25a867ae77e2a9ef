"""A recipe box: what is stored once, what conflicts, and the bin."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import BoxFull, Conflict, InvalidInput, NotFound, RequestReused, VersionConflict
from flavorbot.model import Ingredient, RecipeQuery, Source
from tests.storage.conftest import Store
from tests.storage.values import DAY, a_recipe, new_id, outcomes

ALL = RecipeQuery()


def held(store: Store, user_id: str) -> list[str]:
    return [card.id for card in store.storage.list_recipes(user_id, ALL, 100).items]


def test_created_recipe_is_read_alike(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe(rating=5, notes="Ours.", source=Source(kind="model", model="x"))
    store.calls.clear()
    created = store.storage.create_recipe(user_id, recipe, 25)
    assert len(store.calls) == 1
    assert created == replace(recipe, version=1, created_at=store.clock(), updated_at=store.clock())
    assert store.storage.get_recipe(user_id, created.id or "") == created


def test_bare_recipe_is_read_alike(store: Store) -> None:
    bare = a_recipe(
        title="", category="", ingredients=(), instructions=(), servings=0, nutrition=None, tags=(), total_minutes=0
    )
    user_id = new_id()
    created = store.storage.create_recipe(user_id, bare, None)
    assert store.storage.get_recipe(user_id, created.id or "") == created


def test_times_and_version_are_the_stores(store: Store) -> None:
    forged = a_recipe(created_at=store.clock() - 900 * DAY, updated_at=store.clock() + 900 * DAY, version=99)
    created = store.storage.create_recipe(new_id(), forged, None)
    assert (created.version, created.created_at, created.updated_at) == (1, store.clock(), store.clock())


def test_nobody_sees_anothers_recipe(store: Store) -> None:
    owner, other = new_id(), new_id()
    recipe = store.storage.create_recipe(owner, a_recipe(), None)
    assert store.storage.get_recipe(other, recipe.id or "") is None
    assert not store.storage.delete_recipe(other, recipe.id or "")
    assert held(store, other) == []
    with pytest.raises(NotFound):
        store.storage.update_recipe(other, recipe, recipe)


@pytest.mark.parametrize("odd", ["", "#", "x" * 5000, "\0", "\ud800", "RECIPE#1", "../.."])
def test_odd_ids_find_nothing(store: Store, odd: str) -> None:
    assert store.storage.get_recipe(new_id(), odd) is None
    assert store.storage.get_recipe(odd, odd) is None
    assert not store.storage.delete_recipe(new_id(), odd)
    assert not store.storage.restore_recipe(new_id(), odd, 5)


def test_same_id_and_content_is_one_recipe(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    created = store.storage.create_recipe(user_id, recipe, 1)
    edited = store.storage.update_recipe(user_id, created, replace(created, title="Mine"))
    store.clock.advance(timedelta(minutes=5))
    assert store.storage.create_recipe(user_id, recipe, 1) == edited
    assert held(store, user_id) == [recipe.id]


def test_same_id_with_other_content_is_refused(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    store.storage.create_recipe(user_id, recipe, None)
    with pytest.raises(RequestReused):
        store.storage.create_recipe(user_id, replace(recipe, title="Other"), None)


def test_same_key_gives_the_same_recipe(store: Store) -> None:
    user_id, key, recipe = new_id(), new_id(), a_recipe()
    created = store.storage.create_recipe(user_id, recipe, None, key)
    assert store.storage.create_recipe(user_id, replace(recipe, id=new_id()), None, key) == created
    with pytest.raises(RequestReused):
        store.storage.create_recipe(user_id, a_recipe(title="Other"), None, key)
    assert held(store, user_id) == [recipe.id]


def test_key_holds_for_a_day(store: Store) -> None:
    user_id, key = new_id(), new_id()
    store.storage.create_recipe(user_id, a_recipe(), None, key)
    store.clock.advance(DAY)
    store.storage.create_recipe(user_id, a_recipe(title="Other"), None, key)
    assert len(held(store, user_id)) == 2


def test_key_belongs_to_one_person(store: Store) -> None:
    key, first, second = new_id(), a_recipe(), a_recipe(title="Other")
    assert store.storage.create_recipe(new_id(), first, None, key).id == first.id
    assert store.storage.create_recipe(new_id(), second, None, key).id == second.id


def test_request_whose_recipe_was_deleted_conflicts(store: Store) -> None:
    user_id, key, recipe = new_id(), new_id(), a_recipe()
    store.storage.create_recipe(user_id, recipe, None, key)
    store.storage.delete_recipe(user_id, recipe.id or "")
    for again in (recipe, replace(recipe, id=new_id())):
        with pytest.raises(Conflict):
            store.storage.create_recipe(user_id, again, None, key)
    assert held(store, user_id) == []


def test_same_form_twenty_times_is_one_recipe(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    got = outcomes(20, lambda _: store.storage.create_recipe(user_id, recipe, 1).id)
    assert got == [recipe.id] * 20
    assert held(store, user_id) == [recipe.id]


def test_exactly_the_limit_is_kept(store: Store) -> None:
    user_id = new_id()
    got = outcomes(12, lambda _: store.storage.create_recipe(user_id, a_recipe(), 5).version)
    assert sorted(str(each) if each == 1 else type(each).__name__ for each in got) == ["1"] * 5 + ["BoxFull"] * 7
    assert len(held(store, user_id)) == 5


def test_limit_zero_keeps_nothing(store: Store) -> None:
    with pytest.raises(BoxFull):
        store.storage.create_recipe(new_id(), a_recipe(), 0)


def test_edit_makes_the_next_version(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    store.clock.advance(timedelta(minutes=5))
    store.calls.clear()
    edited = store.storage.update_recipe(user_id, created, replace(created, title="Flan", created_at=None))
    assert len(store.calls) == 1
    assert edited == replace(created, title="Flan", version=2, updated_at=store.clock())
    assert store.storage.get_recipe(user_id, created.id or "") == edited
    assert [(card.title, card.version) for card in store.storage.list_recipes(user_id, ALL, 9).items] == [("Flan", 2)]


def test_one_of_ten_recipe_edits_wins(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    got = outcomes(
        10, lambda place: store.storage.update_recipe(user_id, created, replace(created, title=f"Flan {place}"))
    )
    assert [type(each) for each in got].count(VersionConflict) == 9
    assert store.storage.get_recipe(user_id, created.id or "") in got


def test_late_save_revives_no_recipe(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    store.storage.delete_recipe(user_id, created.id or "")
    with pytest.raises(NotFound):
        store.storage.update_recipe(user_id, created, created)
    assert store.storage.get_recipe(user_id, created.id or "") is None
    assert held(store, user_id) == []


def test_deleted_recipe_comes_back_whole(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), 1)
    assert store.storage.delete_recipe(user_id, created.id or "")
    assert store.storage.restore_recipe(user_id, created.id or "", 1)
    assert store.storage.get_recipe(user_id, created.id or "") == created
    assert held(store, user_id) == [created.id]


def test_second_deletion_and_restoration_do_nothing(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    store.storage.create_recipe(user_id, recipe, 2)
    deleted = [store.storage.delete_recipe(user_id, recipe.id or "") for _ in range(2)]
    restored = [store.storage.restore_recipe(user_id, recipe.id or "", 2) for _ in range(2)]
    assert (deleted, restored) == ([True, False], [True, False])
    # Counted once each: there is room for exactly one more.
    store.storage.create_recipe(user_id, a_recipe(), 2)
    with pytest.raises(BoxFull):
        store.storage.create_recipe(user_id, a_recipe(), 2)


def test_full_box_takes_nothing_back(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    store.storage.create_recipe(user_id, recipe, 1)
    store.storage.delete_recipe(user_id, recipe.id or "")
    store.storage.create_recipe(user_id, a_recipe(), 1)
    for limit in (1, 0):
        with pytest.raises(BoxFull):
            store.storage.restore_recipe(user_id, recipe.id or "", limit)


def test_bin_is_emptied_after_thirty_days(store: Store) -> None:
    user_id, recipe = new_id(), a_recipe()
    store.storage.create_recipe(user_id, recipe, None)
    store.storage.delete_recipe(user_id, recipe.id or "")
    store.clock.advance(30 * DAY)
    assert not store.storage.restore_recipe(user_id, recipe.id or "", None)
    assert store.storage.create_recipe(user_id, replace(recipe, title="New"), None).title == "New"


def test_recipe_without_finite_numbers_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        store.storage.create_recipe(
            new_id(), a_recipe(ingredients=(Ingredient(name="x", quantity=float("nan")),)), None
        )
