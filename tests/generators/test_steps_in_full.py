"""What a cook trips over who follows the page: food that is never served, water without a measure, burnt garlic."""

from __future__ import annotations

import re

import pytest

from flavorbot.generators.builtin.book import cuisines
from flavorbot.generators.builtin.liking import TOFU_KITCHENS
from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(8)
_FAR_EAST = frozenset(cuisines()[name].word for name in TOFU_KITCHENS)


def test_what_is_fried_beside_patties_is_served_with_them() -> None:
    for each in cooked([Wish(ingredients=("beef mince", "courgettes", "tomatoes"), wish="patties")], SEEDS):
        assert any("courgette" in step for step in _steps(each)[-2:]), _steps(each)


def test_bread_is_torn_into_a_salad() -> None:
    found = cooked([Wish(ingredients=("bread", "cucumber", "tomatoes", "feta"), wish="a salad")], SEEDS)
    tossed = [each for each in found if each.recipe.tags[0] == "salad"]
    assert tossed
    for each in tossed:
        assert any(re.search(r"\btear the [\w ]*bread", step, re.IGNORECASE) for step in _steps(each)), _steps(each)
        assert not any("!" in step for step in _steps(each))


def test_garlic_goes_in_when_the_mushrooms_are_nearly_done() -> None:
    for each in cooked([Wish(ingredients=("mushrooms", "cream", "garlic", "pasta"), wish="pasta")], SEEDS):
        steps = _steps(each)
        fried = next(at for at, step in enumerate(steps) if re.search(r"mushrooms[^.]* \d minutes", step))
        assert not any("garlic" in step for step in steps[1:fried] if "crush" not in step.casefold()), steps


@pytest.mark.parametrize(
    "wish",
    [
        Wish(ingredients=("red lentils", "carrots"), wish="a dal"),
        Wish(ingredients=("lentils", "carrots"), wish="a stew"),
        Wish(ingredients=("lentils", "carrots"), equipment=("slow_cooker",)),
        Wish(ingredients=("chicken thighs", "carrots", "coconut milk"), wish="a curry"),
    ],
    ids=["dal", "stew", "slow cooker", "curry"],
)
def test_water_is_told_as_a_jug_shows_it(wish: Wish) -> None:
    for each in cooked([wish], SEEDS):
        told = " ".join(_steps(each))
        assert not re.search(r"mug of water|cover by \d|\d cm above|times (?:as much|their volume)", told), told


def test_nobody_eats_the_bay_leaf() -> None:
    for each in cooked([Wish(ingredients=("lentils", "celery", "carrots", "bay leaf"), wish="soup")], SEEDS):
        steps = _steps(each)
        out = next(at for at, step in enumerate(steps) if "Take out the bay leaf" in step)
        blended = [at for at, step in enumerate(steps) if re.search(r"blend|purée", step, re.IGNORECASE)]
        assert out <= min(blended, default=out), steps


def test_new_potatoes_keep_their_skin() -> None:
    for each in cooked([Wish(ingredients=("lamb shoulder", "new potatoes", "carrots"))], SEEDS):
        assert not any(re.search(r"peel[^.]*new potatoes", step, re.IGNORECASE) for step in _steps(each)), _steps(each)


def test_meat_in_a_braise_is_salted_before_it_browns() -> None:
    for each in cooked([Wish(ingredients=("stewing beef", "carrots", "red wine"), wish="a stew")], SEEDS):
        assert any("Salt the stewing beef" in step for step in _steps(each)), _steps(each)


def test_breast_leaves_the_pan_before_the_sauce() -> None:
    for each in cooked([Wish(ingredients=("chicken breast", "pasta", "mushrooms"), wish="pasta")], SEEDS):
        steps = _steps(each)
        fried = next(at for at, step in enumerate(steps) if "74 °C" in step)
        assert re.search(r"lift (?:out|onto)", " ".join(steps[fried : fried + 2]), re.IGNORECASE), steps
        assert "chicken breast" in " ".join(steps[-2:]), steps


def test_cream_belongs_to_no_kitchen_of_soy_sauce() -> None:
    for each in cooked([Wish(ingredients=("chicken breast", "cream", "cabbage"))], SEEDS):
        assert each.recipe.cuisine not in _FAR_EAST
        assert not {"soy sauce", "oyster sauce"} & _names(each)


def test_babies_get_nothing_raw() -> None:
    for each in cooked([Wish(ingredients=("carrots", "lentils"), eaters=("infant",))], SEEDS):
        assert "salad" not in each.recipe.tags[0]
        assert "no cooking" not in each.recipe.tags


def test_the_one_appliance_that_there_is_is_used() -> None:
    wish = Wish(ingredients=("kidney beans", "tomatoes"), equipment=("slow_cooker",))
    kinds = [each.recipe.tags[0] for each in cooked([wish], range(10))]
    assert kinds[0] == "slow-cooker stew", kinds


def test_a_chilli_is_no_onion() -> None:
    for each in cooked([Wish(ingredients=("chilli", "rice", "chickpeas"), wish="a pilaf")], SEEDS):
        assert {"onion", "shallot", "shallots", "leek"} & _names(each), _names(each)


def test_halves_of_aubergine_hold_what_they_are_given() -> None:
    for each in cooked([Wish(ingredients=("aubergine", "lamb mince"), wish="stuffed vegetables")], SEEDS):
        mince = next(item for item in each.recipe.ingredients if item.name == "lamb mince")
        assert mince.quantity is not None
        assert mince.quantity <= 210


