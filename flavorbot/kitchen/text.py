"""Text as people type it, made comparable: folded letters, words, and word stems that ignore plurals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flavorbot.kitchen.remembering import remembered

BREAK = ","
"""The token that stands for any punctuation: no name reaches across it."""

_FRACTION = re.compile(r"(\d)?\s*([¼-¾⅐-⅞↉])")
_FRACTIONS = re.compile("[¼-¾⅐-⅞↉]")
_HIDDEN = re.compile("[\u034f\ufe0f\u115f\u3164]")
"""What cannot be seen, of the characters that count as printable."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SYMBOL = re.compile(r"[^\w\x00-\x7f]")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "’": "'", "‘": "'", "`": "'", "´": "'"}
)
_CYRILLIC = str.maketrans("аеорсухіјѕһԁ", "aeopcyxijshd")
_CYRILLIC_LETTER = re.compile("[\u0430-\u0501\u1c80-\u1c8f]")
_MIXED = re.compile(r"\b(?=\w*[a-z])\w*[\u0430-\u0501]\w*", re.IGNORECASE)
"""A word of Latin and Cyrillic letters: somebody's keyboard, or somebody's trick."""
_DASHES = re.compile(r"[‐‑‒–—―−]")
_RESPELT = tuple(
    (sign, re.compile(pattern), instead)
    for sign, pattern, instead in (
        ("'", r"\b[dl]'(?=[^\W\d])|'", ""),
        (".", r"\b(\w)\.(\w)\.", r"\1\2 "),
        ("no-", r"\bno-([a-z]+)", r"\1 free"),
        ("%", r"(?<!\d)\d+(?:[.,]\d+)?\s*%", " "),
        (".", r"\.(?<=\d\.)(?=\d)", ""),
        (",", r",(?<=\d,)(?=\d)", ""),
    )
)
"""What is rewritten before words are told apart, each with the sign that must be there: elisions, initials, "no-egg",
shares of fat, points and commas within numbers. A point that ends the text is none of these signs."""
_PUNCTUATION = frozenset(",;:()[]{}/.!?|\\")
_SPACED = {
    code: char if (char := chr(code)).isalnum() else BREAK if char in _PUNCTUATION else " " for code in range(128)
}
"""What stands between words, as punctuation or space; signs that are not ASCII part words, too."""
_IRREGULAR = {
    "leaves": "leaf", "loaves": "loaf", "halves": "half", "calves": "calf", "hooves": "hoof", "geese": "goose",
    "feet": "foot", "mice": "mouse", "fungi": "fungus", "octopi": "octopus", "teeth": "tooth", "men": "man",
    "potatos": "potato", "tomatos": "tomato", "chilis": "chili", "chillis": "chilli", "chilies": "chili",
    "chillies": "chilli", "pastas": "pasta", "gras": "gras", "swiss": "swiss", "quiches": "quiche",
    "brioches": "brioche", "ceviches": "ceviche", "mousses": "mousse",
}  # fmt: skip


def clean(text: str) -> str:
    """The text in compatible form (NFKC) on one line, without invisible characters; fractions become `1 1/2`."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if _FRACTIONS.search(text):
        text = _FRACTION.sub(_spelled_fraction, text)
    text = unicodedata.normalize("NFKC", text).replace("\u2044", "/")
    if not text.isprintable() or _HIDDEN.search(text):
        text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _visible(char))
    return " ".join(_DASHES.sub("-", text).split())


def fold(text: str) -> str:
    """Lower case, without accents: "Crème Fraîche" becomes "creme fraiche"."""
    text = clean(text)
    if text.isascii():
        return fold_ascii(text)
    text = text.lower()
    if _CYRILLIC_LETTER.search(text):
        text = _MIXED.sub(lambda match: match[0].translate(_CYRILLIC), _lower(text))
    return _NOT_ASCII.sub(lambda match: _folded(match[0]), text).replace("`", "'")


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """A character by itself: none of what is done to it depends on those beside it."""
    return "".join(part for part in unicodedata.normalize("NFD", _lower(char)) if not unicodedata.combining(part))


def _lower(text: str) -> str:
    return text.translate(_LETTERS).casefold().translate(_LETTERS)


def fold_ascii(text: str) -> str:
    """The same of clean ASCII, sign by sign."""
    return text.lower().replace("`", "'")


def fold_in_place(text: str) -> str:
    """Folded where that keeps every position, so that what is found in it can be cut out of `text`, which is clean."""
    if text.isascii():
        return fold_ascii(text)
    return "".join(letter if len(letter := _folded(char)) == 1 else char for char in text)


def words(text: str) -> list[str]:
    """The folded words in order, with `BREAK` for punctuation between them."""
    return list(_words(text))


# A line is taken apart again and again as it is read.
@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    if text.isascii() and text.replace(" ", "").isalpha():
        # As nearly all names are written.
        return tuple(text.lower().split())
    text = fold(text)
    before_end = text.removesuffix(".")
    for sign, pattern, instead in _RESPELT:
        if sign in before_end:
            text = pattern.sub(instead, text)
    text = text.replace("&", " and ").replace("+", " and ")
    plain = text if text.isascii() else _SYMBOL.sub(" ", text)
    found: list[str] = []
    for phrase in plain.translate(_SPACED).split(BREAK):
        part = phrase.split()
        found += [*part, BREAK] if part else part
    if part:
        # No punctuation stands behind the last one.
        found.pop()
    return tuple(found)


@remembered(10_000)
def stem(word: str) -> str:
    """The form that singular and plural share; not always a word itself ("berry", "berries" → "berri")."""
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
        if word.endswith(("sse", "she", "che", "xe", "zze", "oe", "use")) and len(word) > 4:
            word = word[:-1]
    elif len(word) > 5 and word.endswith(("eaux", "eux")):
        word = word[:-1]
    if len(word) > 4 and (word.endswith("ie") or (word.endswith("y") and word[-2] not in "aeiou")):
        return word.removesuffix("e").removesuffix("i").removesuffix("y") + "i"
    return word


@remembered(20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a name, punctuation left out."""
    return tuple([stem(word) for word in _words(text) if word != BREAK])


def _spelled_fraction(match: re.Match[str]) -> str:
    """NFKC alone would read 1½ as eleven halves."""
    space = " " if match[1] else ""
    return f"{match[1] or ''}{space}{unicodedata.normalize('NFKC', match[2])}"


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cf", "Cc", "Cs", "Cn", "Co"} and not _HIDDEN.match(char)
