"""A recipe as someone at the stove needs it: each step with its own ingredients and its timers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.durations import Duration, durations
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.step_foods import used_in
from flavorbot.model import Ingredient, Instruction, Recipe

_VERBS = (
    "bake beat blanch blend boil braise brown brew bubble caramelise chill cook cool cover drain fold freeze fry grill"
    " heat infuse knead leave marinate melt microwave mix poach press prove reduce rest rise roast sauté sear set"
    " simmer sizzle soak soften stand steam steep stew stir-fry stir sweat toast toss turn warm whisk wilt"
)
_WAITS = "bake braise chill cool freeze infuse marinate prove rest rise roast simmer soak stand steam steep stew"
# "The rest" is no order.
_ORDER = r"(?<![\w-])(?<!the )(?:{})(?![\w-])"
_VERB, _WAIT = (re.compile(_ORDER.format(verbs.replace(" ", "|")), re.IGNORECASE) for verbs in (_VERBS, _WAITS))
_SENTENCE = re.compile(r"[.!?;]\s+(?=\S)")
_BESIDES = re.compile(r"\b(?:in|on|over|with|until|into|under)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:half|third|quarter|some|most|rest|remaining|remainder)\b(?: of)?(?: the| your)? (\w+(?: \w+)?)",
    re.IGNORECASE,
)
_MOST_FOODS = 2


@dataclass(frozen=True, slots=True)
class StepTimer:
    """A time to wait for; of a span `seconds` is the lower end, `most_s` the upper, and `what` says what it is for."""

    seconds: int
    what: str
    most_s: int | None = None


@dataclass(frozen=True, slots=True)
class CookStep:
    """One step by its number from 1; `items` are the ingredients it takes up, in the order of the list.

    `divided` are the places in `items` of those that it takes a part of.
    """

    number: int
    step: Instruction
    items: tuple[Ingredient, ...]
    divided: frozenset[int]
    timers: tuple[StepTimer, ...]


def cook_steps(recipe: Recipe) -> tuple[CookStep, ...]:
    return tuple(_cook_step(number, step, recipe) for number, step in enumerate(recipe.instructions, 1))


def _cook_step(number: int, step: Instruction, recipe: Recipe) -> CookStep:
    items = tuple(recipe.ingredients[place] for place in used_in(step.text, recipe.ingredients))
    return CookStep(number, step, items, _divided(step.text, items), tuple(_timers(number, step, items)))


def _divided(text: str, items: Sequence[Ingredient]) -> frozenset[int]:
    """Places of what is told by the part: "half of the butter", "the remaining stock"."""
    return frozenset(place for part in _PART.finditer(text) for place in used_in(part[1], items))


def _timers(number: int, step: Instruction, items: Sequence[Ingredient]) -> Iterator[StepTimer]:
    """Those that the text names, else the step's own minutes, where they are not spent with a knife in the hand."""
    found = durations(step.text)
    for each in found:
        yield StepTimer(each.seconds, _purpose(step.text, each, items) or f"step {number}", each.most_s)
    if step.minutes and not found and (wait := _WAIT.search(step.text)):
        yield StepTimer(step.minutes * 60, wait[0].lower())


def _purpose(text: str, time: Duration, items: Sequence[Ingredient]) -> str:
    """What is done meanwhile, and with what: "simmer rice"; empty where the sentence does not tell."""
    begin, end = _sentence_around(text, time)
    verb = _last(_VERB.finditer(text, begin, time.start)) or _VERB.search(text, time.end, end)
    if verb is None:
        return ""
    done_to = _BESIDES.split(text[verb.end() : time.start].removeprefix(" in "))[0]
    foods = _foods(done_to, items) or _foods(text[begin : time.start], items) or _only_food(text[:begin], items)
    return " ".join([verb[0].lower(), *([_listed(foods)] if foods else [])])


def _sentence_around(text: str, time: Duration) -> tuple[int, int]:
    begin = _last(_SENTENCE.finditer(text, 0, time.start))
    end = _SENTENCE.search(text, time.end)
    return begin.end() if begin else 0, end.start() if end else len(text)


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return max(found, key=lambda match: match.start(), default=None)


def _foods(text: str, items: Sequence[Ingredient]) -> list[str]:
    return [items[place].name for place in used_in(text, items)]


def _only_food(text: str, items: Sequence[Ingredient]) -> list[str]:
    """What was named before, if that is one thing and not what it is fried in."""
    foods = _foods(text, items)
    food = read_line(foods[0]).food if len(foods) == 1 else None
    return foods if food and food.role != "fat" else []


def _listed(foods: Sequence[str]) -> str:
    return " and ".join(foods) if len(foods) <= _MOST_FOODS else f"{', '.join(foods[:_MOST_FOODS])} …"
