"""What the words around a food in running text deny of it; only words that stand right beside it are believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from flavorbot.kitchen.lexicon import Span, covered
from flavorbot.kitchen.scanning import changer, changing_words, harmless_words
from flavorbot.kitchen.text import BREAK, stem

REACH = 4
LONGEST_LIST = 50
"""Words of a list that "free from" may lead; what stands behind them counts as in the dish."""
_WITHOUT = frozenset("without no sans ohne senza sin minus zero".split())
_NOT = frozenset("not never dont doesnt isnt cannot".split())
_DO = frozenset("add use include put serve contain contains".split())
_INSTEAD = (("instead", "of"), ("in", "place", "of"), ("rather", "than"))
_INSTEAD_ENDS = frozenset(phrase[-1] for phrase in _INSTEAD)
_PARTLY = frozenset({"wheat", "lactose"})
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

_DENYING = _WITHOUT | _NOT | {phrase[0] for phrase in (*_FREE_FROM, *_INSTEAD) if phrase[0] != "in"} | {"place"}
"""One of these stands wherever a food is denied."""
_LIKENING = _LIKENESS | _IMITATION_BEHIND | _SHAPED | _SIMILES | {"as"}


class Denials:
    """What the words of one sentence, in which these names stand, say against them.

    Where none of the words that could do so is in it, nobody has to look around each name.
    """

    def __init__(self, found: Sequence[str], spans: Sequence[Span]) -> None:
        said = " ".join(found)
        self._found = found
        self._spans = spans
        self._names = covered(spans)
        self._denies = not _DENYING.isdisjoint(found) or any(part in said for part in _ALLERGIC)
        changes = not changing_words().isdisjoint(found)
        self._frees = changes or "free" in found
        self._likens = changes or not _LIKENING.isdisjoint(found)

    def is_denied(self, span: Span) -> bool:
        """Whether the text says that the food is not in it: "without butter", "instead of butter", "do not add butter".

        What is only handled with care is in it: "do not overcook the eggs", "without breaking the yolks".
        """
        if not self._denies:
            return False
        found = self._found
        after = found[span.end : span.end + 2]
        if after[:1] == ["free"] and after != ["free", "range"]:
            return True
        if after[:1] and after[0].startswith(_ALLERGIC):
            return True
        for place in self._quiet_before(span.start):
            word = found[place]
            if word in _WITHOUT:
                return _NOT.isdisjoint(found[:place])
            if word in _DO:
                return place > 0 and found[place - 1] in _NOT
            if word in _INSTEAD_ENDS and any(
                tuple(found[place - len(phrase) + 1 : place + 1]) == phrase for phrase in _INSTEAD
            ):
                return True
        return self._is_free_from(span.start)

    def denied_by(self, span: Span) -> frozenset[str]:
        """The allergens that words right ahead deny of this food: "vegan butter", "nut-free granola"."""
        if not self._frees:
            return frozenset()
        found, denied = self._found, set[str]()
        for place in range(span.start - 1, max(span.start - REACH, 0) - 1, -1):
            word = found[place]
            if found[place - 1 : place] and found[place - 1] in _OPEN:
                break
            if denies := changer(found, place):
                denied.update(() if denies == "imitates" else denies.split("|"))
            elif word == "free":
                denied.update(self._freed(place))
            elif place not in self._names and not _is_quiet(word):
                break
        return frozenset(denied)

    def is_likeness(self, span: Span) -> bool:
        """Whether something is only compared with it, or made to look like it: "like honey", "butter substitute"."""
        if not self._likens:
            return False
        found = self._found
        after = found[span.end] if span.end < len(found) else BREAK
        if after in _LIKENESS or after in _IMITATION_BEHIND or after in _SHAPED or _is_compared(found, span.start):
            return True
        for place in range(span.start - 1, max(span.start - REACH, 0) - 1, -1):
            if found[place] in (BREAK, "and", "then", "add", "with"):
                return False
            if found[place] in _SIMILES or (place >= span.start - 2 and changer(found, place) == "imitates"):
                return True
        return False

    def _is_free_from(self, start: int) -> bool:
        """Whether "free from", "allergic to" or "no need for" leads the list that the food stands in."""
        found = self._found
        for place in range(start - 1, max(start - LONGEST_LIST, 0), -1):
            if (found[place - 1], found[place]) in _FREE_FROM or found[max(place - 2, 0) : place + 1] == _NO_NEED:
                return True
            if found[place] not in (BREAK, "and", "or") and place not in self._names:
                return False
        return False

    def _quiet_before(self, start: int) -> Iterator[int]:
        """The places ahead of a food, nearest first, as long as the words between only describe it or list others."""
        for place in range(start - 1, max(start - 2 * REACH, 0) - 1, -1):
            yield place
            word = self._found[place]
            if word == BREAK or not (_is_quiet(word) or word in _JOINTS or place in self._names):
                return

    def _freed(self, place: int) -> frozenset[str]:
        """What "nut" in "nut-free" takes away; "wheat-free" leaves other gluten, "lactose-free" is still milk."""
        named = next((span for span in self._spans if span.end == place), None)
        food = named.entry.food if named else None
        if named is None or food is None or not _PARTLY.isdisjoint(self._found[named.start : named.end]):
            return frozenset()
        return food.contains


def _is_compared(found: Sequence[str], start: int) -> bool:
    """Whether it is what something else is as: "thick as custard", "flat as a pancake"; not "such as butter"."""
    place = start - 2 if found[max(start - 1, 0)] in ("a", "an") else start - 1
    return place > 0 and found[place] == "as" and found[place - 1] not in _NO_LIKENESS


@lru_cache(maxsize=4096)
def _is_quiet(word: str) -> bool:
    return word in _ARTICLES or (stem(word) in harmless_words() and word not in _JOINTS and word != BREAK)
