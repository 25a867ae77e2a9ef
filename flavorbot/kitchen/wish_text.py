"""The text of a wish as folded words, each of which knows where it stood in what the person typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from flavorbot.kitchen.lexicon import read_rows
from flavorbot.kitchen.text import clean, fold

STOPS = frozenset(".;!")
MARKS = STOPS | frozenset(",:()/?")
_LONGEST = 2000
_WORD = re.compile(r"\d+(?:[.,/]\d+)?|[^\W\d_]+\d+\w*|[^\W\d_]+(?:['’][^\W\d_]+)*|[,.;:!?()/&+]")
_SHORT = (
    (re.compile(r"\bw/(?:o|out)\b", re.IGNORECASE), "without"),
    (re.compile(r"(?<![\d.,/:])\b0 (?=[a-z]{3})", re.IGNORECASE), "zero "),
    (re.compile(r"\bw/(?=\s?[a-z])", re.IGNORECASE), "with "),
    (
        re.compile(
            r"(?<=\w)-(?=(?:\s*[,&/]|\s+(?:and|or|und|oder|et|en|of|och|og|y|e)\b)[^.;:]*(?:free|frei|vrij|fri)\b)"
        ),
        " free",
    ),
    (re.compile(r"\b([a-z])/a\b", re.IGNORECASE), r"\1 a"),
    (re.compile(r"\s+[-–—]\s+(?=(?:free|frei)\b)|(?<=\w)[–—](?=\w)", re.IGNORECASE), "-"),
    (re.compile(r"(?:^|[\n\r])\s*[-•·*]+|[•·*]"), " , "),
    (re.compile(r"(?<=\s)[-–—]+>?(?=\s)|[–—→]|--+|[|=]"), " : "),
    (re.compile(r"[\n\r\t]+"), " ; "),
    (re.compile(r"\bno\.(?=\w)", re.IGNORECASE), "no "),
    (re.compile(r"\bal dente\b", re.IGNORECASE), " "),
)
_PICTURES = {
    "🥜": "peanuts", "🌰": "nuts", "🥛": "milk", "🧀": "cheese", "🧈": "butter", "🥚": "eggs", "🍳": "eggs",
    "🐟": "fish", "🍣": "fish", "🐠": "fish", "🦐": "prawns", "🍤": "prawns", "🦀": "crab", "🦞": "lobster",
    "🦪": "oysters", "🦑": "squid", "🐙": "octopus", "🌾": "gluten", "🍞": "bread", "🥩": "meat", "🍖": "meat",
    "🥓": "bacon", "🐷": "pork", "🐖": "pork", "🐄": "beef", "🐮": "beef", "🐑": "lamb", "🍗": "chicken",
    "🐔": "chicken", "🍄": "mushrooms", "🧅": "onions", "🧄": "garlic", "🌶": "chilli", "🍷": "wine", "🍺": "beer",
    "🍯": "honey", "🥥": "coconut", "🌽": "sweetcorn", "🍅": "tomatoes", "🥔": "potatoes", "🍫": "chocolate",
    "🚫": "no", "❌": "no", "⛔": "no", "🙅": "no", "✖": "no",
    "🤢": "not for me", "🤮": "not for me", "👎": "not for me",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word or punctuation mark, and its place in the cleaned text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A wish made comparable; `unread` are its stretches in scripts that are not read."""

    clean: str
    words: tuple[Word, ...]
    unread: tuple[str, ...]

    def said(self, start: int, end: int) -> str:
        """What the person typed from one word up to, not including, another."""
        return self.clean[self.words[start].start : self.words[end - 1].end].strip(" -'\"")


def read_text(text: str) -> Text:
    """The words of a wish: pictures and known phrases of other scripts in English, hyphens and apostrophes dropped."""
    cleaned = clean(_spelled_out(text[:_LONGEST]))
    unread: list[str] = []
    cleaned = clean(_without_other_scripts(cleaned, unread))
    return Text(cleaned, tuple(_words(cleaned)), tuple(dict.fromkeys(unread)))


def _spelled_out(text: str) -> str:
    for pattern, replacement in _SHORT:
        text = pattern.sub(replacement, text)
    return "".join(f" {_PICTURES[char]} " if char in _PICTURES else char for char in text)


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        place = match.start()
        for part in re.sub(r"\b([dl]|qu)['’](?=\w\w)", r"\1 ", fold(match[0])).split():
            word = "and" if part in "&+" else part.replace("'", "")
            yield Word(word, place, match.end())


def _without_other_scripts(text: str, unread: list[str]) -> str:
    """The text with its other scripts put into English where they are known phrases; the rest goes to `unread`."""
    if text.isascii() or all(map(_is_latin, text)):
        return text
    known = _phrases()
    for phrase in known:
        found = re.compile(re.escape(phrase), re.IGNORECASE)
        text = found.sub(f" ; {known[phrase]} ; ", text)
    parts = re.split(r"([,;.:!?()、。，；！？：])", text)
    for place, part in enumerate(parts):
        if not all(map(_is_latin, part)):
            unread.append(part.strip()[:80])
            parts[place] = "".join(char if _is_latin(char) else " " for char in part)
    return "".join(parts)


@cache
def _phrases() -> Mapping[str, str]:
    pairs = {phrase: row["english"] for row in read_rows("scripts.csv") for phrase in row["phrases"].split("|")}
    return {phrase: pairs[phrase] for phrase in sorted(pairs, key=len, reverse=True)}


def _is_latin(char: str) -> bool:
    return (
        char.isascii() or not (char.isalpha() or unicodedata.combining(char)) or "LATIN" in unicodedata.name(char, "")
    )
