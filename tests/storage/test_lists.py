"""Lists of recipes: order, filters, pages that stay put, and cursors nobody can bend."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from flavorbot.errors import BadRequest
from flavorbot.model import Card, Ingredient, Recipe, RecipeQuery
from tests.storage.conftest import Store
from tests.storage.values import a_recipe, new_id

NEWEST = RecipeQuery()


def box(store: Store, *recipes: Recipe) -> str:
    """A new person's box with these recipes."""
    user_id = new_id()
    for recipe in recipes:
        store.clock.advance(timedelta(seconds=1))
        store.storage.create_recipe(user_id, recipe, None)
    return user_id


def titled(*titles: str) -> list[Recipe]:
    return [a_recipe(id=f"{place:026}", title=title) for place, title in enumerate(titles)]


def titles(store: Store, user_id: str, query: RecipeQuery, limit: int = 50) -> list[str]:
    return [card.title for card in walk(store, user_id, query, limit)]


def walk(store: Store, user_id: str, query: RecipeQuery, limit: int) -> list[Card]:
    """All cards, page by page."""
    cards: list[Card] = []
    cursor = None
    while True:
        page = store.storage.list_recipes(user_id, query, limit, cursor)
        assert len(page.items) == limit or page.next_cursor is None
        cards += page.items
        cursor = page.next_cursor
        if cursor is None:
            return cards


def test_card_shows_what_a_list_needs(store: Store) -> None:
    recipe = a_recipe(rating=4)
    user_id = box(store, recipe)
    (card,) = store.storage.list_recipes(user_id, NEWEST, 24).items
    assert card == Card(
        id=recipe.id or "",
        title="Crème brûlée",
        category="dessert",
        cuisine="french",
        servings=4,
        total_minutes=55,
        diets=("vegetarian", "gluten_free"),
        allergens=("eggs", "milk"),
        tags=("Sunday",),
        rating=4,
        words=("double cream", "egg yolk"),
        created_at=store.clock(),
        updated_at=store.clock(),
        version=1,
        doubts=(),
    )


def test_empty_box_is_an_empty_page(store: Store) -> None:
    for sort in ("newest", "oldest", "title", "quickest"):
        page = store.storage.list_recipes(new_id(), RecipeQuery(sort=sort), 24)
        assert (page.items, page.next_cursor) == ((), None)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", "EDCBA"), ("oldest", "ABCDE"), ("title", "ABCDE"), ("quickest", "DBEAC")],
)
def test_order_holds_over_pages(store: Store, sort: str, expected: str, limit: int) -> None:
    minutes = {"A": 30, "B": 10, "C": None, "D": 5, "E": 10}
    recipes = [replace(recipe, total_minutes=minutes[recipe.title]) for recipe in titled(*"ABCDE")]
    user_id = box(store, *recipes)
    assert "".join(titles(store, user_id, RecipeQuery(sort=sort), limit)) == expected


def test_titles_sort_without_case_and_accents(store: Store) -> None:
    user_id = box(store, *titled("zucchini", "Éclair", "apple", "Eton mess", "Äpfel"))
    expected = ["Äpfel", "apple", "Éclair", "Eton mess", "zucchini"]
    assert titles(store, user_id, RecipeQuery(sort="title"), 2) == expected


def test_same_titles_are_all_shown(store: Store) -> None:
    user_id = box(store, *titled(*["Soup" * 40] * 5))
    assert len(walk(store, user_id, RecipeQuery(sort="title"), 2)) == 5


@pytest.mark.parametrize(
    "q", ["CREME", "crème brulee", "yolk crem", "sunday", "  ", "Brûlée\tyolk", "crèmes", "creem brule"]
)
def test_search_finds_title_ingredients_and_tags(store: Store, q: str) -> None:
    user_id = box(store, a_recipe())
    assert titles(store, user_id, RecipeQuery(q=q)) == ["Crème brûlée"]


@pytest.mark.parametrize("q", ["cream cake", "%", "_", "french"])
def test_search_leaves_out_the_rest(store: Store, q: str) -> None:
    user_id = box(store, a_recipe())
    assert titles(store, user_id, RecipeQuery(q=q)) == []


