"""The foods that running text names, as far as they are meant as food: no "butter knife", no "like breadcrumbs"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flavorbot.kitchen.amounts import spellings
from flavorbot.kitchen.lexicon import Entry, find, other_words, read_words
from flavorbot.kitchen.scanning import Part, Scan, mark
from flavorbot.kitchen.text import BREAK, stem, words

_SIMILES = frozenset("resemble resembles resembling like size consistency texture thickness shape colour color".split())
_DISCARDING = frozenset("discard remove avoid beware toxic poisonous trim never".split())
_AFTER_VERB = frozenset("the a it them in out up into over until for with together your each on and".split())
# "Whites" are an egg's only where something is done that is done to egg whites: leeks have some, too.
_BEATEN = frozenset("whisk whisked beat beaten whip whipped fold folded stiff peaks soft".split())
# "Chop to fine crumbs", "a few moist crumbs on the skewer": what something is like, not what is added.
_BECOMING = frozenset("to into form forms moist no few".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in running text: its stems, and whether an amount stands before it."""

    entry: Entry
    key: tuple[str, ...]
    measured: bool
    denied: frozenset[str]


def mentions(text: str) -> Iterator[Mention]:
    """Every food, hazard or allergen word that the text means, in order."""
    for sentence in re.split(r"(?<=[.!?;])\s|\n", text):
        found = words(sentence)
        result = Scan(found)
        mark(result, find(found))
        for part in result.parts:
            if not _only_said(found, part, result):
                key = tuple(stem(word) for word in found[part.start : part.end])
                yield Mention(part.entry, key, _measured(found, part.start), frozenset(result.denied))


def _only_said(found: Sequence[str], part: Part, result: Scan) -> bool:
    """Whether the words around take the name back: negated, compared with, imitated, or used as a verb."""
    before = found[max(part.start - 4, 0) : part.start]
    if part.negated or part.likeness or (result.imitates and part.entry.kind != "poison"):
        return True
    if part.entry.kind in ("poison", "not_food"):
        return part.entry.kind == "not_food" or bool(_DISCARDING & set(before))
    near = [word for word in before if word != BREAK]
    return bool(_SIMILES & set(near)) or _is_other_word(found, part)


def _is_other_word(found: Sequence[str], part: Part) -> bool:
    """Whether the single word is something else in English text, or a verb here: "mince the garlic"."""
    if part.end - part.start > 1:
        return False
    word = found[part.start]
    if word in other_words():
        return True
    if word in ("white", "whites"):
        return not _BEATEN & set(found)
    if word in ("crumb", "crumbs"):
        return bool(_BECOMING & set(found[max(part.start - 3, 0) : part.start]))
    if word not in _verbs():
        return False
    opening = part.start == 0 or found[part.start - 1] in {BREAK, "and", "then", "to", "or"}
    following = found[part.end] if part.end < len(found) else BREAK
    return opening and following in _AFTER_VERB


def _measured(found: Sequence[str], start: int) -> bool:
    """Whether an amount stands right before: "50 g butter", "2 eggs", "a cup of milk"."""
    before = [word for word in found[max(start - 3, 0) : start] if word not in {"of", "a", "the", BREAK}]
    last = before[-1:] or [""]
    number = any(word[0].isdigit() for word in before)
    return number and (last[0][0:1].isdigit() or last[0] in spellings() or bool(re.fullmatch(r"\d+[a-z]+", last[0])))


@cache
def _verbs() -> frozenset[str]:
    return read_words("verbs.txt")
