"""A recipe as lines of text, and back."""

from __future__ import annotations

import pytest

from flavorbot.model import Ingredient
from flavorbot.writing import ingredient_line, read_ingredient, read_ingredients


@pytest.mark.parametrize("line", ["0 eggs", "0 g salt", "9999999999 g salt"])
def test_what_is_no_amount_stays_as_typed(line: str) -> None:
    assert read_ingredient(line) == Ingredient(name=line)


def test_a_line_is_written_as_it_was_read() -> None:
    lines = ["200 g rice, rinsed", "1 lime (optional)", "salt", "½ tsp chilli powder"]
    assert [ingredient_line(read_ingredient(line)) for line in lines] == lines


def test_a_line_with_a_colon_heads_those_below() -> None:
    assert [item.section for item in read_ingredients(["1 egg", "For the top:", "1 lime"])] == [None, "For the top"]
