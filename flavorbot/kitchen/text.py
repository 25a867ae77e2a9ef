"""Text as people type it, made comparable: folded letters, words, and word stems that ignore plurals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BREAK = ","
"""The token that stands for any punctuation: no name reaches across it."""

_FRACTION = re.compile(r"(\d)?\s*([¼-¾⅐-⅞↉])")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "’": "'", "‘": "'", "`": "'", "´": "'"}
)
_CYRILLIC = str.maketrans("аеорсухіјѕһԁ", "aeopcyxijshd")
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
        (".", r"(?<=\d)\.(?=\d)", ""),
        (",", r"(?<=\d),(?=\d)", ""),
    )
)
"""What is rewritten before words are told apart, each with the sign that must be there: elisions, initials, "no-egg",
shares of fat, points and commas within numbers."""
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_PUNCTUATION = frozenset(",;:()[]{}/.!?|\\")
_SPACED = {code: BREAK if chr(code) in _PUNCTUATION else " " for code in range(128) if not chr(code).isalnum()}
"""What stands between the words of an ASCII text, as punctuation or space."""
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
    text = _FRACTION.sub(_spelled_fraction, text)
    text = unicodedata.normalize("NFKC", text).replace("\u2044", "/")
    text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _visible(char))
    return " ".join(_DASHES.sub("-", text).split())


def fold(text: str) -> str:
    """Lower case, without accents: "Crème Fraîche" becomes "creme fraiche"."""
    text = clean(text)
    if text.isascii():
        return fold_ascii(text)
    text = text.translate(_LETTERS).casefold().translate(_LETTERS)
    text = _MIXED.sub(lambda match: match[0].translate(_CYRILLIC), text)
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def fold_ascii(text: str) -> str:
    """The same of clean ASCII, sign by sign."""
    return text.lower().replace("`", "'")


def words(text: str) -> list[str]:
    """The folded words in order, with `BREAK` for punctuation between them."""
    return list(_words(text))


# A line is taken apart again and again as it is read.
@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    text = fold(text)
    for sign, pattern, instead in _RESPELT:
        if sign in text:
            text = pattern.sub(instead, text)
    found: list[str] = []
    last = BREAK
    for token in _tokens(text.replace("&", " and ").replace("+", " and ").replace("-", " ")):
        if token != BREAK or last != BREAK:
            found.append(token)
        last = token
    return tuple(found)


def _tokens(text: str) -> list[str]:
    """Words, and `BREAK` for each sign of punctuation."""
    if text.isascii():
        return text.translate(_SPACED).replace(BREAK, " , ").split()
    tokens = (BREAK if token in _PUNCTUATION else token for token in _TOKEN.findall(text))
    return [token for token in tokens if token == BREAK or token[0].isalnum()]


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=40_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a name, punctuation left out."""
    return tuple(stem(word) for word in words(text) if word != BREAK)


def _spelled_fraction(match: re.Match[str]) -> str:
    """NFKC alone would read 1½ as eleven halves."""
    space = " " if match[1] else ""
    return f"{match[1] or ''}{space}{unicodedata.normalize('NFKC', match[2])}"


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cf", "Cc", "Cs", "Cn", "Co"} and char not in "\u034f\ufe0f\u115f\u3164"
