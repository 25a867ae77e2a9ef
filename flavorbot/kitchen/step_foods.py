"""Which ingredients a step names, and where: "the onion" for a red onion, "the vegetables" for them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.mentions import Mention, mentions
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.kitchen.strays import refers
from flavorbot.kitchen.text import BREAK, stem, stems, words
from flavorbot.model import Ingredient

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Named:
    """An ingredient, by its place in the list, and where a text says its name."""

    place: int
    start: int
    end: int


def named_in(text: str, names: Sequence[str]) -> list[Named]:
    """Where the text first says each of these names, in one number or the other; longer names choose first."""
    tokens = [(stem(folded), match) for match in _WORD.finditer(text) if (folded := _folded(match[0]))]
    taken: set[int] = set()
    found: list[Named] = []
    for place in sorted(range(len(names)), key=lambda each: -len(names[each])):
        key = stems(names[place])
        if (at := _first(key, [token for token, _ in tokens], taken)) is not None:
            taken.update(range(at, at + len(key)))
            found.append(Named(place, tokens[at][1].start(), tokens[at + len(key) - 1][1].end()))
    return sorted(found, key=lambda each: each.start)


def used_in(text: str, ingredients: Sequence[Ingredient]) -> tuple[int, ...]:
    """The places of the ingredients that a step takes up: by their names, and by shorter or general words for them."""
    named = named_in(text, [item.name for item in ingredients])
    places = {each.place for each in named}
    left = [place for place in range(len(ingredients)) if place not in places]
    return tuple(sorted(places | set(_meant(_without(text, named), ingredients, left))))


def _folded(word: str) -> str:
    return "".join(token for token in words(word) if token != BREAK)


def _first(key: tuple[str, ...], tokens: Sequence[str], taken: set[int]) -> int | None:
    """Where these stems stand one after another and free."""
    places = range(len(tokens) - len(key) + 1) if key else range(0)
    free = (at for at in places if tuple(tokens[at : at + len(key)]) == key and not {*range(at, at + len(key))} & taken)
    return next(free, None)


def _without(text: str, named: Sequence[Named]) -> str:
    """The text without the names that were found, so that none of their words is taken for another food."""
    pieces, at = list[str](), 0
    for each in named:
        pieces.append(text[at : each.start])
        at = each.end
    return " , ".join([*pieces, text[at:]])


def _meant(text: str, ingredients: Sequence[Ingredient], places: Sequence[int]) -> Iterator[int]:
    """What other words than the names stand for; "the chicken" is the thighs, where there is chicken stock, too."""
    readings = {place: read_line(ingredients[place].name) for place in places}
    for mention in mentions(text):
        if mention.entry.kind == "unread":
            continue
        meant = {place: reading for place, reading in readings.items() if refers(mention, [reading])}
        yield from {place for place, reading in meant.items() if _is_of_its_shelf(reading, mention)} or meant


def _is_of_its_shelf(reading: Reading, mention: Mention) -> bool:
    food, said = reading.food, mention.entry.food
    return food is not None and said is not None and food.category == said.category
