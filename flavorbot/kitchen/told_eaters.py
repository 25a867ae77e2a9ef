"""Who the words of a recipe say it is for: a baby under one, a child under five, someone pregnant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flavorbot.kitchen.lexicon import index
from flavorbot.kitchen.text import fold, stem

_MONTHS = r"(?:[1-9]|1[01]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)"
_YEARS = r"(?:[1-4]|one|two|three|four)"
_TOLD = {
    "pregnant": re.compile(
        r"\bpregnant (?:women|woman|ladies|friends?|wife|partner|mums?|moms?|mothers?|people)\b|\bpregnancy.friendly\b"
        r"|\b(?:during|in) pregnancy\b|\bfor (?:the |your )?pregnan\w+|\b(?:expectant|expecting) (?:mothers?|mums?)\b"
        r"|\b(?:mums?|moms?).to.be\b"
    ),
    "infant": re.compile(
        rf"\b{_MONTHS}[ -]months?[ -]olds?\b|\bnewborns?\b|\binfants?\b|\bweaning\b|\bbabies\b"
        r"|\bunder(?: the age of)? (?:one|1|12 months)\b(?! (?:hour|minute|cup|inch|cm|kg|lb))"
        r"|\b(?:for|to|your|my|feed|feeding|give) (?:a |the |your |my )?(?:little )?baby\b"
    ),
    "young_child": re.compile(
        rf"\b{_YEARS}[ -]years?[ -]olds?\b|\btoddlers?\b|\bpre-?schoolers?\b"
        r"|\b(?:small|young|little) (?:child|children|kids)\b"
    ),
}
_NOT = re.compile(r"\b(?:not|never|unsuitable|avoid|except|older than|over)\b|n't\b")
_ENDS = re.compile(r"(?<=[.!?;])\s+|\n")


def told_eaters(texts: Sequence[str]) -> tuple[str, ...]:
    """The eaters that these texts name; "not for babies" and "baby spinach" name none."""
    whole = fold("\n".join(texts))
    if not any(pattern.search(whole) for pattern in _TOLD.values()):
        return ()
    said = [sentence for text in texts for sentence in _ENDS.split(fold(text))]
    return tuple(eater for eater in _TOLD if any(eater in _named(sentence) for sentence in said))


def _named(sentence: str) -> Iterator[str]:
    for eater, pattern in _TOLD.items():
        for found in pattern.finditer(sentence):
            following = re.findall(r"[a-z]+", sentence[found.end() : found.end() + 30])[:1]
            food = bool(following) and stem(following[0]) in index().spaced
            if not food and not _NOT.search(sentence[: found.end()]):
                yield eater
