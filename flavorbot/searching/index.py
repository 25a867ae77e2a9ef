"""Everything that is needed to look through one person's box: its cards, their filters and their foods."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field, replace
from functools import cached_property

from flavorbot.kitchen.at_hand import is_at_hand
from flavorbot.model import Card, Choice, Found, Page, RecipeQuery
from flavorbot.searching.asking import Asked, ask
from flavorbot.searching.facets import read_facets
from flavorbot.searching.masks import at_most, mask_of, places_in
from flavorbot.searching.ordering import Place, in_order, is_after, place_of
from flavorbot.searching.postings import IWords

SINGLE = ("category", "cuisine", "diet", "tag")


class BoxIndex:
    """One person's recipes at one version of their box, which does not change."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = sorted(_sharing(cards), key=lambda card: card.id)
        self.size = len(self.cards)
        self.facets = read_facets(self.cards)
        self._orders: dict[str, list[int]] = {}

    @cached_property
    def place_by_id(self) -> Mapping[str, int]:
        return {card.id: place for place, card in enumerate(self.cards)}

    @cached_property
    def foods(self) -> Mapping[str, int]:
        """By the name of an ingredient the recipes that need it."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, card in enumerate(self.cards):
            for name in card.words:
                places[name].append(place)
        return {name: mask_of(held, self.size) for name, held in places.items()}

    def order(self, sort: str) -> list[int]:
        if sort not in self._orders:
            self._orders[sort] = in_order(self.cards, sort)
        return self._orders[sort]

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        texts = {id(part): sys.getsizeof(part) for card in self.cards for part in (*card.words, *card.tags)}
        return sum(texts.values()) + self.size * 900


def find(
    index: BoxIndex,
    words: IWords,
    query: RecipeQuery,
    after: Place | None,
    limit: int,
    seal: Callable[[Place], str],
) -> Page:
    """A page of what a query asks for, with the choices that are left."""
    search = _Search(index, words, query)
    items, last = search.page(after, limit)
    return Page(tuple(items), None if last is None else seal(last), search.total, search.found(items))


@dataclass
class _Search:
    """One query on one box; `filters` are the recipes that each part of it lets through."""

    index: BoxIndex
    words: InitVar[IWords]
    query: RecipeQuery
    asked: list[Asked] = field(init=False)
    filters: dict[str, int] = field(init=False)

    def __post_init__(self, words: IWords) -> None:
        self.asked = ask(self.query.q, words, self.index.size)
        self.filters = dict(self._filters())
        self.matched = self._under(self.filters)
        self.total = self.matched.bit_count()

    def page(self, after: Place | None, limit: int) -> tuple[list[Card], Place | None]:
        """Up to `limit` cards behind a place, and the last one's place if there are more."""
        sort = self._sort()
        after = self._moved(after) if sort == "best" else after
        items: list[Card] = []
        last: Place | None = None
        for score, place in self._ranked(sort):
            card = self.index.cards[place]
            here = place_of(card, sort, score)
            if after is not None and not is_after(here, after, sort):
                continue
            if len(items) == limit:
                return items, last
            items.append(card)
            last = here
        return items, None

    def found(self, items: Sequence[Card]) -> Found:
        return Found(
            choices=dict(self._choices()) if self.query.counted else {},
            without={} if self.total else dict(self._without()),
            words=tuple(mark for asked in self.asked for mark in asked.marks),
            mended=tuple((asked.typed, asked.shown) for asked in self.asked if asked.meant),
            unknown=tuple(asked.typed for asked in self.asked if not asked.levels),
            in_steps={card.id: words for card in items if (words := self._in_steps(card))},
            missing={card.id: self._missing(card) for card in items} if self.query.on_hand else {},
        )

    def _sort(self) -> str:
        """Without words to go by, the best are the newest."""
        return "newest" if self.query.sort == "best" and not self.asked else self.query.sort

    def _filters(self) -> Iterator[tuple[str, int]]:
        query, facets = self.query, self.index.facets
        if query.q.strip():
            yield "q", self._worded()
        for name in SINGLE:
            value = getattr(query, name)
            if value is not None:
                yield name, facets.by_name[name].of(value)
        for allergen in query.free_of:
            yield f"free_of:{allergen}", facets.free_of(allergen)
        if query.max_minutes is not None:
            yield "max_minutes", facets.within(query.max_minutes)
        if query.min_rating is not None:
            yield "rating", facets.rated(query.min_rating)
        if query.on_hand:
            yield "have", self._makeable(query.missing)
        if query.among is not None:
            places = (self.index.place_by_id.get(each) for each in query.among)
            yield "collection", mask_of((place for place in places if place is not None), self.index.size)

    def _worded(self) -> int:
        mask = self.index.facets.everything if self.asked else 0
        for asked in self.asked:
            mask &= asked.mask
        return mask

    def _makeable(self, most: int) -> int:
        lacking = (mask for name, mask in self.index.foods.items() if not is_at_hand(name, self.query.on_hand))
        return at_most(lacking, most, self.index.facets.everything)

    def _under(self, filters: Mapping[str, int]) -> int:
        mask = self.index.facets.everything
        for each in filters.values():
            mask &= each
        return mask

    def _but(self, name: str) -> int:
        """What there would be without one filter."""
        if name not in self.filters:
            return self.matched
        return self._under({other: mask for other, mask in self.filters.items() if other != name})

    def _without(self) -> Iterator[tuple[str, int]]:
        if len(self.filters) > 1:
            for name in self.filters:
                yield name, self._but(name).bit_count()

    def _choices(self) -> Iterator[tuple[str, tuple[Choice, ...]]]:
        facets = self.index.facets
        for name in SINGLE:
            yield name, facets.choices(name, self._but(name), getattr(self.query, name))
        yield "free_of", facets.of_allergens(self.matched)
        yield "max_minutes", facets.of_minutes(self._but("max_minutes"))
        yield "rating", facets.of_ratings(self._but("rating"))

    def _ranked(self, sort: str) -> Iterator[tuple[int, int]]:
        """The places of what was found, in order, each with its score."""
        order = self.index.order(sort)
        if sort != "best":
            yield from ((0, place) for place in places_in(self.matched, order))
            return
        for score, mask in self._scored():
            yield from ((score, place) for place in places_in(mask, order))

    def _scored(self) -> list[tuple[int, int]]:
        """What was found in groups of one score, the best first: what each word says of a recipe is added up."""
        groups = {0: self.matched}
        for asked in self.asked:
            split: dict[int, int] = defaultdict(int)
            for score, mask in groups.items():
                for more, level in asked.levels:
                    if both := mask & level:
                        split[score + more] |= both
            groups = split
        return sorted(groups.items(), reverse=True)

    def _moved(self, after: Place | None) -> Place | None:
        """A place as it is now: what a word says may have changed since with the number of recipes that have it."""
        place = None if after is None else self.index.place_by_id.get(after[1])
        if after is None or place is None:
            return after
        score = next((score for score, mask in self._scored() if mask >> place & 1), None)
        return after if score is None else (-score, after[1])

    def _in_steps(self, card: Card) -> tuple[str, ...]:
        """The words of the query that nothing on the card shows."""
        place = self.index.place_by_id[card.id]
        return tuple(asked.shown for asked in self.asked if not asked.on_card >> place & 1)

    def _missing(self, card: Card) -> tuple[str, ...]:
        return tuple(name for name in card.words if not is_at_hand(name, self.query.on_hand))


def _sharing(cards: Iterable[Card]) -> Iterator[Card]:
    """The cards as they come, with texts and lists that many of them have held once."""
    known: dict[object, object] = {}

    def share(value: tuple[str, ...]) -> tuple[str, ...]:
        texts = tuple(known.setdefault(text, text) for text in value)
        return known.setdefault(texts, texts)  # type: ignore[return-value]

    for card in cards:
        yield replace(
            card,
            diets=share(card.diets),
            allergens=share(card.allergens),
            tags=share(card.tags),
            words=share(card.words),
            doubts=None if card.doubts is None else share(card.doubts),
        )
