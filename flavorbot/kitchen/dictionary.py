"""Whether words are plain English: what no food list knows is a slip only if it is no word at all."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from flavorbot.kitchen.lexicon import read_words
from flavorbot.kitchen.once import once
from flavorbot.kitchen.text import fold

_ONLY_ENGLISH = frozenset("the and with until into your then".split())
_NEVER_SAID = 50
"""The count of words that were put in without being heard."""
_FEW = 6
_ENGLISH = 0.7
"""Of 1,100 steps in English two held fewer English words, of 400 in other languages all but six."""


@lru_cache(maxsize=4096)
def is_english(word: str) -> bool:
    """Whether the folded word stands in the dictionary (some 130,000 forms), or is kitchen English."""
    return word in _kitchen_words() or any(word in words for words in _dictionary())


def is_foreign(sentences: Sequence[Sequence[str]]) -> bool:
    """Whether these folded words are a text in another language; of fewer than six nobody can tell."""
    if any(map(has_english, sentences)):
        return False
    plain = [word for found in sentences for word in found if word.isalpha()]
    return len(plain) >= _FEW and sum(map(is_english, plain)) < _ENGLISH * len(plain)


def has_english(words: Iterable[str]) -> bool:
    """Whether a folded word is among them that stands in English texts alone."""
    return not _ONLY_ENGLISH.isdisjoint(words)


def is_rare(word: str) -> bool:
    """Whether the dictionary has it from word lists alone, not from anything that was said: "cheder", "musses"."""
    _, unsaid = _dictionary()
    return word in unsaid and word not in _kitchen_words()


@cache
def _kitchen_words() -> frozenset[str]:
    return read_words("kitchen_english.txt")


class _Words:
    """Words in order, one behind the other in one text: a set of a hundred thousand takes ten times the room."""

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted(words)
        self._text = "".join(ordered)
        self._starts = array("I", accumulate(map(len, ordered), initial=0))

    def __contains__(self, word: str) -> bool:
        last = len(self._starts) - 1
        place = bisect_left(range(last), word, key=self._at)
        return place < last and self._at(place) == word

    def _at(self, place: int) -> str:
        return self._text[self._starts[place] : self._starts[place + 1]]


@once
def _dictionary() -> tuple[_Words, _Words]:
    """Its words, folded: those that were said, and the others; without possessives, which would make words of slips."""
    # Imported here: the dictionary takes as long to load as the whole kitchen, and many processes never ask.
    from spellchecker import SpellChecker

    said: dict[str, bool] = {}
    for form, count in SpellChecker(language="en").word_frequency.dictionary.items():
        if not form.endswith("'s"):
            word = (form if form.isascii() else fold(form)).replace("'", "")
            said[word] = said.get(word, False) or count > _NEVER_SAID or "'" in form
    return _Words(word for word in said if said[word]), _Words(word for word in said if not said[word])
