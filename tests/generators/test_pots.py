"""What simmers in a pot: spices fried, sauces with body, soups as thick as they are said to be, a fresh end."""

from __future__ import annotations

import re

import pytest

from flavorbot.model import Generated, Wish
from tests.generators.wishes import cooked

SEEDS = range(6)


def test_spices_of_an_indian_curry_fry_with_tomato_where_no_coconut_milk_is() -> None:
    foods = (("chicken thighs",), ("cod", "peas"))
    wishes = [Wish(ingredients=each, cuisine="indian", wish="curry") for each in foods]
    for each in cooked(wishes, SEEDS):
        names = _names(each)
        fried = next(step for step in _steps(each) if re.search(r"\b(?:cumin|garam masala)\b", step))
        assert "tomato paste" in fried or names & {
            "tomatoes",
            "tomato",
            "chopped tomatoes",
            "passata",
            "coconut milk",
        }, fried
        assert {"ginger"} <= names, names
        assert any("chilli" in name for name in names), names


def test_smooth_soup_ends_with_sizzling_spice() -> None:
    hot = [
        each
        for each in cooked([Wish(ingredients=("butternut squash",), wish="a smooth soup", cuisine="indian")], range(16))
        if re.search(r"\b(?:Blend|Purée)", _told(each))
    ]
    assert hot
    for each in hot:
        steps = _steps(each)
        blended = next(at for at, step in enumerate(steps) if re.search(r"\b(?:Blend|Purée)", step))
        assert any("small pan" in step and "chilli" in step for step in steps[blended:]), steps


def test_beans_of_a_chunky_soup_give_it_body() -> None:
    soups = cooked([Wish(ingredients=("white beans", "carrots", "cabbage"), wish="soup")], range(12))
    chunky = [each for each in soups if not re.search(r"\b(?:Blend|Purée)", _told(each))]
    assert chunky
    assert all(re.search(r"third of the [\w ]*beans", _told(each)) for each in chunky)


def test_green_lentils_are_not_blended() -> None:
    for each in cooked([Wish(ingredients=("green lentils", "carrots"), wish="soup")], SEEDS):
        assert not re.search(r"\b(?:Blend|Purée)", _told(each)), each.recipe


def test_sun_dried_tomatoes_simmer_in_a_soup() -> None:
    for each in cooked([Wish(ingredients=("chickpeas", "pasta", "sun-dried tomatoes"), wish="soup")], SEEDS):
        steps = _steps(each)
        there = next((at for at, step in enumerate(steps) if "sun-dried tomatoes" in step), None)
        assert there is None or any("immer" in step for step in steps[there:-1]), steps


def test_potatoes_of_a_shakshuka_soften_before_the_tomatoes() -> None:
    for each in cooked([Wish(ingredients=("tomatoes", "potatoes", "spinach", "eggs"), wish="shakshuka")], SEEDS):
        steps = [step for step in _steps(each) if not re.search(r"\b(?:[Cc]hop|[Pp]eel)\b", step)]
        fried = next(at for at, step in enumerate(steps) if "potatoes" in step)
        assert "12 minutes" in steps[fried]
        assert fried < next(at for at, step in enumerate(steps) if re.search(r"tomatoes|passata", step)), steps


def test_wine_is_boiled_down_before_the_tomatoes() -> None:
    wishes = [
        Wish(ingredients=("stewing beef", "red wine", "pasta"), wish="ragù"),
        Wish(ingredients=("beef mince", "red wine", "spaghetti"), wish="bolognese"),
    ]
    for each in cooked(wishes, SEEDS):
        steps = _steps(each)
        reduced = next((at for at, step in enumerate(steps) if "wine" in step), None)
        assert reduced is not None, each.recipe
        assert re.search(r"half", steps[reduced]), steps
        assert "onion" in " ".join(_names(each)), _names(each)


def test_pressure_spares_chicken_breast_and_peas() -> None:
    wish = Wish(ingredients=("chicken breast", "carrots", "peas"), equipment=("pressure_cooker",))
    for each in cooked([wish], SEEDS):
        steps = _steps(each)
        closed = next(at for at, step in enumerate(steps) if re.search(r"pressure and cook|high pressure", step))
        assert "74 °C" not in " ".join(steps[: closed + 1]), steps
        assert any("peas" in step for step in steps[closed + 1 :]), steps


