"""Bringing recipes in: each whole, each once, whatever stops on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from ulid import ULID

from flavorbot import importing
from flavorbot import recipes as box
from flavorbot.collecting import make_collection, remove_recipes
from flavorbot.errors import InvalidInput, NotFound, RequestReused, StorageUnavailable
from flavorbot.exchange.readers.found import Beside, Listed
from flavorbot.exchange.reading import Found
from flavorbot.import_entries import HERE, TWICE
from flavorbot.importing import DELETED
from flavorbot.kitchen.checker import checked_recipe
from flavorbot.model import Collection, ImportJob, Ingredient, Instruction, Recipe, RecipeQuery, Source
from flavorbot.origins import origin_of
from flavorbot.storage.limits import COLLECTIONS
from flavorbot.storage.sqlite import SQLiteStorage

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADA = str(ULID())


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[SQLiteStorage]:
    opened = SQLiteStorage(tmp_path, b"a secret for tests", lambda: NOW, lambda _: None)
    yield opened
    opened.close()


def a_dish(title: str, food: str = "rice", url: str | None = None) -> Recipe:
    return Recipe(
        title=title,
        ingredients=(Ingredient(name=food, quantity=200, unit="g"),),
        instructions=(Instruction(text="Boil it."),),
        source=Source(kind="import", url=url),
    )


def found(*recipes: Recipe) -> list[Found]:
    return [Found(title=recipe.title, recipe=recipe) for recipe in recipes]


def dishes(count: int) -> list[Found]:
    return found(*(a_dish(f"Dish {place}", f"food {place}") for place in range(count)))


def begin(storage: SQLiteStorage, every: list[Found], request_id: str = "", sent: bytes = b"") -> ImportJob:
    return importing.begin(
        storage, ADA, request_id or str(uuid4()), name="A file", sent=sent or repr(every).encode(), found=every, now=NOW
    )


def work(storage: SQLiteStorage, job: ImportJob, batch: int = 1_000, limit: int | None = None) -> ImportJob:
    left = iter(range(batch - 1))
    return importing.work(storage, ADA, job, limit, lambda: next(left, None) is not None, NOW)


def states(job: ImportJob) -> list[str]:
    return [entry.state for entry in job.entries]


def titles(storage: SQLiteStorage) -> list[str]:
    return [card.title for card in storage.list_recipes(ADA, RecipeQuery(), 100).items]


def test_what_was_found_comes_in_in_order_and_checked(storage: SQLiteStorage) -> None:
    job = work(storage, begin(storage, found(a_dish("Porridge", "oats"), a_dish("Toast", "wheat bread"))))
    assert states(job) == ["in", "in"]
    assert titles(storage) == ["Porridge", "Toast"]
    toast = box.open_recipe(storage, ADA, importing.recipe_id_of(job, 1))
    assert "gluten" in toast.allergens


def test_it_goes_on_where_it_was(storage: SQLiteStorage) -> None:
    job = begin(storage, dishes(7))
    for done in (3, 6, 7):
        job = work(storage, importing.open_job(storage, ADA, job.id), batch=3)
        assert job.count("in") == done
    assert work(storage, job) == job
    assert len(titles(storage)) == 7


def test_a_worker_that_dies_leaves_nothing_half_and_nothing_twice(
    storage: SQLiteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, create = begin(storage, dishes(6)), storage.create_recipe
    made: list[str] = []

    def until_it_dies(*arguments: object) -> Recipe:
        if len(made) == 4:
            raise StorageUnavailable("gone")
        made.append("")
        return create(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(storage, "create_recipe", until_it_dies)
        with pytest.raises(StorageUnavailable):
            work(storage, job)
    stored = importing.open_job(storage, ADA, job.id)
    assert states(stored) == ["waiting"] * 6, "nobody lived to write down what came in"
    assert states(work(storage, stored)) == ["in"] * 6
    assert len(titles(storage)) == 6


def test_what_was_edited_while_a_worker_died_stays_edited(storage: SQLiteStorage) -> None:
    job = begin(storage, dishes(2))
    work(storage, job)
    recipe = box.open_recipe(storage, ADA, importing.recipe_id_of(job, 0))
    storage.update_recipe(ADA, recipe, replace(recipe, title="Mine"))
    forgotten = replace(importing.open_job(storage, ADA, job.id), entries=job.entries)
    again = work(storage, storage.update_import(ADA, forgotten))
    assert states(again) == ["in", "in"]
    assert sorted(titles(storage)) == ["Dish 1", "Mine"]


def test_two_who_work_on_one_job_bring_each_in_once(storage: SQLiteStorage) -> None:
    job = begin(storage, dishes(4))
    assert states(work(storage, job, batch=2)) == ["in", "in", "waiting", "waiting"]
    late = work(storage, job, batch=1)
    assert states(late) == ["in", "in", "waiting", "waiting"], "what the other one wrote down counts"
    assert states(work(storage, late)) == ["in"] * 4
    assert len(titles(storage)) == 4


def test_the_same_form_sent_again_is_the_same_job(storage: SQLiteStorage) -> None:
    every, request_id = dishes(2), str(uuid4())
    job = work(storage, begin(storage, every, request_id))
    assert begin(storage, every, request_id) == job
    with pytest.raises(RequestReused):
        begin(storage, dishes(1), request_id)


def test_one_that_is_broken_stops_no_other(storage: SQLiteStorage) -> None:
    broken = Found(title="Soup", reason="It has no ingredients.")
    job = work(storage, begin(storage, [*dishes(1), broken, *found(a_dish("Last"))]))
    assert states(job) == ["in", "failed", "in"]
    assert (job.entries[1].reason, job.entries[1].kept) == ("It has no ingredients.", False)


def test_one_that_nobody_foresaw_stops_no_other_and_can_be_tried_again(
    storage: SQLiteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(storage, dishes(3))

    def stumbling(recipe: Recipe) -> Recipe:
        if recipe.title == "Dish 1":
            raise ZeroDivisionError
        return checked_recipe(recipe)

    with monkeypatch.context() as patch:
        patch.setattr(box, "checked_recipe", stumbling)
        job = work(storage, job)
    assert states(job) == ["in", "failed", "in"]
    again = work(storage, importing.try_again(storage, ADA, job, "failed"))
    assert states(again) == ["in"] * 3
    assert sorted(titles(storage)) == ["Dish 0", "Dish 1", "Dish 2"]


def test_what_is_in_the_box_already_is_named(storage: SQLiteStorage) -> None:
    first = work(storage, begin(storage, found(a_dish("Crème brûlée", "cream"))))
    second = work(storage, begin(storage, found(a_dish("creme  Brulee", "Cream"), a_dish("Crème brûlée", "milk"))))
    assert states(second) == ["known", "in"]
    assert (second.entries[0].reason, second.entries[0].recipe_id) == (HERE, importing.recipe_id_of(first, 0))


def test_what_is_brought_twice_at_once_comes_in_once(storage: SQLiteStorage) -> None:
    job = work(storage, begin(storage, found(a_dish("Soup"), a_dish("Soup"))))
    assert states(job) == ["in", "known"]
    assert (job.entries[1].reason, job.entries[1].recipe_id) == (TWICE, None)


def test_the_same_page_is_known_again_whatever_became_of_its_recipe(storage: SQLiteStorage) -> None:
    work(storage, begin(storage, found(a_dish("Soup", url="https://www.kitchen.example/soup/?utm_source=x#top"))))
    again = begin(storage, found(a_dish("Our best soup", "leek", url="http://kitchen.example/soup")))
    assert states(again) == ["known"]


def test_several_recipes_of_one_page_all_come_in(storage: SQLiteStorage) -> None:
    page = "https://kitchen.example/menu"
    job = work(storage, begin(storage, found(a_dish("Soup", url=page), a_dish("Cake", "flour", page))))
    assert states(job) == ["in", "in"]
    again = begin(storage, found(a_dish("Soup", url=page), a_dish("Cake", "flour", page)))
    assert states(again) == ["known", "known"]


def test_what_is_there_comes_in_all_the_same_when_it_is_asked_for(storage: SQLiteStorage) -> None:
    work(storage, begin(storage, dishes(1)))
    known = begin(storage, dishes(1), sent=b"again")
    job = work(storage, importing.try_again(storage, ADA, known, "known"))
    assert states(job) == ["in"]
    assert titles(storage) == ["Dish 0", "Dish 0"]


def test_what_was_deleted_since_does_not_come_back_by_itself(storage: SQLiteStorage) -> None:
    begun = begin(storage, dishes(1))
    work(storage, begun)
    storage.delete_recipe(ADA, importing.recipe_id_of(begun, 0))
    forgotten = replace(importing.open_job(storage, ADA, begun.id), entries=begun.entries)
    job = work(storage, storage.update_import(ADA, forgotten))
    assert (states(job), job.entries[0].reason) == (["failed"], DELETED)
    assert states(work(storage, importing.try_again(storage, ADA, job, "failed"))) == ["in"]


def test_a_full_box_stops_it_and_room_lets_it_go_on(storage: SQLiteStorage) -> None:
    job = work(storage, begin(storage, dishes(4)), limit=2)
    assert states(job) == ["in", "in", "waiting", "waiting"]
    assert "2" in job.stopped
    job = work(storage, job, limit=4)
    assert (states(job), job.stopped) == (["in"] * 4, "")


def test_a_job_holds_only_so_much(storage: SQLiteStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_RECIPES", 3)
    with pytest.raises(InvalidInput, match="more than 3 recipes"):
        begin(storage, dishes(4))
    assert storage.list_imports(ADA) == []


def test_a_job_of_the_most_recipes_there_can_be_is_kept(storage: SQLiteStorage) -> None:
    every = found(*(a_dish(f"Dish {place} of a long and rather usual name", f"food {place}") for place in range(5_000)))
    job = begin(storage, every)
    assert importing.open_job(storage, ADA, job.id).count("waiting") == 5_000
    assert states(work(storage, job, batch=1))[:2] == ["in", "waiting"]


def test_nobody_opens_anothers_job(storage: SQLiteStorage) -> None:
    job = begin(storage, dishes(1))
    with pytest.raises(NotFound):
        importing.open_job(storage, str(ULID()), job.id)


def test_a_job_ends_after_a_week(storage: SQLiteStorage) -> None:
    assert begin(storage, dishes(1)).expires_at == NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/soup/", "http://a.example/soup#steps", True),
        ("https://a.example/s?id=1&utm_source=mail&fbclid=x", "https://a.example/s?id=1", True),
        ("https://a.example/s?id=1", "https://a.example/s?id=2", False),
        ("https://a.example/s", "https://b.example/s", False),
    ],
)
def test_the_same_page_has_one_origin(one: str, other: str, same: bool) -> None:
    assert (origin_of(one) == origin_of(other)) is same


@pytest.mark.parametrize("nowhere", [None, "", "http://[::1", "https://kitchen.example/"])
def test_what_names_no_page_has_no_origin(nowhere: str | None) -> None:
    assert origin_of(nowhere) is None


def shelved(*collections: Listed, twice: bool = False) -> list[Found]:
    """A zip of three dishes, in the files 0, 1 and 2, and of these collections."""
    beside = Beside(collections)
    every = [*dishes(3), *(dishes(1) if twice else [])]
    return [replace(each, file=str(place), beside=beside) for place, each in enumerate(every)]


def collections(storage: SQLiteStorage) -> dict[str, list[str]]:
    """The titles in each, in order."""
    found = {}
    for shelf in storage.list_collections(ADA):
        collection = storage.get_collection(ADA, shelf.id)
        assert collection is not None
        found[shelf.name] = [box.open_recipe(storage, ADA, id_).title for id_ in collection.recipe_ids]
    return found


EVENING, EMPTY = Listed("Evening", "Quick ones", ("2", "0", "gone")), Listed("Later", "", ())


def test_collections_come_in_behind_their_recipes(storage: SQLiteStorage) -> None:
    job = begin(storage, shelved(EVENING, EMPTY))
    job = work(storage, job, batch=2)
    assert (job.left, collections(storage)) == (3, {})
    job = work(storage, work(storage, job), batch=1)
    assert (job.left, collections(storage)) == (0, {"Evening": ["Dish 2", "Dish 0"], "Later": []})
    assert {each.name: each.collection_id for each in job.collections} == {
        each.name: each.id for each in storage.list_collections(ADA)
    }
    assert work(storage, job) == job


def test_a_collection_of_the_same_name_takes_what_it_lacks(storage: SQLiteStorage) -> None:
    work(storage, begin(storage, dishes(1)))
    first = storage.list_recipes(ADA, RecipeQuery(), 1).items[0].id
    make_collection(storage, ADA, "EVENING ", "Mine", [first], now=NOW)
    job = work(storage, begin(storage, shelved(EVENING)))
    assert states(job) == ["known", "in", "in"]
    assert collections(storage) == {"EVENING": ["Dish 0", "Dish 2"]}
    assert [shelf.description for shelf in storage.list_collections(ADA)] == ["Mine"]
    work(storage, begin(storage, shelved(EVENING), sent=b"again"))
    assert collections(storage) == {"EVENING": ["Dish 0", "Dish 2"]}


def test_a_collection_holds_what_was_brought_twice_once(storage: SQLiteStorage) -> None:
    job = work(storage, begin(storage, shelved(Listed("All", "", ("3", "0", "1")), twice=True)))
    assert (states(job)[3], job.entries[3].reason) == ("known", TWICE)
    assert collections(storage) == {"All": ["Dish 0", "Dish 1"]}


def test_a_worker_that_dies_among_collections_leaves_none_half_and_none_twice(
    storage: SQLiteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, create = begin(storage, shelved(EVENING, EMPTY)), storage.create_collection

    def first_alone(user_id: str, collection: Collection) -> Collection:
        if collection.name != "Evening":
            raise StorageUnavailable("gone")
        return create(user_id, collection)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "create_collection", first_alone)
        with pytest.raises(StorageUnavailable):
            work(storage, job)
    assert collections(storage) == {"Evening": ["Dish 2", "Dish 0"]}
    job = work(storage, importing.open_job(storage, ADA, job.id))
    assert (job.left, collections(storage)) == (0, {"Evening": ["Dish 2", "Dish 0"], "Later": []})


def test_what_comes_in_later_joins_its_collection_and_nothing_else_changes(storage: SQLiteStorage) -> None:
    work(storage, begin(storage, dishes(1)))
    job = work(storage, begin(storage, shelved(EVENING, EMPTY)))
    evening, later = storage.list_collections(ADA)
    remove_recipes(storage, ADA, evening.id, [importing.recipe_id_of(job, 2)])
    storage.delete_collection(ADA, later.id)
    job = work(storage, importing.try_again(storage, ADA, job, "known"))
    assert (states(job), job.left) == (["in"] * 3, 0)
    assert collections(storage) == {"Evening": ["Dish 0", "Dish 0"]}


def test_a_collection_that_cannot_come_in_says_why(storage: SQLiteStorage) -> None:
    for place in range(COLLECTIONS - 1):
        make_collection(storage, ADA, f"Collection {place}", now=NOW)
    job = work(storage, begin(storage, shelved(EVENING, EMPTY)))
    assert (job.left, job.collections[0].reason) == (0, "")
    assert "200 collections" in job.collections[1].reason
