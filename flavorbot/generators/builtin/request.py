"""Understanding a wish: which foods may be cooked, for whom, and what the person must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import Cuisine, cuisines, tags
from flavorbot.generators.builtin.naming import capital, listed, shown
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed, why_not
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.kitchen.wishes import Understood, read_wish
from flavorbot.model import CATEGORIES, EQUIPMENT, Notice, Recipe, Wish

MOST_SERVINGS = 24
HOTTER, MILDER = "make it spicier", "make it milder"
_SOAKED = {"dried chickpea": "chickpea", "dried kidney bean": "kidney bean", "dried bean": "white bean"}
_STAND_INS = (
    ("quick_meat", ("firm tofu", "tempeh", "chickpea", "white fish", "chicken breast")),
    ("stewing_meat", ("firm tofu", "white bean", "chickpea", "chicken thigh")),
    ("mince", ("textured soya protein", "tinned lentils", "lentil", "turkey mince")),
    ("sausage", ("vegan sausage", "vegetarian sausage", "white bean")),
    ("fish", ("firm tofu", "chickpea", "chicken breast")),
    ("shellfish", ("firm tofu", "white bean", "chicken breast")),
    ("protein", ("firm tofu", "chickpea", "chicken breast", "white fish")),
    ("yogurt", ("soya yogurt", "coconut cream")),
    ("milk", ("oat milk", "soya milk", "rice milk", "almond milk")),
    ("cream", ("oat cream", "coconut cream")),
    ("butter", ("vegan butter", "olive oil", "coconut oil")),
    ("cheese", ("vegan cheese", "nutritional yeast")),
    ("pasta", ("gluten-free pasta", "courgette")),
    ("noodle", ("rice noodles", "courgette")),
    ("bread", ("gluten-free bread", "corn tortilla")),
    ("wrap", ("corn tortilla",)),
    ("starch", ("quinoa", "rice", "cauliflower")),
    ("honey", ("maple syrup", "sugar")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dish:
    """A recipe at hand that the new one should stay close to: its kind, cuisine and foods."""

    kind: str
    cuisine: Cuisine | None
    foods: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A wish as the kitchen understood it: `foods` are those to be used, all allowed."""

    foods: tuple[Food, ...]
    needs: Needs
    category: str | None
    cuisine: Cuisine | None
    servings: int
    max_minutes: int | None
    equipment: frozenset[str] | None
    notices: tuple[Notice, ...]
    key: str
    seed: int
    text: str
    units: str
    heat: int
    like: Dish | None


def read_request(wish: Wish, recipe: Recipe | None = None) -> Request:
    """The wish understood, close to `recipe` if there is one; `InvalidInput` when nothing in it can be cooked."""
    text, heat = _without_heat(wish.wish)
    understood = read_wish(text)
    needs = _needs(wish, understood)
    readings = [reading for line in _lines(wish.ingredients) for reading in _readings(line)]
    readings += [read_line(name) for name in understood.ingredients]
    notices: list[Notice] = []
    wanted = list(_wanted(readings, needs, notices))
    cuisine = _cuisine(wish.cuisine, understood.cuisine, notices)
    category = wish.category if wish.category in CATEGORIES else understood.category
    wanted = _kosher(wanted, needs, notices)
    if not wanted:
        _refuse_if_nothing(wish, readings, notices, bool(category or cuisine or _says_something(wish.wish, understood)))
    notices += _not_checked(understood)
    limits = [minutes for minutes in (wish.max_minutes, understood.max_minutes) if minutes]
    return Request(
        foods=tuple({food.name: food for food in wanted}.values()),
        needs=needs,
        category=category,
        cuisine=cuisine,
        servings=min(max(understood.servings or wish.servings, 1), MOST_SERVINGS),
        max_minutes=min(limits) if limits else None,
        equipment=_equipment(wish, understood),
        notices=tuple(dict.fromkeys(notices)),
        key=repr((wish.ingredients, wish.wish, wish.category, wish.cuisine, needs, wish.equipment)),
        seed=wish.seed or 0,
        text=wish.wish,
        units=wish.units,
        heat=heat,
        like=_dish(recipe) if recipe else None,
    )


def _without_heat(text: str) -> tuple[str, int]:
    """The wish without what a refinement noted about heat, and that: 1 for hotter, -1 for milder."""
    parts = [part for part in text.split("; ") if part]
    heat = (HOTTER in parts) - (MILDER in parts)
    return "; ".join(part for part in parts if part not in (HOTTER, MILDER)), heat


def _dish(recipe: Recipe) -> Dish:
    cuisine = next((cuisine for cuisine in cuisines().values() if cuisine.word == recipe.cuisine), None)
    read = (read_line(item.name).food for item in recipe.ingredients)
    return Dish(recipe.tags[0] if recipe.tags else "", cuisine, frozenset(food.name for food in read if food))


