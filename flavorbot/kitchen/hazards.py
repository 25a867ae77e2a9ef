"""What can make people ill in how a recipe is cooked or kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flavorbot.kitchen.checked import Severity
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.hazard_rules import RULES, Rule
from flavorbot.kitchen.inner_heat import Sentence, is_minced, names, reached, sentences, served_red
from flavorbot.kitchen.needs import Needs, barred_for, title
from flavorbot.kitchen.raw_foods import is_heated, raw_hazards
from flavorbot.kitchen.text import fold

Search = Callable[[str], re.Match[str] | None]

_CUT_SMALL = re.compile(r"\b(ground|chop(?:ped)?|halved?|quarter(?:ed)?|sliced?|crush(?:ed)?|flaked?)\b")
_RAW = re.compile(r"\b(raw|uncooked|half shell|ceviche|sashimi|sushi|tartare|carpaccio|crudo)\b")
_SERVED_RAW = re.compile(r"\b(serv\w+|eat|enjoy|leave|slurp)( \S{1,12}){0,2} raw\b")
_RAW_EGG = next(rule for rule in RULES if rule.subject == "raw egg")
_PRESERVES = re.compile(
    r"\b(?:jams?|marmalades?|chutneys?|jell(?:y|ies)|relish(?:es)?|piccalilli|pickl\w+|preserves?|cordial)\b"
)
_KEPT = re.compile(r"\b(?:tin|tins|tinned|can|cans|canned|jar|jarred|smoked|cured|pickled)\b")
"""Fish of which this is said came ready to eat."""
_COOKED = re.compile(r"\b(?:pre-?|ready )?cooked\b")
_DONE = {
    "egg": re.compile(
        r"(?<!not )(?<!quite )(?<!almost )\b(until|to|are|is) (\S{1,9} )?(firm|solid|hard)\b|\bhard.?boil"
    ),
    "mollusc": re.compile(r"\b(until|they|shells?|all) (\S{1,9} )?(have |has )?open(ed)?\b"),
}
_DRY = ("spice", "grain", "nut", "seed", "baking", "sweet", "drink")
_COOK = {
    "poultry": "Cook {name} until the thickest part reaches {c} °C ({f} °F).",
    "egg": "Cook {name} until firm, or to {c} °C ({f} °F).",
    "": "Cook {name} until the middle reaches {c} °C ({f} °F).",
}
_RED = "{name} must not be eaten pink, rare or bloody: cook the middle to {c} °C ({f} °F)."
_INFUSED = re.compile(
    r"\b(garlic|chilli|herb|mushroom|ginger|rosemary|thyme|basil|oregano|sage|tarragon|lemon|shallot)\b"
)


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


def hazards(named: Sequence[Named], steps: Sequence[str], needs: Needs, lines: Sequence[str] = ()) -> Iterator[Hazard]:
    """The dangers of these foods, cooked by these steps, for these eaters; `lines` are the list as it is written."""
    said = sentences(steps)
    yield from _undercooked(named, said)
    for item in named:
        for message, severity in raw_hazards(item.food, fold(item.words), said):
            yield Hazard(item.food.name, message, severity, item.line)
    yield from _by_rules(named, said, lines)
    for item in named:
        for eater in needs.eaters:
            yield from _for_eater(item, eater, said)


def _undercooked(named: Sequence[Named], said: Sequence[Sentence]) -> Iterator[Hazard]:
    """Foods that must be cooked through, where no step gives a temperature that is high enough."""
    wanted = {item.food.name: item for item in reversed(named) if item.food.safe_c is not None and not _is_kept(item)}
    foods = [item.food for item in wanted.values()]
    for item in reversed(wanted.values()):
        food, celsius = item.food, item.food.safe_c or 0
        words = {"name": food.name, "c": celsius, "f": _fahrenheit(celsius)}
        if reached(food, foods, said) < celsius and not _is_done(food, said):
            message = _COOK.get(food.kind, _COOK[""]).format(**words)
            yield Hazard(food.name, message, "warning" if said else "info", item.line)
        if (food.kind in ("poultry", "pork") or is_minced(food)) and served_red(food, foods, said):
            yield Hazard(food.name, title(_RED.format(**words)), "error", item.line)


def _is_kept(item: Named) -> bool:
    return item.food.category in ("fish", "shellfish") and bool(_KEPT.search(fold(item.words)))


def _is_done(food: Food, said: Sequence[Sentence]) -> bool:
    """Whether the steps tell by its look that it is cooked, or it came cooked and is eaten cold."""
    if food.name.startswith("cooked "):
        plain = [Sentence(_COOKED.sub("", sentence.text), sentence.stems) for sentence in said]
        return bool(said) and not is_heated(plain)
    sign = _DONE.get(food.kind)
    return sign is not None and is_heated(said) and any(sign.search(sentence.text) for sentence in said)


def _by_rules(named: Sequence[Named], said: Sequence[Sentence], lines: Sequence[str]) -> Iterator[Hazard]:
    texts = tuple(dict.fromkeys(sentence.text for sentence in said))
    listed = tuple(dict.fromkeys(map(fold, (*lines, *(item.words for item in named)))))
    foods = [item.food for item in named]
    for rule in RULES:
        if rule.subject == "home canning" and _keeps_by_itself(foods, (*texts, *listed)):
            continue
        if _concerns(rule.food, foods) and _tells(rule, (*texts, *listed)):
            yield Hazard(rule.subject, rule.message, rule.severity)


def _keeps_by_itself(foods: Sequence[Food], texts: Sequence[str]) -> bool:
    """Whether it is a jam, a chutney or a pickle of fruit or vegetables: sugar or vinegar keeps those."""
    if any(food.safe_c or food.category in ("pulse", "meal", "prepared", "mushroom") for food in foods):
        return False
    sharp = any("vinegar" in food.name for food in foods)
    sweet = any("sugar" in food.name for food in foods) and any(food.category == "fruit" for food in foods)
    return (sharp or sweet) and any(_PRESERVES.search(text) for text in texts)


def _tells(rule: Rule, texts: Sequence[str]) -> bool:
    """Whether one sentence, or one ingredient line, shows the danger."""
    if rule.anywhere and not any(map(_search(rule.anywhere), texts)):
        return False
    return any(_shows(tuple(map(_search, clue)), rule.unless, texts) for clue in rule.clues)


def _shows(clue: Sequence[Search], unless: str, texts: Sequence[str]) -> bool:
    first, *others = clue
    return any(
        all(other(text) for other in others) and not (unless and _search(unless)(text)) for text in filter(first, texts)
    )


@cache
def _search(pattern: str) -> Search:
    return re.compile(pattern).search


def _for_eater(item: Named, eater: str, said: Sequence[Sentence]) -> Iterator[Hazard]:
    food = item.food
    reason = barred_for(food, eater)
    raw = _is_raw(food, said)
    if reason:
        cut = "choke" in reason and _is_cut_small(item, said)
        yield Hazard(food.name, f"{title(food.name)} {reason}.", "warning" if cut else "error", item.line)
    elif food.kind == "egg" and food.safe_c:
        firm = "Cook eggs until yolk and white are firm."
        yield Hazard(food.name, firm, "error" if raw else "warning", item.line)
    elif food.category in ("fish", "shellfish") and food.safe_c and raw and not _is_kept(item):
        yield Hazard(food.name, f"{title(food.name)} must be cooked through for this eater.", "error", item.line)
    elif food.name == "bean sprouts":
        firm = "Sprouts can carry salmonella and E. coli: cook them until steaming hot all through."
        yield Hazard(food.name, firm, "error" if raw else "warning", item.line)
    elif re.search(r"\b(unpasteuri[sz]ed|raw (milk|cream|cheese|juice|cider))\b", fold(item.words)):
        yield Hazard(food.name, f"{title(food.name)} must be pasteurised for this eater.", "error", item.line)
    elif eater == "infant" and (food.name == "salt" or "sugar" in food.name.split()):
        yield Hazard(food.name, f"Babies need no added {food.name}: leave it out.", "warning", item.line)


def _is_cut_small(item: Named, said: Sequence[Sentence]) -> bool:
    """Whether its line, or a step that names it, cuts it up."""
    told = (sentence.text for sentence in said if names(item.food) & sentence.stems)
    return any(_CUT_SMALL.search(text) for text in (fold(item.words), *told))


def _is_raw(food: Food, said: Sequence[Sentence]) -> bool:
    """Whether the steps cook nothing, or call this food raw."""
    if said and not is_heated(said):
        return True
    if food.kind == "egg":
        return _tells(_RAW_EGG, [sentence.text for sentence in said])
    return any(
        _SERVED_RAW.search(sentence.text) or (_RAW.search(sentence.text) and names(food) & sentence.stems)
        for sentence in said
    )


def _concerns(wanted: str, foods: Sequence[Food]) -> bool:
    """Whether the recipe has the food that a rule is about."""
    if wanted == "infused oil":
        return any("oil" in food.name.split() for food in foods) and any(_is_infused(food) for food in foods)
    if wanted == "rice":
        return any("rice" in food.name.split() and food.category == "grain" for food in foods)
    if wanted == "fish":
        return any(food.category in ("fish", "shellfish") for food in foods)
    if wanted == "poultry":
        return any(food.category == "poultry" for food in foods)
    if wanted == "meat":
        return any(food.category in ("meat", "poultry") for food in foods)
    if wanted == "flesh":
        return any(food.safe_c and food.kind != "egg" for food in foods)
    if wanted == "moist":
        return not foods or any(food.category not in _DRY and food.role not in ("fat", "spice") for food in foods)
    if wanted == "perishable":
        return any(food.safe_c or food.kind in ("milk", "egg") or "rice" in food.name.split() for food in foods)
    return True


def _is_infused(food: Food) -> bool:
    fresh = "oil" not in food.name.split() and not re.search(r"\b(powder|salt|dried|bread)\b", food.name)
    return fresh and (food.role in ("herb", "mushroom") or bool(_INFUSED.search(food.name)))


def _fahrenheit(celsius: int) -> int:
    return round((celsius * 9 / 5 + 32) / 5) * 5
