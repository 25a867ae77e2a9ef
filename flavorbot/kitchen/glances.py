"""Which foods a sentence names, at a glance: of most sentences of most recipes nobody asks for more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from flavorbot.kitchen.dictionary import has_english
from flavorbot.kitchen.lexicon import Span, find, index, key_of, other_words
from flavorbot.kitchen.remembering import remembered
from flavorbot.kitchen.scanning import changing_words, harmless_words
from flavorbot.kitchen.slips import has_odd_words
from flavorbot.kitchen.text import words

_NUMBER = "1234567"
"""In place of any other: no name has it."""
_AND = "and"
FISH = frozenset({"fish", "shellfish"})
"""Categories of food that some words name which are something else as well: "fry the sole"."""
# One of these makes a sentence foreign, where "pain" and "pan" are bread and "Ei" is an egg.
FOREIGN = frozenset(
    "avec du les des aux versez servez ajoutez melangez battez mit und den dem das zugeben unterheben bestreuen wenden"
    " servieren con los las y servir anadir batir il gli della nel aggiungere unire mescolare een".split()
)


class Glance(NamedTuple):
    """What is seen of a sentence.

    `names` are the foods that it names; None is among them where anything else may have to be looked at.
    `is_english` tells whether a word says that the whole text is.
    """

    names: frozenset[str | None]
    is_english: bool


class _Phrase(NamedTuple):
    """The same of a part of it, with the stems of its first and its last word."""

    names: frozenset[str | None]
    is_english: bool
    first: str
    last: str


@remembered(2048)
def glance(sentence: str) -> Glance:
    """What its phrases have, which come again in other sentences: no name reaches across a comma, few across "and"."""
    found: list[_Phrase] = []
    for clause in sentence.split(", "):
        parts = list(map(phrase, clause.split(" and ")))
        found += [phrase(clause)] if any(map(_may_be_one, parts, parts[1:])) else parts
    names = frozenset[str | None]().union(*[each.names for each in found])
    return _same(names, " and " in sentence or any(each.is_english for each in found))


# The same foods are named in one sentence after another.
_same = lru_cache(maxsize=2048)(Glance)


@remembered(2048)
def phrase(text: str) -> _Phrase:
    """What is seen of a part of a sentence."""
    said = words_of(text)
    spans = find(said)
    meant = [span.entry for span in spans if span.entry.kind != "idiom" and not _is_other_word(said, span)]
    names = {entry.food.name if entry.food else None for entry in meant}
    if has_odd_words(said, spans) or not FOREIGN.isdisjoint(said):
        names.add(None)
    first, last = (key_of(said[0]), key_of(said[-1])) if said else ("", "")
    return _Phrase(frozenset(names), has_english(said), first, last)


def _is_other_word(said: Sequence[str], span: Span) -> bool:
    """Whether the single word is something else in English, whatever stands around it: "until crisp"."""
    entry = span.entry
    is_one = span.end - span.start == 1 and said[span.start] in other_words()
    return is_one and entry.kind != "poison" and (entry.food is None or entry.food.category not in FISH)


def _may_be_one(before: _Phrase, behind: _Phrase) -> bool:
    """Whether a name may reach from one phrase across "and" to the other: "salt and pepper squid"."""
    joined = index().joined
    around = (before.last, behind.first)
    return around in _around_and() or before.last + _AND in joined or _AND + behind.first in joined


@cache
def _around_and() -> frozenset[tuple[str, str]]:
    """What stands before and behind the word in names."""
    names = [key.split(" ") for key in index().spaced if _AND in key]
    places = [(name, place) for name in names for place in range(1, len(name) - 1) if name[place] == _AND]
    return frozenset((name[place - 1], name[place + 1]) for name, place in places)


def words_of(sentence: str) -> tuple[str, ...]:
    """Its words; in place of each number that is part of no name stands one and the same."""
    found = words(sentence)
    for place in [place for place, word in enumerate(found) if word.isdecimal()]:
        if _is_any_number(found, place):
            found[place] = _NUMBER
    return tuple(found)


def _is_any_number(sentence: Sequence[str], place: int) -> bool:
    keys = [key_of(word) for word in sentence[max(place - 1, 0) : place + 2]]
    return _telling_numbers().isdisjoint([*keys, *pairwise(keys)])


@cache
def _telling_numbers() -> frozenset[str | tuple[str, str]]:
    """Numbers that are words of the kitchen's, and pairs of which a name is, or is run together: "e 471"."""
    known = (index().spaced, index().joined, harmless_words(), changing_words(), other_words())
    names = [text for texts in known for text in texts if re.search(r"\d", text)]
    found: set[str | tuple[str, str]] = {text for text in names if text.isdecimal()}
    found.update(pair for text in names for pair in pairwise(text.split(" ")))
    found.update((text[:place], text[place:]) for text in names for place in range(1, len(text)))
    return frozenset(found)
