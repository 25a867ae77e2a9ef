"""What can make people ill in how a recipe is cooked or kept (USDA, FDA and UK FSA advice)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.checked import Severity
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.needs import Needs, barred_for, title
from flavorbot.kitchen.text import fold

_HEAT = re.compile(
    r"\b(bak(e|ing)|cook|fry|fried|boil|simmer|roast|heat|grill|steam|microwave|toast|oven|saute|poach|brais|stew|melt)"
)


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger and what to do about it; `line` is the ingredient line it comes from, if one."""

    subject: str
    message: str
    severity: Severity = "warning"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A danger told by what the steps say, and, if `food` is set, by a food in the list."""

    subject: str
    pattern: str
    message: str
    food: str = ""
    severity: Severity = "warning"


RULES = (
    Rule(
        "home canning",
        r"\b(home can(ning)?|canning|water.?bath (the )?(jars|canner|process)|process (the )?jars|pressure can(ner)?|can the\b"
        r"|shelf.?stable|seal(ed)? (the )?jars?.{0,60}(cupboard|pantry|shelf|room temperature|months)"
        r"|jars?.{0,60}(cupboard|pantry|shelf|for (up to )?(\d+|several) (months|years)))",
        "Home canning can cause botulism: use a tested recipe and a pressure canner. Keep this in the fridge instead.",
        severity="error",
    ),
    Rule(
        "garlic in oil",
        r"\b(store|keep|leave|infuse|steep|stand|sit)\w*\b[^.]*\b(room temperature|counter|cupboard|pantry|larder|warm|windowsill|weeks?"
        r"|months?|overnight|days)\b",
        "Garlic kept in oil outside the fridge can cause botulism: refrigerate it and use it within 4 days.",
        food="garlic+oil",
        severity="error",
    ),
    Rule(
        "cooked rice",
        r"\b(cool|cold|chill|leftover|left over|overnight|store|next day|reheat|room temperature)",
        "Cool cooked rice within 1 hour, keep it in the fridge, and reheat it once only, until steaming.",
        food="rice",
    ),
    Rule(
        "washing poultry",
        r"\b(wash|rinse)\b(?![^.]*\bhands\b)[^.,;]{0,40}\b(chicken|turkey|poultry|duck|bird)\b",
        "Do not wash raw poultry: it spreads bacteria around the kitchen.",
    ),
    Rule(
        "raw fish",
        r"\b(sushi|sashimi|ceviche|tartare|poke|crudo|raw (salmon|tuna|fish|mackerel|sea bass))\b",
        "Raw fish can carry parasites: use fish that was frozen at −20 °C for 7 days, or cook it to 63 °C (145 °F).",
        food="fish",
    ),
    Rule(
        "raw egg",
        r"\b(raw|uncooked|runny|soft.?boiled|lightly set) (egg|yolk|white)",
        "Raw or runny egg can carry salmonella: cook it until yolk and white are firm (71 °C, 160 °F).",
    ),
    Rule(
        "left out warm",
        r"\b(leave|stand|marinate|sit|thaw|defrost|keep)\w*\b[^.;]*\b(at room temperature|on the counter|on the worktop|out)\b[^.;]*"
        r"\b(overnight|all day|(\d+|several) hours|hours)",
        "Do not leave this out for more than 2 hours: between 4 and 60 °C bacteria multiply.",
        food="perishable",
    ),
    Rule(
        "green potatoes",
        r"\b(green|sprout(ed|ing)) potato",
        "Throw away green or sprouting potatoes: they contain solanine.",
    ),
)  # fmt: skip

_SENTENCES = {
    "poultry": "Cook {name} until the thickest part reaches {c} °C ({f} °F).",
    "egg": "Cook {name} until firm, or to {c} °C ({f} °F).",
}


def hazards(named: Sequence[tuple[int | None, str, Food]], steps: Sequence[str], needs: Needs) -> Iterator[Hazard]:
    """The dangers of these foods (line, words of the line, food) cooked by these steps for these eaters."""
    text = " . ".join(fold(step) for step in steps)
    yield from _undercooked(named, text)
    yield from _raw(named, text)
    foods = [food for _, _, food in named]
    for rule in RULES:
        if re.search(rule.pattern, text) and _concerns(rule.food, foods):
            yield Hazard(rule.subject, rule.message, rule.severity)
    yield from _eaters(named, needs)


def _undercooked(named: Sequence[tuple[int | None, str, Food]], text: str) -> Iterator[Hazard]:
    """Foods that must be cooked through, where no step gives a temperature that is high enough."""
    reached = max(_inner_temperatures(text), default=0)
    seen: set[str] = set()
    for line, _, food in named:
        if food.safe_c is None or reached >= food.safe_c or food.name in seen:
            continue
        seen.add(food.name)
        sentence = _SENTENCES.get(food.kind, "Cook {name} until the middle reaches {c} °C ({f} °F).")
        message = sentence.format(name=food.name, c=food.safe_c, f=_fahrenheit(food.safe_c))
        yield Hazard(food.name, message, "warning" if text else "info", line)


def _raw(named: Sequence[tuple[int | None, str, Food]], text: str) -> Iterator[Hazard]:
    """Foods that are poisonous or unwise uncooked: dried kidney beans, cassava, elderberries, flour."""
    for line, words, food in named:
        if "toxic_raw" in food.flags or ("kidney bean" in food.name and re.search(r"\b(dried|dry|raw)\b", fold(words))):
            boiled = re.search(r"\bboil\w*\b[^.]*\b([1-9]\d) ?min", text)
            if not boiled:
                message = "Soak {0} for 5 hours, then boil them hard for at least 10 minutes; a slow cooker alone is not enough."
                yield Hazard(food.name, message.format(food.plural), "error", line)
        elif food.name in ("cassava", "elderberry"):
            yield Hazard(
                food.name, f"{title(food.name)} is poisonous raw: peel, soak or boil it well.", "warning", line
            )
        elif text and "flour" in food.name.split() and not _HEAT.search(text):
            yield Hazard(
                food.name,
                "Raw flour can carry bacteria: heat it to 74 °C (165 °F) before using it uncooked.",
                line=line,
            )
        elif food.kind == "mollusc" and food.name in ("mussel", "clam", "oyster"):
            yield Hazard(food.name, f"Discard {food.plural} that stay closed when cooked.", "info", line)


def _eaters(named: Sequence[tuple[int | None, str, Food]], needs: Needs) -> Iterator[Hazard]:
    for line, words, food in named:
        for eater in needs.eaters:
            reason = barred_for(food, eater)
            if reason:
                cut = "choke" in reason and re.search(
                    r"\b(ground|chopped|halved|quartered|sliced|crushed|butter)\b", fold(words)
                )
                yield Hazard(food.name, f"{title(food.name)} {reason}.", "warning" if cut else "error", line)
            elif eater != "young_child" and food.kind == "egg" and food.safe_c:
                yield Hazard(food.name, "Cook eggs until yolk and white are firm.", "warning", line)


def _concerns(wanted: str, foods: Sequence[Food]) -> bool:
    if wanted == "garlic+oil":
        return any("garlic" in food.name for food in foods) and any("oil" in food.name.split() for food in foods)
    if wanted == "rice":
        return any("rice" in food.name.split() and food.category == "grain" for food in foods)
    if wanted == "fish":
        return any(food.category in ("fish", "shellfish") for food in foods)
    if wanted == "perishable":
        return any(food.safe_c or food.kind in ("milk", "egg") for food in foods)
    return True


def _inner_temperatures(text: str) -> Iterator[float]:
    """Temperatures of food, not of an oven, in °C."""
    for value, scale in re.findall(r"(\d{2,3}) ?(?:°|º|deg(?:rees)?)? ?(c|f|celsius|fahrenheit)\b", text):
        celsius = float(value) if scale[0] == "c" else (float(value) - 32) * 5 / 9
        if celsius < 101:
            yield round(celsius)


def _fahrenheit(celsius: int) -> int:
    return round((celsius * 9 / 5 + 32) / 5) * 5
