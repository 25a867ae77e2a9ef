"""Understanding a wish: which foods may be cooked, for whom, and what the person must be told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import Cuisine, cuisines, formulas
from flavorbot.generators.builtin.naming import listed
from flavorbot.generators.builtin.wanted import apart_for_kosher, lines_of, plainly, readings_of, wanted_foods
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import is_known, meant_by
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.kitchen.wishes import Understood, read_wish
from flavorbot.model import CATEGORIES, EQUIPMENT, Notice, Recipe, Wish

MOST_SERVINGS = 24
_NOT_BEFORE = "(?<! no)(?<! not)(?<! not a)(?<! without)(?<! avoid)(?<! never)(?<! of)(?<! hate)(?<! zero)"
HOTTER, MILDER, FEWER = "make it spicier", "make it milder", "use fewer ingredients"


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
    month: int | None
    text: str
    units: str
    heat: int
    few: bool
    kinds: frozenset[str]
    like: Dish | None

    def chance(self, purpose: str, attempt: int = 0, seeded: bool = True) -> Random:
        """Chance that depends on the wish, the seed and what it is for, and on nothing else."""
        text = repr((self.key, self.seed if seeded else None, purpose, attempt))
        return Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))  # noqa: S311


def read_request(wish: Wish, recipe: Recipe | None = None) -> Request:
    """The wish understood, close to `recipe` if there is one; `InvalidInput` when nothing in it can be cooked."""
    text, heat = _without_heat(wish.wish)
    understood = read_wish(plainly(text))
    needs = _needs(wish, understood, *map(_excluded, wish.exclude))
    kinds = _kinds(text, needs)
    readings = [reading for line in lines_of(wish.ingredients) for reading in readings_of(line)]
    readings += [read_line(name) for name in read_wish(plainly(_without(kinds, text))).ingredients]
    notices: list[Notice] = []
    wanted = list(wanted_foods(readings, needs, notices))
    cuisine = _cuisine(wish.cuisine, understood.cuisine, notices) or _cuisine_in(text)
    category = wish.category if wish.category in CATEGORIES else understood.category
    wanted = apart_for_kosher(wanted, needs, notices)
    if not wanted:
        _refuse_if_nothing(
            wish, readings, notices, bool(category or wish.cuisine or any(letter.isalpha() for letter in text))
        )
    notices += not_checked(understood)
    notices += _exclusions(wish.exclude)
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
        month=wish.month,
        text=wish.wish,
        units=wish.units,
        heat=heat,
        few=FEWER in wish.wish,
        kinds=kinds,
        like=_dish(recipe) if recipe else None,
    )


def _without_heat(text: str) -> tuple[str, int]:
    """The wish without what a refinement noted about heat, and that: 1 for hotter, -1 for milder."""
    parts = [part for part in text.split("; ") if part]
    heat = (HOTTER in parts) - (MILDER in parts)
    return "; ".join(part for part in parts if part not in (HOTTER, MILDER, FEWER)), heat


def _kinds(text: str, needs: Needs) -> frozenset[str]:
    """The kinds of dish that the wish names: "soup", "curry", "stir-fry"; none of which it says no to."""
    words = f" {re.sub(r'[^a-z]+', ' ', text.casefold())} "
    kinds = {formula.kind for formula in formulas().values()}
    wanted = (kind for kind in kinds if re.search(rf"{_NOT_BEFORE} {kind.replace('-', ' ').rstrip('s')}s? ", words))
    return frozenset(kind for kind in wanted if kind not in needs.exclude)


def _without(kinds: frozenset[str], text: str) -> str:
    """The wish without its kinds of dish: what is left of "chicken soup" is what to cook with."""
    for kind in sorted(kinds):
        text = re.sub(rf"\b{kind.replace('-', '[- ]')}s?\b", " ", text, flags=re.IGNORECASE)
    return text


def _cuisine_in(text: str) -> Cuisine | None:
    words = f" {re.sub(r'[^a-zç-]+', ' ', text.casefold())} "
    found = (
        cuisine
        for cuisine in cuisines().values()
        if any(f" {name} " in words for name in (cuisine.word.casefold(), *cuisine.also))
    )
    return next(found, None)


def _dish(recipe: Recipe) -> Dish:
    cuisine = next((cuisine for cuisine in cuisines().values() if cuisine.word == recipe.cuisine), None)
    read = (read_line(item.name).food for item in recipe.ingredients)
    return Dish(recipe.tags[0] if recipe.tags else "", cuisine, frozenset(food.name for food in read if food))


def _needs(wish: Wish, *understood: Understood) -> Needs:
    """What the form's lists and its free texts ask for together; an exception holds only beside no listed exclusion."""
    said = [one.needs for one in understood]
    return Needs(
        diets=_joined(wish.diets, *(needs.diets for needs in said)),
        allergies=_joined(wish.allergies, *(needs.allergies for needs in said)),
        exclude=_joined(wish.exclude, *(needs.exclude for needs in said)),
        eaters=_joined(wish.eaters, *(needs.eaters for needs in said)),
        except_for=() if wish.exclude else said[0].except_for,
    )


def _joined(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _excluded(typed: str) -> Understood:
    """An entry of the list of exclusions that is no food's name: "nut allergy", "anything with milk"."""
    return Understood(needs=Needs()) if meant_by(typed) else read_wish(f"no {typed}")


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


def not_checked(understood: Understood) -> Iterator[Notice]:
    """What of the text was not understood, and which of its words were read as others."""
    for words in understood.not_understood:
        yield Notice("unknown", words, f"“{words}” was not understood, so it was not checked.")
    for typed, read in understood.respelt:
        yield Notice("substituted", typed, f"We read “{typed}” as {read}.")


def _exclusions(typed: tuple[str, ...]) -> Iterator[Notice]:
    """How each exclusion was read, where that is not plain."""
    for word in typed:
        meant = meant_by(word)
        if meant is None and _excluded(word).not_understood:
            told = f"“{word}” is no food we know, so only that very word is left out: look the recipe through."
            yield Notice("unknown", word, told)
        elif meant and not is_known(word):
            yield Notice("substituted", word, f"We read “{word}” as {meant}, and left that out.")


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
