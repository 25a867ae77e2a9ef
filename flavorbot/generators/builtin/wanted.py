"""The foods that a person's lines name and that may be cooked; what is left out, swapped or refused is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.naming import capital, shown
from flavorbot.generators.builtin.stand_ins import instead_of
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed, why_not
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.model import Notice

_LEFT_OVER = re.compile(r"\b(?:left-?over|cooked|roasted|boiled|roast)\b", re.IGNORECASE)
_COOKED = {"poultry": "cooked chicken", "beef": "cooked beef", "lamb": "cooked lamb", "pork": "cooked pork"}
_FRIED: Mapping[str, str] = {"beef": "beef steak", "lamb": "lamb chop"}
_MINCED: Mapping[str, str] = {"beef": "beef mince", "lamb": "lamb mince"}
_ALL_MINCED = {**_MINCED, "pork": "pork mince", "chicken": "chicken mince", "turkey": "turkey mince"}
_CUTS: Mapping[str, Mapping[str, str]] = {
    "patties": _ALL_MINCED,
    "roast": {"beef": "roasting beef", "pork": "pork shoulder"},
    **dict.fromkeys(("chilli", "tacos", "pie", "stuffed vegetables", "pasta bake"), _MINCED),
    **dict.fromkeys(("stir-fry", "tossed noodles", "fried rice", "bowl", "noodle soup"), _FRIED),
    **dict.fromkeys(("warm salad", "salad", "pan-fried", "grill"), _FRIED),
}
"""What a meat that is named without its cut is, by the kind of dish."""
_DRIED = re.compile(r"\b(?:dried|dry|raw|uncooked)\b", re.IGNORECASE)
_SOAKED = {"dried chickpea": "chickpea", "dried kidney bean": "kidney bean", "dried bean": "white bean"}


def plainly(text: str) -> str:
    """The text with "peppers" as a cook means them: the vegetable, not the spice."""
    return re.sub(
        r"(?<!bell )(?<!black )(?<!chilli )(?<!red )(?<!green )\bpeppers\b", "bell peppers", text, flags=re.IGNORECASE
    )


def lines_of(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines[:60]:
        for part in re.split(r"[,;\n]", line):
            if part.strip():
                yield part.strip()[:80]


def readings_of(line: str) -> Iterator[Reading]:
    """The line, or each side of an "and" when only those are known."""
    reading = read_line(plainly(line))
    sides = re.split(r"\s+(?:and|&|\+)\s+", line)
    if len(sides) > 1:
        halves = [read_line(side) for side in sides]
        if reading.kind == "unknown" or all(half.kind == "food" for half in halves):
            yield from halves
            return
    yield reading


def wanted_foods(readings: list[Reading], needs: Needs, notices: list[Notice]) -> Iterator[Food]:
    """The foods to be cooked; what cannot be is told in `notices`."""
    for reading in readings:
        said = reading.text.strip()
        if reading.kind == "poison" or reading.kind == "not_food":
            notices.append(Notice("hazard", said, _refusal(reading)))
        elif reading.kind == "unknown" or reading.food is None:
            notices.append(
                Notice("unknown", said, f"We do not know “{said}” well enough to cook with it, so it was left out.")
            )
        elif allowed(reading.food, needs):
            if reading.respelt:
                notices.append(Notice("substituted", said, f"We read “{said}” as {shown(reading.food, plural=True)}."))
            yield _cooked_form(reading.food, said, notices)
        else:
            yield from _stand_in(reading.food, said, needs, notices)


def fried_cuts(readings: list[Reading], notices: list[Notice]) -> Iterator[Reading]:
    """The lines, where plain "beef" is steak: there is no time to stew it."""
    return _as_cuts(_FRIED, readings, "what stews has no place beside the rest", notices)


def tinned(readings: list[Reading], notices: list[Notice]) -> Iterator[Reading]:
    """The lines, where lentils not said to be dried are those of a tin: there is no time to boil them."""
    ready = foods()["tinned lentils"]
    for reading in readings:
        if reading.food and "slow_lentil" in tags(reading.food) and not _DRIED.search(reading.text):
            said = reading.text.strip()
            told = f"We took “{said}” as {shown(ready, plural=True)}: there is no time to boil dried ones."
            notices.append(Notice("substituted", said, told))
            yield replace(reading, food=ready, name=ready.name)
        else:
            yield reading


def cuts_for(
    kinds: frozenset[str], bought: Iterable[str], readings: list[Reading], notices: list[Notice]
) -> list[Reading]:
    """The lines, where plain "beef" is the cut that all the dishes asked for are made of: mince for a chilli.

    What is bought for a dish known by its name comes first.
    """
    cuts = [_CUTS.get(kind, {}) for kind in kinds]
    shared: dict[str, str] = {
        meat: cut for first in cuts[:1] for meat, cut in first.items() if all(meat in other for other in cuts)
    }
    known = {food.kind: food.name for name in bought if (food := foods().get(name)) and food.kind in _ALL_MINCED}
    return list(_as_cuts(shared | known, readings, "such a dish is made of it", notices))


def as_said(name: str, text: str) -> Reading:
    """The food as the wish names it: "beef" where nothing tells of which cut, not where "braising steak" does."""
    reading = read_line(name)
    if reading.food is None:
        return reading
    plain = name.split()[-1] if name.startswith("stewing ") else name.split()[0]
    told = {name, reading.food.plural, *reading.food.aliases} - {plain}
    said = any(re.search(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE) for word in told)
    general = read_line(plain)
    return general if not said and general.food == reading.food else reading


def _as_cuts(
    cuts: Mapping[str, str], readings: list[Reading], because: str, notices: list[Notice]
) -> Iterator[Reading]:
    for reading in readings:
        cut = foods().get(cuts.get(re.sub(r"^(?:some|any|the|my) ", "", reading.name.casefold()), ""))
        if cut:
            told = f"We took “{reading.text.strip()}” as {shown(cut)}: {because}."
            notices.append(Notice("substituted", reading.text.strip(), told))
        yield replace(reading, food=cut, name=cut.name) if cut else reading


def is_fried_beside(readings: list[Reading]) -> bool:
    """Whether there is something for which meat is fried quickly, not stewed."""
    return any(reading.food and "fries_with_meat" in tags(reading.food) for reading in readings)


def apart_for_kosher(wanted: list[Food], needs: Needs, notices: list[Notice]) -> list[Food]:
    """Meat and milk do not meet in a kosher dish: the milk stays out."""
    if "kosher" not in needs.diets or not any(is_meat(food) for food in wanted):
        return wanted
    for food in wanted:
        if "milk" in food.contains:
            message = f"{capital(shown(food))}: a kosher dish does not join milk with meat, so it was left out."
            notices.append(Notice("conflict", shown(food), message))
    return [food for food in wanted if "milk" not in food.contains]


def _cooked_form(food: Food, said: str, notices: list[Notice]) -> Food:
    """Dried pulses that need soaking overnight are taken as cooked or tinned ones, and that is said; tuna is a tin."""
    if food.name == "tuna" and re.fullmatch(r"(?:some )?tuna(?: fish)?", said, re.IGNORECASE):
        return foods()["tinned tuna"]
    ready = foods().get(_COOKED.get(food.kind, "")) if _LEFT_OVER.search(said) and food.role == "protein" else None
    if ready:
        return foods()["cooked turkey"] if "turkey" in food.name else ready
    if food.name == "cooked rice":
        told = f"“{said}”: keep it in the fridge for a day at most, and heat it once only, until steaming hot."
        notices.append(Notice("hazard", said, told))
    cooked = foods().get(_SOAKED.get(food.name, ""))
    if cooked is None:
        return food
    message = f"“{said}” need soaking overnight and boiling, so this recipe counts on cooked or tinned ones."
    notices.append(Notice("substituted", said, message))
    return cooked


def _refusal(reading: Reading) -> str:
    said = f"“{reading.text.strip()}”" + (f" ({reading.reason})" if reading.reason else "")
    return f"{said} {'must not be eaten' if reading.kind == 'poison' else 'is not a food'}, so it is not used."


def _stand_in(food: Food, said: str, needs: Needs, notices: list[Notice]) -> Iterator[Food]:
    """What takes the place of a food that is not allowed, if anything does."""
    reason = _agreeing(food, why_not(food, needs) or f"{shown(food)} does not fit what you asked for.").rstrip(".")
    reason = re.sub(r"^It (?=is |contains )", f"{capital(shown(food))} ", reason)
    if other := instead_of(food, needs):
        notices.append(Notice("substituted", said, f"{reason}, so this recipe uses {shown(other)} instead."))
        yield other
    else:
        notices.append(Notice("conflict", said, f"{reason}, so it was left out."))


def _agreeing(food: Food, sentence: str) -> str:
    """The sentence with its verb in the plural, for foods named so: "egg noodles are"."""
    if food.name != food.plural or not food.name.endswith("s") or food.name.endswith(("ss", "us")):
        return sentence
    for one, many in ((" is ", " are "), (" contains ", " contain ")):
        sentence = sentence.replace(one, many, 1)
    return sentence.replace(": it are ", ": they are ").replace(": it is ", ": they are ")
