"""Reading "swap the rice for quinoa" and its like: which foods go, and which come instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flavorbot.generators.builtin.book import tags
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.wish_words import is_filler

_THE = r"(?:(?:(?:the|some|all|my|any|die|den|das|der|le|la|les|el|los|las|il|lo|gli|du|de la|des)\b|l['’]) ?)*"
_OLD = rf"{_THE}(?P<old>[^,;.!]+?)"
_NEW = rf"{_THE}(?P<new>[^,;.!]+)"
_INSTEAD = (
    "instead of|rather than|in place of|statt|anstatt|anstelle von|au lieu de|à la place de|en lugar de|en vez de"
    "|invece di|al posto di|in plaats van"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:use |try |have |make it (?:with )?|with |put in |cook it with )?{_NEW} "
        rf"(?:{_INSTEAD}) {_THE}(?P<old>[^,;.!]+?)(?= and |[,;.!]|$)",
        rf"\b(?:{_INSTEAD}) {_OLD},? (?:use|try|take|have|put|add|make it with|with|nimm|mit|avec|con) {_NEW}",
        rf"\b(?:swap|swop|replace|change|switch|substitute|exchange|ersetze|tausche|remplacer?|remplace|cambia|cambiar"
        rf"|sustituye|sostituisci|vervang) (?:out )?{_OLD} "
        rf"(?:for|with|by|to|against|into|durch|gegen|par|por|con|door) {_NEW}",
        rf"\b(?:swap|swop|replace|change|switch|substitute|exchange)(?: out)? {_OLD}(?: out)?(?=[,;.!]|$| and )",
    )
)
_SIDES = re.compile(r"\s*(?:,|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bor\b|&|\+)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Swap:
    """`old` are words as said, `new` what is to come instead; None leaves the choice to us. `gone`: none is left."""

    old: str
    new: tuple[Food, ...] | None
    gone: bool = False


_FAMILIES = (
    frozenset({"plain_rice", "boiled_grain", "couscous", "noodle", "pasta_shape"}),
    frozenset({"meat", "poultry", "fish", "shellfish", "firm_plant_protein"}),
)
_ONLY = re.compile(r"\b(?:but|just|only) (?:with|use) ([^,;.!]+)|([^,;.!]+?) instead\b(?! of)", re.IGNORECASE)


def in_place(food: Food, present: Sequence[Food], text: str) -> tuple[Food, ...]:
    """The foods that this one takes the place of unasked.

    A dish has one of rice, pasta and the like; meat or fish gives way where the text says "instead" or "but with".
    """
    base, flesh = _FAMILIES
    if tags(food) & base:
        return tuple(other for other in present if tags(other) & base and other is not food)
    said = next((match[1] or match[2] for match in _ONLY.finditer(text)), "")
    if tags(food) & flesh and food in find_foods(said):
        return tuple(other for other in present if tags(other) & flesh and other is not food)
    return ()


def read_swaps(text: str) -> tuple[tuple[Swap, ...], str]:
    """The swaps that a text asks for, and the rest of it."""
    found: list[Swap] = []
    for pattern in _PATTERNS:
        while match := pattern.search(text):
            old = _without_article(match["old"])
            if not find_foods(old) and not _one_food(old):
                break
            said = match.groupdict().get("new")
            new, rest = _leading_foods(said) if said else ((), "")
            found.append(Swap(old, new or None))
            text = f"{text[: match.start()]} ; {rest} ; {text[match.end() :]}"
    return tuple(found), text.strip(" ;")


def _leading_foods(said: str) -> tuple[tuple[Food, ...], str]:
    """The foods that the words begin with, and what is said behind them: "quinoa and make it spicier"."""
    parts = _SIDES.split(said)
    named: list[Food] = []
    for place, part in enumerate(parts):
        foods = tuple(_foods_of(part))
        if not foods:
            rest = " and ".join(parts[place:])
            return tuple(named), rest if place else ("" if find_foods(rest) else _beyond_else(rest))
        named += foods
    return tuple(named), ""


def _beyond_else(rest: str) -> str:
    """What follows "something else"."""
    return re.sub(r"^(?:something|anything)(?: else| different| other)?\b|^(?:etwas anderes|autre chose)\b", "", rest)


def _foods_of(part: str) -> Iterator[Food]:
    reading = read_line(part)
    if reading.food:
        yield reading.food


def _one_food(words: str) -> bool:
    return read_line(words).food is not None


def _without_article(words: str) -> str:
    plain = re.sub(rf"^{_THE}", "", words.strip(), flags=re.IGNORECASE).strip()
    return " ".join(word for word in plain.split() if not is_filler(word.casefold())) or plain
