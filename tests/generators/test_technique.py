"""What a good cook does without being told: pans with room and heat, crisp things kept crisp, sauces that coat."""

from __future__ import annotations

import re

import pytest

from flavorbot.generators.builtin.choosing import methods_named
from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(6)


def test_much_meat_browns_half_at_a_time() -> None:
    wishes = [
        Wish(ingredients=("chicken breast", "broccoli", "rice"), wish="stir-fry", servings=each) for each in (2, 4)
    ]
    few, many = (cooked([wish], SEEDS) for wish in wishes)
    batches = re.compile(r"half at a time|in (?:two )?batches|repeat with the rest", re.IGNORECASE)
    assert not any(batches.search(_told(each)) for each in few)
    assert all(batches.search(_told(each)) for each in many)


def test_potatoes_leave_the_pan_before_the_rest_of_a_hash() -> None:
    for each in cooked([Wish(ingredients=("potatoes", "peppers", "eggs"), wish="hash")], SEEDS):
        steps = _steps(each)
        out = next(at for at, step in enumerate(steps) if re.search(r"\bTip (?:out|onto)", step))
        back = next(at for at, step in enumerate(steps) if re.search(r"\b(?:Put back|Return) the potatoes", step))
        assert out < next(at for at, step in enumerate(steps) if "last of the" in step) < back, steps


def test_eggs_for_fried_rice_are_scrambled_first_and_the_rice_cools() -> None:
    for each in cooked([Wish(ingredients=("eggs", "rice", "peas"), wish="fried rice")], SEEDS):
        steps = _steps(each)
        assert any(re.search(r"for 10 minutes[^.]*(?:cool|dr)", step) for step in steps), steps
        eggs = next(at for at, step in enumerate(steps) if "71 °C" in step)
        assert eggs < next(at for at, step in enumerate(steps) if "steaming hot" in step), steps


def test_fish_leaves_the_wok_before_the_rice_is_tossed() -> None:
    for each in cooked([Wish(ingredients=("salmon", "rice", "mangetout"), wish="fried rice")], SEEDS):
        steps = _steps(each)
        fried = next(at for at, step in enumerate(steps) if "63 °C" in step)
        assert re.search(r"lift out|[Ss]et aside", steps[fried]), steps
        assert "steaming hot" not in " ".join(steps[:fried])
        assert "salmon" in steps[-1]


def test_beans_of_a_soup_have_longer_than_gnocchi() -> None:
    for each in cooked([Wish(ingredients=("gnocchi", "green beans"), wish="soup")], SEEDS):
        told = next(step for step in _steps(each) if "gnocchi" in step)
        assert re.search(r"green beans (?:and simmer )?for \d minutes(?:\. Tip in|, then) the gnocchi", told), told
        assert "gnocchi" in each.recipe.title.casefold()


def test_broccoli_joins_a_roast_late() -> None:
    for each in cooked([Wish(ingredients=("chicken legs", "potatoes", "broccoli"), wish="roast")], SEEDS):
        told = _told(each)
        assert re.search(r"(?:Add|Put in) the broccoli for the last 15 minutes", told), told
        assert "potatoes for the last" not in told


def test_what_goes_beside_baked_fish_is_cooked_while_that_bakes() -> None:
    wish = Wish(ingredients=("salmon", "spinach"), wish="baked fish", diets=("paleo",))
    seen = 0
    for each in cooked([wish], range(12)):
        steps = _steps(each)
        fish = next(at for at, step in enumerate(steps) if "63 °C" in step)
        side = [at for at, step in enumerate(steps) if re.search(r"cauliflower (?:to fine|and cook|very)", step)]
        seen += len(side)
        assert all(at > fish for at in side), steps
    assert seen


def test_sweetcorn_of_a_tuna_sandwich_is_held_by_the_mayonnaise() -> None:
    for each in cooked([Wish(ingredients=("tinned tuna", "sweetcorn", "bread"), wish="sandwich")], SEEDS):
        mixed = next(step for step in _steps(each) if "tuna" in step and re.search(r"Mix|Fork", step))
        assert "sweetcorn" in mixed


def test_a_tomato_sauce_needs_no_lemon() -> None:
    wish = Wish(ingredients=("pasta", "chopped tomatoes", "courgettes"), cuisine="italian")
    for each in cooked([wish], SEEDS):
        assert not {"lemon", "white wine vinegar", "balsamic vinegar"} & {item.name for item in each.recipe.ingredients}


def test_mushrooms_brown_over_a_high_heat() -> None:
    for each in cooked([Wish(ingredients=("mushrooms", "spinach", "pasta"), wish="pasta")], SEEDS):
        fried = next(step for step in _steps(each) if re.search(r"mushrooms[^.]* for \d minutes", step))
        assert re.search(r"high heat|turn up the heat", fried, re.IGNORECASE), fried
        assert "brown" in fried