def test_filters_are_all_met(store: Store) -> None:
    user_id = box(store, *titled("A", "B"), a_recipe(title="C", category="side", diets=("vegan",), tags=("quick",)))
    assert titles(store, user_id, RecipeQuery(category="side", diet="vegan", tag="Quick", q="cream")) == ["C"]
    assert titles(store, user_id, RecipeQuery(category="dessert", sort="oldest")) == ["A", "B"]
    assert titles(store, user_id, RecipeQuery(diet="vegan", tag="sunday")) == []


def test_page_is_filled_though_matches_are_rare(store: Store) -> None:
    recipes = [a_recipe(title=f"Rare {n}" if n % 7 == 0 else f"Usual {n}") for n in range(27)]
    user_id = box(store, *recipes)
    assert len(walk(store, user_id, RecipeQuery(q="rare"), 3)) == 4


def test_list_of_24_costs_one_call(store: Store) -> None:
    user_id = box(store, *(a_recipe() for _ in range(26)))
    store.calls.clear()
    page = store.storage.list_recipes(user_id, NEWEST, 24)
    assert (len(page.items), len(store.calls)) == (24, 1)


def test_pages_stay_put_while_inserting(store: Store) -> None:
    user_id = box(store, *titled(*"ABCD"))
    first = store.storage.list_recipes(user_id, NEWEST, 2)
    store.storage.create_recipe(user_id, a_recipe(title="E"), None)
    store.storage.delete_recipe(user_id, first.items[1].id)
    second = store.storage.list_recipes(user_id, NEWEST, 2, first.next_cursor)
    assert [card.title for card in (*first.items, *second.items)] == ["D", "C", "B", "A"]


def cursor_of(store: Store, query: RecipeQuery) -> tuple[str, str]:
    user_id = box(store, *titled(*"ABC"))
    cursor = store.storage.list_recipes(user_id, query, 1).next_cursor
    assert cursor is not None
    return user_id, cursor


@pytest.mark.parametrize("cursor", ["", "x", "é", "\ud800", "{}", "A" * 40, "A" * 5000, "====", "eyJQSyI6IlVTRVIjQSJ9"])
def test_made_up_cursor_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(BadRequest):
        store.storage.list_recipes(new_id(), NEWEST, 24, cursor)


def test_changed_cursor_is_refused(store: Store) -> None:
    user_id, cursor = cursor_of(store, NEWEST)
    sealed = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for place in range(len(sealed)):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        with pytest.raises(BadRequest):
            store.storage.list_recipes(user_id, NEWEST, 1, base64.urlsafe_b64encode(changed).decode())


def test_foreign_cursor_is_refused(store: Store) -> None:
    _, cursor = cursor_of(store, NEWEST)
    with pytest.raises(BadRequest):
        store.storage.list_recipes(new_id(), NEWEST, 1, cursor)


@pytest.mark.parametrize(
    "other", [RecipeQuery(sort="oldest"), RecipeQuery(q="a"), RecipeQuery(diet="vegan"), RecipeQuery(tag="a")]
)
def test_cursor_of_another_query_is_refused(store: Store, other: RecipeQuery) -> None:
    user_id, cursor = cursor_of(store, NEWEST)
    with pytest.raises(BadRequest):
        store.storage.list_recipes(user_id, other, 1, cursor)


def test_cursor_serves_pages_of_any_length(store: Store) -> None:
    user_id, cursor = cursor_of(store, NEWEST)
    page = store.storage.list_recipes(user_id, NEWEST, 10, cursor)
    assert [card.title for card in page.items] == ["B", "A"]


def test_unknown_order_is_refused(store: Store) -> None:
    with pytest.raises(BadRequest):
        store.storage.list_recipes(new_id(), RecipeQuery(sort="SK"), 24)


def test_filtered_list_goes_on_past_1_mb(store: Store) -> None:
    """Nine cards of 130 KB each, of which the first and the last match."""
    words = tuple(Ingredient(name=f"{n:05}-{'x' * 94}") for n in range(1300))
    recipes = [replace(recipe, ingredients=words) for recipe in titled("Found 1", *["No"] * 7, "Found 2")]
    user_id = box(store, *recipes)
    assert titles(store, user_id, RecipeQuery(q="found"), 2) == ["Found 2", "Found 1"]
    assert titles(store, user_id, NEWEST, 24) == ["Found 2", *["No"] * 7, "Found 1"]
