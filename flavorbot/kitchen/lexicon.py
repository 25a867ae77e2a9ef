"""Every name the kitchen knows, and where such names stand in a text: the longest name wins, the later one in a tie."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from operator import add
from typing import Literal, NamedTuple

from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.once import once
from flavorbot.kitchen.remembering import remembered
from flavorbot.kitchen.text import BREAK, stem, stems
from flavorbot.kitchen.text import words as words_of

Kind = Literal["food", "dish", "poison", "not_food", "idiom", "unread"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for.

    A "dish" has a `food` that tells its allergens only: made dishes and general words ("cheesecake", "seafood"), and
    with the category "described" words for what a food is like ("buttery"). An
    "idiom" only looks like food ("butter knife"). "unread" is what stands where a food does, and is no word that anyone
    knows. `reason` says why something is refused.
    """

    kind: Kind
    name: str
    food: Food | None = None
    reason: str = ""


class Span(NamedTuple):
    """An entry found in a list of words: from `start` up to, not including, `end`."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Index:
    """Names by their stems: joined by a space, and run together ("soysauce", "egg plant").

    `alone` has both; `pairs` are two words run together, with which longer names begin or into which one is split, each
    with how many words the longest of these has; `words` are all that stand in a name.
    """

    spaced: Mapping[str, Entry]
    joined: Mapping[str, Entry]
    alone: Mapping[str, Entry]
    pairs: Mapping[str, int]
    words: frozenset[str]


@once
def index() -> Index:
    """The lookup over foods, dishes, hazards and idioms, built once."""
    spaced: dict[str, Entry] = {}
    for entry, names in _entries():
        for name in names:
            key = " ".join(stems(name))
            if key:
                spaced.setdefault(key, entry)
    joined = {key.replace(" ", ""): entry for key, entry in spaced.items() if len(key) >= 6}
    words, pairs = set[str](), dict.fromkeys(joined, 2)
    for key in spaced:
        several = key.split(" ")
        words.update(several)
        pair = "".join(several[:2])
        pairs[pair] = max(pairs.get(pair, 2), len(several))
    return Index(spaced, joined, joined | spaced, pairs, frozenset(words))


@cache
def written_words() -> frozenset[str]:
    """The words of all names as they are written, folded."""
    return frozenset(word for _, names in _entries() for name in names for word in words_of(name))


def find(words: Sequence[str]) -> list[Span]:
    """The names in the words, left to right, chosen so that longer names win."""
    names, keys = index(), list(map(key_of, words))
    pairs, alone = [*map(add, keys, keys[1:]), BREAK], names.alone
    if names.pairs.keys().isdisjoint(pairs):
        return [Span(place, place + 1, alone[key]) for place, key in enumerate(keys) if key in alone]
    # From the last place on: the score of all that begins there or later.
    scores = [0] * (len(keys) + 1)
    best: dict[int, Span] = {}
    for start in range(len(keys) - 1, -1, -1):
        most = scores[start + 1]
        if entry := alone.get(keys[start]):
            most, best[start] = most + 1, Span(start, start + 1, entry)
        if pairs[start] in names.pairs:
            for end, entry in _longer_names_at(names, keys, start):
                score = (end - start) ** 2 + scores[end]
                if score > most:
                    most, best[start] = score, Span(start, end, entry)
        scores[start] = most
    return _chosen(best)


def covered(spans: Iterable[Span]) -> frozenset[int]:
    """The places of the words that names are made of."""
    return frozenset(place for span in spans for place in range(span.start, span.end))


def may_begin(words: Sequence[str]) -> bool:
    """Whether a name of several words stands at the beginning, which then may be one that `find` chooses."""
    names = index()
    if len(words) < 2 or "".join(map(key_of, words[:2])) not in names.pairs:
        return False
    return any(_longer_names_at(names, list(map(key_of, words)), 0))


def maybe(entry: Entry) -> Entry:
    """The same thing, of which only may be said what it contains."""
    food = entry.food
    if food is None:
        return entry
    return replace(entry, food=replace(food, kind="unsure", contains=frozenset(), may=food.may | food.contains))


def lookup(name: str) -> Entry | None:
    """The entry of exactly this name."""
    return _named(stems(name))


def named_by(words: Sequence[str]) -> Entry | None:
    """The entry of exactly these words, whatever punctuation is between them."""
    return _named([stem(word) for word in words if word != BREAK])


def _named(key: Sequence[str]) -> Entry | None:
    names = index()
    return names.spaced.get(" ".join(key)) or names.joined.get("".join(key))


def read_rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file in `words/`, comments left out."""
    with resources.files(__package__).joinpath(f"words/{file}").open(encoding="utf-8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def read_words(file: str) -> frozenset[str]:
    """The words of a text file in `words/`, comments left out."""
    text = resources.files(__package__).joinpath(f"words/{file}").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def other_words() -> frozenset[str]:
    """Names of foods, many of them foreign, that alone in running English text are other words."""
    return read_words("not_in_text.txt")


def _entries() -> Iterator[tuple[Entry, Iterable[str]]]:
    """In order of precedence: of two entries with one name the first counts."""
    for food in foods().values():
        yield Entry("food", food.name, food), (food.name, food.plural)
    for food in foods().values():
        yield Entry("food", food.name, food), food.aliases
    for file, kind in (("poisons.csv", "poison"), ("not_food.csv", "not_food")):
        for row in read_rows(file):
            yield Entry(kind, row["name"], reason=row["reason"]), (row["name"], *_list(row["aliases"]))  # type: ignore[arg-type]
    for row in read_rows("dishes.csv"):
        yield Entry("dish", row["name"], _dish(row)), (row["name"], *_list(row["aliases"]))
    for row in read_rows("idioms.csv"):
        yield Entry("idiom", row["name"]), (row["name"],)


_DATIVE = ("en", "ern", "eln")
_MADE = {"": "dish", "yes": "made dish", "described": "described"}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _dish(row: Mapping[str, str]) -> Food:
    """A food that only tells its kind and allergens; it is never cooked with."""
    return Food(
        name=row["name"], plural=row["name"], aliases=(), category=_MADE[row["made"]],
        role="garnish", kind=row["kind"] or "unsure", contains=frozenset(_list(row["contains"])),
        may=frozenset(_list(row["may"])), because="", flags=frozenset(_list(row["flags"])), kcal=0, protein_g=0,
        fat_g=0, carbohydrate_g=0, fibre_g=0, salt_g=0, source="", each_g=None, cup_g=None, tin_g=None,
        serving_g=None, cook={}, safe_c=None, cuisines=(), pairs=(), swaps={},
    )  # fmt: skip


@remembered(10_000)
def key_of(word: str) -> str:
    """The stem; a German dative plural ("Haselnüssen") counts as the plural it comes from, where that is a name."""
    key, names = stem(word), index()
    inflected = len(key) > 4 and key.endswith(_DATIVE) and key not in names.words and key[:-1] in names.spaced
    return key[:-1] if inflected else key


def _longer_names_at(names: Index, keys: Sequence[str], start: int) -> Iterator[tuple[int, Entry]]:
    """The names of several words that begin here, with their ends; spelled apart first, then split in two."""
    key, behind = keys[start : start + 2]
    for end in range(start + 2, min(start + names.pairs[key + behind], len(keys)) + 1):
        if entry := names.spaced.get(" ".join(keys[start:end])):
            yield end, entry
    if len(key) >= 3 and len(behind) >= 3 and (split := names.joined.get(key + behind)):
        yield start + 2, split


def _chosen(best: dict[int, Span]) -> list[Span]:
    """From left to right those that begin where the one before ends, or behind; `best` begins with the last."""
    found, reached = list[Span](), 0
    for span in reversed(best.values()):
        if span.start >= reached:
            found.append(span)
            reached = span.end
    return found