def test_fresh_tomatoes_are_the_sauce_of_a_one_pan_pasta() -> None:
    for each in cooked([Wish(ingredients=("tomatoes", "spinach", "pasta"), wish="one-pan pasta")], SEEDS):
        if any(item.name in ("tomatoes", "cherry tomatoes") for item in each.recipe.ingredients):
            steps = _steps(each)
            melt = next(at for at, step in enumerate(steps) if re.search(r"melt into a sauce|slump", step))
            assert melt < next(at for at, step in enumerate(steps) if re.search(r"the (?:pasta|spaghetti)", step)), (
                steps
            )


@pytest.mark.parametrize(
    ("bread", "told"), [("pitta bread", "warm pitta breads"), ("sourdough bread", "Toast the sourdough bread.")]
)
def test_bread_beside_a_pan_is_warm(bread: str, told: str) -> None:
    for each in cooked([Wish(ingredients=("salmon", "spinach", bread), wish="pan-fried")], SEEDS):
        assert told in " ".join(_steps(each)[-3:]), _steps(each)


def test_everybody_has_an_omelette_of_their_own() -> None:
    for each in cooked([Wish(ingredients=("eggs", "mushrooms"), wish="omelette")], SEEDS):
        assert re.search(r"the rest in the same way", _told(each)), _steps(each)


def test_meat_of_a_warm_salad_is_fried_last() -> None:
    for each in cooked([Wish(ingredients=("beef steak", "potatoes", "salad leaves"), wish="warm salad")], SEEDS):
        steps = _steps(each)
        fried = next(at for at, step in enumerate(steps) if "63 °C" in step)
        assert fried > next(at for at, step in enumerate(steps) if re.search(r"potatoes[^.]*medium heat", step)), steps


def test_duck_that_is_sliced_at_the_end_is_not_cut_up_before() -> None:
    for each in cooked([Wish(ingredients=("duck breasts", "kale", "orange"), wish="warm salad")], SEEDS):
        assert not re.search(r"duck breasts? into thin strips", _told(each)), _steps(each)


def test_creamy_sauces_are_cooked_until_they_coat() -> None:
    for each in cooked([Wish(ingredients=("chicken breast", "cream", "mushrooms"), wish="pan-fried")], SEEDS):
        assert "coat a spoon" in _told(each) or "coats a spoon" in _told(each), _steps(each)


@pytest.mark.parametrize(
    ("wish", "told"),
    [("something from the oven", "oven"), ("baked salmon", "oven"), ("roasted", "oven"), ("grilled please", "grill")],
)
def test_the_method_wished_for_is_used(wish: str, told: str) -> None:
    for each in cooked([Wish(ingredients=("salmon", "courgettes", "potatoes"), wish=wish)], SEEDS):
        assert told in _told(each), each.recipe.title


@pytest.mark.parametrize(
    "wish", ["no oven", "not baked", "with roasted peanuts", "a grilled cheese sandwich", "baked beans"]
)
def test_what_only_sounds_like_a_method_is_none(wish: str) -> None:
    assert methods_named(wish) == frozenset()


def test_no_oven_is_invented_for_a_baked_dish() -> None:
    wish = Wish(ingredients=("salmon", "courgettes"), wish="baked salmon", equipment=("stove",))
    assert not any("oven" in _told(each) for each in cooked([wish], SEEDS))


def test_chicken_legs_are_covered_by_a_measure() -> None:
    for each in cooked([Wish(ingredients=("chicken legs", "potatoes", "tomatoes"), wish="a curry")], SEEDS):
        assert "just to cover" not in _told(each), _steps(each)


def test_leaves_of_a_risotto_cook_with_the_rice() -> None:
    for each in cooked([Wish(ingredients=("cabbage", "leeks", "parmesan"), wish="risotto")], SEEDS):
        assert re.search(r"cabbage for the last \d", _told(each)), _steps(each)


def test_vegetables_of_a_noodle_soup_simmer_in_the_broth() -> None:
    for each in cooked([Wish(ingredients=("tofu", "broccoli", "noodles"), wish="noodle soup")], SEEDS):
        assert not re.search(r"broccoli[^.]* in it\b", _told(each)), _steps(each)


def test_one_soy_sauce_is_enough() -> None:
    alike = {"soy sauce", "tamari", "gluten-free soy sauce", "coconut aminos"}
    for each in cooked([Wish(ingredients=("tofu", "pak choi"), wish="noodle soup")], range(12)):
        assert len(alike & {item.name for item in each.recipe.ingredients}) == 1


def test_a_pie_of_fish_alone_has_a_name() -> None:
    for each in cooked([Wish(ingredients=("salmon", "potatoes", "milk"), wish="pie")], SEEDS):
        assert not each.recipe.title.startswith("Pie with"), each.recipe.title


def _steps(each: Generated) -> list[str]:
    return [step.text for step in each.recipe.instructions]


def _told(each: Generated) -> str:
    return " ".join(_steps(each))
