"""Recipes as schema.org JSON-LD, and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from flavorbot.exchange import from_jsonld, to_jsonld
from flavorbot.exchange.jsonld import duration
from flavorbot.model import Recipe
from tests.exchange.recipes import SOUP, recipes


@given(recipes)
def test_what_goes_out_comes_back_as_it_was(recipe: Recipe) -> None:
    assert from_jsonld(json.loads(json.dumps(to_jsonld(recipe)))) == recipe


def test_a_stored_recipe_comes_back_as_a_new_one() -> None:
    assert from_jsonld(to_jsonld(SOUP)) == replace(SOUP, id=None, created_at=None, updated_at=None, version=0)


def test_others_can_read_it() -> None:
    told = to_jsonld(SOUP)
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Recipe")
    assert (told["name"], told["recipeYield"], told["totalTime"]) == ("Crème of *pea* soup", "4 servings", "PT1H30M")
    assert told["recipeIngredient"] == [
        "400 g peas", "1½ tbsp olive oil", "50 g crème fraîche, at room temperature", "chilli (optional)",
    ]  # fmt: skip
    assert told["recipeInstructions"][0] == {
        "@type": "HowToStep", "position": 1, "text": "Fry the peas in the olive oil for 5 minutes.",
        "timeRequired": "PT5M",
    }  # fmt: skip
    assert told["suitableForDiet"] == ["https://schema.org/VegetarianDiet", "https://schema.org/GlutenFreeDiet"]
    assert told["nutrition"]["calories"] == "252 kcal"
    assert told["nutrition"]["sodiumContent"] == "196 mg"
    assert (told["keywords"], told["isBasedOn"]) == ("soup, quick", "https://example.org/soup")


def test_nothing_is_told_that_is_not_known() -> None:
    bare = Recipe(title="Toast", ingredients=SOUP.ingredients[:1], instructions=SOUP.instructions[:1], servings=1)
    told = to_jsonld(bare)
    assert told["recipeYield"] == "1 serving"
    assert not {"totalTime", "recipeCuisine", "nutrition", "keywords", "image", "suitableForDiet"} & set(told)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"encoding": "nonsense"},
        {"encoding": {"encodingFormat": "application/vnd.flavorbot.recipe+json", "text": "{"}},
        {"encoding": [{"encodingFormat": "application/vnd.flavorbot.recipe+json", "text": '{"title": "x"}'}]},
    ],
)
def test_what_is_not_ours_gives_nothing(data: dict[str, object]) -> None:
    assert from_jsonld(data) is None


@pytest.mark.parametrize(("minutes", "said"), [(None, None), (0, "PT0M"), (45, "PT45M"), (60, "PT1H"), (61, "PT1H1M")])
def test_durations(minutes: int | None, said: str | None) -> None:
    assert duration(minutes) == said
