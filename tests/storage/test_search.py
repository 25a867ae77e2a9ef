"""Searching a box: what is found, what is counted, whose it is, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.model import Choice, Cooking, Found, Ingredient, Instruction, Page, Recipe, RecipeQuery
from flavorbot.storage.codec import pack_recipe
from flavorbot.storage.dynamodb_recipes import _put_recipe
from tests.storage.conftest import Store
from tests.storage.test_capacity import usual_recipe
from tests.storage.test_lists import box, titles, walk
from tests.storage.values import a_recipe, new_id

MANY = 5000


def a_dish(title: str, *foods: str, **changes: object) -> Recipe:
    values: dict[str, object] = {
        "title": title,
        "ingredients": tuple(Ingredient(name=food) for food in foods),
        "instructions": (),
        "tags": (),
        "notes": "",
        "allergens": (),
        "diets": (),
        "cuisine": None,
    }
    return a_recipe(**values | changes)


def some_dishes() -> list[Recipe]:
    return [
        a_dish("Tomato soup", "tomato", "onion", "cream", category="lunch", allergens=("milk",), total_minutes=30),
        a_dish("Shakshuka", "egg", "tomato", "red pepper", tags=("Brunch",), allergens=("eggs",), rating=5),
        a_dish("Lentil stew", "red lentils", "onion", "carrot", diets=("vegan",), rating=3, cuisine="Türkish"),
        a_dish(
            "Plain rice",
            "rice",
            notes="Grandmother’s, with jalapeño",
            instructions=(Instruction(text="Simmer with a cinnamon stick."),),
            diets=("vegan",),
            total_minutes=15,
        ),
    ]


def found(store: Store, user_id: str, query: RecipeQuery) -> Found:
    page = store.storage.list_recipes(user_id, query, 24)
    assert page.found is not None
    return page.found


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("tomatoes", {"Tomato soup", "Shakshuka"}),
        ("jalapeno", {"Plain rice"}),
        ("grandmothers", {"Plain rice"}),
        ("cinnamon", {"Plain rice"}),
        ("cinamon stick", {"Plain rice"}),
        ("shakshouka", {"Shakshuka"}),
        ("lentl stew", {"Lentil stew"}),
        ("lent", {"Lentil stew"}),
        ("eggplant", set()),
        ("arroz", {"Plain rice"}),
        ("BRUNCH eggs", {"Shakshuka"}),
        ("tomato rice", set()),
    ],
)
def test_words_are_found_wherever_they_stand(store: Store, q: str, expected: set[str]) -> None:
    user_id = box(store, *some_dishes())
    assert set(titles(store, user_id, RecipeQuery(q=q, sort="best"))) == expected


def test_a_title_comes_before_an_ingredient_before_a_step(store: Store) -> None:
    step = (Instruction(text="Serve beside a leek."),)
    user_id = box(store, a_dish("Leek tart", "flour"), a_dish("Broth", "leek"), a_dish("Ham", "ham", instructions=step))
    for limit in (1, 2, 24):
        cards = walk(store, user_id, RecipeQuery(q="leek", sort="best"), limit)
        assert [card.title for card in cards] == ["Leek tart", "Broth", "Ham"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (RecipeQuery(cuisine="turkish"), "Lentil stew"),
        (RecipeQuery(free_of=("milk", "eggs"), sort="oldest"), "Lentil stew, Plain rice"),
        (RecipeQuery(max_minutes=20), "Plain rice"),
        (RecipeQuery(min_rating=4), "Shakshuka"),
        (RecipeQuery(min_rating=3, sort="rating"), "Shakshuka, Lentil stew"),
        (RecipeQuery(on_hand=("eggs", "tomatoes"), missing=0), ""),
        (RecipeQuery(on_hand=("eggs", "tomatoes"), missing=1, sort="title"), "Plain rice, Shakshuka"),
        (RecipeQuery(on_hand=("onions", "carrots", "lentils")), "Lentil stew"),
        (RecipeQuery(diet="vegan", max_minutes=20, q="rice"), "Plain rice"),
    ],
)
def test_each_filter_leaves_what_it_names(store: Store, query: RecipeQuery, expected: str) -> None:
    user_id = box(store, *some_dishes())
    assert ", ".join(titles(store, user_id, query)) == expected


def test_choices_are_counted_under_all_other_filters(store: Store) -> None:
    user_id = box(store, *some_dishes())
    told = found(store, user_id, RecipeQuery(diet="vegan", category="dessert", counted=True))
    assert told.choices["category"] == (Choice("dessert", 2),)
    assert told.choices["diet"] == (Choice("vegan", 2),)
    assert told.choices["rating"] == (Choice("3", 1),)
    assert found(store, user_id, RecipeQuery(counted=True)).choices["free_of"] == (
        Choice("eggs", 3),
        Choice("milk", 3),
    )


def test_a_search_tells_what_it_understood_and_what_is_missing(store: Store) -> None:
    user_id = box(store, *some_dishes())
    assert found(store, user_id, RecipeQuery(q="tomatoes cinamon")).mended == (("cinamon", "cinnamon"),)
    assert found(store, user_id, RecipeQuery(q="Xyzzy rice")).unknown == ("Xyzzy",)
    assert found(store, user_id, RecipeQuery(q="zzz", diet="vegan")).without == {"q": 2, "diet": 0}
    told = found(store, user_id, RecipeQuery(on_hand=("egg", "tomato"), missing=1, q="shak"))
    assert list(told.missing.values()) == [("red pepper",)]


def test_last_time_it_was_cooked_is_on_the_card(store: Store) -> None:
    times = (Cooking(on="2026-10-01"), Cooking(on="2026-11-02"))
    user_id = box(store, a_dish("Pie", "apple", cooked=times), a_dish("Rice", "rice"))
    cards = store.storage.list_recipes(user_id, RecipeQuery(sort="oldest"), 24).items
    assert [card.cooked_on for card in cards] == ["2026-11-02", None]


def test_search_follows_every_change(store: Store) -> None:
    user_id = box(store, *some_dishes())
    query = RecipeQuery(q="quince")
    assert titles(store, user_id, query) == []
    created = store.storage.create_recipe(user_id, a_dish("Quince jam", "quince", "sugar"), None)
    assert titles(store, user_id, query) == ["Quince jam"]
    store.storage.delete_recipe(user_id, created.id or "")
    assert titles(store, user_id, query) == []
    store.storage.restore_recipe(user_id, created.id or "", None)
    assert titles(store, user_id, query) == ["Quince jam"]
    store.storage.update_recipe(user_id, created, replace(created, title="Apple jam", ingredients=()))
    assert titles(store, user_id, query) == []
    assert titles(store, user_id, RecipeQuery(q="apple jam")) == ["Apple jam"]


def test_nobody_finds_anothers_recipes(store: Store) -> None:
    ana, ben = box(store, *some_dishes()), box(store, a_dish("Ben’s toast", "bread"))
    for query in (RecipeQuery(q="tomato"), RecipeQuery(q="cinamon"), RecipeQuery(q="t"), RecipeQuery(sort="title")):
        cards = walk(store, ben, query, 24)
        assert [card.title for card in cards] == (["Ben’s toast"] if query.q in ("t", "") else [])
    told = found(store, ben, RecipeQuery(q="cinamon", counted=True))
    assert (told.mended, told.choices["tag"]) == ((), ())
    assert len(walk(store, ana, RecipeQuery(counted=True), 24)) == 4


def test_only_those_named_are_chosen_from(store: Store) -> None:
    user_id = box(store, *some_dishes())
    ids = frozenset(card.id for card in walk(store, user_id, RecipeQuery(), 24) if "T" in card.title)
    assert titles(store, user_id, RecipeQuery(among=ids, collection="1")) == ["Tomato soup"]
    assert titles(store, user_id, RecipeQuery(among=frozenset({new_id()}), collection="1")) == []


@pytest.mark.parametrize("sort", ["best", "newest", "updated", "title", "quickest", "rating"])
def test_searched_pages_stay_put_while_inserting(store: Store, sort: str) -> None:
    dishes = [a_dish(f"Leek {name}", "leek", rating=n % 3 or None) for n, name in enumerate("abcdefgh")]
    user_id, query = box(store, *dishes), RecipeQuery(q="leek", sort=sort)
    expected = titles(store, user_id, query)
    first = store.storage.list_recipes(user_id, query, 3)
    store.storage.create_recipe(user_id, a_dish("Apple pie", "apple"), None)
    rest: Page = store.storage.list_recipes(user_id, query, 24, first.next_cursor)
    assert [card.title for card in (*first.items, *rest.items)] == expected


def test_recipes_stored_before_there_was_a_search_are_found(sqlite: Store) -> None:
    user_id = box(sqlite, *some_dishes())
    with sqlite.storage.db.write("forget") as connection:  # type: ignore[union-attr]
        connection.execute("UPDATE recipes SET words = NULL, words_of = NULL")
        connection.execute("INSERT INTO recipe_search (recipe_search) VALUES ('delete-all')")
    assert titles(sqlite, user_id, RecipeQuery(q="cinnamon")) == ["Plain rice"]


@pytest.fixture
def full(local: Store) -> str:
    """A box of 5,000, which takes more than 2 MB of the index.

    Their bodies are left out: DynamoDB Local counts whole items towards the 1 MB of an answer, where AWS counts what
    the index holds of them ("Global secondary indexes", "Read capacity units").
    """
    user_id, client = new_id(), local.storage.table.clients.single()  # type: ignore[union-attr]
    usual = replace(usual_recipe(), updated_at=local.clock(), version=1)
    needle = replace(usual, title="Needle")
    packed = {recipe.title: pack_recipe(recipe) for recipe in (usual, needle)}
    for start in range(0, MANY, 25):
        recipes = [needle if number in (0, MANY - 1) else usual for number in range(start, start + 25)]
        actions = [_put_recipe(user_id, replace(each, id=new_id()), packed[each.title], 1) for each in recipes]
        requests = [{"PutRequest": {"Item": action["Put"]["Item"] | {"body": {"B": b""}}}} for action in actions]
        client.batch_write_item(RequestItems={local.settings.table_name: requests})
    local.calls.clear()
    return user_id


def test_search_of_5000_costs_4_calls_cold_and_1_warm(local: Store, full: str) -> None:
    def found_by(query: RecipeQuery) -> tuple[int | None, list[str]]:
        local.calls.clear()
        return local.storage.list_recipes(full, query, 24).total, list(local.calls)

    assert found_by(RecipeQuery(q="needle")) == (2, ["get_item", "query", "query", "query"])
    assert found_by(RecipeQuery(q="aubergnie lentil")) == (MANY, ["get_item"])
    assert found_by(RecipeQuery(sort="title")) == (MANY, ["get_item"])
    assert found_by(RecipeQuery(on_hand=("lentils",), missing=5)) == (0, ["get_item"])


def test_an_index_read_just_after_a_change_is_not_trusted(dynamodb: Store) -> None:
    user_id, query = box(dynamodb, *some_dishes()), RecipeQuery(q="rice")
    dynamodb.calls.clear()
    for _ in range(2):
        titles(dynamodb, user_id, query)
    assert dynamodb.calls == ["get_item", "query"] * 2
    dynamodb.clock.advance(timedelta(seconds=3))
    dynamodb.calls.clear()
    for _ in range(3):
        titles(dynamodb, user_id, query)
    assert dynamodb.calls == ["get_item", "query", "get_item", "get_item"]


def test_a_recipe_with_a_food_that_nobody_knows_is_free_of_nothing(store: Store) -> None:
    user_id = box(
        store, a_dish("Stew", "carrot"), a_dish("Mystery", "carrot", "zorblat"), a_dish("Broth", "stock cube")
    )
    assert titles(store, user_id, RecipeQuery(free_of=("milk",), sort="title", q="carrot")) == ["Stew"]
    assert titles(store, user_id, RecipeQuery(free_of=("gluten",), sort="title")) == ["Stew"]
