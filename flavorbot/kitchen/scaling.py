"""What multiplying the amounts of a recipe does not change by itself: pans, baking times, seasoning."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from flavorbot.model import Recipe

_BAKED = re.compile(r"\b(?:bak(?:e|es|ed|ing)|roast(?:s|ed|ing)?|oven)\b", re.IGNORECASE)
_VESSEL = r"(?:(?:round|square|deep|loose-bottomed|springform|loaf|cake|tart|pie|baking|roasting|ovenproof) )*"
_SIZED = re.compile(
    rf"\b(?P<one>\d{{1,2}})(?: ?[x×] ?(?P<two>\d{{1,2}}))?[ -]?(?P<unit>cm|in(?:ch(?:es)?)?\b|\")[ -]?"
    rf"(?P<vessel>{_VESSEL}(?:tin|dish|pan|tray|skillet|frame))\b",
    re.IGNORECASE,
)
_FRIED = re.compile(r"\b(?:fry|fries|fried|frying|brown(?:s|ed|ing)?|sear(?:s|ed|ing)?|saut[eé]\w*)\b", re.IGNORECASE)
_STRONG = re.compile(r"\b(?:salt|chil(?:l?i|e)|cayenne|soy sauce|fish sauce)\b", re.IGNORECASE)
_MUCH = 2.0
"""From this factor on, pans are crowded, and seasoning is added by taste rather than by number."""


def scaling_notes(recipe: Recipe, servings: int) -> tuple[str, ...]:
    """What to mind when `recipe`, as it was written, is made for so many servings; nothing where nothing changes.

    A vessel filled to the same height has to have its area scaled, and so its sides by the root of the factor.
    """
    factor = servings / max(recipe.servings, 1)
    return tuple(_notes(recipe, factor)) if factor != 1 else ()


def _notes(recipe: Recipe, factor: float) -> Iterator[str]:
    steps = " ".join(step.text for step in recipe.instructions)
    sized = list(dict.fromkeys(_resized(found, factor) for found in _SIZED.finditer(steps)))
    baked = _BAKED.search(steps) is not None
    yield from filter(None, sized)
    if baked and not any(sized):
        yield _any_vessel(factor)
    if baked:
        yield _baking_time(factor)
    elif factor >= _MUCH and _FRIED.search(steps):
        yield "Fry in batches or in two pans: a crowded pan stews what it should brown."
    if factor >= _MUCH and any(_STRONG.search(item.name) for item in recipe.ingredients):
        yield "Begin with less of what is salty or hot than the list says, and taste as you go."


def _resized(found: re.Match[str], factor: float) -> str:
    """A vessel of the same shape and depth for the new amount."""
    inches = found["unit"].lower() != "cm"
    sides = [int(side) for side in (found["one"], found["two"]) if side]
    new = [max(round(side * math.sqrt(factor)), 1) for side in sides]
    if new == sides:
        return ""
    unit = "inch" if inches else "cm"
    vessel = found["vessel"].lower()
    old_size, new_size = (f"{' × '.join(map(str, size))} {unit}" for size in (sides, new))
    or_several = ", or several that hold as much" if factor > 1 else ""
    return f"Instead of the {old_size} {vessel} take one of about {new_size}{or_several}."


def _any_vessel(factor: float) -> str:
    if factor > 1:
        return "Take a bigger dish or two of the same, filled no higher than before."
    return "Take a smaller dish, filled about as high as before."


def _baking_time(factor: float) -> str:
    if factor > 1:
        return "Baking times do not grow with the amount: look when the step says, and allow 5 to 15 minutes more."
    return "A smaller amount is done sooner: begin to look at two thirds of the baking time."
