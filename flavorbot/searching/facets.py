"""The filters of a box: which recipes have which value, and how a value is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.doubts import doubts_of
from flavorbot.kitchen.text import fold
from flavorbot.model import ALLERGENS, CATEGORIES, DIETS, Card, Choice
from flavorbot.searching.masks import mask_of

# What a list offers; any other number of minutes can be asked for all the same.
MINUTES = (15, 30, 45, 60, 90)
RATINGS = (5, 4, 3)
# Of cuisines and tags, which people make up themselves.
MOST_CHOICES = 40
_FIXED = {"category": CATEGORIES, "diet": DIETS}


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one kind: folded, each with its recipes and its usual spelling."""

    masks: dict[str, int]
    written: dict[str, str]

    def of(self, value: str) -> int:
        return self.masks.get(fold(value), 0)


@dataclass(frozen=True, slots=True)
class Facets:
    """All of them, for one box; `everything` is the whole box."""

    everything: int
    by_name: dict[str, Facet]
    allergens: dict[str, int]
    doubts: dict[str, int]
    ratings: tuple[int, ...]
    minutes: tuple[int | None, ...]

    def free_of(self, allergen: str) -> int:
        """What neither contains it nor might: a food that nobody knows may be anything."""
        return self.everything & ~self.allergens.get(allergen, 0) & ~self.doubts.get(allergen, 0)

    def rated(self, least: int) -> int:
        mask = 0
        for rating in self.ratings[least:]:
            mask |= rating
        return mask

    def within(self, minutes: int) -> int:
        """What is known to take no longer."""
        quick = (place for place, each in enumerate(self.minutes) if each is not None and each <= minutes)
        return mask_of(quick, len(self.minutes))

    def choices(self, name: str, among: int, chosen: str | None) -> tuple[Choice, ...]:
        """The values that some of these recipes have, and the chosen one in any case."""
        facet = self.by_name[name]
        counted = {value: (mask & among).bit_count() for value, mask in facet.masks.items()}
        if name in _FIXED:
            order: Iterable[str] = _FIXED[name]
        else:
            order = sorted(counted, key=lambda value: (-counted[value], value))[:MOST_CHOICES]
        picked = None if chosen is None else fold(chosen)
        found = [Choice(facet.written[value], counted[value]) for value in order if counted.get(value)]
        if chosen is not None and picked not in {fold(choice.value) for choice in found}:
            found.append(Choice(facet.written.get(picked or "", chosen), counted.get(picked or "", 0)))
        return tuple(found)

    def of_allergens(self, among: int) -> tuple[Choice, ...]:
        """How many would be left without each allergen; only of those that are known to be in something."""
        held = [(allergen, self.allergens.get(allergen, 0) & among) for allergen in ALLERGENS]
        return tuple(Choice(allergen, (among & self.free_of(allergen)).bit_count()) for allergen, mask in held if mask)

    def of_minutes(self, among: int) -> tuple[Choice, ...]:
        counted = [Choice(str(most), (self.within(most) & among).bit_count()) for most in MINUTES]
        return tuple(choice for choice in counted if choice.count)

    def of_ratings(self, among: int) -> tuple[Choice, ...]:
        counted = [Choice(str(least), (self.rated(least) & among).bit_count()) for least in RATINGS]
        return tuple(choice for choice in counted if choice.count)


def read_facets(cards: Sequence[Card]) -> Facets:
    """The filters of a box, whose cards are in order of their places."""
    size = len(cards)
    rated: list[list[int]] = [[] for _ in range(6)]
    contained: dict[str, list[int]] = defaultdict(list)
    doubted: dict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        rated[min(card.rating or 0, 5)].append(place)
        for allergen in card.allergens:
            contained[allergen].append(place)
        for allergen in doubts_of(card):
            doubted[allergen].append(place)
    return Facets(
        everything=(1 << size) - 1,
        by_name={
            "category": _facet(size, ((place, card.category) for place, card in enumerate(cards))),
            "cuisine": _facet(size, ((place, card.cuisine) for place, card in enumerate(cards) if card.cuisine)),
            "diet": _facet(size, _each(card.diets for card in cards)),
            "tag": _facet(size, _each(card.tags for card in cards)),
        },
        allergens={allergen: mask_of(places, size) for allergen, places in contained.items()},
        doubts={allergen: mask_of(places, size) for allergen, places in doubted.items()},
        ratings=tuple(mask_of(places, size) for places in rated),
        minutes=tuple(card.total_minutes for card in cards),
    )


def _each(values: Iterable[Sequence[str]]) -> Iterator[tuple[int, str]]:
    return ((place, value) for place, several in enumerate(values) for value in several)


def _facet(size: int, values: Iterable[tuple[int, str]]) -> Facet:
    places: dict[str, list[int]] = defaultdict(list)
    for place, value in values:
        places[value].append(place)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    masks: dict[str, int] = defaultdict(int)
    for value, held in places.items():
        masks[fold(value)] |= mask_of(held, size)
        spellings[fold(value)][value] = len(held)
    return Facet(dict(masks), {key: counted.most_common(1)[0][0] for key, counted in spellings.items()})
