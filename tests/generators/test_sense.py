"""What any cook would object to: burnt spices, sour dressings, two kitchens on one plate."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from flavorbot.generators.builtin.amounts import grams_per_serving
from flavorbot.kitchen.foods import foods
from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(12)
_MEANWHILE = ("Meanwhile", "While that cooks", "In the meantime", "At the same time")
_SHARP = re.compile(r"lemon|lime|vinegar")
_FISH_SHARP = re.compile(r"lemon|lime")


def test_a_dressing_has_more_oil_than_vinegar() -> None:
    assert grams_per_serving(foods()["cider vinegar"], 22) < grams_per_serving(foods()["olive oil"], 14)


def test_garlic_does_not_stand_for_an_onion() -> None:
    assert grams_per_serving(foods()["garlic"], 25) <= 4 < grams_per_serving(foods()["onion"], 25)


@pytest.mark.parametrize(
    "wish",
    [Wish(ingredients=("chicken thighs", "carrots", "rice"), wish="a pilaf"), Wish(wish="pasta with chicken")],
    ids=["pilaf", "pasta"],
)
def test_garlic_waits_until_the_meat_is_brown(wish: Wish) -> None:
    for each in cooked([wish], SEEDS):
        steps = [step.text for step in each.recipe.instructions]
        fried = next(at for at, step in enumerate(steps) if "74 °C" in step)
        stirred = [at for at, step in enumerate(steps) if re.search(r"garlic[^.]* for (?:1|a) minute", step)]
        assert all(at > fried for at in stirred), steps


def test_leaves_go_into_a_soup_after_its_pasta() -> None:
    found = cooked([Wish(ingredients=("pasta", "mushrooms", "spinach"), wish="a chunky soup")], SEEDS)
    for each in found:
        steps = [step.text for step in each.recipe.instructions]
        boiled = next(at for at, step in enumerate(steps) if re.search(r"pasta|spaghetti", step))
        wilted = max(at for at, step in enumerate(steps) if "spinach" in step)
        assert boiled <= wilted, steps


def test_what_seasons_says_which_kitchen_it_is() -> None:
    kitchens = [each.recipe.cuisine for each in cooked([Wish(ingredients=("kimchi", "rice", "eggs"))], SEEDS)]
    assert kitchens.count("Korean") >= 8


def test_fish_and_meat_do_not_meet() -> None:
    for each in cooked([Wish(ingredients=("chicken", "tuna", "tomatoes"))], SEEDS):
        assert not {"chicken breast", "tinned tuna"} <= _names(each)
        assert each.notices


def test_bacon_goes_with_fish() -> None:
    found = cooked([Wish(ingredients=("cod", "bacon", "leeks"))], SEEDS)
    assert any({"cod", "bacon"} <= _names(each) for each in found)


def test_tomatoes_are_sharp_enough_for_mince() -> None:
    found = cooked([Wish(ingredients=("beef mince", "pasta", "tomatoes"), wish="a pasta dish")], SEEDS)
    assert not any(_SHARP.search(name) for each in found for name in _names(each))


def test_fish_is_sharpened_with_citrus() -> None:
    for each in cooked([Wish(ingredients=("cod", "peas"))], SEEDS):
        sharp = {name for name in _names(each) if _SHARP.search(name)}
        assert all(_FISH_SHARP.search(name) for name in sharp), sharp


def test_a_dish_by_name_is_made_with_the_meat_at_hand() -> None:
    for each in cooked([Wish(ingredients=("chicken", "mushrooms"), wish="stroganoff")], SEEDS):
        assert "chicken breast" in _names(each)
        assert _names(each).isdisjoint({"beef steak", "beef stock"})


def test_one_paprika_is_enough() -> None:
    for each in cooked([Wish(ingredients=("chicken thighs", "rice"), cuisine="spanish")], SEEDS):
        assert not {"paprika", "smoked paprika"} <= _names(each)


def test_a_sandwich_can_be_closed() -> None:
    for each in cooked([Wish(ingredients=("tuna", "white beans", "bread"), wish="a sandwich", servings=3)], SEEDS):
        bread = next(item for item in each.recipe.ingredients if "bread" in item.name)
        assert bread.unit != "slice" or (bread.quantity or 0) >= 6


def test_apples_for_pancakes_are_softened() -> None:
    for each in cooked([Wish(ingredients=("apples", "flour", "milk"), wish="pancakes")], SEEDS):
        assert any(re.search(r"(?:Soften|Cook) the apple", step.text) for step in each.recipe.instructions)


def test_curry_paste_is_fried_before_the_stock_goes_in() -> None:
    for each in cooked([Wish(ingredients=("red curry paste", "chicken", "noodles"), wish="noodle soup")], SEEDS):
        steps = [step.text for step in each.recipe.instructions]
        pasted = next(at for at, step in enumerate(steps) if "curry paste" in step)
        assert pasted < next(at for at, step in enumerate(steps) if "stock" in step)


def test_chops_are_roasted_whole() -> None:
    for each in cooked([Wish(ingredients=("pork chops", "apples", "cabbage"), wish="a traybake")], SEEDS):
        assert not any(re.search(r"cut [^.]*pork chops", step.text, re.I) for step in each.recipe.instructions)


def test_no_meanwhile_follows_another() -> None:
    wishes = [Wish(ingredients=("courgettes", "tomatoes", "feta")), Wish(ingredients=("salmon", "rice", "broccoli"))]
    for each in cooked(wishes, SEEDS):
        begun = [step.text.startswith(_MEANWHILE) for step in each.recipe.instructions]
        assert not any(one and other for one, other in pairwise(begun))


def test_a_baby_gets_nothing_sweet_for_honey() -> None:
    for each in cooked([Wish(ingredients=("honey", "oats", "banana"), eaters=("infant",))], SEEDS):
        assert _names(each).isdisjoint({"honey", "erythritol", "sugar", "maple syrup"})


def test_a_paella_is_named_after_its_prawns() -> None:
    found = cooked([Wish(ingredients=("prawns", "rice", "peas"), wish="paella")], SEEDS)
    assert all("rawn" in each.recipe.title for each in found)


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}
