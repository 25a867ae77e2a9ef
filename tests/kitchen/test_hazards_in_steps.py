"""Dangers that stand in the words of the steps: heat, keeping, washing, and food that stays raw."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from flavorbot.kitchen import inner_heat, raw_foods
from flavorbot.kitchen.checker import check
from flavorbot.kitchen.hazard_rules import RULES
from flavorbot.kitchen.needs import Needs


def told(lines: list[str], step: str, *eaters: str) -> set[tuple[str, str]]:
    """The message and severity of every hazard."""
    checked = check(lines, [step], Needs(eaters=eaters))
    return {(finding.message, finding.severity) for finding in checked.findings if finding.kind == "hazard"}


def messages(lines: list[str], step: str, *eaters: str) -> str:
    return " ".join(message for message, _ in told(lines, step, *eaters))


def errors(lines: list[str], step: str, *eaters: str) -> str:
    return " ".join(message for message, severity in told(lines, step, *eaters) if severity == "error")


@pytest.mark.parametrize(
    "step",
    [
        "Heat the milk to 85 °C. Sear the chicken.", "Preheat the oven to 90 °C. Cook the chicken.",
        "Warm the plates to 80 °C and fry the chicken.", "Cook the beef to 74 °C. Serve the chicken.",
        "Do not let it reach 74 °C.", "Put the chicken in a 165 F oven.", "Roast the chicken at 90 °C.",
        "Heat the oil to 80 °C and add the chicken.", "Poach in 80 °C water.", "Keep it below 74 °C.",
        "Heat the milk until it reaches 85 °C.", "Set the oven to 80 °C.", "Cook to 60-74 °C.",
    ],
)  # fmt: skip
def test_another_temperature_does_not_clear_poultry(step: str) -> None:
    assert "74 °C" in messages(["chicken thighs"], step)


@pytest.mark.parametrize(
    "step",
    [
        "Fry the chicken in the oil until cooked through, with no pink left (74 °C inside).",
        "Poach the chicken in the milk until it reaches 74 °C.", "Do not serve until it reaches 74 ºC.",
        "Roast at 180 C until a thermometer in the thickest part reads 75 C.", "Cook to 165F.",
        "Put in the oven at 190 °C for 22 minutes, until the middle is at least 74 °C.",
        "The chicken is done at 74 °C.",
        "Brown the chicken. Return to the oven until tender (74 °C inside).",
    ],
)  # fmt: skip
def test_a_temperature_inside_the_food_counts(step: str) -> None:
    assert messages(["chicken thighs"], step) == ""


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("chicken thighs", "Serve the chicken pink."), ("chicken thighs", "Sear the chicken rare."),
        ("beef mince", "Serve the burgers medium-rare."), ("beef mince", "Cook until still pink in the middle."),
        ("pork chops", "Serve the pork bloody."), ("turkey", "Leave it pink inside."),
    ],
)  # fmt: skip
def test_some_meat_is_never_served_pink(line: str, step: str) -> None:
    assert "must not be eaten pink" in errors([line], f"Cook to 80 °C inside. {step}")


def test_a_rare_steak_beside_chicken_is_fine() -> None:
    step = "Serve the steak rare. Cook the chicken to 74 °C, until no longer pink. Cook the steak to 63 °C."
    assert messages(["beef steak", "chicken breast"], step) == ""


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("dried kidney beans", "Boil water for 15 min for tea. Put the beans raw in a slow cooker."),
        ("lima beans, dried", "Grind raw."),
        ("dried cannellini beans", "Boil them for 8 minutes."),
        ("kidney beans", "Soak the beans overnight, then put them in a slow cooker."),
        ("dried kidney beans", "Boil the pasta for 12 minutes and add the beans."),
    ],
)
def test_beans_that_do_not_boil_are_refused(line: str, step: str) -> None:
    assert "boil them hard" in errors([line], step)


@pytest.mark.parametrize(
    "step",
    ["Boil the beans hard for 10 minutes.", "Bring to the boil, boil rapidly for 10 min.", "Boil them for 1 hour."],
)
def test_beans_that_boil_are_fine(step: str) -> None:
    assert messages(["dried kidney beans"], step) == ""


@pytest.mark.parametrize(
    "step",
    [
        "Pack into jars, cover with water and boil the sealed jars for 20 minutes.", "Fill the jars. Keeps for a year.",
        "Bottle in sterilised jars; store in a cool dark place for up to a year.",
        "Pour into jars. They keep unrefrigerated.", "Fill the jars and store in the cellar.",
    ],
)  # fmt: skip
def test_canning_at_home_is_refused(step: str) -> None:
    assert "botulism" in errors(["tomatoes"], step)


@pytest.mark.parametrize(
    "step",
    [
        "Keep in a jar in the fridge for a month.",
        "Boil the empty jars for 10 minutes.",
        "Put on a lid and simmer for 40 minutes.",
    ],
)
def test_jars_in_the_fridge_are_fine(step: str) -> None:
    assert messages(["tomatoes"], step) == ""


@pytest.mark.parametrize("infused", ["garlic", "fresh chillies", "basil", "mushrooms"])
@pytest.mark.parametrize(
    "step",
    [
        "Let it steep in the oil for 10 days.",
        "Bottle the oil and keep it by the stove.",
        "Store the oil in the cellar.",
    ],
)
def test_infused_oil_kept_warm_is_refused(infused: str, step: str) -> None:
    assert "within 4 days" in errors([infused, "olive oil"], step)


@pytest.mark.parametrize(
    "step", ["Steep the oil in the fridge for 2 days.", "Leave the dough in a warm place for an hour."]
)
def test_oil_in_the_fridge_and_rising_dough_are_fine(step: str) -> None:
    assert messages(["garlic", "olive oil"], step) == ""


@pytest.mark.parametrize(
    "step",
    [
        "Rinse and pat dry the chicken breasts.", "First rinse off the chicken.", "Rinse breasts under cold water.",
        "Give the chicken breasts a good wash.", "Clean the chicken under the cold tap.",
        "Hold the bird under running water.", "The chicken should be washed.",
    ],
)  # fmt: skip
def test_poultry_is_not_washed(step: str) -> None:
    assert "Do not wash" in messages(["chicken breasts"], step)


@pytest.mark.parametrize(
    "step",
    [
        "Wash your hands after touching the chicken.",
        "Do not wash the chicken.",
        "Rinse the rice while the chicken rests.",
    ],
)
def test_clean_hands_and_rice_are_fine(step: str) -> None:
    assert "Do not wash" not in messages(["chicken breasts"], step)


@pytest.mark.parametrize(
    "step",
    [
        "Make edible raw cookie dough, do not bake.", "Mix into cookie dough balls and chill.",
        "Melt the butter, stir in the flour and chill.", "Mix with the baking powder and eat.",
    ],
)  # fmt: skip
def test_raw_flour_is_told(step: str) -> None:
    assert "Raw flour" in messages(["flour", "butter"], step)


@pytest.mark.parametrize(
    ("lines", "step", "words"),
    [
        (["chicken thighs"], "Defrost in the sink all day.", "2 hours"),
        (["rice"], "Keep the rice warm in the pan for 8 hours.", "2 hours"),
        (["chicken thighs"], "Leave the chicken out overnight.", "2 hours"),
        (["rice"], "Add 1 tbsp ground nutmeg.", "nutmeg"),
        (["beef steak"], "Serve the raw beef.", "Raw meat"),
        (["fresh bamboo shoots"], "Slice thinly.", "cyanide"),
    ],
)
def test_what_must_not_be_done_is_an_error(lines: list[str], step: str, words: str) -> None:
    assert words in errors(lines, step)


@pytest.mark.parametrize(
    ("lines", "step", "words"),
    [
        (["wild mushrooms"], "Fry.", "expert"), (["potatoes"], "Use the green-tinged potatoes.", "solanine"),
        (["raw milk"], "Drink.", "Unpasteurised"), (["pork belly"], "Cure the pork and hang it.", "tested recipe"),
        (["eggs"], "Fold in the raw whites.", "salmonella"), (["bean sprouts"], "Toss into a salad.", "sprouts"),
    ],
)  # fmt: skip
def test_what_needs_care_is_told(lines: list[str], step: str, words: str) -> None:
    assert words in messages(lines, step)


@pytest.mark.parametrize(
    ("line", "step", "eater"),
    [
        ("eggs", "Fry until the yolk is still runny.", "pregnant"), ("bean sprouts", "Toss into a salad.", "infant"),
        ("oysters", "Serve raw on ice.", "pregnant"), ("unpasteurised apple juice", "Serve.", "young_child"),
    ],
)  # fmt: skip
def test_nothing_raw_for_who_may_not(line: str, step: str, eater: str) -> None:
    assert errors([line], step, eater)


def test_babies_need_no_sugar() -> None:
    assert "babies do without" in messages(["sugar"], "Stir.", "infant")


def _patterns() -> Iterator[str]:
    for rule in RULES:
        yield from (pattern for clue in rule.clues for pattern in clue)
        yield from (rule.unless, rule.anywhere)
    for module in (inner_heat, raw_foods):
        yield from (value.pattern for value in vars(module).values() if isinstance(value, re.Pattern))


def test_no_pattern_has_an_unbounded_gap() -> None:
    gap = re.compile(r"(?:(?<!\\)\.|\]|\)|\\S|\\D|\\W)(?:[*+]|\{\d*,\})")
    assert [pattern for pattern in _patterns() if gap.search(pattern)] == []


@pytest.mark.parametrize(
    ("items", "step"),
    [
        (["200 g rice"], "Soak the rice overnight, then drain and boil for 10 minutes."),
        (["200 g rice"], "Rinse under cold running water, then boil."),
        (["200 g rice"], "Cook, cool within the hour and keep in the fridge."),
        (["200 g elderberries", "100 g sugar"], "Boil for 15 minutes."),
        (["500 g cassava"], "Peel, soak and boil for 30 minutes until tender."),
        (["2 chicken thighs"], "Marinate overnight in the fridge. Grill to 75 °C."),
        (["500 g cooked chicken"], "Slice the cooked chicken and toss with the leaves."),
        (["4 eggs"], "Boil for 10 minutes, until firm."),
        (["1 kg mussels"], "Discard any that stay closed. Steam for 4 minutes until open."),
        (["1 kg strawberries", "1 kg sugar"], "Boil the jam. Ladle into sterilised jars, seal and keep for a year."),
        (["1 kg apples", "500 ml vinegar"], "Simmer the chutney. Fill hot jars; it keeps for months in a cupboard."),
        (["100 g butter"], "Leave the butter on the counter overnight to soften."),
        (["1 tin tuna"], "Mix."),
    ],
)
def test_what_is_done_well_is_not_warned_of(items: list[str], step: str) -> None:
    assert not [each.message for each in check(items, [step]).findings if each.kind == "hazard"]


@pytest.mark.parametrize(
    ("items", "step"),
    [
        (["1 kg asparagus"], "Water-bath can for 10 minutes."),
        (["1 head garlic", "200 ml olive oil"], "Keep on the worktop for a month."),
        (["500 g cooked chicken"], "Reheat gently until lukewarm."),
        (["4 eggs"], "Boil for 3 minutes, until not quite firm."),
        (["500 g cassava"], "Grate and serve."),
        (["200 g rice"], "Leave the rice to cool overnight."),
        (["500 g cooked chicken"], "Warm the chicken through to 45 C and serve."),
        (["1 kg potatoes, green and sprouting"], "Boil for 20 minutes."),
        (["1 kg potatoes"], "Keep the sprouts on and roast."),
        (["1 duck"], "Rinse inside and out with cold water."),
        (["1 kg green beans", "1 tsp salt"], "Process in sealed jars for 20 minutes."),
    ],
)
def test_what_is_done_badly_is_warned_of(items: list[str], step: str) -> None:
    assert [each.message for each in check(items, [step]).findings if each.kind == "hazard"]


@pytest.mark.parametrize(
    "step",
    [
        "Leave on the kitchen table until tomorrow.",
        "Leave it in a warm car for the day.",
        "Let it stand unrefrigerated for 4 hours.",
        "Leave it out on the worktop overnight to cool, then refrigerate.",
    ],
)
def test_what_is_left_out_warm_is_an_error(step: str) -> None:
    assert any(each.severity == "error" for each in check(["500 g chicken thighs"], [step]).findings)
