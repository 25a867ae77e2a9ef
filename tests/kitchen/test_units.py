"""Grams, scaling, unit systems and how amounts are written."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.nutrition import nutrition_of
from flavorbot.kitchen.units import amount_text, grams_of, in_units, scale
from flavorbot.model import Ingredient, Instruction, Recipe


def recipe(*items: Ingredient, step: str = "") -> Recipe:
    return Recipe(title="Test", ingredients=items, instructions=(Instruction(text=step),), servings=2)


@pytest.mark.parametrize(
    ("quantity", "unit", "text"),
    [
        (1.5, "tsp", "1½ tsp"),
        (1 / 3, "cup", "⅓ cup"),
        (0.1, "cup", "1⅔ tbsp"),
        (1 / 16, "tsp", "a pinch"),
        (0.01, "tbsp", "a pinch"),
        (3, "tsp", "1 tbsp"),
        (2.5, None, "2½"),
        (0.001, None, "a little"),
        (1234, "g", "1.23 kg"),
        (0.3, "kg", "300 g"),
        (0.2, "g", "0.5 g"),
        (123, "ml", "125 ml"),
        (2, "clove", "2 cloves"),
        (3, "leaf", "3 leaves"),
        (None, None, ""),
    ],
)
def test_amounts_are_written_as_a_cook_would(quantity: float | None, unit: str | None, text: str) -> None:
    assert amount_text(Ingredient(name="x", quantity=quantity, unit=unit)) == text


@pytest.mark.parametrize(
    ("quantity", "unit", "food", "least", "most"),
    [
        (1, None, "onion", 80, 160),
        (2, "clove", "garlic", 5, 12),
        (1, "head", "garlic", 30, 70),
        (1, "stick", "butter", 113, 113),
        (1, "cup", "rice", 170, 200),
        (1, "tbsp", "olive oil", 12, 15),
        (1, "lb", "carrot", 453, 454),
    ],
)
def test_grams_behind_an_amount(quantity: float, unit: str | None, food: str, least: float, most: float) -> None:
    grams = grams_of(quantity, unit, foods()[food])
    assert grams is not None
    assert least <= grams <= most


def test_scaling_reaches_the_steps() -> None:
    made = scale(recipe(Ingredient(name="rice", quantity=150, unit="g"), step="Add 150 g rice and stir."), 6)
    assert made.ingredients[0].quantity == 450
    assert made.instructions[0].text == "Add 450 g rice and stir."


@pytest.mark.parametrize(
    ("name", "unit", "servings", "scaled"),
    [
        ("onion", None, 3, "onions"),
        ("onions", None, 1, "onion"),
        ("eggs", None, 4, "eggs"),
        ("small onion", None, 4, "small onion"),
        ("carrot", "slice", 4, "carrot"),
    ],
)
def test_what_is_counted_is_named_by_its_number(name: str, unit: str | None, servings: int, scaled: str) -> None:
    made = scale(recipe(Ingredient(name=name, quantity=1, unit=unit)), servings)
    assert made.ingredients[0].name == scaled


@pytest.mark.parametrize("servings", [1, 3, 5, 7, 12])
def test_scaling_keeps_the_mass_per_serving(servings: int) -> None:
    made = scale(recipe(Ingredient(name="rice", quantity=150, unit="g")), servings)
    assert (made.ingredients[0].quantity or 0) / servings == pytest.approx(75, rel=0.01)


def test_units_convert_there_and_back() -> None:
    original = recipe(
        Ingredient(name="rice", quantity=150, unit="g"),
        Ingredient(name="milk", quantity=250, unit="ml"),
        Ingredient(name="chicken breast", quantity=300, unit="g"),
        step="Heat the oven to 200 °C. Cook to 74 °C.",
    )
    american = in_units(original, "us")
    assert american.instructions[0].text == "Heat the oven to 400 °F. Cook to 165 °F."
    back = in_units(american, "metric")
    assert [item.unit for item in back.ingredients] == ["g", "ml", "g"]
    for before, after in zip(original.ingredients, back.ingredients, strict=True):
        assert after.quantity == pytest.approx(before.quantity, rel=0.03)
    assert back.instructions == original.instructions


def test_nutrition_is_per_serving() -> None:
    found = nutrition_of(recipe(Ingredient(name="rice", quantity=200, unit="g")))
    assert found is not None
    assert 340 <= found.kcal <= 380


def test_nutrition_is_unknown_with_an_unknown_food() -> None:
    assert nutrition_of(recipe(Ingredient(name="zorbax", quantity=200, unit="g"))) is None


@pytest.mark.parametrize(
    ("ounces", "text"), [(0.1, "⅛ oz"), (2.12, "2 oz"), (5.25, "5¼ oz"), (9.66, "10 oz"), (14.5, "14½ oz")]
)
def test_ounces_are_told_as_scales_show_them(ounces: float, text: str) -> None:
    assert amount_text(Ingredient(name="kale", quantity=ounces, unit="oz")) == text
