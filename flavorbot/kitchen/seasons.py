"""When produce is in season; the lists and their sources stand in `words/seasons.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.lexicon import read_rows

_MONTHS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}


def in_season(food: Food, month: int) -> bool | None:
    """Whether it is at its best in this month (1 to 12, north of the tropics); None for what is as good all year."""
    months = _seasons().get(food.name)
    return None if months is None else month in months


@cache
def _seasons() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row in read_rows("seasons.csv"):
        for name in row["names"].split("|"):
            found.setdefault(name, set()).update(_MONTHS[row["season"]])
    return {name: frozenset(months) for name, months in found.items()}
