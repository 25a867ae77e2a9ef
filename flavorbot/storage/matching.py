"""Which cards a query asks for, and in what order; the same in every store."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from flavorbot.errors import BadRequest
from flavorbot.model import SORTS, Card, Page, RecipeQuery
from flavorbot.storage.codec import fold

# As much of a title as decides its place; it travels in the cursor.
TITLE_LETTERS = 64

Place = tuple[str | float, str]


def page_of(
    cards: Iterable[Card], query: RecipeQuery, after: Place | None, limit: int, seal: Callable[[Place], str]
) -> Page:
    """The cards asked for, up to `limit`.

    `cards` are in order and begin after the place already, unless the query `is_sorted`: then they are the whole box.
    """
    found = filter(matcher(query), cards)
    items, more = _first(_sorted_after(found, query.sort, after) if is_sorted(query) else found, limit)
    return Page(tuple(items), seal(place_of(items[-1], query.sort)) if more else None)


def check_query(query: RecipeQuery, limit: int) -> None:
    if query.sort not in SORTS:
        raise BadRequest(f"A list is sorted by one of {', '.join(SORTS)}.")
    if limit < 1:
        raise ValueError("a page has at least one card")


def is_sorted(query: RecipeQuery) -> bool:
    """Whether the order is by something else than the ids, which all cards must be read for."""
    return query.sort not in ("newest", "oldest")


def matcher(query: RecipeQuery) -> Callable[[Card], bool]:
    """Whether a card is asked for: each word of `q` somewhere in title, ingredients or tags, and every filter met."""
    words = fold(query.q).split()
    tag = None if query.tag is None else fold(query.tag)

    def matches(card: Card) -> bool:
        if query.category is not None and card.category != query.category:
            return False
        if query.diet is not None and query.diet not in card.diets:
            return False
        if tag is not None and tag not in (fold(each) for each in card.tags):
            return False
        return not words or _has_all(words, card)

    return matches


def is_filtered(query: RecipeQuery) -> bool:
    """Whether the query leaves anything out."""
    return bool(query.q.split()) or (query.category, query.diet, query.tag) != (None, None, None)


def _sorted_after(cards: Iterable[Card], sort: str, after: Place | None) -> list[Card]:
    """Cards in order of `sort` (`title` or `quickest`), those after a place only."""
    places = {place_of(card, sort): card for card in cards}
    return [places[place] for place in sorted(places) if after is None or place > after]


def _first(cards: Iterable[Card], limit: int) -> tuple[list[Card], bool]:
    """Up to `limit` cards, and whether there are more; takes no more from `cards` than it needs to know."""
    page: list[Card] = []
    for card in cards:
        if len(page) == limit:
            return page, True
        page.append(card)
    return page, False


def place_of(card: Card, sort: str) -> Place:
    """Where a card stands in a list, which its id makes unique."""
    if sort == "title":
        return fold(card.title)[:TITLE_LETTERS], card.id
    if sort == "quickest":
        return math.inf if card.total_minutes is None else card.total_minutes, card.id
    return "", card.id


def _has_all(words: Iterable[str], card: Card) -> bool:
    text = fold("\n".join((card.title, *card.words, *card.tags)))
    return all(word in text for word in words)
