"""A pasted list without the marks that came along, and amounts that look like marks left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flavorbot.list_marks import unmarked_ingredients, unmarked_steps

# Also what static/js/lines.js makes of them: see tests/browser/test_form_rows.py.
INGREDIENTS = [
    (["• 2 eggs", "•salt", "☐ 1 lime", "▢ 1 onion", "[ ] pepper", "[x] 1 tsp cumin"],
     ["2 eggs", "salt", "1 lime", "1 onion", "pepper", "1 tsp cumin"]),
    (["- 200 g rice", "* 1 onion", "– 2 limes", "- [ ] salt"], ["200 g rice", "1 onion", "2 limes", "salt"]),
    (["1. 2 eggs", "2. 200 g flour", "3) salt"], ["2 eggs", "200 g flour", "salt"]),
    (["1. 2 eggs", "For the top:", "2. 1 lime"], ["2 eggs", "For the top:", "1 lime"]),
    (["1 onion", "2.5 kg flour", "1.5 l stock", "2 eggs"], ["1 onion", "2.5 kg flour", "1.5 l stock", "2 eggs"]),
    (["1. onion"], ["1. onion"]),
    (["2. 5 kg flour", "2. 5 kg sugar"], ["2. 5 kg flour", "2. 5 kg sugar"]),
    (["-18 °C ice", "½ lime", "7-up", "50–60 g nuts"], ["-18 °C ice", "½ lime", "7-up", "50–60 g nuts"]),
    (["-", "•", "  salt   and  pepper "], ["", "", "salt and pepper"]),
]  # fmt: skip
STEPS = [
    (["1. Boil the rice.", "2) Add salt.", "(3) Serve."], ["Boil the rice.", "Add salt.", "Serve."]),
    (["3. Fry the onion."], ["Fry the onion."]),
    (["Step 1: Boil it.", "STEP 2. Drain.", "Step 3 – Eat."], ["Boil it.", "Drain.", "Eat."]),
    (["Step 1", "Boil it.", "Step 2:", "Drain."], ["", "Boil it.", "", "Drain."]),
    (["• Boil it.", "☐ Drain.", "- Eat."], ["Boil it.", "Drain.", "Eat."]),
    (["2.5 kg of flour go in.", "180 °C is enough.", "Step away from the heat."],
     ["2.5 kg of flour go in.", "180 °C is enough.", "Step away from the heat."]),
]  # fmt: skip


@pytest.mark.parametrize(("pasted", "meant"), INGREDIENTS)
def test_marks_come_off_ingredients_and_amounts_stay(pasted: list[str], meant: list[str]) -> None:
    assert unmarked_ingredients(pasted) == meant


@pytest.mark.parametrize(("pasted", "meant"), STEPS)
def test_marks_and_numbers_come_off_steps(pasted: list[str], meant: list[str]) -> None:
    assert unmarked_steps(pasted) == meant


def test_what_was_saved_so_stays_so() -> None:
    assert unmarked_ingredients(["- salt", "- lime"], ["- salt"]) == ["- salt", "lime"]
    assert unmarked_steps(["1. Boil.", "2. Eat."], ["2. Eat."]) == ["Boil.", "2. Eat."]


@given(st.lists(st.text("12. )-•abStep:\n", max_size=12), max_size=6))
def test_lines_keep_their_places_and_their_words(lines: list[str]) -> None:
    for unmarked in (unmarked_ingredients(lines), unmarked_steps(lines)):
        assert len(unmarked) == len(lines)
        assert all(" ".join(line.split()).endswith(bare) for line, bare in zip(lines, unmarked, strict=True))


@given(st.lists(st.integers(1, 99), min_size=1, max_size=9))
def test_an_amount_is_never_taken_for_a_number(amounts: list[int]) -> None:
    lines = [f"{amount} onions" for amount in amounts] + [f"{amount}.5 kg flour" for amount in amounts]
    assert unmarked_ingredients(lines) == lines
