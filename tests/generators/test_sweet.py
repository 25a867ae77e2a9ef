"""Puddings and breakfasts as a cook would make them: sour fruit, toasted nuts, bars that hold, hot toast."""

from __future__ import annotations

import re

import pytest

from flavorbot.model import Recipe, Wish
from tests.generators.wishes import cooked

SEEDS = range(1, 6)


def _recipes(foods: str, wish: str) -> list[Recipe]:
    return [each.recipe for each in cooked([Wish(ingredients=tuple(foods.split(", ")), wish=wish)], SEEDS)]


def _steps(recipe: Recipe) -> list[str]:
    return [step.text for step in recipe.instructions]


def _first(recipe: Recipe, words: str) -> int:
    return next(number for number, step in enumerate(_steps(recipe)) if re.search(words, step))


def _names(recipe: Recipe) -> set[str]:
    return {item.name for item in recipe.ingredients}


def _sugar(recipe: Recipe) -> float:
    return next(item.quantity or 0 for item in recipe.ingredients if item.name == "sugar")


@pytest.mark.parametrize("fruit", ["rhubarb", "gooseberries"])
def test_sour_fruit_is_stewed_with_orange(fruit: str) -> None:
    for recipe in _recipes(fruit, "compote"):
        assert not _names(recipe) & {"lemon", "lime"}
        assert "orange zest and juice" in " ".join(_steps(recipe))


def test_rhubarb_needs_more_sugar_than_apples() -> None:
    sweet, sour = (_recipes(f"{fruit}, sugar", "crumble")[0] for fruit in ("apples", "rhubarb"))
    assert _sugar(sour) > 1.25 * _sugar(sweet)


@pytest.mark.parametrize("dish", ["porridge", "rice pudding"])
def test_raisins_cook_from_the_start(dish: str) -> None:
    for recipe in _recipes("apples, raisins", dish):
        assert _first(recipe, r"raisins") <= _first(recipe, r"minutes, stirring|Simmer|Cook|Let it|[Mm]icrowave")


def test_raisins_lie_under_the_crumble() -> None:
    for recipe in _recipes("apples, raisins", "crumble"):
        assert _first(recipe, "raisins") < _first(recipe, "butter")


@pytest.mark.parametrize("dish", ["compote", "rice pudding", "yogurt bowl", "fruit salad", "overnight oats"])
def test_nuts_on_soft_puddings_are_toasted(dish: str) -> None:
    for recipe in _recipes("pears, walnuts", dish):
        listed = " ".join(item.note or "" for item in recipe.ingredients if item.name == "walnuts")
        assert "toasted" in listed or re.search(r"(?i)toast the .*walnuts|stir the .*walnuts", " ".join(_steps(recipe)))


def test_nobody_puts_walnuts_on_mango() -> None:
    for dish in ("rice pudding", "porridge", "chia pudding"):
        for recipe in _recipes("mango", dish):
            assert not _names(recipe) & {"walnuts", "pecans", "raisins"}, _names(recipe)


def test_apples_on_pancakes_are_a_syrupy_compote() -> None:
    for recipe in _recipes("apples, cinnamon, flour, eggs", "pancakes"):
        batter, apples = _first(recipe, "a third of the (?!butter)"), _first(recipe, "splash of water|3 tbsp of water")
        assert batter < apples
        assert "cinnamon" in _steps(recipe)[apples]
        assert "cinnamon" not in " ".join(_steps(recipe)[:apples])


def test_oat_bars_hold_together() -> None:
    for recipe in _recipes("apples, oats", "oat bars"):
        steps = " ".join(_steps(recipe))
        assert recipe.tags[0] == "flapjacks"
        assert "flour" in " ".join(_names(recipe))
        assert re.search(r"tin, 19 by 9 cm", steps)
        assert "20 minutes" in _steps(recipe)[-1]


def test_rice_for_a_pudding_is_short() -> None:
    for recipe in _recipes("rice, milk", "rice pudding"):
        assert next(item.note for item in recipe.ingredients if item.name == "rice") == "short-grain (pudding rice)"


def test_strawberries_in_muffins_are_diced() -> None:
    for recipe in _recipes("strawberries", "muffins"):
        assert "dice the strawberries" in " ".join(_steps(recipe))


@pytest.mark.parametrize("foods", ["eggs, mushrooms, bread", "eggs, avocado, bread"])
def test_toast_is_hot_when_the_eggs_are(foods: str) -> None:
    for recipe in _recipes(foods, "scrambled eggs"):
        steps = _steps(recipe)
        toast = _first(recipe, "toast(?:ing)?\\b")
        eggs = _first(recipe, r"\beggs?\b.*minutes")
        assert eggs - toast in (1, 3), steps
        assert "avocado" not in " ".join(steps[toast:eggs]), steps


def test_bread_toasts_beside_the_last_omelette() -> None:
    for recipe in _recipes("eggs, mushrooms, bread", "omelette"):
        assert re.search(r"in the same way; toast the bread meanwhile", " ".join(_steps(recipe)))


@pytest.mark.parametrize(
    ("wish", "kind", "food"),
    [("rhubarb crumble", "crumble", "rhubarb"), ("chia pudding", "chia pudding", "chia seeds")],
)
def test_puddings_are_known_by_name(wish: str, kind: str, food: str) -> None:
    for each in cooked([Wish(wish=wish)], SEEDS):
        assert each.recipe.tags[0] == kind
        assert food in _names(each.recipe)


@pytest.mark.parametrize(("foods", "last"), [("baked beans, bread", "beans"), ("sardines, bread", "sardines")])
def test_bread_goes_in_while_the_last_thing_cooks(foods: str, last: str) -> None:
    for recipe in _recipes(foods, "toast"):
        toast, cooked_last = _first(recipe, r"\bto toast\b|toasting"), _first(recipe, rf"{last}\b.*minutes")
        assert cooked_last - toast in (0, 1), _steps(recipe)
