"""Collections: named once, in order, changed by version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import Conflict, InvalidInput, NotFound, RequestReused, VersionConflict
from flavorbot.model import Collection
from flavorbot.storage import dynamodb_collections, sqlite_collections
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import Values, new_id, outcomes


def a_collection(**changes: Values) -> Collection:
    values: Values = {"id": new_id(), "name": "Sunday", "description": "Für Gäste", "recipe_ids": (new_id(), new_id())}
    return Collection(**values | changes)


def add(store: Store, user_id: str, **changes: Values) -> Collection:
    return store.storage.create_collection(user_id, a_collection(**changes))


def names(store: Store, user_id: str) -> list[str]:
    return [shelf.name for shelf in store.storage.list_collections(user_id)]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_collection_is_read_alike(store: Store, count: int) -> None:
    user_id, wanted = new_id(), a_collection(recipe_ids=tuple(new_id() for _ in range(count)))
    store.calls.clear()
    created = store.storage.create_collection(user_id, wanted)
    assert len(store.calls) == 1
    assert created == replace(wanted, version=1, created_at=store.clock(), updated_at=store.clock())
    assert store.storage.get_collection(user_id, wanted.id) == created


def test_the_list_is_one_call_by_name(store: Store) -> None:
    user_id, held = new_id(), new_id()
    add(store, user_id, name="zucchini", description="", recipe_ids=())
    add(store, user_id, name="Äpfel", recipe_ids=(new_id(), held))
    add(store, user_id, name="Soups")
    store.calls.clear()
    shelves = store.storage.list_collections(user_id)
    assert len(store.calls) == 1
    assert [(each.name, each.description, each.count, each.holds) for each in shelves] == [
        ("Äpfel", "Für Gäste", 2, False),
        ("Soups", "Für Gäste", 2, False),
        ("zucchini", "", 0, False),
    ]
    asked = store.storage.list_collections(user_id, held)
    assert [each.name for each in asked if each.holds] == ["Äpfel"]
    assert not any(each.holds for each in store.storage.list_collections(user_id, "nonsense"))


@pytest.mark.parametrize("name", ["Sunday", "SUNDAY", "  sunday ", "Súnday"])
def test_a_name_is_given_once(store: Store, name: str) -> None:
    user_id = new_id()
    kept = add(store, user_id)
    other = add(store, user_id, name="Other")
    with pytest.raises(Conflict):
        add(store, user_id, name=name)
    with pytest.raises(Conflict):
        store.storage.update_collection(user_id, replace(other, name=name))
    assert store.storage.get_collection(user_id, other.id) == other
    assert store.storage.update_collection(user_id, replace(kept, name=name)).name == name


def test_names_are_each_persons_own(store: Store) -> None:
    add(store, new_id())
    add(store, new_id())


def test_a_name_is_free_again_after_renaming_and_deleting(store: Store) -> None:
    user_id = new_id()
    first = add(store, user_id)
    store.storage.update_collection(user_id, replace(first, name="Monday"))
    second = add(store, user_id)
    assert store.storage.delete_collection(user_id, second.id)
    add(store, user_id)
    assert names(store, user_id) == ["Monday", "Sunday"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\0b", "\ud800"])
def test_a_bad_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidInput):
        add(store, new_id(), name=name)


@pytest.mark.parametrize("description", ["x" * 501, "a\0b", "\ud800"])
def test_a_bad_description_is_refused(store: Store, description: str) -> None:
    with pytest.raises(InvalidInput):
        add(store, new_id(), description=description)


def test_the_longest_texts_are_kept(store: Store) -> None:
    user_id = new_id()
    assert names(store, user_id) == []
    longest = add(store, user_id, name="ﷺ" * 80, description="ﷺ" * 500)
    assert names(store, user_id) == ["ﷺ" * 80]
    assert store.storage.get_collection(user_id, longest.id) == longest


def test_a_change_has_the_next_version(store: Store) -> None:
    user_id = new_id()
    first = add(store, user_id)
    changed = replace(first, name="Monday", description="", recipe_ids=(*first.recipe_ids[::-1], new_id()))
    second = store.storage.update_collection(user_id, changed)
    assert second == replace(changed, version=2)
    assert store.storage.get_collection(user_id, first.id) == second
    assert [each.count for each in store.storage.list_collections(user_id)] == [3]
    with pytest.raises(VersionConflict):
        store.storage.update_collection(user_id, replace(first, name="Late"))


def test_an_id_is_held_once(store: Store) -> None:
    one, two = new_id(), new_id()
    assert add(store, new_id(), recipe_ids=(one, two, one)).recipe_ids == (one, two)


def test_5000_recipes_are_the_most(store: Store) -> None:
    user_id, ids = new_id(), tuple(new_id() for _ in range(5_001))
    full = add(store, user_id, recipe_ids=ids[:5_000])
    assert store.storage.get_collection(user_id, full.id) == full
    with pytest.raises(InvalidInput):
        store.storage.update_collection(user_id, replace(full, recipe_ids=ids))
    with pytest.raises(InvalidInput):
        add(store, user_id, name="Other", recipe_ids=("nonsense",))


def test_there_are_as_many_as_there_can_be(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (dynamodb_collections, sqlite_collections):
        monkeypatch.setattr(module, "COLLECTIONS", 3)
    user_id = new_id()
    for number in range(3):
        add(store, user_id, name=f"No {number}")
    with pytest.raises(Conflict, match="as many"):
        add(store, user_id, name="One more")
    assert store.storage.delete_collection(user_id, store.storage.list_collections(user_id)[0].id)
    add(store, user_id, name="One more")


def test_nobody_sees_anothers_collection(store: Store) -> None:
    owner, other = new_id(), new_id()
    hers = add(store, owner)
    assert store.storage.get_collection(other, hers.id) is None
    assert list(store.storage.list_collections(other)) == []
    assert not store.storage.delete_collection(other, hers.id)
    with pytest.raises(NotFound):
        store.storage.update_collection(other, hers)
    assert store.storage.get_collection(owner, hers.id) == hers


@pytest.mark.parametrize("odd", ["", "#", "x" * 5000, "\0", "\ud800"])
def test_odd_ids_find_no_collection(store: Store, odd: str) -> None:
    assert store.storage.get_collection(new_id(), odd) is None
    assert store.storage.get_collection(odd, odd) is None
    assert not store.storage.delete_collection(odd, odd)
    assert list(store.storage.list_collections(odd)) == []


def test_the_same_request_twice_is_one_collection(store: Store) -> None:
    user_id, wanted = new_id(), a_collection()
    created = store.storage.create_collection(user_id, wanted)
    assert store.storage.create_collection(user_id, wanted) == created
    with pytest.raises(RequestReused):
        store.storage.create_collection(user_id, replace(wanted, name="Other"))


def test_ten_of_one_name_at_once_are_one_collection(store: Store) -> None:
    user_id = new_id()
    got = outcomes(10, lambda _: add(store, user_id))
    assert sum(isinstance(each, Collection) for each in got) == 1
    assert all(isinstance(each, (Collection, Conflict)) for each in got)
    assert names(store, user_id) == ["Sunday"]


def test_ten_changes_of_one_version_are_one_change(store: Store) -> None:
    user_id = new_id()
    first = add(store, user_id)
    change = lambda place: store.storage.update_collection(user_id, replace(first, recipe_ids=(new_id(),) * place))  # noqa: E731
    got = outcomes(10, change)
    assert sum(isinstance(each, Collection) for each in got) == 1
    assert sum(isinstance(each, VersionConflict) for each in got) == 9


def test_a_deleted_one_is_gone(store: Store) -> None:
    user_id = new_id()
    first = add(store, user_id)
    assert store.storage.delete_collection(user_id, first.id)
    assert not store.storage.delete_collection(user_id, first.id)
    assert store.storage.get_collection(user_id, first.id) is None
    with pytest.raises(NotFound):
        store.storage.update_collection(user_id, first)


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_answer_changes_nothing(dynamodb: Store, lost: int) -> None:
    user_id, wanted = new_id(), a_collection()
    with lost_answers(dynamodb, lost):
        created = dynamodb.storage.create_collection(user_id, wanted)
    with lost_answers(dynamodb, lost):
        renamed = dynamodb.storage.update_collection(user_id, replace(created, name="Monday"))
    assert dynamodb.storage.get_collection(user_id, wanted.id) == renamed
    with lost_answers(dynamodb, lost):
        assert dynamodb.storage.delete_collection(user_id, wanted.id)
    assert names(dynamodb, user_id) == []
