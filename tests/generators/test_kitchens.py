"""What the built-in generator does in some kitchens; its figures over many requests are in `tests/evaluation`."""

from __future__ import annotations

import re

import pytest

from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked


def test_nobody_gets_meat_unasked() -> None:
    wish = Wish(ingredients=("mushrooms", "pasta", "cream"))
    kinds = {food.category for each in cooked([wish], range(12)) for food in _foods(each)}
    assert kinds.isdisjoint({"meat", "poultry", "fish", "shellfish"})


@pytest.mark.parametrize("tool", ["oven", "grill", "air_fryer", "slow_cooker", "pressure_cooker", "microwave"])
def test_one_appliance_is_enough(tool: str) -> None:
    found = cooked([Wish(ingredients=("chicken thighs", "potatoes", "carrots"), equipment=(tool,))], range(4))
    texts = " ".join(step.text.casefold() for each in found for step in each.recipe.instructions)
    assert len(found) == 4
    assert tool == "pressure_cooker" or not re.search(r"simmer|frying pan|wok|hob|saucepan", texts)


def test_an_unknown_cuisine_alone_is_cooked() -> None:
    assert [notice.kind for each in cooked([Wish(cuisine="Klingon")], (0,)) for notice in each.notices] == ["unknown"]


def test_five_minutes_are_enough_for_eggs() -> None:
    wish = Wish(ingredients=("eggs", "rice", "peas"), max_minutes=5)
    assert all("egg" in {food.name for food in _foods(each)} for each in cooked([wish], range(4)))


def _foods(each: Generated) -> list[Food]:
    return [food for item in each.recipe.ingredients if (food := read_line(item.name).food)]
