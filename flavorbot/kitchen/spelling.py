"""Mending typos inside the kitchen's own vocabulary; a mended word is always told, and never hides an allergen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.lexicon import index, read_words
from flavorbot.kitchen.text import fold, stem, words

SHORTEST = 5
"""Words of fewer letters are never mended: too many foods are one letter apart."""


_VERBAL = ("ed", "ing")
"""What was done to a food is no slip for another: "snapped" is not snapper."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The known word that was probably meant; `doubt` is an allergen's word that it could be as well."""

    word: str
    doubt: str | None = None


@lru_cache(maxsize=4096)
def mend(word: str) -> Mended | None:
    """The nearest known word: one slip in 5 to 7 letters, two in longer words; None when none is near."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    key, known = stem(word), _vocabulary()
    if key in known:
        return None
    limit = 1 if len(word) < 8 else 2
    found = process.extract(key, _candidates(key), scorer=OSA.distance, score_cutoff=limit, limit=12)
    near = [(known[name], int(distance), name) for name, distance, _ in found if _alike(key, name)]
    if not near:
        return None
    near.sort(key=lambda found: (found[1], -_frequencies()[found[2]], found[0]))
    best, distance, name = near[0]
    if word.endswith(_VERBAL) and not best.endswith(_VERBAL):
        return None
    if _risks(name):
        return Mended(best)
    doubts = [other for other, far, other_name in near if far <= distance + 1 and _risks(other_name)]
    return Mended(best, doubts[0] if doubts else None)


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


def _candidates(key: str) -> list[str]:
    """The known stems that can be alike: with the same first letter, with the first two turned, or one slip there."""
    initials, tails = _by_beginning()
    turned = (name for name in initials.get(key[1], ()) if name[1] == key[0])
    first_wrong = (*tails.get(key, ()), *tails.get(key[1:], ()))
    first_more = (key[1:],) if key[1:] in _vocabulary() else ()
    return list(dict.fromkeys((*initials.get(key[0], ()), *turned, *first_wrong, *first_more)))


@cache
def _by_beginning() -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """The known stems by their first letter, and by all that follows it."""
    initials, tails = defaultdict(list), defaultdict(list)
    for name in _vocabulary():
        initials[name[0]].append(name)
        tails[name[1:]].append(name)
    return initials, tails


def _alike(key: str, name: str) -> bool:
    """Two slips must leave the first letter; one slip may not turn a short word's first letter either."""
    return key[0] == name[0] or (len(name) >= 8 and OSA.distance(key, name) == 1) or sorted(key[:2]) == sorted(name[:2])


@cache
def _vocabulary() -> dict[str, str]:
    """Stem to the word itself, of everything that has a name and of the words beside it."""
    known = {part: part for name in index().spaced for part in name.split(" ")}
    for food in foods().values():
        for word in words(" ".join((food.name, food.plural, *food.aliases))):
            known[stem(word)] = word
    for word in read_words("descriptors.txt"):
        known.setdefault(stem(fold(word)), word)
    return {name: word for name, word in known.items() if len(name) >= 4 and name.isalpha()}


@cache
def _frequencies() -> Counter[str]:
    """In how many names each stem stands: of two near words the commoner one is meant."""
    return Counter(part for name in index().spaced for part in name.split(" "))


@cache
def _risks(name: str) -> bool:
    """Whether the word by itself names an allergen's food or a poison."""
    entry = index().spaced.get(name)
    if entry is None:
        return False
    return entry.kind == "poison" or bool(entry.food and entry.food.contains)
