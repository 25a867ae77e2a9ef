"""Many recipes read at once: all of the box, or those that were chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flavorbot.model import Recipe, Unreadable
from flavorbot.storage.codec import DAMAGED
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.items import update
from flavorbot.storage.sqlite import SQLiteStorage
from flavorbot.storage.table import recipe_key
from tests.storage.conftest import Store
from tests.storage.values import a_recipe, new_id


def filled(store: Store, count: int) -> tuple[str, list[Recipe]]:
    """A person's box, and its recipes from the oldest on."""
    user_id = new_id()
    ids = [f"01J{place:023}" for place in range(count)]
    return user_id, [store.storage.create_recipe(user_id, a_recipe(id=each), None) for each in ids]


def damage(store: Store, user_id: str, recipe_id: str, field: str) -> None:
    """Put something that is no recipe in the place of a field."""
    value = b"damaged" if field == "body" else "damaged"
    if isinstance(store.storage, DynamoDBStorage):
        store.storage.table.write(update(recipe_key(user_id, recipe_id), f"SET #{field} = :value", value=value))
        return
    with store.storage.db.write("damage") as connection:
        connection.execute(f"UPDATE recipes SET {field} = ? WHERE user_id = ? AND id = ?", [value, user_id, recipe_id])


@pytest.mark.parametrize("count", [0, 1, 100, 203])
def test_the_whole_box_is_read(sqlite: Store, count: int) -> None:
    user_id, recipes = filled(sqlite, count)
    assert list(sqlite.storage.read_recipes(user_id)) == recipes


def test_the_box_is_read_from_its_oldest_on(store: Store) -> None:
    user_id, recipes = filled(store, 7)
    store.storage.delete_recipe(user_id, recipes[2].id or "")
    assert list(store.storage.read_recipes(user_id)) == [*recipes[:2], *recipes[3:]]


def test_the_box_goes_on_past_1_mb(store: Store) -> None:
    user_id = new_id()
    made = [
        store.storage.create_recipe(user_id, a_recipe(notes="".join(map(str, range(n, n + 60_000)))), None)
        for n in range(12)
    ]
    assert {each.id for each in store.storage.read_recipes(user_id) if isinstance(each, Recipe)} == {
        each.id for each in made
    }


def test_chosen_ones_come_in_their_order(store: Store) -> None:
    user_id, recipes = filled(store, 4)
    store.storage.delete_recipe(user_id, recipes[0].id or "")
    ids = [each.id or "" for each in recipes]
    asked = [ids[3], new_id(), ids[0], "", "\0", "x" * 5000, ids[1]]
    assert list(store.storage.read_recipes(user_id, asked)) == [recipes[3], recipes[1]]
    assert store.storage.existing_recipes(user_id, asked) == {ids[3], ids[1]}
    assert list(store.storage.read_recipes(user_id, [])) == []


def test_an_id_named_twice_does_no_harm(store: Store) -> None:
    user_id, (recipe,) = filled(store, 1)
    ids = [recipe.id or ""] * 3
    assert store.storage.existing_recipes(user_id, ids) == {recipe.id}
    assert recipe in list(store.storage.read_recipes(user_id, ids))


def test_nobody_reads_anothers_box(store: Store) -> None:
    _, recipes = filled(store, 2)
    other, ids = new_id(), [each.id or "" for each in recipes]
    assert list(store.storage.read_recipes(other)) == []
    assert list(store.storage.read_recipes(other, ids)) == []
    assert store.storage.existing_recipes(other, ids) == frozenset()
    assert list(store.storage.read_recipes("\0")) == []


@pytest.mark.parametrize("chosen", [True, False])
def test_a_damaged_recipe_is_named_and_the_rest_read(store: Store, chosen: bool) -> None:
    user_id, recipes = filled(store, 3)
    ids = [each.id or "" for each in recipes]
    damage(store, user_id, ids[0], "body")
    damage(store, user_id, ids[1], "body")
    damage(store, user_id, ids[1], "card")
    found = list(store.storage.read_recipes(user_id, ids if chosen else None))
    assert found == [Unreadable(ids[0], "Crème brûlée"), Unreadable(ids[1], DAMAGED), recipes[2]]


def test_a_slow_reader_holds_up_nobody(sqlite: Store) -> None:
    user_id, recipes = filled(sqlite, 3)
    reading: Iterator[Recipe | Unreadable] = sqlite.storage.read_recipes(user_id)
    next(reading)
    assert isinstance(sqlite.storage, SQLiteStorage)
    sqlite.storage.delete_recipe(user_id, recipes[2].id or "")
    assert len(list(reading)) == 2


def test_a_hundred_chosen_ones_are_two_calls(dynamodb: Store) -> None:
    user_id, recipes = filled(dynamodb, 100)
    ids = [each.id or "" for each in recipes]
    dynamodb.calls.clear()
    assert len(list(dynamodb.storage.read_recipes(user_id, ids))) == 100
    assert dynamodb.calls == ["batch_get_item"] * 2
