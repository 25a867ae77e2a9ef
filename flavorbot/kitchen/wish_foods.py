"""Foods as a wish lists them: "peanuts, sesame or any kind of shellfish"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import lookup
from flavorbot.kitchen.needs import in_order
from flavorbot.kitchen.spelling import mend

_ALLERGEN_KINDS = frozenset({"milk", "egg", "fish", "scaleless", "crustacean", "mollusc"})
_STOP = re.compile(
    r"\b(?:for|in|with|but|please|because|that|which|thanks|thank|i|im|ive|id|my|we|he|she|they|either|at all|under"
    r"|within|using|make|give|as|so|dinner|lunch|breakfast|dessert|recipe|dish|meal|since|only|just|anything|something"
    r"|quick|easy|if|though|serves|on|to|want|need|except|apart from|other than|looking"
    r"|would|love|like|who|is|are|was|whatsoever|also|including|ideally)\b"
)
_ITEM = re.compile(
    r"\s*(?:(?:any|the|an?|all|some|to|of|more|much|many|too|kinds?|types?|forms?|cows?|added|eating|eat|have|like|raw|"
    r"also|no|especially|even|other|your|both|things|containing|foods?) )*"
    r"(?P<item>[^,;.:!?/]+?)(?= (?:and|or|nor|but) |\s*[,;.:!?/]|$)"
)
_GENERAL = re.compile(
    r" (?:vegetables?|foods?|products?|things|stuff|dishes|fruits?|derivatives|ingredients|flavours?)$"
)
_JOINT = re.compile(r"\s*(?P<joint>, and|, or|, nor|,|and|or|nor|/)\s")


def resolved(item: str) -> tuple[str | None, tuple[str, ...]]:
    """The name of the group or food that a phrase means (None: unknown), and the EU allergens it stands for."""
    for phrase in _readings(item):
        found = group(phrase)
        if found:
            wider = found.kinds - _ALLERGEN_KINDS or found.names or found.roles or found.categories
            return found.name, () if wider else in_order(found.allergens)
        entry = lookup(phrase)
        if entry and entry.food:
            return entry.name, in_order(entry.food.contains)
    return None, ()


def listed(text: str, start: int, eager: bool) -> tuple[list[str], int]:
    """The foods listed from here, and where the list ends.

    The first item counts whatever it is, a later one if it is known or follows "or"; `eager` takes short unknown
    ones too.
    """
    items: list[str] = []
    place, joint = start, ""
    while match := _ITEM.match(text, place):
        stop = _STOP.search(match["item"])
        item = (match["item"][: stop.start()] if stop else match["item"]).strip()
        if not item or (items and not _continues(item, joint, eager)):
            break
        items.append(item)
        place = match.start("item") + (stop.start() if stop else len(match["item"]))
        following = _JOINT.match(text, place)
        if stop or not following:
            break
        joint, place = following["joint"].split()[-1], following.end()
    return items, place


def trailing(phrase: str) -> list[str]:
    """The known foods at the end of a phrase such as "severe peanut and tree nut"."""
    named: list[str] = []
    for part in reversed(re.split(r" (?:and|or) |\s*[,/]\s*", phrase)):
        words = part.split()
        food = next((" ".join(words[i:]) for i in range(len(words)) if known(" ".join(words[i:]))), None)
        if food is None:
            break
        named.insert(0, food)
        if food != part.strip():
            break
    return named


def known(phrase: str) -> bool:
    """Whether exactly this phrase names a group or a food."""
    entry = lookup(phrase)
    return bool(group(phrase) or (entry and entry.food))


def _continues(item: str, joint: str, eager: bool) -> bool:
    return joint in ("or", "nor") or known(_mended(item)) or (eager and len(item.split()) <= 2)


def _readings(item: str) -> Iterator[str]:
    """The phrase, without a last word that adds nothing, with its words mended, and its last words."""
    yield item
    yield _GENERAL.sub("", item)
    words = _mended(item).split()
    for start in range(len(words)):
        yield " ".join(words[start:])


def _mended(item: str) -> str:
    return " ".join(mended.word if (mended := mend(word)) else word for word in item.split())
