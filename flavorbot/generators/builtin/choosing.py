"""The kind of dish and the cuisine that a wish names."""

from __future__ import annotations

import re
from functools import cache

from flavorbot.generators.builtin.book import Cuisine, cuisines, formulas
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.text import fold
from flavorbot.model import Notice

_NOT_BEFORE = (
    "(?<! no)(?<! not)(?<! not a)(?<! without)(?<! avoid)(?<! never)(?<! of)(?<! hate)(?<! zero)"
    "(?<! add)(?<! add some)(?<! more)(?<! less)(?<! extra)(?<! fresh)"
)

_METHODS = {
    "oven": r"oven (?:baked|roasted|cooked)|(?:from|out of) the oven|baked(?! beans)|"
    r"roast(?:ed|ing)?(?! (?:(?:red )?peppers?|peanuts|almonds|nuts|cashews|seeds|sesame|chickpeas|seaweed)\b)",
    "grill": r"(?:char)?grilled(?! cheese)|barbecued|bbqd|(?:from|off) the (?:grill|barbecue|bbq)",
}
"""How people say that something is to be cooked, by what does it; "roasted peanuts" were bought so."""


def is_kind(kind: str, asked: str) -> bool:
    """Whether a kind of dish is the one asked for, or one of its sorts: a warm salad is a salad."""
    return kind == asked or kind.endswith((f" {asked}", f"-{asked}"))


def kinds_named(text: str, needs: Needs) -> frozenset[str]:
    """The kinds of dish that the wish names: "soup", "curry", "stir-fry"; none of which it says no to.

    A pasta salad is neither pasta nor just any salad.
    """
    words = f" {re.sub(r'[^a-z]+', ' ', fold(text))} "
    said = [kind for kind, name in _names_of_kinds() if _is_said(name, words)]
    whole = (kind for kind in said if not any(kind != other and kind in other for other in said))
    return frozenset(kind for kind in whole if kind not in needs.exclude)


@cache
def _names_of_kinds() -> tuple[tuple[str, str], ...]:
    """Each kind of dish with how it is said: "stir-fry" and "stir fry"."""
    kinds = dict.fromkeys(formula.kind for formula in formulas().values())
    return tuple((kind, fold(kind).replace("-", " ").rstrip("s")) for kind in kinds)


def _is_said(kind: str, words: str) -> bool:
    """Whether the words hold the kind or its plural; a pattern is made of those only that are there at all."""
    return f" {kind}" in words and re.search(rf"{_NOT_BEFORE} {kind}s? ", words) is not None


def methods_named(text: str) -> frozenset[str]:
    """What the wish would have it cooked in by its verbs: "baked salmon", "something from the oven", "grilled"."""
    words = f" {re.sub(r'[^a-z]+', ' ', text.casefold())} "
    before = f"{_NOT_BEFORE}(?<! leftover)(?<! left over)(?<! ready)"
    return frozenset(tool for tool, said in _METHODS.items() if re.search(rf"{before} (?:{said}) ", words))


def without_kinds(kinds: frozenset[str], text: str) -> str:
    """The wish without its kinds of dish: what is left of "chicken soup" is what to cook with."""
    for kind in sorted(kinds):
        said = "|".join(word.replace("-", "[- ]").rstrip("s") for word in {kind, fold(kind)})
        text = re.sub(rf"\b(?:{said})s?\b", " ", text, flags=re.IGNORECASE)
    return text


def cuisine_in(text: str) -> Cuisine | None:
    words = f" {re.sub(r'[^a-zç-]+', ' ', text.casefold())} "
    found = (
        cuisine
        for cuisine in cuisines().values()
        if any(f" {name} " in words for name in (cuisine.word.casefold(), *cuisine.also))
    )
    return next(found, None)


def cuisine_named(asked: str | None, said: str | None, notices: list[Notice]) -> Cuisine | None:
    wanted = (asked or said or "").strip().casefold()
    if not wanted:
        return None
    for cuisine in cuisines().values():
        names = {cuisine.name.replace("_", " "), cuisine.word.casefold(), *cuisine.also}
        if wanted in names or wanted.replace("-", " ").replace("_", " ") in names:
            return cuisine
    for cuisine in cuisines().values():
        if {cuisine.word.casefold(), *cuisine.also} & set(wanted.split()):
            return cuisine
    shortened = (asked or said or "").strip()[:80]
    notices.append(
        Notice("unknown", shortened, f"We do not cook “{shortened}” yet; this recipe follows no cuisine you named.")
    )
    return None
