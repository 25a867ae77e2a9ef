"""Dangers in how a recipe is cooked, kept, and for whom."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.needs import Needs


def told(lines: list[str], steps: list[str], needs: Needs | None = None) -> str:
    checked = check(lines, steps, needs or Needs())
    return " ".join(finding.message for finding in checked.findings if finding.kind == "hazard")


@pytest.mark.parametrize(
    ("line", "celsius"),
    [
        ("chicken thighs", "74 °C"),
        ("beef mince", "71 °C"),
        ("pork chops", "63 °C"),
        ("salmon", "63 °C"),
        ("eggs", "71 °C"),
    ],
)
def test_a_missing_inner_temperature_is_told(line: str, celsius: str) -> None:
    assert celsius in told([line], ["Fry until done."])


@pytest.mark.parametrize("step", ["Cook to 74 °C.", "Cook to 165 °F inside.", "Bake at 200 °C until it reaches 74°C."])
def test_a_given_inner_temperature_satisfies(step: str) -> None:
    assert told(["chicken thighs"], [step]) == ""


@pytest.mark.parametrize("step", ["Bake at 200 °C.", "Cook to 60 °C."])
def test_an_oven_or_a_low_temperature_does_not(step: str) -> None:
    assert "74 °C" in told(["chicken thighs"], [step])


def test_dried_kidney_beans_must_boil_ten_minutes() -> None:
    assert "boil them hard" in told(["dried kidney beans"], ["Put everything into the slow cooker."])
    assert told(["dried kidney beans"], ["Soak, then boil hard for 10 minutes, and simmer."]) == ""


@pytest.mark.parametrize(
    ("lines", "step", "words"),
    [
        (["tomatoes"], "Process the jars in a water bath and keep them in the pantry.", "botulism"),
        (["garlic", "olive oil"], "Leave to infuse at room temperature for two weeks.", "botulism"),
        (["rice"], "Cool the rice and fry it the next day.", "within 1 hour"),
        (["chicken thighs"], "Rinse the chicken, then cook to 74 °C.", "Do not wash"),
        (["salmon"], "Slice for sashimi.", "parasites"),
        (["flour", "sugar"], "Mix to a dough and eat.", "Raw flour"),
        (["chicken thighs"], "Marinate on the counter overnight. Cook to 74 °C.", "2 hours"),
    ],
)
def test_dangerous_steps_are_told(lines: list[str], step: str, words: str) -> None:
    assert words in told(lines, [step])


@pytest.mark.parametrize(
    ("line", "eater"),
    [
        ("honey", "infant"), ("whole almonds", "young_child"), ("grapes", "infant"), ("white wine", "pregnant"),
        ("swordfish", "pregnant"), ("chicken liver", "pregnant"), ("blue cheese", "pregnant"),
    ],
)  # fmt: skip
def test_some_eaters_are_warned(line: str, eater: str) -> None:
    findings = check([line], [], Needs(eaters=(eater,))).findings
    assert "error" in {finding.severity for finding in findings if finding.kind == "hazard"}


def test_washing_vegetables_beside_poultry_is_fine() -> None:
    assert told(["chicken thighs", "leek"], ["Wash and slice the leek and cut the chicken.", "Fry to 74 °C."]) == ""


def test_a_plain_recipe_has_no_hazard() -> None:
    assert told(["carrots", "olive oil", "salt"], ["Roast at 200 °C for 30 minutes."]) == ""
