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
_GARNISH = frozenset({"parsley", "chives"})
_HERBS = _GARNISH | {
    "basil",
    "mint",
    "dill",
    "thyme",
    "rosemary",
    "sage",
    "tarragon",
    "fresh coriander",
    "oregano",
    "mixed herbs",
}
_JUICE_ML = 40
"""In a lemon."""


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
        browning = re.compile(r"\b(?:fry|brown|cook)\b", re.IGNORECASE)
        fried = next(at for at, step in enumerate(steps) if "chicken" in step and browning.search(step))
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
        assert any(re.search(r"(?:Simmer|cook) the apple", step.text) for step in each.recipe.instructions)


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


def test_red_lentils_cook_in_their_curry() -> None:
    for each in cooked([Wish(ingredients=("red lentils", "carrots", "coconut milk"), wish="a curry")], SEEDS):
        steps = _steps(each)
        assert not any("red lentils" in step and "drain" in step.casefold() for step in steps), steps
        assert any("coconut milk" in step and "red lentils" in step and "water" in step for step in steps), steps


def test_lentils_say_of_what_colour_they_are() -> None:
    for each in cooked([Wish(ingredients=("lentils", "carrots"))], SEEDS):
        assert "lentils" not in _names(each)


def test_lentils_leave_a_soup_liquid() -> None:
    for each in cooked([Wish(ingredients=("lentils", "carrots"), wish="soup")], SEEDS):
        lentils = [item.quantity or 0 for item in each.recipe.ingredients if item.name == "green lentils"]
        assert all(grams <= 70 * each.recipe.servings for grams in lentils)
        assert not lentils or any(re.search(r"\d ml of water", step) for step in _steps(each)), _steps(each)


def test_tomato_paste_is_fried() -> None:
    found = cooked([Wish(ingredients=("beef mince", "spaghetti", "tomatoes"), wish="one-pan pasta")], SEEDS)
    pasted = [each for each in found if "tomato paste" in _names(each)]
    assert pasted
    for each in pasted:
        step = next(step for step in _steps(each) if "tomato paste" in step)
        assert re.search(r"minute|catches", step)
        assert "water" not in step


def test_soya_mince_says_how_long_it_soaks() -> None:
    for each in cooked([Wish(ingredients=("textured soya protein", "pasta", "tomatoes"))], SEEDS):
        assert any(re.search(r"soak [^.]* for 10 minutes", step, re.I) for step in _steps(each))


def test_raw_garlic_is_little() -> None:
    for each in cooked([Wish(ingredients=("beetroot", "walnuts"), category="side", wish="a dip")], SEEDS):
        assert all((item.quantity or 0) <= 1 for item in each.recipe.ingredients if item.name == "garlic")


def test_a_dip_is_called_creamy_where_it_is() -> None:
    found = cooked(
        [Wish(ingredients=("beetroot", "walnuts"), wish="a dip", diets=(diet,)) for diet in ("vegan", "vegetarian")],
        SEEDS,
    )
    for each in found:
        creamy = any(re.search(r"yogurt|cheese|feta", name) for name in _names(each))
        assert creamy or "creamy dip" not in each.recipe.description


def test_two_herbs_are_enough() -> None:
    found = cooked([Wish(ingredients=("chickpeas", "courgettes", "pasta"))], SEEDS)
    for each in found:
        assert len(_names(each) & _HERBS) <= 2, _names(each)
        assert not ("mixed herbs" in _names(each) and _names(each) & (_HERBS - _GARNISH - {"mixed herbs"}))


def test_bread_for_eggs_is_toasted() -> None:
    for each in cooked([Wish(ingredients=("eggs", "sweetcorn", "bread"), wish="scrambled eggs")], SEEDS):
        assert any("toast" in step.casefold() for step in _steps(each))


@pytest.mark.parametrize("dish", ["slow-cooker stew", "pasta", "a pasta bake", "a stew", "ragu"])
def test_tomatoes_are_fresh_or_tinned(dish: str) -> None:
    for each in cooked(
        [Wish(ingredients=("stewing beef" if "s" in dish[:2] else "beef mince", "tomatoes"), wish=dish)], SEEDS
    ):
        assert not ("tomatoes" in _names(each) and _names(each) & {"chopped tomatoes", "passata"}), _names(each)


def test_spaghetti_is_not_baked() -> None:
    for each in cooked([Wish(ingredients=("spaghetti", "pork mince", "green beans"))], SEEDS):
        assert not ("pasta bake" in each.recipe.tags and "spaghetti" in _names(each))


def test_meat_beside_beans_is_less() -> None:
    for each in cooked([Wish(ingredients=("beef mince", "kidney beans", "rice"), wish="chilli")], SEEDS):
        meat = next(item for item in each.recipe.ingredients if item.name == "beef mince")
        assert (meat.quantity or 0) <= 85 * each.recipe.servings


def test_a_slaw_is_named_after_all_that_is_shredded() -> None:
    for each in cooked([Wish(ingredients=("cabbage", "apples"), wish="a slaw")], SEEDS):
        shreds = _names(each) & {"carrots", "beetroot", "celeriac"}
        assert all(name.rstrip("s")[:5] in each.recipe.title.casefold() for name in shreds), each.recipe.title


def test_only_what_shines_is_glossy() -> None:
    for each in cooked([Wish(ingredients=("pasta", "mushrooms", "cream"))], SEEDS):
        assert "glossy" not in each.recipe.description


def test_sugar_is_sprinkled() -> None:
    for each in cooked([Wish(ingredients=("oranges", "yogurt", "sugar"), wish="a yogurt bowl")], SEEDS):
        assert not any(re.search(r"(?:Trickle over|Drizzle with) the sugar", step) for step in _steps(each))
        assert "layered" not in each.recipe.description


