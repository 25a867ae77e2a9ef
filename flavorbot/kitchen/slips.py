"""Slips of the pen in running text: words that are neither English nor known to the kitchen, and may mean a food."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.dictionary import is_english, is_rare
from flavorbot.kitchen.lexicon import Span, covered, find, other_words
from flavorbot.kitchen.remembering import remembered
from flavorbot.kitchen.scanning import changer, english_words, harmless_words
from flavorbot.kitchen.spelling import is_near_risk, mend
from flavorbot.kitchen.text import BREAK, stem

_ADDING = frozenset(
    "add adding stir stirring mix mixing fold folding whisk beat blend sprinkle scatter top serve garnish drizzle pour"
    " toss tip throw melt crumble grate spread brush coat dust stuff fill finish season with".split()
)
_BETWEEN = frozenset(
    "in into on over up together the a an some any more remaining rest of all your and or plus".split()
)
_BEHIND = frozenset("and or over on to into in until for at with then if as from by while".split())
SHORTEST, SHORTEST_SLIP = 3, 4
"""Letters of words that are looked at, and of those that are mended: shorter than in a list, since it tells less."""
_REACH = 8
MOST_SLIPS = 20
"""Words of one text that are looked at as slips, since each takes a fifth of a millisecond; the next one is unread."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a sentence with their slips mended.

    `mended` are the places of words that were; `doubts` words of allergens that such a word could be as well; `unread`
    are places of words that nobody knows where a food would stand ("stir in the kashk"). `strange` counts the words
    that were looked at.
    """

    words: Sequence[str]
    mended: frozenset[int]
    doubts: Mapping[int, Sequence[str]]
    unread: frozenset[int]
    strange: int


def as_typed(found: Sequence[str]) -> Text:
    """The sentence as it stands."""
    return Text(found, frozenset(), {}, frozenset(), 0)


def without_slips(found: Sequence[str], spans: Sequence[Span], most: int = MOST_SLIPS) -> Text:
    """The sentence as it was meant; of words that nobody knows up to `most` are looked at."""
    strange = _strange(found, spans)
    if not strange:
        return as_typed(found)
    meant, doubts = list(found), dict[int, Sequence[str]]()
    for place in strange[:most]:
        if mended := mend(found[place], SHORTEST_SLIP):
            meant[place] = mended.word
            doubts[place] = mended.doubts
    mended_places = frozenset(place for place in strange if meant[place] != found[place])
    spans = find(meant) if mended_places else spans
    left = [place for place in strange if place not in mended_places]
    unread = {place for place in left if _stands_for_food(meant, place, spans)}
    return Text(
        meant, mended_places, doubts, frozenset(unread.union(strange[most : most + 1])), min(len(strange), most + 1)
    )


def has_odd_words(found: Sequence[str], spans: Sequence[Span]) -> bool:
    """Whether any that is part of no name may be a slip."""
    return bool(_odd_places(found, spans))


def _strange(found: Sequence[str], spans: Sequence[Span]) -> list[int]:
    """The places of words that are part of no name, and that nobody knows."""
    return [place for place in _odd_places(found, spans) if not changer(found, place)]


def _odd_places(found: Sequence[str], spans: Sequence[Span]) -> list[int]:
    odd = [place for place, word in enumerate(found) if _is_odd(word)]
    names = covered(spans) if odd else ()
    return [place for place in odd if place not in names]


@remembered(4096)
def _is_odd(word: str) -> bool:
    """Whether it is no word of English or of the kitchen, or a rare one that an allergen's may have become."""
    key = stem(word)
    if len(word) < SHORTEST or not word.isalpha() or key in english_words() or word in other_words():
        return False
    return not (is_english(word) or is_english(key)) or (is_rare(word) and is_near_risk(word))


def _stands_for_food(found: Sequence[str], place: int, spans: Sequence[Span]) -> bool:
    """Whether it ends a phrase that something adds: "sprinkle with the grated X and serve"."""
    behind = found[place + 1] if place + 1 < len(found) else BREAK
    if behind != BREAK and behind not in _BEHIND:
        return False
    for before in range(place - 1, max(place - _REACH, 0) - 1, -1):
        word = found[before]
        if word in _ADDING:
            return True
        quiet = word in _BETWEEN or word[0].isdigit() or stem(word) in harmless_words()
        if not quiet and not any(span.start <= before < span.end for span in spans):
            return False
    return False
