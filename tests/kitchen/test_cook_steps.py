"""What each step takes up and what it waits for."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.cook_steps import CookStep, cook_steps
from flavorbot.kitchen.step_foods import named_in
from flavorbot.kitchen.units import scale
from flavorbot.model import Ingredient, Instruction, Recipe

NAMES = (
    "chicken thighs",
    "basmati rice",
    "red onion",
    "butter",
    "peanut butter",
    "olive oil",
    "carrots",
    "leek",
    "salt",
)


def steps(*texts: str, names: tuple[str, ...] = NAMES, minutes: int | None = None) -> tuple[CookStep, ...]:
    ingredients = tuple(Ingredient(name=name, quantity=100, unit="g") for name in names)
    instructions = tuple(Instruction(text=text, minutes=minutes) for text in texts)
    return cook_steps(Recipe(title="Dinner", ingredients=ingredients, instructions=instructions))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Slice the red onion.", ["red onion"]),
        ("Soften the onion in the oil.", ["red onion", "olive oil"]),
        ("Brown the chicken, then add a carrot.", ["chicken thighs", "carrots"]),
        ("Stir in the butter.", ["butter"]),
        ("Stir in the peanut butter.", ["peanut butter"]),
        ("Melt the butter with the peanut butter.", ["butter", "peanut butter"]),
        ("Rinse the rice.", ["basmati rice"]),
        ("Tip the vegetables onto a plate.", ["red onion", "carrots", "leek"]),
        ("Wait until it is done.", []),
    ],
)
def test_a_step_shows_what_it_takes_up(text: str, names: list[str]) -> None:
    assert [item.name for item in steps(text)[0].items] == names


def test_an_ingredient_of_two_steps_is_shown_in_both() -> None:
    first, second = steps("Rinse the rice.", "Boil the rice with salt.")
    assert [item.name for item in first.items] == ["basmati rice"]
    assert [item.name for item in second.items] == ["basmati rice", "salt"]


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("Soften the onion in half of the butter.", ["butter"]),
        ("Stir in the remaining butter and the salt.", ["butter"]),
        ("Add a third of the rice.", ["basmati rice"]),
        ("Stir in the butter for half a minute.", []),
    ],
)
def test_a_part_of_an_ingredient_is_known_as_one(text: str, divided: list[str]) -> None:
    (step,) = steps(text)
    assert [step.items[place].name for place in sorted(step.divided)] == divided


def test_amounts_are_those_of_the_servings() -> None:
    rice = Ingredient(name="rice", quantity=150, unit="g")
    recipe = Recipe(title="Rice", servings=2, ingredients=(rice,), instructions=(Instruction(text="Boil the rice."),))
    assert cook_steps(scale(recipe, 6))[0].items[0].quantity == 450


def test_no_two_names_take_the_same_words() -> None:
    found = named_in("Whisk the Peanut butter into the butter.", ["butter", "peanut butter"])
    assert [(each.place, each.start, each.end) for each in found] == [(1, 10, 23), (0, 33, 39)]


@pytest.mark.parametrize(
    ("text", "timers"),
    [
        ("Rinse the basmati rice. Simmer for 12 minutes.", [(720, None, "simmer basmati rice")]),
        ("Fry the red onion in the butter for 8–10 minutes.", [(480, 600, "fry red onion")]),
        ("Simmer 10 minutes, then rest for 5 minutes.", [(600, None, "simmer"), (300, None, "rest")]),
        ("Stir in the carrots, leek and rice and cook for an hour.", [(3600, None, "cook basmati rice, carrots …")]),
        ("Heat the butter. Fry spoonfuls for 5 minutes.", [(300, None, "fry")]),
        ("Give it 5 minutes.", [(300, None, "step 1")]),
        ("Cook the rest for 3 minutes.", [(180, None, "cook")]),
    ],
)
def test_timers_are_named_after_what_is_done(text: str, timers: list[tuple[int, int | None, str]]) -> None:
    assert [(each.seconds, each.most_s, each.what) for each in steps(text)[0].timers] == timers


def test_a_wait_without_a_time_in_words_is_as_long_as_the_step() -> None:
    untold, told, work = steps("Bake until golden.", "Boil for 4 minutes.", "Chop the rest of the leek.", minutes=7)
    assert [(each.seconds, each.what) for each in untold.timers] == [(420, "bake")]
    assert [each.seconds for each in told.timers] == [240]
    assert work.timers == ()
