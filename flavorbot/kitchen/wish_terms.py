"""A wish cut into terms: cues, foods, diets, choices, fillers, and words that mean nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import other_words
from flavorbot.kitchen.spelling import mend
from flavorbot.kitchen.wish_foods import names_food
from flavorbot.kitchen.wish_patterns import marks
from flavorbot.kitchen.wish_text import MARKS, STOPS, Text, Word
from flavorbot.kitchen.wish_words import LONGEST, Meaning, is_common, is_filler, mended, mended_quality, phrases

_CUES = frozenset({"no", "behind", "allergy", "free"})
_ENDS = (
    ("free", re.compile(r"(?P<food>[a-z]{2,})(?:freie[rsmn]?|freies|frei|vrije?|fritt|fria?|free)$")),
    ("allergy", re.compile(r"(?P<food>[a-z]{2,}?)(?:allerg|intoleran|unvertraglich|overgevoelig)[a-z]*$")),
    ("free", re.compile(r"(?P<food>[a-z]{3,})(?:lose[sr]?|los|less)$")),
)
_NOT_FREE = re.compile(r"(?:fee|fre|ree|feee|freee|ffree|freee|frre|frere)$")


@dataclass(frozen=True, slots=True)
class Term:
    """Some words of a wish and what they do there: `start` up to, not including, `end`."""

    kind: str
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms in order, and what was read as something else: ("vegn", "vegan")."""

    terms: tuple[Term, ...]
    respelt: tuple[tuple[str, str], ...]


def read_terms(text: Text) -> Terms:
    """The terms of a wish, longest phrase first at each place; words unknown are mended where that decides a need."""
    words, respelt = list(text.words), []
    terms = list(_terms(words))
    for repair in (_key_word, _food_word):
        for term in terms:
            better = repair(term, terms) if term.kind == "unknown" else None
            if better:
                words[term.start] = replace(words[term.start], text=better)
                respelt.append((term.text, better))
        terms = list(_terms(words))
    return Terms(tuple(terms), tuple(respelt))


def _terms(words: Sequence[Word]) -> Iterator[Term]:
    marked, place = _marked(words), 0
    while place < len(words):
        if place in marked:
            term = marked[place]
            yield term
            place = term.end
            continue
        limit = next((other for other in range(place + 1, len(words)) if other in marked), len(words))
        for term in _at(words, place, limit):
            yield term
            place = term.end


def _at(words: Sequence[Word], place: int, limit: int) -> Sequence[Term]:
    """The term that begins here: the longest phrase or food, else a compound, a filler or an unknown word."""
    word = words[place].text
    if word in MARKS:
        kind = (
            "semicolon"
            if word == ";"
            else "stop"
            if word in STOPS
            else "or"
            if word == "/"
            else "comma"
            if word in ",)?"
            else "colon"
        )
        return (Term(kind, word, word, place, place + 1),)
    for size in range(min(LONGEST, limit - place), 0, -1):
        phrase = " ".join(word.text for word in words[place : place + size])
        if meaning := _meaning(phrase):
            return (Term(meaning.kind, meaning.value, phrase, place, place + size),)
    if word.startswith("no") and names_food(word[2:]) and not is_filler(word):
        return (Term("no", "exclude", "no", place, place + 1), Term("food", word[2:], word[2:], place, place + 1))
    if parts := _compound(word):
        food, end = parts
        return (Term("food", food, food, place, place + 1), Term(end, end, word, place, place + 1))
    return (Term("filler" if is_filler(word) else "unknown", word, word, place, place + 1),)


def _meaning(phrase: str) -> Meaning | None:
    known = phrases().get(phrase)
    if known:
        return known
    if any(part in MARKS for part in phrase.split(" ")):
        return None
    if " " not in phrase and (is_common(phrase) or (phrase in other_words() and not group(phrase))):
        return None
    if " " in phrase and any(_is_cue(word) for word in phrase.split(" ")):
        return None
    return Meaning("food", phrase) if names_food(phrase) else None


def _is_cue(word: str) -> bool:
    """Whether the word has a say of its own even within a food's name: "gluten-free pasta" is a need as well."""
    known = phrases().get(word)
    return bool(known and known.kind in ("no", "free", "diet", "allergy"))


def _compound(word: str) -> tuple[str, str] | None:
    """The food in "laktosefrei", "nussallergie", and what the ending makes of it."""
    if is_filler(word):
        return None
    for kind, pattern in _ENDS:
        if match := pattern.match(word):
            food = match["food"]
            for name in (food, *(food.removesuffix(link) for link in ("en", "s", "n", "e", "es")), f"{food}ter"):
                if len(name) >= 2 and names_food(name):
                    return name, kind
    return None


def _marked(words: Sequence[Word]) -> dict[int, Term]:
    """Terms that patterns find, by the place of their first word."""
    text, begins, ends = "", {}, {}
    for place, word in enumerate(words):
        text += " " if text else ""
        begins[len(text)] = place
        text += word.text
        ends[len(text)] = place + 1
    found: dict[int, Term] = {}
    taken: set[int] = set()
    for mark in marks(text):
        start, end = begins.get(mark.start), ends.get(mark.end)
        if start is None or end is None or taken & set(range(start, end)) or _is_phrase(words, start, end):
            continue
        taken.update(range(start, end))
        found[start] = Term(mark.kind, mark.value, text[mark.start : mark.end], start, end)
    return found


def _is_phrase(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a known phrase covers these words and more ("no more than" around "more")."""
    for first in range(max(start - 3, 0), start + 1):
        for last in range(end, min(end + 3, len(words)) + 1):
            if last - first > end - start:
                known = phrases().get(" ".join(word.text for word in words[first:last]))
                if known and known.kind in ("ignored", "diet", "fine", "quality"):
                    return True
    return False


def _key_word(term: Term, terms: Sequence[Term]) -> str | None:
    """ "vegn" is vegan, and "gluten fee" is gluten free."""
    before = next((other for other in terms if other.end == term.start), None)
    if before and before.kind == "food" and _NOT_FREE.match(term.text):
        return "free"
    return mended(term.text) or mended_quality(term.text)


def _food_word(term: Term, terms: Sequence[Term]) -> str | None:
    """A food misspelt, looked for only in a sentence that speaks of what to avoid."""
    start = max((other.end for other in terms if other.kind == "stop" and other.end <= term.start), default=0)
    end = min((other.start for other in terms if other.kind == "stop" and other.start >= term.end), default=10**6)
    if not any(other.kind in _CUES for other in terms if start <= other.start < end):
        return None
    found = mend(term.text)
    return found.word if found and names_food(found.word) else None
