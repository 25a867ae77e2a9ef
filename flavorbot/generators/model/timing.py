"""How long steps take and how hot things get, read from what they say, and put right where that is not enough."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from flavorbot.kitchen.reading import find_foods

_SPAN = re.compile(
    r"(\d+(?:\.\d+)?)(?: ?(?:-|to|or) ?(\d+(?:\.\d+)?))?[ -]?(hours?|hrs?|h|minutes?|mins?)\b", re.IGNORECASE
)
_WORDS = ((r"\bhalf an hour\b", "30 minutes"), (r"\ban hour\b", "60 minutes"), (r"\bovernight\b", "8 hours"))
_HOT = re.compile(
    r"\b(?:bak(?:e|ed|ing)(?! powder| soda)|boil\w*|brais\w*|brown(?:ed)?|bubbl\w*|cook\w*|fry|fried|frying|grill\w*"
    r"|heat(?:ed)?|hob|melt\w*|microwave\w*|murmur\w*|oven|pan|poach\w*|roast\w*|saut[eé]\w*|sear\w*|simmer\w*|skillet|steam\w*|stew\w*|stir-fry|toast\w*|wok)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^(?:meanwhile|while|in the meantime|at the same time|with \d+ minutes to go|as (?:it|they|the))\b", re.IGNORECASE
)
_WITHIN = re.compile(r"\bthe (?:last|final) \d+ minutes?\b", re.IGNORECASE)
"""Minutes that are part of those told before."""
_TAKEN_OFF = re.compile(r"\b(?:drain|remove|take|lift|tip|transfer|turn|stir)\b", re.IGNORECASE)
_CELSIUS = re.compile(r"\b(\d{2,3})( ?° ?C\b| degrees C\w*)", re.IGNORECASE)
_FAHRENHEIT = re.compile(r"\b(\d{2,3}) ?(?:° ?F\b|degrees F\w*|F\b)", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:/|\(|or)?\s*\d{2,3} ?(?:° ?F\b|degrees F\w*)\)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?<=\bto|\bat) \((\d{2,3} °C)\)")
"""What is left of "to 400 °F (200 °C)"."""
_BESIDES = frozenset({"spice", "herb", "seasoning", "fat", "acid"})
_USUAL, _LONGEST = 3, 90
_OVEN = (100, 250)
_USED_WITH = {
    "oven": r"\boven\b|\b(?:bak(?:e|ed|ing)|roast(?:ing)?) (?:the|them|it|for|at|in|until)\b",
    "stove": r"\b(?:(?<!air-)(?<!air )fry|saut[eé]|simmer|boil|skillet|wok|saucepan|frying pan|hob|stove)\b",
    "grill": r"\bgrill\b",
    "microwave": r"\bmicrowave\b",
    "blender": r"\b(?:blender|blend until|food processor)\b",
    "air_fryer": r"\bair[- ]fryer?\b",
    "slow_cooker": r"\bslow cooker\b",
    "pressure_cooker": r"\bpressure cooker\b",
}


def minutes_in(text: str, guess: float | None) -> int:
    """The minutes that a step's words add up to, the longer end of each span; else the guess within reason."""
    text = _WITHIN.sub("", text)
    for pattern, said in _WORDS:
        text = re.sub(pattern, said, text, flags=re.IGNORECASE)
    found = _SPAN.findall(text)
    if found:
        spans = (float(most or least) * (60 if unit.lower().startswith("h") else 1) for least, most, unit in found)
        return max(math.ceil(sum(spans)), 1)
    return min(max(math.ceil(guess or _USUAL), 1), _LONGEST)


def total_minutes(steps: Sequence[tuple[str, int]]) -> int:
    """The steps one after another, "meanwhile" beside the one before.

    What comes after "meanwhile" goes on beside it, too, until a step takes up the foods of the one that was left alone;
    but where that one ends with something to do, as draining, all waits for it.
    """
    named = [_main_foods(text) for text, _ in steps]
    begun, free, done = 0, 0, 0
    alone: frozenset[str] = frozenset()
    for place, (text, minutes) in enumerate(steps):
        if place and _BESIDE.match(text):
            later = named[place - 1] & frozenset().union(*named[place + 1 :])
            alone = alone | later if later and not _TAKEN_OFF.search(steps[place - 1][0]) else frozenset()
        elif alone and named[place] and not named[place] & alone:
            begun = free
        else:
            begun, alone = done, frozenset()
        free = begun + minutes
        done = max(done, free)
    return done


def _main_foods(text: str) -> frozenset[str]:
    """What a step is about; the fat, where it only heats that."""
    foods = [food for food in find_foods(text) if food.name != "water"]
    main = frozenset(food.name for food in foods if food.role not in _BESIDES)
    return main or frozenset(food.name for food in foods if food.role == "fat")


def is_hot(text: str) -> bool:
    return bool(_HOT.search(text))


def unowned(texts: Sequence[str], equipment: frozenset[str]) -> str | None:
    """An appliance that the steps use and the kitchen has not."""
    return next((name for name in _USED_WITH if name in used_in(texts) - equipment), None)


def used_in(texts: Sequence[str]) -> frozenset[str]:
    """The appliances that the steps use."""
    said = " ".join(texts).casefold()
    return frozenset(name for name, words in _USED_WITH.items() if re.search(words, said))


def in_celsius(text: str) -> str:
    """The text with °C alone, written one way."""
    text = _CELSIUS.sub(r"\1 °C", text)
    if "°C" in text:
        return _IN_BRACKETS.sub(r" \1", _BOTH.sub("", text))
    return _FAHRENHEIT.sub(lambda match: f"{round((int(match[1]) - 32) / 1.8 / 5) * 5} °C", text)


def with_sound_heat(text: str, inner: int | None) -> str:
    """The text with ovens between 100 and 250 °C, and no inner temperature below the one that its foods need."""

    def sound(match: re.Match[str]) -> str:
        celsius = int(match[1])
        if celsius > 100:
            celsius = min(max(celsius, _OVEN[0]), _OVEN[1])
        elif inner:
            celsius = max(celsius, inner)
        return f"{celsius} °C"

    return _CELSIUS.sub(sound, text)


def celsius_in(text: str) -> int | None:
    found = _CELSIUS.search(text)
    return int(found[1]) if found else None
