"""What readers of many recipes minded: herbs and cheeses of other kitchens, odd stand-ins, pans left in mid-fry."""

from __future__ import annotations

import re

import pytest

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.steps import Written
from flavorbot.generators.builtin.timing import placed
from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(8)


def test_rice_is_not_begun_while_spices_wait_for_the_onion() -> None:
    rice = Written("Boil the rice.", 24, 3, beside=True)
    fry = [Written("Fry the onion.", 6, 6), Written("Add the spices.", 1, 1)]
    simmer = Written("Simmer the sauce.", 12, 12, free=True)
    serve = Written("Serve.", 2, 2, join=True, meets=True)
    found = [step.text for step in placed([Written("Chop.", 6, 6, prep=True), rice, *fry, simmer, serve])]
    assert found.index("Add the spices.") == found.index("Fry the onion.") + 1


def test_unasked_herbs_and_cheeses_are_of_the_kitchen() -> None:
    wish = Wish(ingredients=("eggs", "spinach"), cuisine="lebanese", exclude=("feta", "halloumi"))
    assert all("cheddar" not in _names(each) for each in cooked([wish], SEEDS))
    wish = Wish(ingredients=("chicken", "broccoli"), cuisine="chinese", exclude=("coriander",))
    assert all(not {"mint", "basil", "dill"} & _names(each) for each in cooked([wish], SEEDS))


def test_meat_simmers_in_its_own_stock() -> None:
    for meat, stock in (("chicken thighs", "chicken stock"), ("beef mince", "beef stock")):
        names = [_names(each) for each in cooked([Wish(ingredients=(meat, "rice"))], SEEDS)]
        assert any(stock in each for each in names)
        assert not any(({"chicken stock", "beef stock", "vegetable stock"} - {stock}) & each for each in names)


def test_nuts_stay_off_mince() -> None:
    found = cooked([Wish(ingredients=("beef mince", "pasta", "tomatoes"))], SEEDS)
    assert all(not {"pine nuts", "walnuts"} & _names(each) for each in found)


@pytest.mark.parametrize(
    ("food", "stand_in"), [("smoked salmon", "salmon"), ("brie", "mozzarella"), ("liver", "beef steak")]
)
def test_in_pregnancy_the_nearest_safe_food_stands_in(food: str, stand_in: str) -> None:
    recipe = BuiltInGenerator().generate(Wish(ingredients=(food, "spinach"), eaters=("pregnant",))).recipe
    assert stand_in in {item.name for item in recipe.ingredients}


def test_bananas_are_mashed_into_muffins() -> None:
    for each in cooked([Wish(ingredients=("bananas",), wish="muffins")], SEEDS):
        assert re.search(r"mash the bananas?", _text(each))


def test_basil_does_not_stew_for_half_an_hour() -> None:
    for each in cooked([Wish(ingredients=("beef mince", "pasta"), wish="bolognese")], SEEDS):
        stewed = next(step.text for step in each.recipe.instructions if "25 minutes" in step.text)
        assert "basil" not in stewed


def test_a_plain_tomato_sauce_is_cooked_too() -> None:
    wish = Wish(ingredients=("beef mince", "tomatoes", "pasta"), exclude=("herbs", "tomato paste", "oregano", "stock"))
    for each in (each for each in cooked([wish], range(20)) if each.recipe.tags[0] == "ragù"):
        assert any("tomatoes" in step.text for step in each.recipe.instructions[1:])


def test_no_dish_of_bread_or_mash_takes_what_spoils_it() -> None:
    found = cooked(
        [Wish(ingredients=("cabbage",)), Wish(ingredients=("red lentils", "carrots", "coconut milk"))], SEEDS
    )
    assert all(each.recipe.tags[0] not in ("toast", "pie") for each in found)


def test_an_indian_curry_is_served_with_rice_or_bread() -> None:
    found = cooked([Wish(ingredients=("lamb", "aubergine", "couscous"))], SEEDS)
    assert all(each.recipe.tags[0] != "curry" or "couscous" not in _names(each) for each in found)


def test_spaghetti_is_broken_into_a_soup() -> None:
    found = cooked([Wish(ingredients=("crab meat", "spaghetti"), wish="a soup")], SEEDS)
    assert found
    assert all("break the spaghetti" in _text(each).casefold() for each in found if "spaghetti" in _names(each))


def test_a_frittata_is_named_after_all_that_was_asked_for() -> None:
    for each in cooked([Wish(ingredients=("carrots", "spinach"), wish="a frittata")], SEEDS):
        assert all(name in each.recipe.title.casefold() for name in ("carrot", "spinach"))


def test_a_hash_is_named_after_what_is_in_it() -> None:
    for each in cooked([Wish(ingredients=("potatoes", "leeks"), wish="a hash")], SEEDS):
        assert all(name in each.recipe.title.casefold() for name in ("potato", "leek"))


def test_eggs_on_top_are_told() -> None:
    found = cooked([Wish(ingredients=("potatoes", "carrots"), wish="a hash")], SEEDS)
    assert all("go in too" not in (each.recipe.description or "") or "eggs" not in _names(each) for each in found)


def test_potatoes_in_a_soup_need_no_bread() -> None:
    found = cooked([Wish(ingredients=("chicken thighs", "sweet potatoes", "sweetcorn"), wish="a chunky soup")], SEEDS)
    assert all(not any("bread" in name for name in _names(each)) for each in found)


def test_dill_keeps_away_from_paprika() -> None:
    found = cooked([Wish(ingredients=("chicken thighs", "potatoes", "cabbage"), wish="a hash")], SEEDS)
    assert all(not ("dill" in _names(each) and "smoked paprika" in _names(each)) for each in found)


