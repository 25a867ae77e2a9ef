"""The words of a wish: its text made comparable, key words mended, phrases looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import lookup, read_rows
from flavorbot.kitchen.text import fold

_LONGEST = 2000
_NEED_WORDS = ("allergic", "allergy", "allergies", "intolerant", "intolerance", "anaphylactic", "without", "exclude")


def normal(text: str) -> str:
    """Folded, no apostrophes or hyphens, key words mended: "I'm lactose-intolerent" reads "im lactose intolerant"."""
    text = fold(text[:_LONGEST].replace("\n", " ; "))
    text = text.replace("'", "").replace("-", " ").replace("&", " and ")
    text = re.sub(r"[^\w\s,.;:!?/]", " ", text)
    text = re.sub(r"[a-z]{5,}", lambda match: _key_word(match[0]), text)
    return " ".join(re.sub(r"([,;:!?/]|\.(?!\d))", r" \1 ", text).split())


@cache
def phrases(field: str) -> Mapping[str, str]:
    """Phrase to value, for one field of `wish_words.csv`, longest phrases first."""
    pairs = {
        phrase: row["value"] or phrase
        for row in read_rows("wish_words.csv")
        if row["field"] == field
        for phrase in row["phrases"].split("|")
    }
    return {phrase: pairs[phrase] for phrase in sorted(pairs, key=len, reverse=True)}


def _key_word(word: str) -> str:
    """The word that decides about a diet or an allergy, if this is one of them misspelt."""
    known = _key_words()
    if word in known or lookup(word) or group(word):
        return word
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2)
    return found[0] if found and found[0][0] == word[0] else word


@cache
def _key_words() -> frozenset[str]:
    words = {word for field in ("diet", "eater") for phrase in phrases(field) for word in phrase.split()}
    return frozenset(word for word in words | set(_NEED_WORDS) if len(word) >= 5)
