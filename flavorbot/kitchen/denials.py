"""What the words around a food in running text deny of it; only words that stand right beside it are believed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from flavorbot.kitchen.lexicon import Span
from flavorbot.kitchen.scanning import changer, harmless_words
from flavorbot.kitchen.text import BREAK, stem

REACH = 4
LONGEST_LIST = 50
"""Words of a list that "free from" may lead; what stands behind them counts as in the dish."""
_WITHOUT = frozenset("without no sans ohne senza sin minus zero".split())
_NOT = frozenset("not never dont doesnt isnt cannot".split())
_DO = frozenset("add use include put serve contain contains".split())
_INSTEAD = (("instead", "of"), ("in", "place", "of"), ("rather", "than"))
_INSTEAD_ENDS = frozenset(phrase[-1] for phrase in _INSTEAD)
_FREE_FROM = frozenset({("free", "from"), ("free", "of"), ("allergic", "to")})
_NO_NEED = ["no", "need", "for"]
_ALLERGIC = ("allerg", "intoleran")
_ARTICLES = frozenset("the a an any some added extra real all of adding using".split())
_JOINTS = frozenset("or nor and oder ou".split())
_OPEN = frozenset("not if non isnt".split())
"""Ahead of "vegan" and the like these leave open whether it is: "not vegan", "if vegan"."""
_LIKENESS = frozenset(
    "style flavour flavours flavor flavors flavoured flavored flavouring like scented tasting".split()
)
_NO_LIKENESS = frozenset("such well known serve served use used same soon much it them , then".split())
_SHAPED = frozenset("shaped sized coloured colored".split())
_SIMILES = frozenset("resemble resembles resembling like size consistency texture thickness shape colour color".split())
_IMITATION_BEHIND = frozenset("substitute substitutes replacement replacer alternative analogue analog".split())


def is_denied(found: Sequence[str], span: Span, spans: Sequence[Span]) -> bool:
    """Whether the text says that this food is not in it: "without butter", "instead of butter", "do not add butter".

    What is only handled with care is in it: "do not overcook the eggs", "without breaking the yolks".
    """
    after = found[span.end : span.end + 2]
    if after[:1] == ["free"] and after != ["free", "range"]:
        return True
    if after[:1] and after[0].startswith(_ALLERGIC):
        return True
    for place in _quiet_before(found, span.start, spans):
        word = found[place]
        if word in _WITHOUT:
            return not _NOT & set(found[:place])
        if word in _DO:
            return place > 0 and found[place - 1] in _NOT
        if word in _INSTEAD_ENDS and any(
            tuple(found[place - len(phrase) + 1 : place + 1]) == phrase for phrase in _INSTEAD
        ):
            return True
    return _is_free_from(found, span.start, spans)


def _is_free_from(found: Sequence[str], start: int, spans: Sequence[Span]) -> bool:
    """Whether "free from", "allergic to" or "no need for" leads the list that the food stands in."""
    for place in range(start - 1, max(start - LONGEST_LIST, 0), -1):
        if (found[place - 1], found[place]) in _FREE_FROM or found[max(place - 2, 0) : place + 1] == _NO_NEED:
            return True
        if found[place] not in (BREAK, "and", "or") and not _is_covered(place, spans):
            return False
    return False


def denied_by(found: Sequence[str], span: Span, spans: Sequence[Span]) -> frozenset[str]:
    """The allergens that words right ahead deny of this food: "vegan butter", "nut-free granola"."""
    denied: set[str] = set()
    for place in range(span.start - 1, max(span.start - REACH, 0) - 1, -1):
        word = found[place]
        if found[place - 1 : place] and found[place - 1] in _OPEN:
            break
        if denies := changer(found, place):
            denied.update(() if denies == "imitates" else denies.split("|"))
        elif word == "free":
            denied.update(_freed(found, place, spans))
        elif not _is_quiet(word) and not _is_covered(place, spans):
            break
    return frozenset(denied)


def is_likeness(found: Sequence[str], span: Span) -> bool:
    """Whether something is only compared with the food, or made to look like it: "like honey", "butter substitute"."""
    after = found[span.end] if span.end < len(found) else BREAK
    if after in _LIKENESS or after in _IMITATION_BEHIND or after in _SHAPED or _is_compared(found, span.start):
        return True
    for place in range(span.start - 1, max(span.start - REACH, 0) - 1, -1):
        if found[place] in (BREAK, "and", "then", "add", "with"):
            return False
        if found[place] in _SIMILES or (place >= span.start - 2 and changer(found, place) == "imitates"):
            return True
    return False


def _is_compared(found: Sequence[str], start: int) -> bool:
    """Whether it is what something else is as: "thick as custard", "flat as a pancake"; not "such as butter"."""
    place = start - 2 if found[max(start - 1, 0)] in ("a", "an") else start - 1
    return place > 0 and found[place] == "as" and found[place - 1] not in _NO_LIKENESS


def _quiet_before(found: Sequence[str], start: int, spans: Sequence[Span]) -> Iterator[int]:
    """The places ahead of a food, nearest first, as long as the words between only describe it or list others."""
    for place in range(start - 1, max(start - 2 * REACH, 0) - 1, -1):
        yield place
        word = found[place]
        if word == BREAK or not (_is_quiet(word) or word in _JOINTS or _is_covered(place, spans)):
            return


def _freed(found: Sequence[str], place: int, spans: Sequence[Span]) -> frozenset[str]:
    """What "nut" in "nut-free" takes away; "wheat-free" leaves other gluten, "lactose-free" is still milk."""
    named = next((span for span in spans if span.end == place), None)
    if named is None or named.entry.food is None or {"wheat", "lactose"} & set(found[named.start : named.end]):
        return frozenset()
    return named.entry.food.contains


def _is_quiet(word: str) -> bool:
    return word in _ARTICLES or (stem(word) in harmless_words() and word not in _JOINTS and word != BREAK)


def _is_covered(place: int, spans: Sequence[Span]) -> bool:
    before = bisect_right(spans, place, key=lambda span: span.start)
    return before > 0 and place < spans[before - 1].end
