"""Answers are read with patience, and their text is nothing but text."""

from __future__ import annotations

import json

import pytest

from flavorbot.generators.model.answers import read_answer, text_of
from flavorbot.generators.model.failures import Unfit
from tests.generators.model.conftest import good_recipe

GOOD = json.dumps(good_recipe())


@pytest.mark.parametrize(
    "answer",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here is your recipe:\n\n{GOOD}\n\nEnjoy!",
        f"<think>A {{ in my thoughts.</think>{GOOD}",
        GOOD[:-1],
        GOOD[:-3],
        json.dumps({"recipe": good_recipe()}),
        json.dumps(good_recipe(), indent=2),
    ],
)
def test_json_is_found_in_what_stands_around_it(answer: str) -> None:
    assert read_answer(answer) == read_answer(GOOD)


@pytest.mark.parametrize("cut", [GOOD[:-30], GOOD[: len(GOOD) // 2], "", "{", "no", "[]", '{"title": "x"}'])
def test_a_part_of_a_recipe_is_none(cut: str) -> None:
    with pytest.raises(Unfit):
        read_answer(cut)


def test_common_other_names_are_understood() -> None:
    other = {
        "title": "Rice",
        "ingredients": [{"name": "rice", "amount": "150", "unit": "g"}],
        "instructions": ["Boil the rice.", {"text": "Serve."}],
    }
    written = read_answer(json.dumps(other))
    assert (written.ingredients[0].id, written.ingredients[0].quantity) == ("rice", 150)
    assert [step.text for step in written.steps] == ["Boil the rice.", "Serve."]


@pytest.mark.parametrize("quantity", ["a lot", -1, 0, "NaN", "Infinity", 1e300, None, [], {}])
def test_a_quantity_that_means_nothing_is_none(quantity: object) -> None:
    recipe = good_recipe() | {"ingredients": [{"id": "rice", "quantity": quantity, "unit": "g"}]}
    assert read_answer(json.dumps(recipe)).ingredients[0].quantity is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<b>Bold</b> soup", "Bold soup"),
        ('<img src=x onerror="alert(1)">Soup', "Soup"),
        ("<script>alert(1)</script>Soup", "Soup"),
        ("<svg onload", "svg onload"),
        ("See [this](https://evil.example/x) now", "See this now"),
        ("Go to https://evil.example/?q=1 now", "Go to now"),
        ("Visit evil.com/path today", "Visit today"),
        ("Mail me@evil.example please", "Mail please"),
        ("javascript:alert(1) rice", "rice"),
        ("**Rich** _soup_ `now` # {{7*7}}", "Rich soup now 7 7"),
        ("Soup\u202e\u200b\x00\ud800 of\nrice", "Soup of rice"),
        ("Bake at 200 ºC.", "Bake at 200 °C."),
        ("Add oil. Stir well.", "Add oil. Stir well."),
    ],
)
def test_text_is_only_text(written: str, shown: str) -> None:
    assert text_of(written, 100) == shown


def test_text_is_cut_at_a_word() -> None:
    assert text_of("one two three four", 12) == "one two"


def test_huge_lists_are_cut() -> None:
    recipe = good_recipe() | {"steps": good_recipe()["steps"] * 50, "ingredients": good_recipe()["ingredients"] * 50}
    written = read_answer(json.dumps(recipe))
    assert len(written.steps) <= 16
    assert len(written.ingredients) <= 24
