"""The checker: lines, steps and title against a person's needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.kitchen.checker import Checked, check, check_recipe, checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.model import ALLERGENS, Ingredient, Instruction, Recipe

BASE = ("rice", "carrot", "olive oil", "salt")
EVERYTHING = Needs(allergies=ALLERGENS)


def recipe(title: str, items: tuple[str, ...], *steps: str) -> Recipe:
    return Recipe(
        title=title,
        ingredients=tuple(Ingredient(name=item) for item in items),
        instructions=tuple(Instruction(text=step) for step in steps),
    )


def kinds(checked: Checked) -> set[str]:
    return {finding.kind for finding in checked.findings}


def test_an_allergen_in_a_line_is_an_error_with_its_reason() -> None:
    finding = check(["1 tbsp Worcestershire sauce"], needs=Needs(allergies=("fish",))).findings[0]
    assert (finding.line, finding.kind, finding.severity) == (0, "allergen", "error")
    assert "anchovies" in finding.message


def test_what_may_be_inside_is_a_warning() -> None:
    finding = check(["dark chocolate"], needs=Needs(allergies=("nuts",))).findings[0]
    assert (finding.kind, finding.severity) == ("may_contain", "warning")


def test_unknown_lines_are_told_and_claim_nothing() -> None:
    checked = check(["rice", "zorbax"])
    assert "unknown" in kinds(checked)
    assert checked.diets == ()
    assert checked.lines[1].vegan is None


def test_unread_words_withhold_claims() -> None:
    checked = check(["zorbax carrots"])
    assert (checked.lines[0].recognised, checked.lines[0].vegan, checked.diets) == (True, None, ())


@pytest.mark.parametrize("line", ["bleach", "death cap mushrooms"])
def test_poisons_are_errors(line: str) -> None:
    assert [(finding.kind, finding.severity) for finding in check([line]).findings] == [("poison", "error")]


@pytest.mark.parametrize(
    ("step", "contains"),
    [
        ("Stir in 1 tbsp peanut butter.", ("peanuts",)),
        ("Serve with crusty bread.", ("gluten",)),
        ("Dress with tahini.", ("sesame",)),
        ("Garnish with crushed pistachios (optional).", ("nuts",)),
        ("Whisk the eggs with the parmesan.", ("eggs", "milk")),
        ("Finish with a little butter.", ("milk",)),
        ("Add prawns, squid and mussels.", ("crustaceans", "molluscs")),
        ("Season with soy sauce.", ("gluten", "soybeans")),
    ],
)
def test_a_food_slipped_into_the_steps_is_caught(step: str, contains: tuple[str, ...]) -> None:
    checked = check(BASE, [step], EVERYTHING)
    assert checked.contains == contains
    assert "allergen" in kinds(checked)


@pytest.mark.parametrize(
    "step",
    [
        "Use a butter knife.", "Pat dry with paper towel.", "Fry until crisp and nutty.", "Mash the carrots.",
        "Roll into walnut-sized balls.", "Cook until it looks like breadcrumbs.", "Grate with a cheese grater.",
        "Line a cake tin with baking paper.", "Serve without cheese.", "Do not add milk.", "Use oil instead of butter.",
        "Poke holes with a skewer.", "Sprinkle the rice over.", "Cream the carrots.", "Use coconut milk if dry.",
        "Wash the pan with soap.", "Season with nutmeg.", "Toast the rice.", "Cook until the colour of honey.",
    ],
)  # fmt: skip
def test_words_that_only_look_like_food_are_left_alone(step: str) -> None:
    checked = check(BASE, [step], EVERYTHING)
    assert checked.contains == ()
    assert not kinds(checked) & {"allergen", "poison", "not_food"}


@pytest.mark.parametrize(
    ("items", "step"),
    [
        (("oat milk", "vegan butter", "gluten-free flour"), "Melt the butter, whisk in the milk and flour."),
        (("vegan cheese", "gluten-free pasta"), "Boil the pasta and top with the cheese."),
        (("2 vegan sausages",), "Fry the sausages."),
        (("coconut yogurt",), "Stir the yogurt."),
    ],
)
def test_short_names_mean_the_listed_food(items: tuple[str, ...], step: str) -> None:
    checked = check(items, [step], Needs(allergies=("milk",), diets=("dairy_free",)))
    assert not [finding for finding in checked.findings if finding.line is None]


def test_butter_is_not_short_for_peanut_butter() -> None:
    assert check(["peanut butter"], ["Melt the butter."]).contains == ("peanuts", "milk")


def test_the_title_is_read_too() -> None:
    checked = check_recipe(recipe("Peanut noodles", ("rice noodles", "tofu"), "Fry."), Needs(allergies=("peanuts",)))
    assert "allergen" in kinds(checked)


@pytest.mark.parametrize("title", ["Carrots with mayonnaise", "Carrots on egg noodles", "Carrots, mayonnaise"])
def test_what_comes_with_the_dish_is_not_the_dish(title: str) -> None:
    made = recipe(title, ("carrots", "olive oil"), "Serve with the mayonnaise.")
    assert "eggs" in check_recipe(made).contains


def test_every_text_of_a_recipe_is_read() -> None:
    plain = recipe("Carrots", ("carrots",), "Boil.")
    item = Ingredient(name="carrots", section="For the peanut sauce")
    for changed in (
        replace(plain, notes="Serve with a peanut sauce."),
        replace(plain, description="With a peanut sauce."),
        replace(plain, ingredients=(item,)),
        replace(plain, ingredients=(Ingredient(name="carrots", quantity=1, unit="cup peanuts"),)),
    ):
        assert "peanuts" in check_recipe(changed).contains


def test_a_recipe_may_name_what_it_makes() -> None:
    pesto = recipe("Sunflower pesto", ("basil", "sunflower seeds", "olive oil"), "Blend to a pesto.")
    assert check_recipe(pesto, EVERYTHING).contains == ()


def test_a_title_may_name_its_dish_by_a_listed_food() -> None:
    salad = recipe("Green bean pasta salad", ("gluten-free pasta", "green beans"), "Toss the pasta and the beans.")
    assert check_recipe(salad, EVERYTHING).contains == ()


def test_exclusions_cover_groups_names_and_plain_words() -> None:
    checked = check(
        ["button mushrooms", "prawns", "zorbax"],
        ["Add grated truffloni."],
        Needs(exclude=("mushrooms", "seafood", "truffloni")),
    )
    assert [finding.line for finding in checked.findings if finding.kind == "excluded"] == [0, 1, None]


def test_meat_and_milk_are_not_kosher_together() -> None:
    assert "kosher" in check(["beef mince"]).diets
    checked = check(["beef mince", "cheddar"], needs=Needs(diets=("kosher",)))
    assert "kosher" not in checked.diets
    assert "diet" in kinds(checked)


def test_keto_needs_known_amounts() -> None:
    assert "keto" in check(["100 g salmon", "1 tbsp olive oil"]).diets
    assert "keto" not in check(["500 g carrots"]).diets
    assert "keto" not in check(["1 bunch zorbax"]).diets


def test_checked_recipe_overrides_the_writers_word() -> None:
    made = checked_recipe(recipe("Toast", ("bread", "butter"), "Toast the bread."))
    assert made.allergens == ("gluten", "milk")
    assert not set(made.diets) & {"vegan", "gluten_free", "dairy_free"}


def test_no_message_calls_a_food_safe() -> None:
    lines = ["chicken breast", "dark chocolate", "zorbax", "bleach", "honey", "dried kidney beans", "soap"]
    needs = Needs(diets=("vegan", "kosher"), allergies=ALLERGENS, exclude=("meat",), eaters=("infant", "pregnant"))
    assert not [finding for finding in check(lines, ["Fry."], needs).findings if "safe" in finding.message.lower()]


def test_the_same_input_gives_the_same_answer() -> None:
    needs = Needs(diets=("vegan", "kosher"), allergies=("milk", "fish"))
    assert check(BASE, ["Add butter and fish."], needs) == check(BASE, ["Add butter and fish."], needs)


@pytest.mark.parametrize("line", ["chikpeas", "200 g brocolli"])
def test_a_mended_spelling_backs_no_claim(line: str) -> None:
    found = check([line])
    assert found.lines[0].recognised
    assert (found.lines[0].vegan, found.lines[0].gluten_free) == (None, None)
    assert found.diets == ()


@pytest.mark.parametrize(
    ("step", "allergen"),
    [
        ("Roll in breadcrumbs.", "gluten"), ("Coat the carrot in breadcrumbs.", "gluten"), ("Make a roux.", "gluten"),
        ("Stir in the cream until silky.", "milk"), ("Fold in buttercream.", "milk"), ("Serve with custard.", "milk"),
        ("Serve with dumplings.", "gluten"), ("Cover with pastry.", "gluten"), ("Crumble over biscuits.", "gluten"),
    ],
)  # fmt: skip
def test_what_only_a_step_brings_is_seen(step: str, allergen: str) -> None:
    found = check(BASE, [step])
    assert allergen in found.contains
    assert "vegan" not in found.diets or allergen == "gluten"


@pytest.mark.parametrize(
    ("title", "allergen"), [("Prawn curry", "crustaceans"), ("Cheese sandwich", "milk"), ("Peanut satay", "peanuts")]
)
def test_a_title_is_believed(title: str, allergen: str) -> None:
    assert allergen in check_recipe(recipe(title, BASE, "Boil the rice.")).contains


def test_a_dish_of_listed_foods_raises_no_alarm() -> None:
    own = check_recipe(recipe("Apple crumble", ("apple", "rice flour", "sugar"), "Rub the crumble and bake the cake."))
    assert "gluten" not in own.contains
    eggs = check_recipe(recipe("Soft scrambled eggs", ("egg", "olive oil"), "Scramble the eggs."))
    assert "dairy_free" in eggs.diets
