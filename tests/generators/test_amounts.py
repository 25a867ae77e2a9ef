"""Amounts are what a cook buys, counts, weighs and spoons out."""

from __future__ import annotations

import pytest

from flavorbot.generators.builtin.amounts import cookable
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.units import amount_text
from flavorbot.model import Ingredient


def _amount(name: str, grams: float, servings: int) -> str:
    found = cookable(foods()[name], grams, servings)
    return amount_text(Ingredient(name=name, quantity=found.quantity, unit=found.unit))


@pytest.mark.parametrize("servings", [2, 3, 4, 6])
@pytest.mark.parametrize("name", ["onion", "tomato", "bell pepper", "leek", "carrot", "courgette"])
def test_nobody_buys_a_whole_one_and_a_half(name: str, servings: int) -> None:
    amounts = [_amount(name, grams * servings, servings) for grams in range(50, 110, 7)]
    assert [amount for amount in amounts if amount[0].isdigit() and "½" in amount] == []


def test_large_things_are_halved() -> None:
    assert _amount("cucumber", 160, 2) == "½"
    assert _amount("cabbage", 450, 4) == "½"
    assert _amount("tomato", 60, 1) == "½"


def test_tins_are_emptied() -> None:
    assert _amount("tinned tomatoes", 600, 4) == "2 tins"
    assert _amount("white bean", 230, 2) == "1 tin"
    assert _amount("coconut milk", 400, 4) == "1 tin"
    assert _amount("coconut milk", 200, 2) == "200 ml"


def test_spoons_are_those_of_a_set() -> None:
    found = {_amount("olive oil", grams, 4) for grams in range(2, 80)}
    small = {"½ tsp", "¾ tsp", "1 tsp", "1½ tsp", "2 tsp"}
    assert found <= small | {"1 tbsp", "1½ tbsp", "2 tbsp", "3 tbsp", "4 tbsp", "5 tbsp", "6 tbsp"}
    assert _amount("smoked paprika", 4, 4) == "2 tsp"


def test_butter_and_sticks_are_weighed() -> None:
    assert _amount("butter", 28, 2) == "2 tbsp"
    assert _amount("butter", 130, 4) == "130 g"
    assert _amount("rhubarb", 350, 4) == "350 g"


def test_everyone_has_as_many() -> None:
    assert _amount("sausage", 130 * 4, 4) == "8"
    assert _amount("pork chop", 150 * 3, 3) == "3"


def test_strong_things_do_not_grow_with_the_serving() -> None:
    assert _amount("ginger", 16, 4) == "3 cm"
    assert _amount("thyme", 4, 4) == "2 sprigs"
