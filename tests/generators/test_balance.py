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
    wishes = [Wish(ingredients=("chickpeas", "pasta", "tomatoes")), Wish(ingredients=("sardines", "tomatoes"))]
    for each in cooked(wishes, SEEDS):
        assert "mustard" not in _names(each) or "salad" in each.recipe.tags[0], each.recipe


def test_what_wakes_up_spares_whom_it_must() -> None:
    foods = ("pasta", "mushrooms", "cream", "parmesan")
    for each in cooked([Wish(ingredients=foods, allergies=("mustard",), eaters=("young_child",))], SEEDS):
        assert not any(re.search(r"mustard|chilli", name) for name in _names(each)), _names(each)


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}