def test_rice_of_a_pressure_cooker_is_told_and_not_pressed() -> None:
    wish = Wish(ingredients=("chicken thighs", "carrots", "rice"), equipment=("pressure_cooker",))
    for each in cooked([wish], SEEDS):
        if "rice" not in _names(each):
            continue
        assert "rice" in each.recipe.title, each.recipe.title
        steps = _steps(each)
        closed = next(at for at, step in enumerate(steps) if re.search(r"pressure and cook|high pressure", step))
        assert any(re.search(r"\brice\b", step) for step in steps[closed + 1 :]), steps


def test_a_spoon_of_nut_butter_is_enough_for_one() -> None:
    for each in cooked([Wish(ingredients=("sweet potato", "peanut butter", "chickpeas"), wish="stew")], SEEDS):
        assert "Greek" not in each.recipe.title
        for item in each.recipe.ingredients:
            if item.name == "peanut butter":
                assert (item.quantity, item.unit) == (2.0, "tbsp"), item


def test_the_core_of_cassava_is_taken_out() -> None:
    for each in cooked([Wish(ingredients=("cassava", "black beans", "rice"))], SEEDS):
        told = next((step for step in _steps(each) if "cassava" in step), "")
        assert re.search(r"core", told), told
        assert "25 minutes" in told, told


def test_who_has_noodles_gets_a_soup_of_noodles() -> None:
    for each in cooked([Wish(ingredients=("chicken", "noodles"), wish="soup")], SEEDS):
        assert "noodles" in _names(each), each.recipe


def test_a_coconut_curry_further_east_is_fragrant() -> None:
    wish = Wish(ingredients=("prawns", "red pepper"), cuisine="thai", wish="curry", allergies=("fish",))
    for each in cooked([wish], SEEDS):
        assert _names(each) & {"lemongrass"}, _names(each)


def _names(each: Generated) -> set[str]:
    return {item.name for item in each.recipe.ingredients}


def _steps(each: Generated) -> list[str]:
    return [step.text for step in each.recipe.instructions]


def _told(each: Generated) -> str:
    return " ".join(_steps(each))


def test_a_curry_has_something_sharp_and_something_green() -> None:
    foods = (("chicken thighs", "carrots"), ("chickpeas", "spinach"), ("cod", "peas"), ("red lentils", "cauliflower"))
    for each in cooked([Wish(ingredients=names, wish="curry") for names in foods], SEEDS):
        text = " ".join(_names(each))
        assert re.search(r"\b(?:lime|lemon|tamarind|vinegar)\b", text), text
        assert re.search(r"\b(?:coriander|basil|mint|parsley|chives?)\b", text), text


def test_what_takes_up_boiled_cassava_waits_for_it() -> None:
    wishes = [Wish(ingredients=("cassava", "red lentils")), Wish(ingredients=("cassava", "chickpeas"), wish="curry")]
    for each in cooked(wishes, SEEDS):
        boiled = next(place for place, step in enumerate(_steps(each)) if "cassava" in step and "25 minutes" in step)
        taken = next(place for place, step in enumerate(_steps(each)) if place > boiled and "cassava" in step)
        later = each.recipe.instructions[taken:]
        assert (each.recipe.total_minutes or 0) >= 25 + (later[0].minutes or 0), (
            each.recipe.total_minutes,
            _steps(each),
        )


def test_mexican_pots_are_hot() -> None:
    for each in cooked([Wish(ingredients=("chicken thighs", "potatoes"), wish="soup", cuisine="mexican")], SEEDS):
        assert re.search(r"chilli|chipotle|jalape", " ".join(_names(each)) + " ".join(_steps(each))), _names(each)


@pytest.mark.parametrize("wish", ["tomato soup with noodles", "a mushroom soup with noodles"])
def test_a_soup_that_is_known_by_name_has_the_noodles_asked_for(wish: str) -> None:
    for each in cooked([Wish(wish=wish)], SEEDS):
        assert any("noodle" in name for name in _names(each)), each.recipe.title