def _steps(each: Generated) -> list[str]:
    return [step.text for step in each.recipe.instructions]


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}


@pytest.mark.parametrize(("food", "dish"), [("courgettes", "fritters"), ("blueberries", "pancakes")])
def test_more_people_wait_for_more_panfuls(food: str, dish: str) -> None:
    wishes = [Wish(ingredients=(food,), wish=dish, servings=servings) for servings in (2, 4, 8)]
    for two, four, eight in zip(*(cooked([wish], SEEDS) for wish in wishes), strict=True):
        frying = [
            next(step.minutes or 0 for step in each.recipe.instructions if re.search(r"side", step.text))
            for each in (two, four, eight)
        ]
        assert frying[0] < frying[1] < frying[2], [_steps(each) for each in (two, four, eight)]


def test_one_microwave_cooks_one_thing_at_a_time() -> None:
    for each in cooked([Wish(ingredients=("cod", "tomatoes", "rice"), equipment=("microwave",))], SEEDS):
        told = [minutes for step in _steps(each) for minutes in re.findall(r"for (\d+) minutes", step)]
        assert (each.recipe.total_minutes or 0) >= sum(map(int, told)), _steps(each)


def test_meat_is_rubbed_with_no_olives_and_peas_come_last() -> None:
    for each in cooked([Wish(ingredients=("lamb shoulder", "peas", "olives", "potatoes"), wish="slow roast")], SEEDS):
        told = " ".join(_steps(each))
        assert not re.search(r"[Rr]ub[^.]*olives", told), told
        assert re.search(r"peas halfway", told), told


def test_whole_lentils_have_their_time_in_a_dal() -> None:
    for each in cooked([Wish(ingredients=("green lentils", "carrots"), wish="a dal")], SEEDS):
        assert any("35 minutes" in step for step in _steps(each)), _steps(each)


def test_a_crumble_has_more_fruit_than_topping() -> None:
    for each in cooked([Wish(ingredients=("rhubarb",), wish="crumble")], SEEDS):
        grams = {item.name: item.quantity or 0 for item in each.recipe.ingredients if item.unit == "g"}
        topping = sum(grams.get(name, 0) for name in ("plain flour", "oats", "butter", "sugar", "brown sugar"))
        assert grams["rhubarb"] > topping, grams


def test_potatoes_beside_pasta_have_water_of_their_own() -> None:
    for each in cooked([Wish(ingredients=("spaghetti", "potatoes", "green beans"), wish="one-pan pasta")], SEEDS):
        wet = [item for item in each.recipe.ingredients if item.unit == "ml" or item.name == "chopped tomatoes"]
        poured = sum(item.quantity or 0 for item in wet)
        poured += sum(int(ml) for step in _steps(each) for ml in re.findall(r"(\d+) ml of boiling water", step))
        assert poured >= 600, _steps(each)


def test_a_lentil_curry_takes_what_its_steps_say() -> None:
    for each in cooked([Wish(ingredients=("red lentils", "carrots", "coconut milk"), wish="curry")], SEEDS):
        simmers = next(
            step for step in each.recipe.instructions if "immer for 2" in step.text or "gently for 2" in step.text
        )
        assert str(simmers.minutes) in simmers.text, simmers


def test_peas_join_the_chicken_of_a_curry_last() -> None:
    wish = Wish(ingredients=("chicken breast", "peas", "coconut milk"), wish="curry", cuisine="indian")
    for each in cooked([wish], SEEDS):
        steps = _steps(each)
        assert any("chicken" in step and re.search(r"peas for the last \d minutes", step) for step in steps), steps


def test_garlic_that_fries_alone_reaches_the_salad() -> None:
    wishes = [Wish(ingredients=("celeriac", "apple", "halloumi"), wish="warm salad")]
    for each in cooked(wishes, SEEDS):
        steps = _steps(each)
        if re.search(r"(?:Cook|Fry) the garlic in", " ".join(steps)):
            assert "garlic" in steps[-1], steps


def test_sausages_roast_whole() -> None:
    for each in cooked([Wish(ingredients=("sausages", "potatoes", "leeks"), wish="traybake")], SEEDS):
        assert not re.search(r"(?:slice|cut)[^.]*the sausages", " ".join(_steps(each))), _steps(each)


def test_whole_lentils_are_soft_before_they_are_blended() -> None:
    for each in cooked([Wish(ingredients=("green lentils", "carrots"), wish="a smooth soup")], SEEDS):
        if "blend" in " ".join(_steps(each)).casefold():
            assert any("35 minutes" in step for step in _steps(each)), _steps(each)


def test_a_soup_of_many_vegetables_is_no_bucket() -> None:
    many = ("carrots", "parsnips", "swede", "turnips", "potatoes", "leeks", "cabbage", "Brussels sprouts")
    for each in cooked([Wish(ingredients=many, wish="soup")], SEEDS):
        poured = sum(item.quantity or 0 for item in each.recipe.ingredients if item.unit == "ml")
        poured += sum(int(ml) for step in _steps(each) for ml in re.findall(r"(\d+) ml of water", step))
        assert poured <= 1_100, _steps(each)


def test_no_mug_is_buttered_where_there_is_no_butter() -> None:
    for each in cooked([Wish(ingredients=("eggs", "spinach"), equipment=("microwave",), allergies=("milk",))], SEEDS):
        assert "buttered" not in " ".join(_steps(each)), _steps(each)