def _needs(wish: Wish, understood: Understood) -> Needs:
    said = understood.needs
    return Needs(
        diets=tuple(dict.fromkeys(wish.diets + said.diets)),
        allergies=tuple(dict.fromkeys(wish.allergies + said.allergies)),
        exclude=tuple(dict.fromkeys(wish.exclude + said.exclude)),
        eaters=tuple(dict.fromkeys(wish.eaters + said.eaters)),
    )


def _lines(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines[:60]:
        for part in re.split(r"[,;\n]", line):
            if part.strip():
                yield part.strip()[:80]


def _readings(line: str) -> Iterator[Reading]:
    """The line, or each side of an "and" when only those are known."""
    reading = read_line("bell peppers" if re.fullmatch(r"[\d½ ]*peppers", line, re.IGNORECASE) else line)
    sides = re.split(r"\s+(?:and|&|\+)\s+", line)
    if len(sides) > 1:
        halves = [read_line(side) for side in sides]
        if reading.kind == "unknown" or all(half.kind == "food" for half in halves):
            yield from halves
            return
    yield reading


def _wanted(readings: list[Reading], needs: Needs, notices: list[Notice]) -> Iterator[Food]:
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
                notices.append(Notice("substituted", said, f"We read “{said}” as {shown(reading.food)}."))
            yield _cooked_form(reading.food, said, notices)
        else:
            yield from _stand_in(reading.food, said, needs, notices)


def _kosher(wanted: list[Food], needs: Needs, notices: list[Notice]) -> list[Food]:
    """Meat and milk do not meet in a kosher dish: the milk stays out."""
    if "kosher" not in needs.diets or not any(is_meat(food) for food in wanted):
        return wanted
    for food in wanted:
        if "milk" in food.contains:
            message = f"{capital(shown(food))} is made of milk, which a kosher dish does not join with meat, so it was left out."
            notices.append(Notice("conflict", shown(food), message))
    return [food for food in wanted if "milk" not in food.contains]


def _cooked_form(food: Food, said: str, notices: list[Notice]) -> Food:
    """Dried pulses that need soaking overnight are taken as cooked or tinned ones, and that is said."""
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
    classes = tags(food)
    names = [*food.swaps.values(), *(name for tag, others in _STAND_INS if tag in classes for name in others)]
    for name in names:
        other = foods().get(name) or read_line(name).food
        if other and other.name != food.name and allowed(other, needs):
            notices.append(Notice("substituted", said, f"{reason}, so this recipe uses {shown(other)} instead."))
            yield other
            return
    notices.append(Notice("conflict", said, f"{reason}, so it was left out."))


def _agreeing(food: Food, sentence: str) -> str:
    """The sentence with its verb in the plural, for foods named so: "egg noodles are"."""
    if food.name != food.plural or not food.name.endswith("s") or food.name.endswith(("ss", "us")):
        return sentence
    for one, many in ((" is ", " are "), (" contains ", " contain ")):
        sentence = sentence.replace(one, many, 1)
    return sentence.replace(": it are ", ": they are ").replace(": it is ", ": they are ")


def _equipment(wish: Wish, understood: Understood) -> frozenset[str] | None:
    """What there is to cook with; None means everything usual."""
    there = frozenset(wish.equipment) & frozenset(EQUIPMENT) or frozenset(EQUIPMENT)
    left = there - frozenset(understood.without)
    return None if left == frozenset(EQUIPMENT) else left


def _cuisine(asked: str | None, said: str | None, notices: list[Notice]) -> Cuisine | None:
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


def _not_checked(understood: Understood) -> Iterator[Notice]:
    for words in understood.not_understood:
        yield Notice("unknown", words, f"“{words}” was not understood, so it was not checked.")


def _says_something(text: str, understood: Understood) -> bool:
    return bool(text.strip()) and bool(
        understood.needs != Needs() or understood.servings or understood.max_minutes or len(text.split()) > 0
    )


def _refuse_if_nothing(wish: Wish, readings: list[Reading], notices: list[Notice], asked: bool) -> None:
    """`InvalidInput` when ingredients were given and none is left, or nothing was said at all."""
    if readings:
        errors = [FieldError("ingredients", notice.message) for notice in notices if notice.kind != "substituted"]
        conflicts = [notice for notice in notices if notice.kind == "conflict"]
        if conflicts and wish.diets:
            names = listed([notice.subject for notice in conflicts])
            errors.append(FieldError("diets", f"Nothing is left to cook: {names} cannot go with these diets."))
        raise InvalidInput(errors[:10])
    if not asked:
        raise InvalidInput([FieldError("ingredients", "Tell us at least one thing you have, or what you feel like.")])
