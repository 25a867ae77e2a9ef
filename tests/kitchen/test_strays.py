"""Foods that only the steps name, in the words of cooks of several languages."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.diets import diets_met
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.strays import strays
from flavorbot.model import ALLERGENS, DIETS

EVERYTHING = Needs(allergies=ALLERGENS)


@pytest.mark.parametrize(
    ("step", "contains"),
    [
        ("Coat the fillets in crumbs and fry.", {"gluten"}),
        ("Sprinkle the crumble topping over.", {"gluten"}),
        ("Fold in the whipped whites.", {"eggs"}),
        ("Beat the whites to stiff peaks.", {"eggs"}),
        ("Cover with ganache.", {"milk"}),
        ("In Semmelbröseln wenden.", {"gluten"}),
        ("Mit Haselnüssen bestreuen.", {"nuts"}),
        ("Mit Butter und Mehl binden.", {"milk", "gluten"}),
        ("Ajoutez la crème et les œufs battus.", {"milk", "eggs"}),
        ("Unire il burro, la farina e le uova sbattute.", {"milk", "gluten", "eggs"}),
        ("Espolvorear con almendras y queso.", {"nuts", "milk"}),
    ],
)
def test_an_allergen_of_the_steps_alone_is_seen(step: str, contains: set[str]) -> None:
    assert contains <= set(check(["4 carrots"], [step]).contains)


@pytest.mark.parametrize("items", [["1 chicken"], ["500 g beef mince", "200 ml vegetable stock"]])
def test_gravy_may_be_thickened_with_flour(items: list[str]) -> None:
    checked = check(items, ["Serve with the gravy."], EVERYTHING)
    assert "gluten" not in checked.contains
    assert "gluten_free" not in checked.diets
    assert any(each.kind == "may_contain" and "gluten" in each.message for each in checked.findings)


def test_gravy_of_listed_flour_is_what_the_list_says() -> None:
    checked = check(["1 chicken", "1 tbsp rice flour"], ["Stir in the flour for a gravy."], EVERYTHING)
    assert "gluten" not in checked.contains


@pytest.mark.parametrize(
    "step",
    [
        "Chop the cauliflower to fine crumbs.",
        "A skewer comes out with a few moist crumbs.",
        "Slice the whites of the leeks.",
        "Crumble over the tofu.",
        "Bake until golden, like a crumble.",
    ],
)
def test_words_for_other_things_raise_no_alarm(step: str) -> None:
    assert check(["1 cauliflower", "200 g firm tofu"], [step]).contains == ("soybeans",)


def test_what_may_break_a_diet_is_told() -> None:
    checked = check(["4 carrots"], ["Serve with a glass of wine."], Needs(diets=("vegan",)))
    assert [each.severity for each in checked.findings if each.kind == "diet"] == ["warning"]


@pytest.mark.parametrize(
    ("items", "step", "claim"),
    [
        (["100 g vegan butter"], "Finish with real butter.", "dairy_free"),
        (["100 ml oat milk"], "Use regular milk if you like.", "dairy_free"),
        (["200 ml vegan cream"], "Serve with ice cream.", "dairy_free"),
        (["30 g quince cheese"], "Serve with cheese.", "dairy_free"),
        (["100 g vegan parmesan"], "Grate over Parmigiano.", "dairy_free"),
        (["200 g dairy-free ice cream"], "Serve with cream.", "dairy_free"),
        (["3 tbsp vegan mayonnaise"], "Mix with Hellmann's mayonnaise.", "egg_free"),
        (["1 flax egg"], "Beat in an egg.", "egg_free"),
        (["100 g gluten-free breadcrumbs"], "Coat in panko.", "gluten_free"),
        (["300 g gluten-free pasta"], "Serve with lasagne.", "gluten_free"),
        (["100 g gluten-free oats"], "Scatter with granola.", "gluten_free"),
        (["500 ml gluten-free beer"], "Add the Guinness.", "gluten_free"),
    ],
)
def test_what_is_free_of_something_does_not_hide_what_is_not(items: list[str], step: str, claim: str) -> None:
    assert claim in check(items, ["Mix."]).diets
    assert claim not in check(items, [step]).diets


@pytest.mark.parametrize(
    ("items", "step"),
    [
        (["100 g vegan butter"], "Melt the butter."),
        (["100 g vegan parmesan"], "Scatter with the parmesan."),
        (["200 ml coconut cream"], "Whip the cream."),
        (["3 tbsp vegan mayonnaise"], "Stir in the mayo."),
        (["100 g gluten-free breadcrumbs"], "Coat in the crumbs."),
        (["300 g gluten-free spaghetti"], "Boil the pasta."),
        (["200 g gluten-free flour", "1 tsp yeast"], "Knead the dough."),
    ],
)
def test_a_short_name_means_what_is_listed(items: list[str], step: str) -> None:
    assert check(items, [step]).diets == check(items, ["Mix."]).diets


def test_a_number_that_belongs_to_a_name_is_no_other() -> None:
    def told(step: str) -> bool:
        return bool(check(["200 g rice"], [step], Needs(allergies=ALLERGENS)).findings)

    assert not told("Cook for 5 minutes, then stir in 7 g of E 330.")
    assert told("Cook for 5 minutes, then stir in 7 g of E 322.")
    assert not told("Cook for 322 minutes, then stir in 7 g of E 330.")
    assert told("Cook for 9 minutes, then stir in the 00 flour.")


@pytest.mark.parametrize("excluded", ["water", "ice", "sparkling water"])
def test_whoever_leaves_out_water_is_told_of_it(excluded: str) -> None:
    told = check(["200 g rice"], [f"Serve the rice with {excluded}."], Needs(exclude=(excluded,))).findings
    assert [(each.kind, each.subject) for each in told] == [("excluded", "water")]


def test_foods_may_be_passed_over() -> None:
    readings = (read_line("200 g rice"),)
    assert strays(readings, "Rice", ["Boil the rice in water."])
    assert not strays(readings, "Rice", ["Boil the rice in water."], frozenset({"water"}))
    assert strays(readings, "Rice", ["Boil the rice in coconut water."], frozenset({"water"}))


def test_water_says_nothing_of_diets_or_allergens() -> None:
    water = foods()["water"]
    assert diets_met(water) == frozenset(DIETS)
    assert not water.contains | water.may
