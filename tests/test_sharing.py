"""What of a recipe is for everybody who has its link."""

from __future__ import annotations

from dataclasses import fields

import pytest

from flavorbot.model import Cooking, Ingredient, Recipe, Source
from flavorbot.sharing import public_copy

PUBLIC = {
    "id", "title", "description", "category", "cuisine", "servings", "prep_minutes", "cook_minutes", "total_minutes",
    "ingredients", "instructions", "diets", "allergens", "nutrition", "tags", "image_url", "source", "created_at",
    "updated_at", "version",
}  # fmt: skip
PRIVATE = {"notes", "rating", "cooked"}


def a_recipe(**changes: object) -> Recipe:
    return Recipe(title="Rice", ingredients=(Ingredient(name="rice"),), instructions=(), **changes)  # type: ignore[arg-type]


def test_of_every_field_it_is_decided_who_sees_it() -> None:
    assert {field.name for field in fields(Recipe)} == PUBLIC | PRIVATE
    owned = a_recipe(notes="Mine.", rating=2, cooked=(Cooking(on="2026-11-21", note="Burnt."),))
    assert public_copy(owned) == a_recipe()


@pytest.mark.parametrize("url", ["https://ada:pw@cook.example/x", "http://[x", "ftp://cook.example/x", "/r/" + "A" * 43,
                                 "https://cook.example/r/" + "A" * 43])  # fmt: skip
def test_addresses_that_are_not_for_everybody_are_left_out(url: str) -> None:
    shown = public_copy(a_recipe(image_url=url, source=Source(kind="import", url=url)))
    assert (shown.image_url, shown.source) == (None, Source(kind="import"))


def test_other_addresses_stay() -> None:
    url = "https://cook.example/rice"
    shown = public_copy(a_recipe(image_url=url, source=Source(kind="import", url=url)))
    assert (shown.image_url, shown.source.url) == (url, url)
