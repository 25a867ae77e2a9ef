"""Looking into the steps of a recipe: which one cooks a food, for how long, how hot, and in what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flavorbot.chef.asked import Asked, Line
from flavorbot.kitchen.text import stem, stems

OVEN = (100, 300)
_COOKED = re.compile(
    r"\b(?:bak\w+|boil\w*|brown\w*|cook\w*|fry|fries|fried|grill\w*|heat\w*|melt\w*|microwav\w*|poach\w*|roast\w*"
    r"|sear\w*|set|simmer\w*|soften\w*|steam\w*|stew\w*|stir-fry|toast\w*|warm\w*|sizzl\w*)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(\d+)(?:\s?(?:-|–|to)\s?(\d+))?\s?(minute|min|hour|hr)", re.IGNORECASE)
_APPLIANCES = {
    "oven": r"\boven\b|\bbak(?:e|ed|ing)\b|\broast(?:ed|ing)? (?:the|at|for|them|it)\b",
    "blender": r"\bblend(?:er)?\b|\bblitz\b|\bfood processor\b|\bpurée\b|\bwhizz\b",
    "microwave": r"\bmicrowave\b",
    "grill": r"\bgrill\b|\bgriddle\b|\bbarbecue\b",
    "air fryer": r"\bair[- ]fry(?:er)?\b",
    "slow cooker": r"\bslow cooker\b",
    "pressure cooker": r"\bpressure cooker\b",
    "stove": r"\b(?:pan|pot|saucepan|skillet|wok|simmer\w*|boil\w*|hob|stove|fry)\b",
}
_VESSELS = (
    ("wok", "wok"), ("roasting tin", "roasting tin"), ("baking tray", "baking tray"), ("tray", "baking tray"),
    ("ovenproof dish", "ovenproof dish"), ("loaf tin", "loaf tin"), ("muffin tin", "muffin tin"), ("tin", "baking tin"),
    ("frying pan", "large frying pan"), ("saucepan", "saucepan"), ("heavy pan", "heavy pan with a lid"),
    ("pot", "large pot"), ("large pan", "large pan"), ("hot pan", "frying pan"), ("pan", "large pan"),
    ("large bowl", "large bowl"), ("salad bowl", "salad bowl"), ("bowl", "mixing bowl"), ("dish", "ovenproof dish"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CookingStep:
    """A step by its number from 1; `minutes` are those that its words name, else its own."""

    number: int
    text: str
    minutes: int | None
    celsius: int | None


def cooking_steps(asked: Asked, line: Line) -> Iterator[CookingStep]:
    """The steps that heat this food, in order."""
    words = {stem(word) for word in (*stems(line.name)[-1:], *(stems(line.food.name)[-1:] if line.food else ()))}
    words |= set(stems(line.name)[:1]) if line.food and line.food.role == "protein" else set()
    for number, step in enumerate(asked.recipe.instructions, 1):
        parts = re.split(r"(?<=[.;!])\s+", step.text)
        first = next((place for place, part in enumerate(parts) if words & set(stems(part))), None)
        heated = [part for part in parts[first:] if _COOKED.search(part)] if first is not None else []
        if heated:
            yield CookingStep(number, step.text, minutes_of(heated[0]) or minutes_of(step.text), step.temperature_c)


def longest(asked: Asked, line: Line) -> CookingStep | None:
    """The step in which this food cooks longest."""
    return max(cooking_steps(asked, line), key=lambda step: step.minutes or 0, default=None)


def is_too_short(line: Line, minutes: int) -> bool:
    """Whether the step only toasts or fries what cooks on in another one that does not name it, like a pilaf's rice."""
    usual = [time for time, _ in line.food.cook.values() if time] if line.food and line.food.role == "starch" else []
    return bool(usual) and minutes < min(usual) / 2


def minutes_of(text: str) -> int | None:
    """The longest time that the words name."""
    found = [int(most or least) * (60 if unit[0].lower() == "h" else 1) for least, most, unit in _SPAN.findall(text)]
    return max(found, default=None)


def oven_celsius(asked: Asked) -> int | None:
    """How hot the oven is, where there is one."""
    degrees = [step.temperature_c for step in asked.recipe.instructions if step.temperature_c]
    said = re.findall(r"(\d{3}) ?(?:°|degrees?)? ?C\b", " ".join(step.text for step in asked.recipe.instructions))
    hot = [each for each in (*map(int, said), *degrees) if OVEN[0] <= each <= OVEN[1]]
    return max(hot, default=None)


def oven_minutes(asked: Asked) -> int | None:
    """How long things are in the oven, all steps together."""
    used = [
        minutes_of(step.text) or step.minutes or 0
        for step in asked.recipe.instructions
        if re.search(_APPLIANCES["oven"], step.text, re.IGNORECASE) and "heat the oven" not in step.text.casefold()
    ]
    return sum(used) or None


def appliances(asked: Asked) -> tuple[str, ...]:
    """What the steps cook with, by the names people use."""
    said = " ".join(step.text for step in asked.recipe.instructions).casefold()
    return tuple(name for name, pattern in _APPLIANCES.items() if re.search(pattern, said))


def vessels(asked: Asked) -> tuple[str, ...]:
    """The pans, tins and bowls that the steps name."""
    said = " ".join(step.text for step in asked.recipe.instructions).casefold()
    found: list[str] = []
    for words, name in _VESSELS:
        if re.search(rf"\b{words}s?\b", said):
            found.append(name)
            said = re.sub(rf"\b{words}s?\b", " ", said)
    return tuple(dict.fromkeys(found))


def is_cooked(asked: Asked) -> bool:
    """Whether anything in the recipe is heated."""
    return any(_COOKED.search(step.text) for step in asked.recipe.instructions)
