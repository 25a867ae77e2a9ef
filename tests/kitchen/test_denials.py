"""What sentences deny of a food, and what they only seem to."""

from __future__ import annotations

import time

import pytest

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.needs import Needs

LIST = ["4 carrots", "1 tbsp olive oil"]


@pytest.mark.parametrize(
    "step",
    [
        "Do not burn the butter.",
        "Never let the butter brown.",
        "No need to melt the butter first.",
        "No more than 50 g butter.",
        "Stir without browning the butter.",
        "This is not vegan because of the butter.",
        "Omit the butter to make it vegan.",
        "If not vegan, add butter.",
        "Instead of oil use butter.",
        "It is not a dish without butter.",
        "Add the nut-free granola and the butter.",
        "Cook until coloured like honey, add butter.",
        "Add the buttеr.",
        "Mit Butter bestreichen.",
    ],
)
def test_butter_that_is_handled_is_in_it(step: str) -> None:
    assert "milk" in check(LIST, [step]).contains


@pytest.mark.parametrize(
    "step",
    [
        "Do not add butter.",
        "Serve without butter.",
        "Use oil instead of butter.",
        "Spread with vegan butter.",
        "This is free from butter, milk and cream.",
        "Spread with dairy-free soft butter.",
        "Suitable for people with a milk allergy.",
        "Use a butter knife.",
        "Cook until soft like butter.",
    ],
)
def test_butter_that_is_denied_is_not_in_it(step: str) -> None:
    assert "milk" not in check(LIST, [step]).contains


@pytest.mark.parametrize(
    ("items", "step", "needs"),
    [
        (["1 onion"], "Add the garlic.", Needs(exclude=("garlic",))),
        (["1 apple"], "Add the kiwi.", Needs(allergies=("kiwi",))),
        (["50 g cheddar"], "Grate the parmesan over.", Needs(diets=("vegetarian",))),
        (["2 vegan burgers"], "Grill the beef burgers.", Needs(diets=("vegan",))),
        (["4 carrots"], "Add the meatballs.", Needs(diets=("vegetarian",))),
        (["4 carrots"], "Serve with pizza.", Needs(diets=("gluten_free",))),
    ],
)
def test_a_listed_food_hides_no_other(items: list[str], step: str, needs: Needs) -> None:
    assert [each for each in check(items, [step], needs).findings if each.severity == "error"]


@pytest.mark.parametrize(
    ("items", "step"),
    [
        (["100 g spaghetti"], "Boil the pasta."),
        (["4 chicken thighs"], "Turn the chicken."),
        (["50 g cornflour"], "Mix the flour with water."),
        (["2 tbsp vegan mayonnaise"], "Add the mayo."),
        (["100 g gluten-free breadcrumbs"], "Fry the crumbs."),
    ],
)
def test_short_names_stay_short_for_the_list(items: list[str], step: str) -> None:
    assert check(items, [step]).contains == check(items, ["Cook."]).contains


@pytest.mark.parametrize(
    ("step", "allergen"),
    [("Serve with buttery mash.", "milk"), ("Roll out on a floured surface.", "gluten"), ("Add an eggy dip.", "eggs")],
)
def test_what_a_food_is_like_may_be_in_it(step: str, allergen: str) -> None:
    checked = check(LIST, [step], Needs(allergies=(allergen,)))
    assert [each.kind for each in checked.findings if each.line is None] == ["may_contain"]
    assert "vegan" not in checked.diets or allergen == "gluten"


@pytest.mark.parametrize(
    "line",
    [
        "butter (not vegan)",
        "real butter, not vegan",
        "butter (use vegan if needed)",
        "butter (dairy-free if needed)",
        "vegan or dairy butter",
        "nut-free biscuits with butter",
        "tofu (dairy-free) and butter",
    ],
)
def test_a_line_that_leaves_it_open_is_believed_of_nothing(line: str) -> None:
    assert "milk" in check([line]).contains


@pytest.mark.parametrize("line", ["butter, vegan", "vegan butter", "dairy-free butter", "butter (dairy-free)"])
def test_a_line_that_denies_milk_holds_none(line: str) -> None:
    assert "milk" not in check([line]).contains


def test_a_text_of_nothing_but_foods_takes_no_time() -> None:
    begun = time.process_time()
    assert check(["egg"], ["egg " * 1_200]).contains == ("eggs",)
    assert time.process_time() - begun < 2
