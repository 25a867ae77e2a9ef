"""The words of recipes as the search compares them: folded, without plural, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from flavorbot.kitchen.remembering import remembered
from flavorbot.kitchen.text import fold, stem
from flavorbot.model import Recipe

# In these scripts words are not parted by spaces: each sign stands alone.
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+(?:['’`][^\W\d_]+)*")
_ASCII_WORD = re.compile("[A-Za-z0-9]+(?:['`][A-Za-z]+)*")
"""The same of a text that is ASCII."""
_PARTED = str.maketrans({chr(sign): " " for sign in range(128) if not chr(sign).isalnum()})
"""With blanks for all that parts words in such a text when there is no apostrophe in it."""
_POSSESSIVE = re.compile(r"['’`´]s?$|['’`´]")
# No word that people look for is longer, and no key may be endless.
LETTERS = 40
# Words of steps and notes that are kept for one recipe.
MOST = 150
# Too common to tell recipes apart, or nothing anybody looks for.
STOP_WORDS = frozenset(
    "a about above add after again all also an and any are around as at away back be been before being below between "
    "both but by can cool do does down each end enough even every few first for from get give go goe good have if in "
    "into is it its just keep large last leave let like little long lot make may more most much need new next no not "
    "now of off on once one only onto or other our out over own per place put rest same set should side small so some "
    "still such take than that the them then there these they thi this those through till time to together too top "
    "turn two three until up use very wa was well what when where which while who will with within without you your "
    "minute min hour second half about approximately meanwhile ingredient degree piece tbsp tsp".split()
)


def words_of(text: str) -> list[str]:
    """The words of a text in order, as the index holds them."""
    return list(filter(None, map(_held, _written(text))))


def _written(text: str) -> list[str]:
    """The words of a text in order, as they stand there."""
    if not text.isascii():
        return _WORD.findall(text)
    return _ASCII_WORD.findall(text) if "'" in text or "`" in text else text.translate(_PARTED).split()


def spans(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Where each word stands in a text, and how the index holds it."""
    for match in _WORD.finditer(text):
        if word := _held(match[0]):
            yield match, word


@remembered(16_384)
def _held(written: str) -> str:
    return stem(fold(_POSSESSIVE.sub("", written)))[:LETTERS]


def asked_words(q: str) -> dict[str, str]:
    """The words of a query, each as it was typed; those that say nothing count only where there are no others."""
    found: dict[str, str] = {}
    for match, word in spans(q):
        found.setdefault(word, match[0])
    return {word: typed for word, typed in found.items() if word not in STOP_WORDS} or found


def is_unfinished(q: str) -> bool:
    """Whether the last word of a query may still grow, as one types."""
    return bool(q) and not q[-1].isspace()


def texts_of(recipe: Recipe) -> tuple[str, ...]:
    """What the search looks at besides the card: the notes, then the steps."""
    return recipe.notes, *(step.text for step in recipe.instructions)


def further_words(card_texts: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct words of steps and notes that the card does not hold already."""
    known = {"", *chain.from_iterable(map(_words_of_name, card_texts))}
    found = dict.fromkeys(map(_telling, dict.fromkeys(chain.from_iterable(map(_written, texts)))))
    return tuple([word for word in found if word not in known][:MOST])


@remembered(16_384)
def _telling(written: str) -> str:
    """A word as the index holds it; empty where it tells no recipes apart."""
    word = _held(written)
    is_lone = len(word) < 2 and word.isascii()
    return "" if is_lone or word in STOP_WORDS or word.isdecimal() else word


# The same foods stand in one recipe after another.
@remembered(2048)
def _words_of_name(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))


def marks(text: str, words: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it was looked for; `words` tell whether what begins so counts, too."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match, word in spans(text):
        if any(word == wanted or (begins and word.startswith(wanted)) for wanted, begins in words):
            pieces += [(text[at : match.start()], False), (match[0], True)]
            at = match.end()
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


def hits(texts: Iterable[str], words: Sequence[tuple[str, bool]]) -> list[str]:
    """Those with anything to mark."""
    wanted = tuple(words)
    return [text for text in texts if _is_hit(text, wanted)]


# A page of cards names the same foods over and over.
@lru_cache(maxsize=4096)
def _is_hit(text: str, words: tuple[tuple[str, bool], ...]) -> bool:
    return any(hit for _, hit in marks(text, words))
