"""What can make people ill in how a recipe is cooked or kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.checked import Severity
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.hazard_rules import RULES
from flavorbot.kitchen.needs import Needs, barred_for, title
from flavorbot.kitchen.text import fold

_HEAT = re.compile(
    r"\b(bak(e|ing)|cook|fry|fried|boil|simmer|roast|heat|grill|steam|microwave|toast|oven|saute|poach|brais|stew|melt)"
)
_CUT_SMALL = re.compile(r"\b(ground|chopped|halved|quartered|sliced|crushed|flaked)\b")
_SOAK_AND_BOIL = "Soak {0} for 5 hours, then boil them hard for at least 10 minutes; a slow cooker alone is not enough."
_RAW_FLOUR = "Raw flour can carry bacteria: heat it to 74 °C (165 °F) before using it uncooked."
_COOK = {
    "poultry": "Cook {name} until the thickest part reaches {c} °C ({f} °F).",
    "egg": "Cook {name} until firm, or to {c} °C ({f} °F).",
    "": "Cook {name} until the middle reaches {c} °C ({f} °F).",
}


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger and what to do about it; `line` is the ingredient line it comes from, if one."""

    subject: str
    message: str
    severity: Severity = "warning"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A food of the recipe: its line in the list (None: only in the steps) and the words it is named with."""

    line: int | None
    words: str
    food: Food


def hazards(named: Sequence[Named], steps: Sequence[str], needs: Needs) -> Iterator[Hazard]:
    """The dangers of these foods, cooked by these steps, for these eaters."""
    text = " . ".join(fold(step) for step in steps)
    yield from _undercooked(named, text)
    for item in named:
        yield from _raw(item, text)
    foods = [item.food for item in named]
    for rule in RULES:
        if any(re.search(pattern, text) for pattern in rule.patterns) and _concerns(rule.food, foods):
            yield Hazard(rule.subject, rule.message, rule.severity)
    for item in named:
        for eater in needs.eaters:
            yield from _for_eater(item, eater)


def _undercooked(named: Sequence[Named], text: str) -> Iterator[Hazard]:
    """Foods that must be cooked through, where no step gives a temperature that is high enough."""
    reached = max(_inner_temperatures(text), default=0)
    seen: set[str] = set()
    for item in named:
        food = item.food
        if food.safe_c is None or reached >= food.safe_c or food.name in seen:
            continue
        seen.add(food.name)
        sentence = _COOK.get(food.kind, _COOK[""])
        message = sentence.format(name=food.name, c=food.safe_c, f=_fahrenheit(food.safe_c))
        yield Hazard(food.name, message, "warning" if text else "info", item.line)


def _raw(item: Named, text: str) -> Iterator[Hazard]:
    """Foods that are poisonous or unwise uncooked: dried kidney beans, cassava, elderberries, flour."""
    food = item.food
    dried = "kidney bean" in food.name and re.search(r"\b(dried|dry|raw)\b", fold(item.words))
    if dried or ("toxic_raw" in food.flags and food.category == "pulse"):
        if not re.search(r"\bboil\w*\b[^.]*\b[1-9]\d ?min", text):
            yield Hazard(food.name, _SOAK_AND_BOIL.format(food.plural), "error", item.line)
    elif "toxic_raw" in food.flags or food.name in ("cassava", "elderberry"):
        message = f"{title(food.name)} must not be eaten raw: prepare and cook it well."
        yield Hazard(food.name, message, "warning", item.line)
    elif text and "flour" in food.name.split() and not _HEAT.search(text):
        yield Hazard(food.name, _RAW_FLOUR, "warning", item.line)
    elif food.name in ("mussel", "clam"):
        yield Hazard(food.name, f"Discard {food.plural} that stay closed when cooked.", "info", item.line)


def _for_eater(item: Named, eater: str) -> Iterator[Hazard]:
    food = item.food
    reason = barred_for(food, eater)
    if reason:
        cut = "choke" in reason and _CUT_SMALL.search(fold(item.words))
        yield Hazard(food.name, f"{title(food.name)} {reason}.", "warning" if cut else "error", item.line)
    elif food.kind == "egg" and food.safe_c:
        yield Hazard(food.name, "Cook eggs until yolk and white are firm.", "warning", item.line)


def _concerns(wanted: str, foods: Sequence[Food]) -> bool:
    """Whether the recipe has the food that a rule is about."""
    if wanted == "garlic in oil":
        return any("garlic" in food.name for food in foods) and any("oil" in food.name.split() for food in foods)
    if wanted == "rice":
        return any("rice" in food.name.split() and food.category == "grain" for food in foods)
    if wanted == "fish":
        return any(food.category in ("fish", "shellfish") for food in foods)
    if wanted == "perishable":
        return any(food.safe_c or food.kind in ("milk", "egg") for food in foods)
    return True


def _inner_temperatures(text: str) -> Iterator[int]:
    """Temperatures of food, not of an oven, in °C."""
    for value, scale in re.findall(r"(\d{2,3}) ?(?:°|º|deg(?:rees)?)? ?(c|f|celsius|fahrenheit)\b", text):
        celsius = float(value) if scale[0] == "c" else (float(value) - 32) * 5 / 9
        if celsius < 101:
            yield round(celsius)


def _fahrenheit(celsius: int) -> int:
    return round((celsius * 9 / 5 + 32) / 5) * 5
