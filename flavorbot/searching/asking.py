"""What a query asks for: its words as they stand in the box, as beginnings or other names, or with typos mended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log2

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flavorbot.kitchen.lexicon import lookup, written_words
from flavorbot.searching.postings import FURTHER, INGREDIENTS, PARTS, TAGS, TITLE, IWords, Standing, either
from flavorbot.searching.words import asked_words, is_unfinished, words_of

# A word in the title says more about a recipe than one among its steps.
WEIGHTS = {TITLE: 8, TAGS: 6, INGREDIENTS: 4, FURTHER: 1}
EXACT, BEGINS, MENDED = 4, 3, 2
# Shorter words are not mended: too many others are one letter away.
SHORTEST = 4
# Up to so many letters one slip is forgiven, and the first letter is right; in longer words two.
SHORT = 5
MOST_MENDED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a query, as the index holds it and as typed: where it stands, by score, and where on the card.

    `also` are other names of the same food, `meant` what was looked for instead, where the word stands nowhere.
    """

    word: str
    typed: str
    levels: tuple[tuple[int, int], ...]
    on_card: int
    begins: bool = False
    also: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()

    @property
    def mask(self) -> int:
        found = 0
        for _, mask in self.levels:
            found |= mask
        return found

    @property
    def marks(self) -> tuple[tuple[str, bool], ...]:
        """What to mark in a text."""
        own = () if self.meant else ((self.word, self.begins),)
        return (*own, *((word, False) for word in (*self.also, *self.meant)))

    @property
    def shown(self) -> str:
        """The word as people write it."""
        return spoken(self.meant[0]) if self.meant else self.typed


def ask(q: str, words: IWords, size: int) -> list[Asked]:
    """The words of a query; the last one may still grow, as one types."""
    asked = asked_words(q)
    last = len(asked) - 1 if is_unfinished(q) else None
    return [_ask(word, typed, place == last, words, size) for place, (word, typed) in enumerate(asked.items())]


def _ask(word: str, typed: str, grows: bool, words: IWords, size: int) -> Asked:
    exact = words.exactly(word)
    begun = words.beginning(word) if grows or not any(exact) else exact
    also = tuple(name for name in other_names(word) if any(words.exactly(name)))
    if any(begun):
        named = either(words.exactly(name) for name in also)
        levels = (*_levels(exact, EXACT, size), *_levels(begun, BEGINS, size), *_levels(named, MENDED, size))
        return Asked(word, typed, _in_order(levels), _on_card(either((begun, named))), begins=begun != exact, also=also)
    meant = also or nearest(word, words)
    found = either(words.exactly(near) for near in meant)
    return Asked(word, typed, _in_order(_levels(found, MENDED, size)), _on_card(found), meant=meant)


@lru_cache(maxsize=4096)
def other_names(word: str) -> tuple[str, ...]:
    """What else people call this food in one word: an eggplant is an aubergine."""
    entry = lookup(word)
    if entry is None or entry.kind != "food" or entry.food is None:
        return ()
    names = [words_of(name) for name in (entry.food.name, entry.food.plural, *entry.food.aliases)]
    return tuple(dict.fromkeys(name[0] for name in names if len(name) == 1 and name != [word]))


def nearest(word: str, words: IWords) -> tuple[str, ...]:
    """The words of this box that are the fewest slips away; what is a food's name as it is typed is no slip."""
    if len(word) < SHORTEST or not word.isalpha() or lookup(word):
        return ()
    short = len(word) <= SHORT
    near = process.extract(word, words.vocabulary(), scorer=OSA.distance, score_cutoff=1 if short else 2, limit=12)
    likely = [(found, slips) for found, slips, _ in near if found.isalpha() and (not short or found[0] == word[0])]
    if not likely:
        return ()
    fewest = min(slips for _, slips in likely)
    return tuple(sorted(found for found, slips in likely if slips == fewest)[:MOST_MENDED])


def spoken(word: str) -> str:
    """A word of the index as people write it: "berri" is berry."""
    return word[:-1] + "y" if len(word) > 4 and word.endswith("i") and word not in written_words() else word


def _on_card(standing: Standing) -> int:
    return standing[TITLE] | standing[TAGS] | standing[INGREDIENTS]


def _levels(standing: Standing, kind: int, size: int) -> tuple[tuple[int, int], ...]:
    """The recipes by how much it says that the word stands where it does; rarer words say more."""
    common = 0
    for mask in standing:
        common |= mask
    held = common.bit_count()
    if not held:
        return ()
    # In coarse steps: a recipe more or less must not turn the order while somebody leafs through it.
    rarity = 2 + min(int(log2(max(1, size / held))) // 2, 4)
    return tuple((WEIGHTS[part] * kind * rarity, standing[part]) for part in range(PARTS) if standing[part])


def _in_order(levels: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The best first, and each recipe in its best one only."""
    rest: list[tuple[int, int]] = []
    seen = 0
    for score, mask in sorted(levels, reverse=True):
        if mask & ~seen:
            rest.append((score, mask & ~seen))
        seen |= mask
    return tuple(rest)
