"""Which queries are answered from the list alone, a page at a time, and which need the whole box."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from flavorbot.errors import BadRequest
from flavorbot.model import SORTS, Card, Page, RecipeQuery
from flavorbot.searching.ordering import Place, place_of


def check_query(query: RecipeQuery, limit: int) -> None:
    if query.sort not in SORTS:
        raise BadRequest(f"A list is sorted by one of {', '.join(SORTS)}.")
    if limit < 1:
        raise ValueError("a page has at least one card")


def is_plain(query: RecipeQuery) -> bool:
    """Whether it asks for everything in order of the ids."""
    everything = replace(query, q=query.q.strip(), missing=0, sort="newest", collection=None) == RecipeQuery()
    return everything and query.sort in ("newest", "oldest")


def page_of(cards: Iterable[Card], sort: str, limit: int, seal: Callable[[Place], str]) -> Page:
    """The first `limit` of cards in order; takes one more, which tells whether there is a next page."""
    found = list(islice(cards, limit + 1))
    items = found[:limit]
    return Page(tuple(items), seal(place_of(items[-1], sort)) if len(found) > limit else None)
