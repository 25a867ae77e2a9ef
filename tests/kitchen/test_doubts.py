"""Which allergens of a recipe nobody can rule out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.kitchen.doubts import doubts, doubts_of
from flavorbot.model import ALLERGENS, Ingredient, Instruction, Recipe
from tests.searching.boxes import a_card


def a_dish(*foods: str, step: str = "Boil.", **changes: object) -> Recipe:
    items = tuple(Ingredient(name=food) for food in foods)
    dish = Recipe(title="Dish", ingredients=items, instructions=(Instruction(text=step),), servings=2)
    return replace(dish, **changes)  # type: ignore[arg-type]


def test_what_is_known_and_plain_leaves_none() -> None:
    assert doubts(a_dish("carrot", "onion", step="Fry the onion.")) == ()
    assert doubts_of(a_card(1, "Dish", "carrot", "onion")) == ()


@pytest.mark.parametrize("food", ["zorblat", "dried zorblat", "a jar of Mum’s special", "tomatoe"])
def test_a_food_that_nobody_knows_may_be_anything(food: str) -> None:
    assert doubts(a_dish("carrot", food)) == ALLERGENS
    assert doubts_of(a_card(1, "Dish", "carrot", food)) == ALLERGENS


def test_notes_steps_and_other_texts_count() -> None:
    assert doubts(replace(a_dish(), ingredients=(Ingredient(name="carrot", note="with a stock cube"),))) != ()
    assert doubts(a_dish("carrot", step="Den Kuchen mit gehackten Nüssen und Schlagobers bestreuen.")) == ALLERGENS


def test_what_may_be_in_a_food_is_named() -> None:
    assert "gluten" in doubts(a_dish("stock cube"))
    assert "gluten" in doubts(a_dish("carrot", step="Crumble in a stock cube."))
    assert doubts_of(a_card(1, "Dish", "zorblat", doubts=("milk",))) == ("milk",)
