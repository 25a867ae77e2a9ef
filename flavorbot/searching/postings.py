"""Where words stand in a person's recipes: the promise that a box's words keep, and one that is held in memory."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Protocol

from flavorbot.model import Card
from flavorbot.searching.masks import mask_of
from flavorbot.searching.words import words_of

# The parts of a recipe that words stand in; steps and notes are one.
TITLE, TAGS, INGREDIENTS, FURTHER = range(4)
PARTS = 4

# For each part the recipes that have a word there.
Standing = tuple[int, ...]
NOWHERE: Standing = (0,) * PARTS


class IWords(Protocol):
    """The words of one person's box."""

    def exactly(self, word: str) -> Standing: ...

    def beginning(self, start: str) -> Standing:
        """Of all words that begin so, the word itself included."""

    def vocabulary(self) -> Sequence[str]:
        """Every word that stands anywhere."""


class HeldWords:
    """`IWords` in memory: a word that stands in few recipes is a list of them, any other a mask."""

    def __init__(self, size: int, standing: Mapping[str, Mapping[int, Sequence[int]]]) -> None:
        self._size = size
        self._words = sorted(standing)
        self._standing = {
            word: tuple((part, _packed(places, size)) for part, places in standing[word].items()) for word in standing
        }

    def exactly(self, word: str) -> Standing:
        found = list(NOWHERE)
        for part, places in self._standing.get(word, ()):
            found[part] = places if isinstance(places, int) else mask_of(places, self._size)
        return tuple(found)

    def beginning(self, start: str) -> Standing:
        words = self._words[bisect_left(self._words, start) :]
        return either(self.exactly(word) for word in takewhile(lambda word: word.startswith(start), words))

    def vocabulary(self) -> Sequence[str]:
        return self._words

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        held = (places for parts in self._standing.values() for _, places in parts)
        return sum(map(sys.getsizeof, held)) + 250 * len(self._words)


class Gathering:
    """The words of a box, taken from its entries as they pass: all entries at once take ten times what they leave."""

    def __init__(self) -> None:
        self._size = 0
        self._standing: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._known: dict[str, list[str]] = {}

    def passing(self, listed: Iterable[tuple[Card, Sequence[str]]]) -> Iterator[Card]:
        """The cards of entries in order of their ids, each with the words that only its steps and notes have."""
        for card, further in listed:
            for part, words in _parts(card, further, self._known):
                for word in words:
                    self._standing[word][part].append(self._size)
            self._size += 1
            yield card

    def words(self) -> HeldWords:
        """Those of all cards that passed."""
        return HeldWords(self._size, self._standing)


def either(found: Iterable[Standing]) -> Standing:
    """Wherever any of them stands."""
    parts = list(NOWHERE)
    for standing in found:
        for part, mask in enumerate(standing):
            parts[part] |= mask
    return tuple(parts)


def _parts(card: Card, more: Sequence[str], known: dict[str, list[str]]) -> Iterable[tuple[int, set[str]]]:
    """The distinct words of each part; the same ingredients and tags come again and again, and are read once."""

    def read(texts: Iterable[str]) -> set[str]:
        return {word for text in texts for word in _remembered(known, text)}

    yield TITLE, set(words_of(card.title))
    yield TAGS, read(card.tags)
    yield INGREDIENTS, read(card.words)
    yield FURTHER, set(more)


def _remembered(known: dict[str, list[str]], text: str) -> list[str]:
    if text not in known:
        known[text] = words_of(text)
    return known[text]


def _packed(places: Sequence[int], size: int) -> int | array[int]:
    return array("I", places) if len(places) * 32 < size else mask_of(places, size)
