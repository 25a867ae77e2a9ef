"""The vocabulary of wishes: what phrases mean there, and the mending of words that decide about a need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flavorbot.kitchen.lexicon import read_rows, read_words
from flavorbot.kitchen.scanning import harmless_words
from flavorbot.kitchen.text import stem

LONGEST = 7
_NEEDS = frozenset({"diet", "eater", "allergy", "free", "no"})
_SHORTEST = 4
_CUES = frozenset({"without", "exclude", "excluding", "except", "avoid", "avoiding", "allergic", "allergy"})
_TELLING = frozenset(
    {"off", "out", "cut", "away", "keep", "bad", "badly", "stop", "stopped", "ill", "sick", "over", "die", "dies"}
)
_ALLERGENS = ("wheat", "lactose", "soybeans", "almonds", "cashews", "walnuts", "hazelnuts", "prawns", "shrimp")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase does in a wish: a field of `wish_words.csv` and its value there."""

    kind: str
    value: str


@cache
def phrases() -> Mapping[str, Meaning]:
    """Every phrase with its meaning; of a phrase with two the first counts."""
    found: dict[str, Meaning] = {}
    for row in read_rows("wish_words.csv"):
        for phrase in row["phrases"].split("|"):
            found.setdefault(phrase, Meaning(row["field"], row["value"]))
    return found


def is_filler(word: str) -> bool:
    """Whether the word leaves a clause understood without naming anything."""
    if word in _TELLING:
        return False
    return word.isdigit() or word in _fillers() or stem(word) in harmless_words()


@lru_cache(maxsize=2048)
def mended(word: str) -> str | None:
    """The word about a diet, an allergy or an allergen that this one misspells, if any is near."""
    if len(word) < _SHORTEST or not word.isalpha() or word in _key_words():
        return None
    limit = 1 if len(word) < 8 else 2
    found = process.extract(word, _key_words(), scorer=OSA.distance, score_cutoff=limit, limit=5)
    near = [
        (distance, name not in _diet_words(), _begins_alike(word, name), name)
        for name, distance, _ in found
        if name[0] == word[0] or sorted(name) == sorted(word) or (distance == 1 and len(word) >= 8)
    ]
    return min(near)[3] if near else None


@lru_cache(maxsize=2048)
def mended_quality(word: str) -> str | None:
    """The word about what a dish should be like that this one misspells: "spicer", "quiker"."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    found = process.extract(word, _quality_words(), scorer=OSA.distance, score_cutoff=1 + (len(word) > 8), limit=5)
    near = [(distance, name) for name, distance, _ in found if name[0] == word[0]]
    return min(near)[1] if near else None


def is_common(word: str) -> bool:
    """Whether the word is an everyday one in wishes, so that alone it names no food."""
    return word in _fillers()


@cache
def _fillers() -> frozenset[str]:
    return read_words("wish_fillers.txt")


def _begins_alike(word: str, name: str) -> tuple[int, bool]:
    """Less for words that part later, and for English ones: a slip at the end is likelier than one before it."""
    same = next((place for place, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), 99)
    return -same, name not in _ALLERGENS


@cache
def _diet_words() -> frozenset[str]:
    return frozenset(word for phrase, meaning in phrases().items() if meaning.kind == "diet" for word in phrase.split())


@cache
def _key_words() -> tuple[str, ...]:
    """Words of five letters and more that stand in names of diets, allergies and allergens."""
    named = [phrase for phrase, meaning in phrases().items() if meaning.kind in _NEEDS]
    words = {
        word
        for phrase in (*named, *_CUES, *_ALLERGENS, *(row["name"] for row in read_rows("groups.csv")))
        for word in phrase.split()
    }
    return tuple(sorted(word for word in words if len(word) >= 5 and (word in _CUES or not is_filler(word))))


@cache
def _quality_words() -> tuple[str, ...]:
    named = (phrase for phrase, meaning in phrases().items() if meaning.kind == "quality")
    return tuple(sorted(phrase for phrase in named if len(phrase) >= 5 and phrase.isalpha()))
