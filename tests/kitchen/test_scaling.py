"""What multiplying the amounts does not change by itself."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.nutrition import nutrition_of, reckon
from flavorbot.kitchen.scaling import scaling_notes
from flavorbot.model import Ingredient, Instruction, Recipe


def a_recipe(step: str, *names: str) -> Recipe:
    ingredients = tuple(Ingredient(name=name, quantity=100, unit="g") for name in names or ("flour",))
    return Recipe(title="x", servings=4, ingredients=ingredients, instructions=(Instruction(text=step),))


@pytest.mark.parametrize(
    ("step", "servings", "told"),
    [
        ("Use a 20 cm round cake tin.", 8, "about 28 cm, or several"),
        ("Use a 20 cm round cake tin.", 2, "about 14 cm."),
        ("Use a 20 x 30 cm baking dish.", 8, "about 28 × 42 cm"),
        ("Line a 9-inch pan.", 8, "about 13 inch"),
        ("Bake it for an hour.", 8, "allow 5 to 15 minutes more"),
        ("Roast it for an hour.", 2, "two thirds of the baking time"),
        ("Bake it in a dish.", 8, "bigger dish or two"),
        ("Bake it in a dish.", 2, "smaller dish"),
        ("Brown the mince.", 8, "in batches"),
    ],
)
def test_notes_name_vessels_and_times(step: str, servings: int, told: str) -> None:
    assert told in " ".join(scaling_notes(a_recipe(step), servings))


@pytest.mark.parametrize(
    ("step", "servings"), [("Bake it.", 4), ("Stir it.", 8), ("Brown it.", 5), ("Cut 2 cm dice.", 8)]
)
def test_nothing_is_said_where_nothing_changes(step: str, servings: int) -> None:
    assert scaling_notes(a_recipe(step), servings) == ()


def test_what_is_salty_or_hot_is_added_by_taste() -> None:
    assert "taste as you go" in " ".join(scaling_notes(a_recipe("Stir it.", "rice", "soy sauce"), 8))


def test_unknown_foods_are_named_and_not_taken_for_nothing() -> None:
    recipe = Recipe(
        title="x",
        servings=2,
        ingredients=(
            Ingredient(name="flour", quantity=100, unit="g"),
            Ingredient(name="glimmerdust", quantity=1),
            Ingredient(name="salt"),
        ),
        instructions=(),
    )
    reckoned = reckon(recipe)
    assert (reckoned.counted, reckoned.unknown, reckoned.to_taste) == (1, ("glimmerdust",), ("salt",))
    assert reckoned.nutrition
    assert nutrition_of(recipe) is None
