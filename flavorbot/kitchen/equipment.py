"""Kitchen things that are named after a food: a cheese knife, a pasta bowl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from flavorbot.kitchen.lexicon import read_rows

_PLACING = frozenset(
    "in into on onto inside use using from with to grease line oil spray prepare preheat flour".split()
)
_SIZES = frozenset({"inch", "cm", "mm", "quart", "litre", "liter"})
_ARTICLES = frozenset("a an the your another each".split())
_REACH = 5


def is_equipment(found: Sequence[str], start: int, end: int) -> bool:
    """Whether the food's name from `start` to `end` only begins the name of a thing: "slide it onto the pizza peel"."""
    thing = found[end] if end < len(found) else ""
    if thing not in _things():
        return False
    before = [word for word in found[max(start - _REACH, 0) : start] if word not in _SIZES]
    sized = len(before) < min(start, _REACH)
    measured = (not sized and any(word[0].isdigit() for word in before[-3:])) or before[-1:] == ["of"]
    return not measured and (not _things()[thing] or _is_placed(before))


def _is_placed(before: Sequence[str]) -> bool:
    """Whether "in a", "onto the" and the like lead to the name, with two words between at most ("in a large deep")."""
    article = next((place for place in range(len(before) - 1, -1, -1) if before[place] in _ARTICLES), 0)
    return article > 0 and len(before) - article <= 3 and before[article - 1] in _PLACING


@cache
def _things() -> Mapping[str, bool]:
    """Words for things, and whether they must be placed."""
    return {row["name"]: bool(row["placed"]) for row in read_rows("equipment.csv")}
