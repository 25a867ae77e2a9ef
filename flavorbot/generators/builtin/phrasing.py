"""The small language of the cookbook's sentences: places in braces, parts in brackets that may fall away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

Resolve = Callable[[tuple[str, ...], str], str | None]
"""What `{a+b.attribute}` stands for; None when none of the places is filled."""

_PLACE = re.compile(r"\{([a-z_+]+)(?:\.([a-z_]+))?\}")
_ACTION = (
    r"(?:finish|scatter|serve|sharpen|sprinkle|spread|bake|rest|leave|let|stir|fry|cook|add|top|spoon|heap|toss|set|pour|"
    r"season|turn|keep|divide|ladle|simmer|chill|bring)\b"
)
_CONDITION = re.compile(r"([?!])([a-z_+]+):")


@dataclass(frozen=True, slots=True)
class _Named:
    places: tuple[str, ...]
    attribute: str


@dataclass(frozen=True, slots=True)
class _Either:
    alternatives: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of text, names and choices; `condition` is ("?" or "!", places) when it depends on some."""

    pieces: tuple[str | _Named | _Either, ...]
    condition: tuple[str, str] | None = None


def say(sentence: str, resolve: Resolve) -> str | None:
    """The sentence with its names put in; None when a place outside brackets is empty."""
    text = _render(_parsed(sentence), resolve)
    return None if text is None else tidy(text)


# A dish is written several times until it fits, most of it in the same words.
@lru_cache(maxsize=1024)
def tidy(text: str) -> str:
    """Single spaces, no space before a stop, and a capital after every full stop."""
    text = " ".join(text.split())
    text = re.sub(r" +([,.;:])", r"\1", text)
    text = re.sub(r"([,;:]) ?([.;])", r"\2", text)
    if "salt and black pepper" in text:
        text = re.sub(r",? and salt and black pepper", ", salt and black pepper", text)
        text = re.sub(rf"\bsalt and black pepper and (?={_ACTION})", "salt and black pepper, then ", text)
        text = re.sub(r"\bsalt and black pepper and ", "salt, black pepper and ", text)
    if text.count(" and ") > 1:
        text = re.sub(rf"( and [\w' -]{{2,30}}?) and (?={_ACTION})", r"\1, then ", text)
    text = re.sub(r"\.(?=[A-Z])", ". ", text)
    text = re.sub(r"\.\.+", ".", text).lstrip(",;. ")
    return re.sub(r"(^|[.!?] )(\w)", lambda match: match[1] + match[2].upper(), text)


@cache
def _parsed(sentence: str) -> _Part:
    part, rest = _alternative(sentence)
    if rest:
        raise ValueError(f"unbalanced brackets: {sentence}")
    return part


def _alternative(text: str) -> tuple[_Part, str]:
    """One alternative, up to `|` or `]`, and the text from there on."""
    condition = None
    if match := _CONDITION.match(text):
        condition = (match[1], match[2])
        text = text[match.end() :]
    pieces: list[str | _Named | _Either] = []
    while text and text[0] not in "|]":
        if text[0] == "[":
            either, text = _either(text[1:])
            pieces.append(either)
        elif match := _PLACE.match(text):
            pieces.append(_Named(tuple(match[1].split("+")), match[2] or ""))
            text = text[match.end() :]
        else:
            plain = re.match(r"[^\[\]|{]+", text)
            if plain is None:
                raise ValueError(f"cannot read: {text}")
            pieces.append(plain[0])
            text = text[plain.end() :]
    return _Part(tuple(pieces), condition), text


def _either(text: str) -> tuple[_Either, str]:
    alternatives = []
    while True:
        part, text = _alternative(text)
        alternatives.append(part)
        closing, text = text[:1], text[1:]
        if closing == "]":
            return _Either(tuple(alternatives)), text
        if closing != "|":
            raise ValueError("a bracket is not closed")


def _render(part: _Part, resolve: Resolve) -> str | None:
    if part.condition:
        sign, place = part.condition
        if (resolve(tuple(place.split("+")), "there") is not None) != (sign == "?"):
            return None
    texts = []
    for piece in part.pieces:
        text = _piece(piece, resolve)
        if text is None:
            return None
        texts.append(text)
    return "".join(texts)


def _piece(piece: str | _Named | _Either, resolve: Resolve) -> str | None:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, _Named):
        return resolve(piece.places, piece.attribute)
    said = (_render(part, resolve) for part in piece.alternatives)
    return next((text for text in said if text is not None), "")