def test_a_stew_of_pulses_is_sharpened() -> None:
    found = cooked([Wish(ingredients=("lentils", "carrots"), equipment=("slow_cooker",))], SEEDS)
    assert all(any(re.search(r"lemon|lime|vinegar|tamarind", name) for name in _names(each)) for each in found)


def test_mushrooms_are_browned_before_they_swim() -> None:
    for each in cooked([Wish(ingredients=("mushrooms", "carrots", "butter beans"), wish="a chunky soup")], SEEDS):
        assert any(re.search(r"mushrooms[^.]* 6 minutes[^.]*brown", step) for step in _steps(each)), _steps(each)


def test_slices_of_breast_stay_juicy_in_a_soup() -> None:
    for each in cooked([Wish(ingredients=("chicken breast", "cabbage", "egg noodles"), wish="noodle soup")], SEEDS):
        hot = [step for step in each.recipe.instructions if re.search(r"chicken breast[^.]*\d minutes", step.text)]
        assert hot
        assert sum(step.minutes or 0 for step in hot) <= 10, _steps(each)


def test_squid_is_the_last_on_toast() -> None:
    for each in cooked([Wish(ingredients=("squid", "tomatoes", "olives", "bread"), wish="toast")], SEEDS):
        steps = _steps(each)
        olives = next(at for at, step in enumerate(steps) if "olives" in step)
        assert olives < next(at for at, step in enumerate(steps) if "squid" in step and "63 °C" in step), steps
        assert any(_FISH_SHARP.search(name) for name in _names(each))


def test_eggs_are_beaten_and_stay_out_of_the_sauce() -> None:
    for each in cooked([Wish(ingredients=("eggs", "broccoli", "mangetout", "rice"), wish="a stir-fry")], SEEDS):
        steps = _steps(each)
        assert any(step.find("Beat the eggs") >= 0 for step in steps), steps
        assert not any("soy sauce" in step and "eggs" in step for step in steps)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(ingredients=("kidney beans", "tomatoes", "avocado"), wish="a salad"),
        Wish(ingredients=("chickpeas", "couscous", "cucumber"), wish="couscous salad"),
    ],
    ids=["salad", "couscous"],
)
def test_a_dressing_has_twice_as_much_oil_as_juice(wish: Wish) -> None:
    for each in cooked([wish], SEEDS):
        fruits = sum(item.quantity or 0 for item in each.recipe.ingredients if item.name in ("lemon", "lime"))
        spoons = sum(
            item.quantity or 0 for item in each.recipe.ingredients if "oil" in item.name and item.unit == "tbsp"
        )
        assert spoons * 15 >= 2 * fruits * _JUICE_ML, (fruits, spoons)


def test_cauliflower_rice_is_cooked_before_the_fish() -> None:
    for each in cooked([Wish(ingredients=("salmon", "spinach"), diets=("keto",), wish="a bowl")], SEEDS):
        steps = _steps(each)
        grated = [
            at for at, step in enumerate(steps) if re.search(r"(?:[Gg]rate|very fine)", step) and "cauliflower" in step
        ]
        fried = [at for at, step in enumerate(steps) if "63 °C" in step]
        assert not grated or grated[0] < fried[0], steps


def test_tuna_in_a_sandwich_is_moist_and_sharp() -> None:
    for each in cooked([Wish(ingredients=("tinned tuna", "cucumber", "bread"), wish="a sandwich")], SEEDS):
        assert "hummus" not in _names(each)
        assert any(_FISH_SHARP.search(name) or "mayonnaise" in name for name in _names(each))


def test_stuffing_leaves_room_for_what_is_in_it() -> None:
    for each in cooked([Wish(ingredients=("courgettes", "tomatoes", "couscous"), wish="stuffed vegetables")], SEEDS):
        couscous = next(item for item in each.recipe.ingredients if item.name == "couscous")
        assert (couscous.quantity or 0) <= 40 * each.recipe.servings


def test_dill_stays_away_from_tomato_sauce_and_beans() -> None:
    wishes = [Wish(ingredients=("sausages", "potatoes"), wish="stew"), Wish(ingredients=("chickpeas", "carrots"))]
    assert not any("dill" in _names(each) for each in cooked(wishes, SEEDS))


def test_fish_stock_is_for_fish() -> None:
    for each in cooked([Wish(ingredients=("chicken", "rice"), wish="paella")], SEEDS):
        assert "fish stock" not in _names(each)


def test_leaves_stay_green_in_a_smooth_soup() -> None:
    for each in cooked([Wish(ingredients=("carrots", "spinach", "onions"), wish="a smooth soup")], SEEDS):
        steps = _steps(each)
        blended = [at for at, step in enumerate(steps) if re.search(r"[Bb]lend", step)]
        assert not blended or blended[0] < max(at for at, step in enumerate(steps) if "the spinach" in step), steps


def test_fish_is_not_dusted_with_what_is_for_meat() -> None:
    for each in cooked([Wish(ingredients=("salmon", "spinach"), cuisine="turkish")], SEEDS):
        assert _names(each).isdisjoint({"cumin", "cinnamon", "allspice"})


def test_nobody_means_dinner_with_nothing_but_fruit() -> None:
    for each in cooked([Wish(ingredients=("apples", "almonds"), allergies=("nuts",))], SEEDS):
        assert each.recipe.category in ("dessert", "snack", "breakfast"), each.recipe.title


def test_two_things_that_fill_are_enough() -> None:
    for each in cooked([Wish(ingredients=("rice", "bread", "potatoes"))], SEEDS):
        assert len(_names(each) & {"rice", "bread", "potatoes", "potato"}) <= 2


def _steps(each: Generated) -> list[str]:
    return [step.text for step in each.recipe.instructions]


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}
