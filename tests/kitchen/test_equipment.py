"""Kitchen things that are named after a food are no food; the food beside such words still is."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.checker import check

RICE = ["200 g rice"]


@pytest.mark.parametrize(
    "step",
    [
        "Turn with a fish spatula.",
        "Serve in a pasta bowl.",
        "Cool it on a large bread board.",
        "Put it into the cookie jar.",
        "Pour into your gravy boat.",
        "Shape it with an egg ring.",
        "Use a cheese grater, then a butter curler.",
        "Cook on the cake setting.",
        "Press it with a tortilla press.",
        "Cut into almond-shaped pieces, each the size of a walnut.",
        "It should be as thick as custard.",
        "Mince finely, then toast lightly.",
        "Fish it out and perch it on top.",
        "Lightly grease a 9-inch cake pan.",
        "Smash the garlic and toast sunflower seeds.",
        "There is no need for cheese.",
        "Chuck it in, then milk the last drops from the lemon.",
        "Cook until golden as butter and crisp as a cracker.",
        "Stir without adding cream.",
    ],
)
def test_things_shapes_and_verbs_are_no_food(step: str) -> None:
    checked = check(RICE, [step])
    assert not checked.contains
    assert {"vegan", "gluten_free"} <= set(checked.diets)


@pytest.mark.parametrize(
    ("step", "contains"),
    [
        ("Serve the pasta bowl.", "gluten"),
        ("Top with a cheese slice.", "milk"),
        ("Serve the cheese board.", "milk"),
        ("Add a tin of tuna, and open the tuna tin first.", "fish"),
        ("Add the pasta shapes.", "gluten"),
        ("Butter the dish.", "milk"),
        ("Add 2 bread rings.", "gluten"),
    ],
)
def test_food_beside_such_words_is_food(step: str, contains: str) -> None:
    checked = check(RICE, [step])
    may = [each.message for each in checked.findings]
    assert contains in checked.contains or may or "vegan" not in checked.diets, checked


@pytest.mark.parametrize(
    "step", ["Fry the sole in oil.", "Lay the skate in the pan.", "Bake the bass fillets.", "Add the char."]
)
def test_fish_that_is_cooked_is_fish(step: str) -> None:
    assert check(RICE, [step]).contains == ("fish",)


@pytest.mark.parametrize("step", ["Save it for your sole use.", "Skate over the details.", "Char the onions."])
def test_other_words_for_fish_are_none(step: str) -> None:
    assert check([*RICE, "2 onions"], [step]).contains == ()
