"""The orders of a list, and a recipe's place in them, which lasts while others come and go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from flavorbot.kitchen.text import fold
from flavorbot.model import Card

# As much of a title as decides its place; it travels in the cursor.
TITLE_LETTERS = 64
# Among equals the oldest comes first in these orders, in all others the newest.
OLDEST_FIRST = frozenset({"oldest", "title", "quickest"})

# What an order goes by, smallest first, and the id of the recipe.
Place = tuple[str | float, str]


def place_of(card: Card, sort: str, score: int = 0) -> Place:
    """Where a card stands in a list, which its id makes unique."""
    return _value(card, sort, score), card.id


def in_order(cards: Sequence[Card], sort: str) -> list[int]:
    """The places of the cards, which are in order of their ids, in another order."""
    every = range(len(cards)) if sort in OLDEST_FIRST else range(len(cards) - 1, -1, -1)
    if sort in ("newest", "oldest", "best"):
        return list(every)
    return sorted(every, key=lambda place: _value(cards[place], sort, 0))


def is_after(place: Place, other: Place, sort: str) -> bool:
    """Whether a place comes later in the list than another."""
    if place[0] != other[0]:
        return place[0] > other[0]  # type: ignore[operator]
    return place[1] > other[1] if sort in OLDEST_FIRST else place[1] < other[1]


def _value(card: Card, sort: str, score: int) -> str | float:
    match sort:
        case "title":
            return fold(card.title)[:TITLE_LETTERS]
        case "quickest":
            return math.inf if card.total_minutes is None else card.total_minutes
        case "rating":
            return -(card.rating or 0)
        case "updated":
            return -_microseconds(card.updated_at)
        case "best":
            return -score
    return ""


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)
