"""schema.org's JSON-LD in the shapes in which sites and programs write it."""

from __future__ import annotations

from typing import Any

import pytest

from flavorbot.exchange.reading import read_jsonld
from flavorbot.model import Recipe
from flavorbot.writing import ingredient_lines

SOUP: dict[str, Any] = {
    "@type": "Recipe",
    "name": "Soup",
    "recipeIngredient": ["1 leek"],
    "recipeInstructions": "Boil.",
}


def _read(**changes: object) -> Recipe:
    (found,) = read_jsonld({**SOUP, **changes})
    assert found.recipe, found.reason
    return found.recipe


@pytest.mark.parametrize(
    "data",
    [
        SOUP,
        [SOUP],
        {"@graph": [{"@type": "WebPage"}, SOUP]},
        {"@type": "WebPage", "mainEntity": SOUP},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": SOUP}]},
        {**SOUP, "@type": ["Recipe", "NewsArticle"]},
        {**SOUP, "@type": "http://schema.org/Recipe"},
        {**SOUP, "@type": "schema:Recipe"},
        {"recipes": [SOUP]},
    ],
)
def test_a_recipe_is_found_wherever_it_stands(data: object) -> None:
    assert [found.title for found in read_jsonld(data)] == ["Soup"]


@pytest.mark.parametrize("data", [None, [], {}, "Recipe", 1, {"@type": "Person"}, {"@type": None}, [[[]]]])
def test_where_none_is_nothing_is_found(data: object) -> None:
    (found,) = read_jsonld(data)
    assert (found.recipe, found.reason) == (None, "No recipe was found in it.")


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("Chop.\nBoil.", ["Chop.", "Boil."]),
        ("<ol><li>Chop.</li><li>Boil.</li></ol>", ["Chop.", "Boil."]),
        ("1. Chop.\n2. Boil.", ["Chop.", "Boil."]),
        (["Chop.", "Boil."], ["Chop.", "Boil."]),
        ([{"@type": "HowToStep", "text": "Chop."}, {"@type": "HowToStep", "name": "Boil."}], ["Chop.", "Boil."]),
        ([[{"text": "Chop."}], [{"text": "Boil."}]], ["Chop.", "Boil."]),
        ({"@type": "ItemList", "itemListElement": [{"text": "Chop."}, {"text": "Boil."}]}, ["Chop.", "Boil."]),
        ([{"name": "Step 1", "text": "Chop."}, {"name": "Boil", "text": "Boil."}], ["Chop.", "Boil."]),
        ([{"@type": "HowToSection", "name": "Base", "itemListElement": [{"text": "Chop."}]}], ["Base: Chop."]),
        ([{"@type": "HowToSection", "name": "Base"}, "Chop.", "Boil."], ["Base: Chop.", "Boil."]),
        (None, []),
    ],
)
def test_steps_are_read_in_every_shape(told: object, steps: list[str]) -> None:
    assert [step.text for step in _read(recipeInstructions=told).instructions] == steps


def test_ingredients_have_headings_in_several_ways() -> None:
    told = ["Base:", "1 leek", "For the topping", "[Bread]", "2 slices bread", "• 1 egg"]
    assert ingredient_lines(_read(recipeIngredient=told)) == ["Base:", "1 leek", "Bread:", "2 slices bread", "1 egg"]
    assert ingredient_lines(_read(recipeIngredient="1 leek\n2 eggs")) == ["1 leek", "2 eggs"]
    assert ingredient_lines(_read(recipeIngredient=None, ingredients=["1 leek"])) == ["1 leek"]


def test_facts_are_read_from_lists_and_objects() -> None:
    soup = _read(
        recipeYield=["4", "4 bowls"], recipeCategory=["Starter", "Winter"], recipeCuisine=["French", "Belgian"],
        keywords=["easy", "soup, leek"], prepTime="PT10M", totalTime="PT1H", image={"url": ["https://a.example/a.jpg"]},
        description={"@value": "Warm &amp; green."}, isBasedOn="https://a.example/soup",
    )  # fmt: skip
    assert (soup.servings, soup.category, soup.cuisine, soup.notes) == (4, "snack", "French", "Makes 4 bowls.")
    assert soup.tags == ("easy", "soup", "leek", "Winter", "Belgian")
    assert (soup.prep_minutes, soup.total_minutes) == (10, 60)
    assert (soup.image_url, soup.source.url) == ("https://a.example/a.jpg", "https://a.example/soup")
    assert soup.description == "Warm & green."


def test_strangers_comments_and_stars_are_not_the_persons() -> None:
    rated = {"ratingValue": 4.9, "ratingCount": 12}
    assert _read(aggregateRating=rated, comment=[{"name": "Ann", "text": "Bad!"}]).rating is None
    own = _read(aggregateRating={"ratingValue": "4"}, comment=[{"name": "Author Notes", "text": "Good."}])
    assert (own.rating, own.notes) == (4, "Good.")
