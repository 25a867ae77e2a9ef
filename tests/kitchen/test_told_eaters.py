"""Who a recipe says it is for counts, also where nobody chose it."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.told_eaters import told_eaters


@pytest.mark.parametrize(
    "step",
    [
        "Mash for a 6 month old baby.",
        "Stir together and feed to your 8-month-old.",
        "Serve to babies under one.",
        "For baby-led weaning from 6 months.",
        "A first porridge for the newborn.",
    ],
)
def test_no_honey_for_a_baby_that_only_a_step_names(step: str) -> None:
    findings = check(["1 tsp honey", "1 banana"], [step]).findings
    assert any(each.kind == "hazard" and each.severity == "error" and each.subject == "honey" for each in findings)


def test_whole_grapes_for_a_toddler_are_told() -> None:
    findings = check(["100 g grapes"], ["A snack for your 2-year-old toddler: leave the grapes whole."]).findings
    assert any(each.kind == "hazard" and "choke" in each.message for each in findings)


def test_whole_grapes_that_are_cut_up_are_only_told() -> None:
    findings = check(["100 g grapes"], ["Quarter the grapes for toddlers."]).findings
    assert [each.severity for each in findings if each.kind == "hazard"] == ["warning"]


def test_no_raw_milk_cheese_for_someone_pregnant() -> None:
    findings = check(["100 g raw-milk brie"], ["Serve to your pregnant friend."]).findings
    assert any(each.kind == "hazard" and each.severity == "error" for each in findings)


@pytest.mark.parametrize(
    "text",
    [
        "Wash the baby spinach and the baby potatoes.",
        "Not for babies or toddlers.",
        "Grate the 2 year old Parmesan over.",
        "Use a 6 month old Manchego.",
        "Fry for under one minute.",
        "Unsuitable for children under one.",
        "Not for pregnant women.",
    ],
)
def test_food_and_warnings_name_no_eater(text: str) -> None:
    assert told_eaters([text]) == ()
