"""What `IGenerator.refine` promises."""

from __future__ import annotations

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.model import Generated, Wish

WISH = Wish(ingredients=("chicken thighs", "peppers", "rice"), seed=3)


@pytest.fixture(scope="module")
def dish(generator: BuiltInGenerator) -> Generated:
    return generator.generate(WISH)


def _refined(generator: BuiltInGenerator, dish: Generated, instruction: str) -> Generated:
    return generator.refine(dish.wish, dish.recipe, instruction)


def _names(generated: Generated) -> str:
    return ", ".join(item.name for item in generated.recipe.ingredients)


def test_quicker_takes_less_time(generator: BuiltInGenerator, dish: Generated) -> None:
    assert (_refined(generator, dish, "quicker").recipe.total_minutes or 0) < (dish.recipe.total_minutes or 0)


def test_for_six_serves_six(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "for 6")
    assert (refined.recipe.servings, refined.recipe.title) == (6, dish.recipe.title)


def test_vegan_swaps_the_meat(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "vegan")
    assert "vegan" in refined.recipe.diets
    assert refined.recipe.tags[0] == dish.recipe.tags[0]


def test_spicier_adds_something_hot(generator: BuiltInGenerator, dish: Generated) -> None:
    hot = _refined(generator, dish, "spicier")
    assert _names(hot).count("chilli") > _names(dish).count("chilli")
    assert "chilli" not in _names(_refined(generator, hot, "milder"))


def test_swapping_brings_the_other_food(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "swap the chicken for prawns")
    assert "prawn" in _names(refined)
    assert "chicken" not in _names(refined)


def test_without_leaves_a_food_out(generator: BuiltInGenerator, dish: Generated) -> None:
    assert "rice" not in _names(_refined(generator, dish, "without rice"))


def test_no_oven_is_remembered(generator: BuiltInGenerator, dish: Generated) -> None:
    assert "oven" not in _refined(generator, dish, "no oven").wish.equipment


def test_every_change_is_told(generator: BuiltInGenerator, dish: Generated) -> None:
    messages = [notice.message for notice in _refined(generator, dish, "for 4 and gluten free").notices]
    assert messages[:2] == ["Now for 4.", "Now gluten-free."]


def test_nonsense_is_refused(generator: BuiltInGenerator, dish: Generated) -> None:
    with pytest.raises(InvalidInput) as caught:
        _refined(generator, dish, "blargh")
    assert [error.field for error in caught.value.errors] == ["instruction"]


def test_fewer_ingredients_are_fewer(generator: BuiltInGenerator) -> None:
    wish = Wish(ingredients=("chicken breast", "peppers"), seed=2)
    recipe = generator.generate(wish).recipe
    simpler = generator.refine(wish, recipe, "fewer ingredients")
    assert len(simpler.recipe.ingredients) < len(recipe.ingredients)
    assert [notice.subject for notice in simpler.notices] == ["ingredients"]
