"""What makes a plate of a dish: its vegetable, its salt, its water, and a name that it bears out."""

from __future__ import annotations

import re

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(8)
_VEGETABLES = frozenset({"hard", "medium", "soft", "leafy", "mushroom"})
_ITALY_LACKS = frozenset({"cheddar", "soy sauce", "smoked paprika", "yogurt"})


def test_a_cuisine_is_named_where_nothing_is_foreign_to_it() -> None:
    found = cooked([Wish(ingredients=("beef mince", "cheddar", "pasta", "tomatoes"))], SEEDS)
    italian = [each for each in found if each.recipe.cuisine == "Italian" or "Italian" in each.recipe.title]
    assert not any(_ITALY_LACKS & _names(each) for each in italian)
    assert any(each.recipe.cuisine is None for each in found)


def test_the_cuisine_that_was_asked_for_is_kept() -> None:
    found = cooked([Wish(ingredients=("cheddar", "pasta"), cuisine="italian")], SEEDS)
    assert all(each.recipe.cuisine == "Italian" for each in found)


def test_soups_of_tinned_pulses_are_not_too_salty() -> None:
    for each in cooked([Wish(ingredients=("chickpeas", "carrots"), wish="a chunky soup")], SEEDS):
        assert each.recipe.nutrition is not None
        assert each.recipe.nutrition.salt_g <= 3


def test_stock_and_water_are_what_the_rice_takes_up() -> None:
    for each in cooked([Wish(ingredients=("chicken thighs", "rice"), wish="a pilaf")], SEEDS):
        rice = sum(item.quantity or 0 for item in each.recipe.ingredients if item.name == "rice")
        stock = sum(item.quantity or 0 for item in each.recipe.ingredients if item.name.endswith("stock"))
        water = sum(map(int, re.findall(r"(\d+) ml of (?:boiling )?water", _text(each))))
        assert 1.8 <= (stock + water) / rice <= 2.5, _text(each)


def test_meat_and_potatoes_have_a_vegetable_beside_them() -> None:
    for each in cooked([Wish(ingredients=("chicken", "potatoes"))], SEEDS):
        named = [food for item in each.recipe.ingredients if (food := read_line(item.name).food)]
        assert any(food.role in _VEGETABLES and "potato" not in food.name for food in named), _names(each)


def test_a_tortilla_alone_holds_nobodys_supper() -> None:
    for each in cooked([Wish(ingredients=("chicken", "peppers", "tortillas"), wish="tacos")], SEEDS):
        wraps = [item.quantity or 0 for item in each.recipe.ingredients if "tortilla" in item.name]
        assert all(count >= 2 * each.recipe.servings for count in wraps)


def test_roasting_butter_is_listed_as_melted() -> None:
    found = cooked([Wish(ingredients=("chicken", "potatoes", "butter"), wish="a traybake")], SEEDS)
    notes = [item.note for each in found for item in each.recipe.ingredients if item.name == "butter"]
    assert set(notes) == {"melted"}


def test_a_dish_has_one_sour_thing() -> None:
    sour = {name for name, food in foods().items() if food.role == "acid"}
    for each in cooked([Wish(ingredients=("prawns", "noodles", "lemon"))], SEEDS):
        assert len(sour & _names(each)) == 1, _names(each)


def test_tinned_pulses_join_a_tray_for_its_last_minutes() -> None:
    for each in cooked([Wish(ingredients=("black beans", "peppers"), wish="a traybake")], SEEDS):
        step = next(
            step.text for step in each.recipe.instructions if re.search(r"^(Add|Turn) .*black beans", step.text)
        )
        assert "10 minutes" in step, step


def test_stuffed_vegetables_have_no_more_filling_than_they_hold() -> None:
    wish = Wish(ingredients=("beef mince", "kidney beans", "peppers"), wish="stuffed vegetables", servings=2)
    for each in cooked([wish], SEEDS):
        inside = {item.name: item for item in each.recipe.ingredients if item.name in ("beef mince", "kidney beans")}
        assert {item.unit for item in inside.values()} == {"g"}, inside
        assert sum(item.quantity or 0 for item in inside.values()) <= 280, inside


def test_roots_and_seeds_stay_out_of_kitchens_that_have_none() -> None:
    mexican = cooked([Wish(ingredients=("black beans", "sweetcorn"), cuisine="mexican")], SEEDS)
    italian = cooked([Wish(ingredients=("beef mince", "peppers"), cuisine="italian")], SEEDS)
    assert not any({"parsnips", "parsnip", "swede", "celeriac"} & _names(each) for each in mexican)
    assert not any("sesame seeds" in _names(each) for each in italian)


def test_baked_beans_have_neither_lemon_nor_cauliflower() -> None:
    wish = Wish(ingredients=("potatoes", "baked beans", "cheddar"), equipment=("microwave",))
    for each in cooked([wish], SEEDS):
        assert not {"lemon", "lime", "cauliflower"} & _names(each), _names(each)


def test_meat_in_a_slow_cooker_is_rubbed_with_what_seasons_it() -> None:
    wish = Wish(ingredients=("stewing beef", "carrots", "potatoes"), equipment=("slow_cooker",))
    for each in cooked([wish], SEEDS):
        assert re.search(r"(Rub|Turn) the stewing beef (with|in) .*tomato paste", _text(each)), _text(each)


def test_fresh_tomatoes_are_enough_for_a_ragu() -> None:
    found = cooked([Wish(ingredients=("beef mince", "pasta", "tomatoes", "onion"), servings=2)], SEEDS)
    simmered = [each for each in found if each.recipe.tags[0] == "ragù"]
    assert simmered
    for each in simmered:
        assert sum(item.quantity or 0 for item in each.recipe.ingredients if item.name == "tomatoes") >= 4


def test_prawns_in_a_hurry_have_something_to_eat_them_with() -> None:
    for each in cooked([Wish(ingredients=("prawns", "spinach"), max_minutes=12)], SEEDS):
        named = [food for item in each.recipe.ingredients if (food := read_line(item.name).food)]
        assert any(food.role in ("starch", "protein") and food.name != "prawn" for food in named), _names(each)


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}


def _text(each: Generated) -> str:
    return " ".join(step.text for step in each.recipe.instructions)
