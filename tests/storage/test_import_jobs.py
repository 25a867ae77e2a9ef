"""Recipes on their way into a box: kept whole, once for each request, for one person and for so long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import InvalidInput, NotFound, RequestReused, VersionConflict
from flavorbot.model import Gathered, ImportCollection, ImportEntry, ImportJob, Instruction, Recipe
from flavorbot.storage.codec import PART_BYTES
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import DAY, Values, a_recipe, new_id, outcomes

WEEK = 7 * DAY
# A recipe of a quarter of a part, so that few of them make several parts.
LONG = "".join(chr(0x4E00 + place % 20_000) for place in range(PART_BYTES // 4 // 3))


def a_job(store: Store, **changes: Values) -> ImportJob:
    values: Values = {
        "id": new_id(),
        "fingerprint": "5d41402a",
        "name": "Grandma’s recipes.zip",
        "entries": (ImportEntry(title="Crème brûlée"), ImportEntry(title="?", state="failed", reason="No", kept=False)),
        "created_at": store.clock(),
        "expires_at": store.clock() + WEEK,
    }
    return ImportJob(**values | changes)


def recipes_for(job: ImportJob) -> list[Recipe | None]:
    return [a_recipe(id=None, title=entry.title) if entry.kept else None for entry in job.entries]


def begin(store: Store, user_id: str, job: ImportJob, recipes: Sequence[Recipe | None] | None = None) -> ImportJob:
    return store.storage.begin_import(user_id, job, recipes_for(job) if recipes is None else recipes)


def test_a_job_is_kept_with_its_recipes(store: Store) -> None:
    user_id, job = new_id(), a_job(store)
    begun = begin(store, user_id, job)
    assert replace(begun, parts=()) == job
    assert store.storage.get_import(user_id, job.id) == begun
    assert store.storage.import_recipes(user_id, begun, 0) == (0, tuple(recipes_for(job)))


def test_many_recipes_are_kept_in_parts_and_each_is_found(store: Store) -> None:
    user_id = new_id()
    job = a_job(store, entries=tuple(ImportEntry(title=f"Dish {place}") for place in range(7)))
    recipes = [a_recipe(id=None, title=e.title, instructions=(Instruction(text=LONG),)) for e in job.entries]
    begun = begin(store, user_id, job, recipes)
    assert len(begun.parts) > 2
    assert sum(begun.parts) == 7
    for place, recipe in enumerate(recipes):
        first, together = store.storage.import_recipes(user_id, begun, place)
        assert together[place - first] == recipe
    with pytest.raises(NotFound):
        store.storage.import_recipes(user_id, begun, 7)


def test_collections_are_kept_beside_many_recipes_and_forgotten_with_them(store: Store) -> None:
    user_id = new_id()
    job = a_job(store, collections=tuple(ImportCollection(name=f"Öfter {place}") for place in range(200)))
    gathered = [
        Gathered(name=each.name, description="Schön", places=tuple(range(5_000, 0, -1))) for each in job.collections
    ]
    begun = store.storage.begin_import(user_id, job, recipes_for(job), gathered)
    assert begun.parts.count(0) > 2
    assert list(store.storage.import_collections(user_id, begun)) == gathered
    assert store.storage.import_recipes(user_id, begun, 0) == (0, tuple(recipes_for(job)))
    one = ImportCollection(name="Öfter 0", waits=False, collection_id=new_id())
    newer = store.storage.update_import(user_id, replace(begun, collections=(one, *begun.collections[1:])))
    assert store.storage.get_import(user_id, job.id) == newer
    assert newer.left == begun.left - 1
    assert store.storage.delete_import(user_id, job.id) is True
    with pytest.raises(NotFound):
        store.storage.import_collections(user_id, begun)


def test_the_same_request_begins_once(store: Store) -> None:
    user_id, job = new_id(), a_job(store)
    begun = begin(store, user_id, job)
    gone_on = store.storage.update_import(user_id, replace(begun, stopped="full"))
    assert begin(store, user_id, job) == gone_on
    assert len(store.storage.list_imports(user_id)) == 1


def test_twenty_of_one_request_begin_once(store: Store) -> None:
    user_id, job = new_id(), a_job(store)
    got = outcomes(20, lambda _: begin(store, user_id, job).id)
    assert set(map(str, got)) <= {job.id}
    assert len(store.storage.list_imports(user_id)) == 1


def test_another_upload_under_the_same_id_is_refused(store: Store) -> None:
    user_id, job = new_id(), a_job(store)
    begun = begin(store, user_id, job)
    with pytest.raises(RequestReused):
        begin(store, user_id, replace(job, fingerprint="other"), [a_recipe(id=None, title="Other"), None])
    assert store.storage.import_recipes(user_id, begun, 0)[1][0] == recipes_for(job)[0]


def test_what_became_of_the_entries_is_kept(store: Store) -> None:
    user_id = new_id()
    begun = begin(store, user_id, a_job(store))
    entries = (ImportEntry(title="Crème brûlée", state="known", reason="There", recipe_id=new_id(), tries=2),)
    newer = store.storage.update_import(user_id, replace(begun, entries=entries + begun.entries[1:], stopped="Full."))
    assert newer.version == begun.version + 1
    assert store.storage.get_import(user_id, begun.id) == newer


def test_only_one_of_two_goes_on_from_a_version(store: Store) -> None:
    user_id = new_id()
    begun = begin(store, user_id, a_job(store))
    store.storage.update_import(user_id, begun)
    with pytest.raises(VersionConflict):
        store.storage.update_import(user_id, begun)


def test_nobody_reaches_anothers_import(store: Store) -> None:
    user_id, other = new_id(), new_id()
    begun = begin(store, user_id, a_job(store))
    assert store.storage.get_import(other, begun.id) is None
    assert store.storage.list_imports(other) == []
    assert store.storage.delete_import(other, begun.id) is False
    for reach in (
        lambda: store.storage.import_recipes(other, begun, 0),
        lambda: store.storage.import_collections(other, replace(begun, parts=(0,))),
        lambda: store.storage.update_import(other, begun),
    ):
        with pytest.raises(NotFound):
            reach()
    assert store.storage.get_import(user_id, begun.id) == begun


@pytest.mark.parametrize("wrong", ["\0", "a" * 2_000])
def test_an_id_that_cannot_be_finds_nothing(store: Store, wrong: str) -> None:
    assert store.storage.get_import(new_id(), wrong) is None
    assert store.storage.delete_import(new_id(), wrong) is False
    assert store.storage.list_imports(wrong) == []
    with pytest.raises(InvalidInput):
        begin(store, new_id(), a_job(store, id=wrong))


def test_the_latest_is_listed_first(store: Store) -> None:
    user_id = new_id()
    first, second = (a_job(store, created_at=store.clock() + timedelta(minutes=minute)) for minute in (0, 1))
    for job in (second, first):
        begin(store, user_id, job)
    assert [job.id for job in store.storage.list_imports(user_id)] == [second.id, first.id]


def test_a_list_reads_no_recipes(store: Store) -> None:
    user_id = new_id()
    begin(store, user_id, a_job(store))
    store.calls.clear()
    store.storage.list_imports(user_id)
    assert len(store.calls) == 1


def test_an_import_is_forgotten_whole(store: Store) -> None:
    user_id = new_id()
    begun = begin(store, user_id, a_job(store))
    assert store.storage.delete_import(user_id, begun.id) is True
    assert store.storage.delete_import(user_id, begun.id) is False
    assert store.storage.get_import(user_id, begun.id) is None
    with pytest.raises(NotFound):
        store.storage.import_recipes(user_id, begun, 0)
    with pytest.raises(NotFound):
        store.storage.update_import(user_id, begun)


def test_an_import_is_gone_after_its_week(store: Store) -> None:
    user_id = new_id()
    begun = begin(store, user_id, a_job(store))
    store.clock.advance(WEEK)
    assert store.storage.get_import(user_id, begun.id) is None
    assert store.storage.list_imports(user_id) == []
    with pytest.raises(NotFound):
        store.storage.update_import(user_id, begun)
    again = a_job(store, id=begun.id, fingerprint="other")
    assert begin(store, user_id, again).fingerprint == "other"


@pytest.mark.parametrize("lose", [1, 2])
def test_a_job_survives_lost_answers(dynamodb: Store, lose: int) -> None:
    user_id, job = new_id(), a_job(dynamodb)
    with lost_answers(dynamodb, lose) as lost:
        begun = begin(dynamodb, user_id, job)
    assert lost
    with lost_answers(dynamodb, lose) as lost:
        newer = dynamodb.storage.update_import(user_id, replace(begun, stopped="Full."))
    assert lost
    assert dynamodb.storage.get_import(user_id, job.id) == newer
    assert dynamodb.storage.import_recipes(user_id, newer, 0) == (0, tuple(recipes_for(job)))
