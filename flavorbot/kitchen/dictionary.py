"""Whether words are plain English: what no food list knows is a slip only if it is no word at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from flavorbot.kitchen.lexicon import read_words
from flavorbot.kitchen.text import fold

_ONLY_ENGLISH = frozenset("the and with until into your then".split())
_NEVER_SAID = 50
"""The count of words that were put in without being heard."""
_FEW = 6
_ENGLISH = 0.7
"""Of 1,100 steps in English two held fewer English words, of 400 in other languages all but six."""


def is_english(word: str) -> bool:
    """Whether the folded word stands in the dictionary (some 130,000 forms), or is kitchen English."""
    return word in _dictionary()


def is_foreign(found: Sequence[str]) -> bool:
    """Whether these folded words are a text in another language; of fewer than six nobody can tell."""
    plain = [word for word in found if word.isalpha()]
    return (
        len(plain) >= _FEW and _ONLY_ENGLISH.isdisjoint(plain) and sum(map(is_english, plain)) < _ENGLISH * len(plain)
    )


def is_rare(word: str) -> bool:
    """Whether the dictionary has it from word lists alone, not from anything that was said: "cheder", "musses"."""
    return word in _dictionary() and word not in _said()


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(_forms(0)) | _kitchen_words()


@cache
def _said() -> frozenset[str]:
    return frozenset(_forms(_NEVER_SAID)) | _kitchen_words()


@cache
def _kitchen_words() -> frozenset[str]:
    return read_words("kitchen_english.txt")


def _forms(more_than: int) -> Iterator[str]:
    """Its words, folded, that were counted so often; without possessives, which would make words of slips."""
    # Imported here: the dictionary takes as long to load as the whole kitchen, and many processes never ask.
    from spellchecker import SpellChecker

    for form, count in SpellChecker(language="en").word_frequency.dictionary.items():
        if (count > more_than or "'" in form) and not form.endswith("'s"):
            yield (form if form.isascii() else fold(form)).replace("'", "")
