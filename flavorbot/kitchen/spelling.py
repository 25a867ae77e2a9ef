"""Mending typos inside the kitchen's own vocabulary; a mended word is always told, and never hides an allergen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flavorbot.kitchen.dictionary import is_english
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.lexicon import index, read_words, written_words
from flavorbot.kitchen.text import fold, stem, words

SHORTEST = 5
"""Words of fewer letters are never mended: too many foods are one letter apart."""


_VERBAL = ("ed", "ing")
"""What was done to a food is no slip for another: "snapped" is not snapper."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The known word that was probably meant; `doubts` are words of other allergens that it could be as well."""

    word: str
    doubts: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def mend(word: str, shortest: int = SHORTEST) -> Mended | None:
    """The nearest known word: one slip in up to 7 letters, two in longer words; None when none is near.

    No plain English word is taken for a poison or a thing, and none as short as `shortest` is mended.
    """
    if len(word) < shortest or not word.isalpha() or stem(word) in _vocabulary():
        return None
    near = sorted(_near(word), key=lambda found: (found[1], -_frequencies()[found[2]], found[0]))
    if not near:
        return None
    best, distance, name = near[0]
    if word.endswith(_VERBAL) and not best.endswith(_VERBAL):
        return None
    if _is_refused(name) and is_english(word):
        return None
    reach = distance if _risks(name) else distance + 1
    doubts = (other for other, far, other_name in near if far <= reach and _risks(other_name) - _risks(name))
    return Mended(best, tuple(doubts))


def is_near_risk(word: str) -> bool:
    """Whether it is a slip away from an allergen's word or a poison's."""
    mended = mend(word)
    return mended is not None and bool(mended.doubts or _risks(stem(mended.word)))


def _near(word: str) -> Iterator[tuple[str, int, str]]:
    """Known words with their distance and stem; the whole words and their stems are compared, the nearer counts."""
    limit = 1 if len(word) < 8 else 2
    found: dict[str, tuple[int, str]] = {}
    for key, known in ((stem(word), _stems()), (word, _whole_words())):
        alike = process.extract(key, _candidates(key, known), scorer=OSA.distance, score_cutoff=limit, limit=None)
        for name, distance, _ in alike:
            if _alike(key, name):
                found[stem(name)] = min(found.get(stem(name), (limit, name)), (int(distance), name))
    for name, (distance, form) in found.items():
        yield _vocabulary().get(name, form), distance, name


@lru_cache(maxsize=4096)
def uncompounded(word: str) -> str | None:
    """The food in a German or Dutch compound that only tells how it is cut or bought: "zwiebelwurfel" is onion."""
    for end in _compound_words("-"):
        base = word.removesuffix(end)
        if base == word or len(base) < 3:
            continue
        for link in ("", "n", "en", "s", "er"):
            entry = index().spaced.get(stem(base.removesuffix(link)))
            if entry and entry.kind == "food":
                return base.removesuffix(link)
    for start in _compound_words("+"):
        entry = index().spaced.get(stem(word.removeprefix(start)))
        if word.startswith(start) and entry and entry.kind == "food":
            return word.removeprefix(start)
    return None


@cache
def _compound_words(sign: str) -> tuple[str, ...]:
    """The ends ("-") or beginnings ("+") of such compounds, longest first."""
    found = (word.removeprefix(sign) for word in read_words("compounds.txt") if word.startswith(sign))
    return tuple(sorted(found, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class _Known:
    """Known forms, and by their first letter and their first two."""

    forms: frozenset[str]
    by_initial: Mapping[str, Sequence[str]]
    by_two: Mapping[str, Sequence[str]]

    def with_tail(self, tail: str) -> Iterator[str]:
        """Those of which all but the first letter is this."""
        return (initial + tail for initial in self.by_initial if initial + tail in self.forms)


def _known(forms: Iterable[str]) -> _Known:
    initials, twos = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for form in forms:
        initials[form[0]].append(form)
        twos[form[:2]].append(form)
    return _Known(frozenset(forms), dict(initials), dict(twos))


def _candidates(key: str, known: _Known) -> list[str]:
    """The known forms that can be alike: with the same first letter, with the first two turned, or one slip there."""
    turned = known.by_two.get(key[1] + key[0], ()) if key[0] != key[1] else ()
    first_wrong = {*known.with_tail(key), *known.with_tail(key[1:])}
    first_more = {key[1:]} & known.forms
    same = known.by_initial.get(key[0], ())
    others = {form for form in (*turned, *first_wrong, *first_more) if form[0] != key[0]}
    return [*same, *sorted(others)]


def _alike(key: str, name: str) -> bool:
    """Two slips must leave the first letter; one slip may drop it, but not turn it where the word is short."""
    if len(key) >= SHORTEST and name[1:] == key:
        return True
    return key[0] == name[0] or (len(name) >= 8 and OSA.distance(key, name) == 1) or sorted(key[:2]) == sorted(name[:2])


@cache
def _vocabulary() -> dict[str, str]:
    """Stem to the word itself, of everything that has a name and of the words beside it."""
    known = {part: part for name in index().spaced for part in name.split(" ")}
    for food in foods().values():
        for word in words(" ".join((food.name, food.plural, *food.aliases))):
            known[stem(word)] = word
    for word in sorted(read_words("descriptors.txt")):
        known.setdefault(stem(fold(word)), word)
    return {name: word for name, word in known.items() if len(name) >= 4 and name.isalpha()}


@cache
def _stems() -> _Known:
    return _known(_vocabulary())


@cache
def _whole_words() -> _Known:
    """The words as they stand in names: a slip can be nearer to the word than to its stem ("celey", "hummas")."""
    return _known({word for word in written_words() if len(word) >= 4 and word.isalpha()})


@cache
def _frequencies() -> Counter[str]:
    """In how many names each stem stands: of two near words the commoner one is meant."""
    return Counter(part for name in index().spaced for part in name.split(" "))


@cache
def _risks(name: str) -> frozenset[str]:
    """The allergens of the food that the word by itself names; a poison is a risk of its own."""
    entry = index().spaced.get(name)
    if entry is None:
        return frozenset()
    return frozenset({"poison"}) if entry.kind == "poison" else entry.food.contains if entry.food else frozenset()


def _is_refused(name: str) -> bool:
    entry = index().spaced.get(name)
    return entry is not None and entry.kind in ("poison", "not_food")
