"""When produce is in season."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.lexicon import read_rows
from flavorbot.kitchen.seasons import in_season


def test_only_foods_of_the_table_have_a_season() -> None:
    names = {name for row in read_rows("seasons.csv") for name in row["names"].split("|")}
    assert names <= set(foods())
    assert len(names) >= 80


@pytest.mark.parametrize(
    ("name", "month", "known"),
    [("asparagus", 5, True), ("asparagus", 11, False), ("leek", 12, True), ("tomato", 2, False), ("rice", 2, None)],
)
def test_months_are_known(name: str, month: int, known: bool | None) -> None:
    assert in_season(foods()[name], month) is known
