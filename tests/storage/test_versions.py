"""What is kept of a recipe before it changes, what lies in the bin, and how a box tells that it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import VersionConflict
from flavorbot.model import BoxVersion, Cooking, Recipe
from tests.storage.conftest import Store
from tests.storage.values import DAY, a_recipe, new_id

ODD = ["", "#", "x" * 5000, "\0", "\ud800", "VERSION#1", "../.."]


def edited(store: Store, user_id: str, recipe: Recipe, times: int) -> Recipe:
    for number in range(times):
        store.clock.advance(timedelta(minutes=5))
        recipe = store.storage.update_recipe(user_id, recipe, replace(recipe, title=f"Flan {number + 2}"))
    return recipe


def test_new_recipe_has_no_past(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    assert list(store.storage.list_versions(user_id, created.id or "")) == []


def test_versions_before_are_kept_as_they_were(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(notes="Ours."), None)
    recipe_id, second = created.id or "", edited(store, user_id, created, 1)
    edited(store, user_id, second, 1)
    store.calls.clear()
    assert list(store.storage.list_versions(user_id, recipe_id)) == [second, created]
    assert store.storage.get_version(user_id, recipe_id, 1) == created
    assert len(store.calls) == 2
    assert store.storage.get_version(user_id, recipe_id, 3) is None


def test_twenty_versions_are_kept(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    edited(store, user_id, created, 23)
    kept = store.storage.list_versions(user_id, created.id or "")
    assert [recipe.version for recipe in kept] == list(range(23, 3, -1))
    assert store.storage.get_version(user_id, created.id or "", 3) is None


def test_cooking_pushes_no_version_out(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    recipe = second = edited(store, user_id, created, 1)
    for number in range(25):
        cooked = (*recipe.cooked, Cooking(on="2026-11-21", rating=4, note=f"Time {number}."))
        recipe = store.storage.update_recipe(user_id, recipe, replace(recipe, cooked=cooked, rating=4))
    recipe_id = created.id or ""
    assert store.storage.get_recipe(user_id, recipe_id) == recipe
    assert (recipe.version, len(recipe.cooked)) == (27, 25)
    assert list(store.storage.list_versions(user_id, recipe_id)) == [created]
    assert store.storage.get_version(user_id, recipe_id, second.version) is None
    edited(store, user_id, recipe, 1)
    assert list(store.storage.list_versions(user_id, recipe_id)) == [recipe, created]


def test_refused_edit_leaves_no_version(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    edited(store, user_id, created, 1)
    with pytest.raises(VersionConflict):
        store.storage.update_recipe(user_id, created, replace(created, title="Late"))
    assert [recipe.title for recipe in store.storage.list_versions(user_id, created.id or "")] == [created.title]


def test_past_is_forgotten_after_a_year(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    edited(store, user_id, created, 1)
    store.clock.advance(365 * DAY)
    assert list(store.storage.list_versions(user_id, created.id or "")) == []
    assert store.storage.get_version(user_id, created.id or "", 1) is None


def test_nobody_sees_anothers_past_or_bin(store: Store) -> None:
    owner, other = new_id(), new_id()
    created = store.storage.create_recipe(owner, a_recipe(), None)
    edited(store, owner, created, 1)
    assert list(store.storage.list_versions(other, created.id or "")) == []
    assert store.storage.get_version(other, created.id or "", 1) is None
    store.storage.delete_recipe(owner, created.id or "")
    assert list(store.storage.list_bin(other)) == []
    assert not store.storage.purge_recipe(other, created.id or "")
    assert store.storage.restore_recipe(owner, created.id or "", None)


@pytest.mark.parametrize("odd", ODD)
def test_odd_ids_have_no_past(store: Store, odd: str) -> None:
    assert list(store.storage.list_versions(new_id(), odd)) == []
    assert store.storage.get_version(odd, odd, 1) is None
    assert store.storage.get_version(new_id(), new_id(), -1) is None
    assert list(store.storage.list_bin(odd)) == []
    assert not store.storage.purge_recipe(new_id(), odd)
    assert store.storage.box_version(odd) == BoxVersion()


def test_bin_tells_what_leaves_when(store: Store) -> None:
    user_id = new_id()
    first, second = (store.storage.create_recipe(user_id, a_recipe(title=title), None) for title in "AB")
    store.storage.delete_recipe(user_id, first.id or "")
    leaves_at = store.clock() + 30 * DAY
    store.clock.advance(DAY)
    store.storage.delete_recipe(user_id, second.id or "")
    store.calls.clear()
    found = store.storage.list_bin(user_id)
    assert len(store.calls) == 1
    assert [(each.card.title, each.leaves_at) for each in found] == [("B", leaves_at + DAY), ("A", leaves_at)]
    store.clock.advance(29 * DAY)
    assert [each.card.id for each in store.storage.list_bin(user_id)] == [second.id]


def test_restored_recipe_leaves_the_bin_with_its_past(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    edited(store, user_id, created, 1)
    store.storage.delete_recipe(user_id, created.id or "")
    assert store.storage.restore_recipe(user_id, created.id or "", None)
    assert list(store.storage.list_bin(user_id)) == []
    assert list(store.storage.list_versions(user_id, created.id or "")) == [created]


def test_purged_recipe_is_gone_with_its_past(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    edited(store, user_id, created, 2)
    assert not store.storage.purge_recipe(user_id, created.id or "")
    store.storage.delete_recipe(user_id, created.id or "")
    assert store.storage.purge_recipe(user_id, created.id or "")
    assert not store.storage.purge_recipe(user_id, created.id or "")
    assert not store.storage.restore_recipe(user_id, created.id or "", None)
    assert list(store.storage.list_bin(user_id)) == []
    assert list(store.storage.list_versions(user_id, created.id or "")) == []


def test_every_change_moves_the_box(store: Store) -> None:
    user_id = new_id()
    seen = [store.storage.box_version(user_id)]
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    for change in (
        lambda: None,
        lambda: edited(store, user_id, created, 1),
        lambda: store.storage.delete_recipe(user_id, created.id or ""),
        lambda: store.storage.restore_recipe(user_id, created.id or "", None),
    ):
        change()
        seen.append(store.storage.box_version(user_id))
    assert [each.number for each in seen] == [0, 1, 2, 3, 4]
    assert (seen[0].changed_at, seen[-1].changed_at) == (None, store.clock())


def test_reading_and_others_do_not_move_the_box(store: Store) -> None:
    user_id = new_id()
    created = store.storage.create_recipe(user_id, a_recipe(), None)
    store.storage.create_recipe(new_id(), a_recipe(), None)
    store.storage.get_recipe(user_id, created.id or "")
    assert not store.storage.delete_recipe(user_id, new_id())
    assert store.storage.box_version(user_id).number == 1
