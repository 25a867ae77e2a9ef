"""What the built-in generator puts together, and how much it adds to what a person named."""

from __future__ import annotations

from statistics import mean

import pytest

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.naming import short
from flavorbot.generators.builtin.request import read_request
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Wish
from tests.generators.wishes import EASY, cooked

LARDER = frozenset({"garlic", "onion", "butter", "soy sauce", "rice", "pasta", "plain flour"})
KEPT = frozenset({"spice", "seasoning", "fat", "sweet"})
"""Roles of what stands in a kitchen for months."""
SEEDS = range(12)
_CUPBOARD = {"tomato paste", "cornflour"}
"""What keeps for months beside spices and oil."""


@pytest.mark.parametrize(
    "wish", [wish for wish in EASY if len(wish.ingredients) >= 3], ids=lambda wish: wish.ingredients[0]
)
def test_few_things_are_added_to_three(wish: Wish) -> None:
    added = [len(_bought(each)) for each in cooked([wish], SEEDS)]
    assert mean(added) <= 4.5
    assert max(added) <= 6


def test_beans_are_hardly_ever_filler() -> None:
    found = cooked([Wish(ingredients=("mushrooms", "pasta", "cream"))], SEEDS)
    assert sum("white bean" in _names(each) for each in found) <= 1


def test_a_crumble_is_the_likeliest() -> None:
    found = cooked([Wish(ingredients=("apples", "oats", "butter", "flour"), category="dessert")], SEEDS)
    kinds = [each.recipe.tags[0] for each in found]
    assert all(kinds.count("crumble") > kinds.count(kind) for kind in set(kinds) - {"crumble"})


def test_stewing_beef_is_cooked_in_many_ways() -> None:
    found = cooked([Wish(ingredients=("stewing beef", "carrots", "red wine"))], SEEDS)
    assert len({each.recipe.tags[0] for each in found}) >= 4


@pytest.mark.parametrize("kind", ["curry", "soup", "stew", "chilli"])
def test_a_kind_that_was_named_is_made_with_every_seed(kind: str) -> None:
    found = cooked([Wish(wish=f"a vegetarian {kind}")], SEEDS)
    assert {each.recipe.tags[0] for each in found} == {kind}


def test_titles_name_the_protein_asked_for(cooked: list[Generated]) -> None:
    for each in cooked:
        asked = [
            food
            for food in read_request(each.wish).foods
            if food.role == "protein" and food.name in _names(each) - {"egg"}
        ]
        title = each.recipe.title.casefold()
        assert not asked or any(short(food).casefold() in title for food in asked), title


def test_every_dish_is_described(cooked: list[Generated]) -> None:
    assert [each.recipe.title for each in cooked if len(each.recipe.description.split()) < 3] == []


def test_a_dish_of_few_foods_is_described() -> None:
    assert all(each.recipe.description for each in cooked([Wish(ingredients=("potatoes", "bread"))], SEEDS))


def test_first_opens_the_first_step_only(generator: BuiltInGenerator) -> None:
    recipe = generator.generate(Wish(ingredients=("sausages", "potatoes", "leeks"), seed=4)).recipe
    assert all("First," not in step.text for step in recipe.instructions[1:])


def _foods(each: Generated) -> list[Food]:
    return [food for item in each.recipe.ingredients if (food := read_line(item.name).food)]


def _names(each: Generated) -> set[str]:
    return {food.name for food in _foods(each)}


def _bought(each: Generated) -> set[str]:
    """What someone has to fetch for it: neither named nor kept in most kitchens."""
    kept = {food.name for food in _foods(each) if food.role in KEPT or "stock" in food.name or "vinegar" in food.name}
    return _names(each) - _asked(each) - LARDER - kept - _CUPBOARD


def _asked(each: Generated) -> set[str]:
    return {food.name for food in read_request(each.wish).foods}
