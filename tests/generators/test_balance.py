"""That no savoury dish is flat: garlic, something sharp, something lively, depth and something fresh."""

from __future__ import annotations

import re

from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(8)
_SHARP = re.compile(r"lemon|lime|vinegar|tomato|caper|olive|mustard|hot sauce|salsa|yogurt|sour cream|feta|horseradish")
_LIVELY = re.compile(r"chilli|paprika|mustard|nutmeg|cumin|sumac|harissa|ginger|fennel seed|horseradish|hot sauce|five")


def test_cooked_suppers_have_garlic() -> None:
    wishes = [
        Wish(ingredients=("chicken breast", "potatoes", "courgettes"), equipment=("air_fryer",)),
        Wish(ingredients=("salmon", "potatoes", "green beans"), equipment=("oven",)),
        Wish(ingredients=("cod", "fennel", "cherry tomatoes"), equipment=("oven",)),
    ]
    for each in cooked(wishes, SEEDS):
        assert "garlic" in _names(each), _names(each)


def test_cream_and_cheese_are_woken_up() -> None:
    for each in cooked([Wish(ingredients=("pasta", "mushrooms", "cream", "parmesan"))], SEEDS):
        assert any(_LIVELY.search(name) for name in _names(each)), _names(each)


def test_sweet_roots_with_eggs_have_something_sharp() -> None:
    for each in cooked([Wish(ingredients=("sweet potatoes", "carrots", "eggs"), wish="a hash")], SEEDS):
        assert any(_SHARP.search(name) for name in _names(each)), _names(each)


def test_no_mustard_unasked_in_tomato_sauce() -> None:
    for each in cooked([Wish(ingredients=("chickpeas", "pasta", "tomatoes"))], SEEDS):
        assert "mustard" not in _names(each) or "salad" in each.recipe.tags[0], each.recipe


def test_what_wakes_up_spares_whom_it_must() -> None:
    foods = ("pasta", "mushrooms", "cream", "parmesan")
    for each in cooked([Wish(ingredients=foods, allergies=("mustard",), eaters=("young_child",))], SEEDS):
        assert not any(re.search(r"mustard|chilli", name) for name in _names(each)), _names(each)


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}


def test_a_korean_name_is_earned() -> None:
    for each in cooked([Wish(ingredients=("salmon", "rice", "edamame"))], range(12)):
        if each.recipe.cuisine == "Korean":
            assert {"gochujang", "kimchi", "chilli flakes"} & _names(each), _names(each)
            assert {"sesame oil", "sesame seeds", "gochujang"} & _names(each), _names(each)


def test_parsley_alone_makes_nothing_american() -> None:
    for each in cooked([Wish(ingredients=("potatoes", "eggs", "peppers"), wish="a hash")], range(12)):
        american = {"hot sauce", "barbecue sauce", "bacon", "sweetcorn", "mustard", "maple syrup"}
        assert each.recipe.cuisine != "American" or american & _names(each), _names(each)


def test_dried_chilli_is_flakes_in_italy_and_powder_in_a_chilli() -> None:
    italian = cooked([Wish(ingredients=("pasta", "courgettes", "garlic"), cuisine="italian")], SEEDS)
    assert not any("chilli powder" in _names(each) for each in italian)
    assert any("chilli flakes" in _names(each) for each in italian)
    for each in cooked([Wish(ingredients=("kidney beans", "beef mince"), wish="a chilli")], SEEDS):
        assert "chilli flakes" not in _names(each)
        assert any(item.name == "chilli powder" and item.quantity == 1.0 for item in each.recipe.ingredients)


def test_who_names_flakes_gets_flakes() -> None:
    for named in ("chilli flakes", "chilli powder"):
        for each in cooked([Wish(ingredients=("spaghetti", "garlic", named))], range(3)):
            assert named in _names(each)


def test_batter_and_porridge_have_a_pinch_of_salt_but_a_babys() -> None:
    sweet = [Wish(ingredients=("bananas",), wish="muffins"), Wish(ingredients=("apples", "oats"), wish="porridge")]
    for each in cooked(sweet, SEEDS):
        assert ("pinch", 1) in {(item.unit, item.quantity) for item in each.recipe.ingredients if item.name == "salt"}
        assert any("salt" in step.text for step in each.recipe.instructions)
    for each in cooked([Wish(ingredients=("bananas", "oats"), wish="porridge", eaters=("infant",))], SEEDS):
        assert "salt" not in _names(each)


def test_a_curry_has_some_heat_where_it_may() -> None:
    for each in cooked([Wish(ingredients=("chicken breast", "cauliflower"), cuisine="indian", wish="a curry")], SEEDS):
        assert any(re.search(r"chilli|curry paste", name) for name in _names(each)), _names(each)


def test_pork_is_not_served_with_yogurt_in_britain() -> None:
    for each in cooked([Wish(ingredients=("pork chops", "apples", "cabbage"), cuisine="british")], SEEDS):
        assert not any("yogurt" in name for name in _names(each)), _names(each)


def test_tofu_and_lentils_are_seasoned_without_fish() -> None:
    wishes = [
        Wish(ingredients=("tofu", "broccoli"), cuisine="vietnamese"),
        Wish(ingredients=("lentils", "carrots", "potatoes"), wish="a pie"),
    ]
    for each in cooked(wishes, SEEDS):
        assert not {"fish sauce", "oyster sauce", "Worcestershire sauce"} & _names(each), _names(each)