def test_the_introduction_praises_only_what_is_in_the_dish() -> None:
    praised = ("lemon", "lime", "parsley", "mint", "yogurt", "feta", "almonds", "cashews", "mustard", "cumin")
    wishes = [Wish(ingredients=("chickpeas", "spinach"), seed=3), Wish(ingredients=("salmon", "potatoes"))]
    found = cooked(wishes, SEEDS)
    for each in found:
        listed = " ".join(_names(each))
        assert all(food in listed for food in praised if food in (each.recipe.description or "")), each.recipe
    assert sum("." in (each.recipe.description or "")[:-1] for each in found) > 0.8 * len(found)


def test_what_there_is_most_of_stands_in_title_or_introduction() -> None:
    for each in cooked(
        [Wish(ingredients=("sausages", "white beans", "cabbage")), Wish(ingredients=("lentils",))], SEEDS
    ):
        told = f"{each.recipe.title} {each.recipe.description}".casefold()
        assert "potatoes" not in _names(each) or "potato" in told or "mash" in told, told


def test_the_likeliest_dish_is_the_natural_one() -> None:
    natural = [
        (("quinoa", "beetroot", "goat's cheese", "walnuts"), "warm salad"),
        (("bulgur", "parsley", "tomatoes", "cucumber"), "couscous salad"),
        (("lamb chops", "mint", "peas"), "pan-fried"),
        (("okra", "tomatoes", "onion"), "stew"),
    ]
    for foods, kind in natural:
        kinds = [each.recipe.tags[0] for each in cooked([Wish(ingredients=foods)], range(10))]
        assert kinds[0] == max(kinds, key=kinds.count) == kind, kinds


def test_chicken_breast_cooks_through_with_the_rice() -> None:
    for each in cooked([Wish(ingredients=("chicken breast", "rice", "carrots"), wish="a pilaf")], SEEDS):
        steps = [step.text for step in each.recipe.instructions]
        browned = next(at for at, step in enumerate(steps) if "for 4 minutes" in step and "chicken breast" in step)
        assert browned < next(at for at, step in enumerate(steps) if "74 °C" in step), steps


def test_cream_not_lemon_goes_into_potato_soup() -> None:
    for each in cooked([Wish(ingredients=("potatoes", "bacon"), wish="a soup")], SEEDS):
        assert not {"lemon", "lime"} & _names(each)
        assert any("cream" in name or "crème" in name for name in _names(each)), _names(each)


def test_what_needs_no_cooking_takes_no_cooking_time() -> None:
    for each in cooked([Wish(ingredients=("chickpeas", "cucumber"), wish="a salad", max_minutes=20)], SEEDS):
        assert "no cooking" not in each.recipe.tags or not each.recipe.cook_minutes


def test_what_thickens_a_sauce_is_in_it() -> None:
    for each in cooked([Wish(ingredients=("sausages", "potatoes"), cuisine="british")], SEEDS):
        assert "mash" not in each.recipe.tags or "cornflour" in _names(each)
    fried = cooked([Wish(ingredients=("beef", "peppers"), cuisine="chinese")], SEEDS)
    assert any("cornflour" in _names(each) for each in fried if "stir-fry" in each.recipe.tags)


def test_creamy_pasta_without_cheese_is_sharpened() -> None:
    wish = Wish(ingredients=("pasta", "chicken", "cream"), diets=("dairy_free",))
    creamy = [each for each in cooked([wish], SEEDS) if any("cream" in name for name in _names(each))]
    sharp = ("lemon", "vinegar", "tomato", "mustard", "wine", "caper", "olives")
    assert creamy
    assert all(any(word in name for name in _names(each) for word in sharp) for each in creamy)


def test_no_cream_unasked_in_greek_and_spanish_pasta() -> None:
    for cuisine in ("greek", "spanish"):
        for each in cooked([Wish(ingredients=("spaghetti", "prawns"), cuisine=cuisine)], SEEDS):
            assert not {"cream", "crème fraîche", "sour cream"} & _names(each)


def test_lentils_and_potatoes_have_water_enough() -> None:
    dals = [each for each in cooked([Wish(ingredients=("red lentils", "potatoes"), cuisine="indian")], SEEDS)
            if "dal" in each.recipe.tags]  # fmt: skip
    water = [int(found[1]) for each in dals if (found := re.search(r"(\d+) ml of water", _text(each)))]
    assert water
    assert min(water) >= 400


def test_stirred_in_yogurt_is_not_promised_on_the_side() -> None:
    for each in cooked([Wish(ingredients=("bananas", "berries", "oats"), equipment=("blender",))], range(40)):
        assert "overnight oats" not in each.recipe.tags or "on the side" not in each.recipe.description


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}


def _text(each: Generated) -> str:
    return " ".join(step.text for step in each.recipe.instructions)


def test_mild_food_says_for_whom() -> None:
    foods = ("carrots", "potatoes", "chicken")
    for eater, told in (("infant", "a baby eats along"), ("young_child", "for small children")):
        for each in cooked([Wish(ingredients=foods, eaters=(eater,))], SEEDS):
            assert told in each.recipe.description or "salt" in _names(each)
    assert all("eats along" not in each.recipe.description for each in cooked([Wish(ingredients=foods)], SEEDS))


def test_rice_with_dry_lentils_has_water_for_both() -> None:
    wish = Wish(ingredients=("red lentils", "spinach", "rice"), equipment=("oven",))
    for each in cooked([wish], SEEDS):
        if each.recipe.tags[0] == "baked rice":
            assert any("ml of water" in step.text for step in each.recipe.instructions)
