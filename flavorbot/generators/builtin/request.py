"""Understanding a wish: which foods may be cooked, for whom, and what the person must be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import Cuisine, Formula, cuisines, formulas, tags
from flavorbot.generators.builtin.choosing import (
    cuisine_in,
    cuisine_named,
    is_kind,
    kinds_named,
    methods_named,
    without_kinds,
)
from flavorbot.generators.builtin.classics import Classic, named_in
from flavorbot.generators.builtin.likeness import Dish, dish_like, in_stead
from flavorbot.generators.builtin.liking import ANIMALS
from flavorbot.generators.builtin.naming import listed
from flavorbot.generators.builtin.qualities import asked_for, bars, eaters_of, is_meant, kinds_in, taken_out
from flavorbot.generators.builtin.wanted import (
    apart_for_kosher,
    as_said,
    cuts_for,
    fried_cuts,
    is_fried_beside,
    lines_of,
    plainly,
    readings_of,
    tinned,
    wanted_foods,
)
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import is_known, meant_by
from flavorbot.kitchen.needs import Needs, joined
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.kitchen.wishes import Understood, read_wish
from flavorbot.model import CATEGORIES, EQUIPMENT, Notice, Recipe, Wish

MOST_SERVINGS = 24
_STEWED = 100
"""Minutes in which meat that stews would be done."""
_BOILED = 32
"""The same of dried lentils."""
_FRYING = frozenset({"stir-fry", "tossed noodles", "fried rice", "tacos", "bowl", "noodle soup", "warm salad"})
_FITTING, _EXACTLY = 5.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A wish as the kitchen understood it: `foods` are those to be used, all allowed.

    `qualities` are what the dish should be like, one said twice counting twice, `pushed` those of them that
    more may be added for; `using` is equipment to cook with, `said` what was typed.
    """

    foods: tuple[Food, ...]
    needs: Needs
    category: str | None
    cuisine: Cuisine | None
    servings: int
    max_minutes: int | None
    equipment: frozenset[str] | None
    notices: tuple[Notice, ...]
    said: str
    key: str
    seed: int
    month: int | None
    units: str
    qualities: tuple[str, ...]
    pushed: tuple[str, ...]
    using: frozenset[str]
    kinds: frozenset[str]
    classic: Classic | None
    like: Dish | None

    def chance(self, purpose: str, attempt: int = 0, seeded: bool = True) -> Random:
        """Chance that depends on the wish, the seed and what it is for, and on nothing else."""
        text = repr((self.key, self.seed if seeded else None, purpose, attempt))
        return Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))  # noqa: S311

    def fitness(self, formula: Formula, whole: bool = True) -> float:
        """How much the kind of dish is one that was asked for; another sort of it comes before one that is not `whole`.

        Who wants a bulgur salad wants bulgur before just any salad.
        """
        sorts = any(is_kind(formula.kind, asked) for asked in self.kinds)
        kinds = sum(formula.kind in quality.kinds for quality in asked_for(self.qualities))
        exact = (whole and formula.kind in self.kinds) + 2 * (sorts and self._brings_noodles(formula))
        exact += self.classic is not None and self.classic.formula == formula.name
        return _FITTING * (sorts + kinds + bool(self.using & formula.needs)) + _EXACTLY * exact

    def _brings_noodles(self, formula: Formula) -> bool:
        """Whether it is made of noodles and the person has some: a soup of them is then the soup that is meant."""
        return formula.core == "noodle" and any("noodle" in tags(food) for food in self.foods)


def read_request(wish: Wish, recipe: Recipe | None = None, asked: tuple[str, ...] = ()) -> Request:
    """The wish understood, `InvalidInput` when nothing in it can be cooked.

    With a recipe at hand the wish is settled, its text holding only what nobody understood, and the dish stays close;
    `asked` are then the qualities that are new.
    """
    named = None if recipe else named_in(wish.wish)
    understood = read_wish(plainly(named.left_of(wish.wish) if named else wish.wish))
    said = Understood(needs=understood.needs) if recipe else understood
    qualities = (*wish.qualities, *said.qualities)
    needs = _needs(wish, qualities, understood, *map(_excluded, wish.exclude))
    kinds = kinds_in(qualities) if recipe else kinds_named(wish.wish, needs) | kinds_in(qualities)
    classic = named if named and _is_meant(named, wish.wish, needs) else None
    if classic:
        kinds |= {formulas()[classic.formula].kind}
    notices: list[Notice] = []
    limits = [minutes for minutes in (wish.max_minutes, said.max_minutes) if minutes]
    limit = min(limits, default=_STEWED)
    wanted = _wanted(wish, needs, kinds, qualities, notices, recipe, classic, limit)
    cuisine = cuisine_named(wish.cuisine, said.cuisine, notices) or (None if recipe else cuisine_in(wish.wish))
    if classic and classic.cuisine and not cuisine:
        cuisine = cuisines()[classic.cuisine]
    notices += not_checked(understood, kinds)
    notices += _exclusions(wish.exclude)
    if (people := round((said.servings or wish.servings) * said.times)) > MOST_SERVINGS:
        told = f"We cook for {MOST_SERVINGS} at most, so this is for {MOST_SERVINGS}, not for {people}."
        notices.append(Notice("conflict", "servings", told))
    using = frozenset(qualities) & frozenset(EQUIPMENT) | frozenset(said.using)
    there = equipment_of(wish, said, using)
    if not recipe:
        using |= methods_named(wish.wish) & (frozenset(EQUIPMENT) if there is None else there)
    return Request(
        foods=tuple({food.name: food for food in wanted}.values()),
        needs=needs,
        category=wish.category if wish.category in CATEGORIES else said.category,
        cuisine=cuisine,
        servings=min(max(people, 1), MOST_SERVINGS),
        max_minutes=min(limits) if limits else None,
        equipment=there,
        notices=tuple(dict.fromkeys(notices)),
        said=" ".join((*wish.ingredients, wish.wish)),
        key=repr((wish.ingredients, wish.wish, wish.category, wish.cuisine, needs, wish.equipment)),
        seed=wish.seed or 0,
        month=wish.month,
        units=said.units or wish.units,
        qualities=tuple(name for name in qualities if name not in EQUIPMENT),
        pushed=asked if recipe else qualities,
        using=using,
        kinds=kinds,
        classic=classic,
        like=dish_like(recipe, needs, qualities, cuisine) if recipe else None,
    )


def _of_dish(classic: Classic, readings: list[Reading]) -> list[Reading]:
    """What the dish is known for, but no meat or fish beside the person's own."""
    found = [read_line(name) for name in classic.foods]
    own = any(reading.food and reading.food.category in ANIMALS for reading in readings)
    return [each for each in found if not (own and each.food and each.food.category in ANIMALS)]


def _wanted(
    wish: Wish,
    needs: Needs,
    kinds: frozenset[str],
    qualities: tuple[str, ...],
    notices: list[Notice],
    recipe: Recipe | None,
    classic: Classic | None,
    limit: int,
) -> list[Food]:
    """The foods to be used; `InvalidInput` when foods were given and none is left, or nothing was said at all."""
    readings = [reading for line in lines_of(wish.ingredients) for reading in readings_of(line)]
    if recipe:
        readings = [_as_at_hand(reading, recipe) for reading in readings]
    else:
        text = classic.left_of(wish.wish) if classic else wish.wish
        named = read_wish(plainly(without_kinds(kinds, text))).ingredients
        readings += [as_said(name, wish.wish) for name in named]
        readings += _of_dish(classic, readings) if classic else []
        readings = cuts_for(kinds, classic.foods if classic else (), readings, notices)
        if limit < _BOILED:
            readings = list(tinned(readings, notices))
        if limit < _STEWED or (not wish.equipment and kinds <= _FRYING and is_fried_beside(readings)):
            readings = list(fried_cuts(readings, notices))
    barred = replace(needs, exclude=(*needs.exclude, *taken_out(qualities)))
    found = apart_for_kosher(list(wanted_foods(readings, barred, notices)), needs, notices)
    wanted = [other for food in found for other in _fitting(food, needs, qualities)] if recipe else found
    if not wanted and not recipe:
        said = any(letter.isalpha() for letter in wish.wish) or bool(qualities)
        _refuse_if_nothing(wish, readings, notices, said or bool(wish.category or wish.cuisine))
    return wanted


def _is_meant(classic: Classic, text: str, needs: Needs) -> bool:
    """Whether the known dish is to be cooked; what is also bought ready only where the wish names nothing beside it."""
    rest = plainly(classic.left_of(text))
    beside = classic.alone and (kinds_named(rest, needs) or read_wish(rest).ingredients)
    return formulas()[classic.formula].kind not in needs.exclude and not beside


def _as_at_hand(reading: Reading, recipe: Recipe) -> Reading:
    """The line "chicken" as the thighs that the recipe at hand makes of it."""
    present = [food for item in recipe.ingredients if (food := read_line(item.name).food)]
    meant = [food for food in present if is_meant(reading.name, food)]
    return replace(reading, food=meant[0]) if reading.food and meant and reading.food not in present else reading


def _fitting(food: Food, needs: Needs, qualities: tuple[str, ...]) -> Iterator[Food]:
    if bars(qualities, food):
        yield from in_stead(food, needs, qualities)
    else:
        yield food


def _needs(wish: Wish, qualities: tuple[str, ...], *understood: Understood) -> Needs:
    """What the form's lists and its free texts ask for together; an exception holds only beside no listed exclusion."""
    said = [one.needs for one in understood]
    return Needs(
        diets=joined(wish.diets, *(needs.diets for needs in said)),
        allergies=joined(wish.allergies, *(needs.allergies for needs in said)),
        exclude=joined(wish.exclude, *(needs.exclude for needs in said)),
        eaters=joined(wish.eaters, *(needs.eaters for needs in said), eaters_of(qualities)),
        except_for=() if wish.exclude else said[0].except_for,
    )


def _excluded(typed: str) -> Understood:
    """An entry of the list of exclusions that is no food's name: "nut allergy", "anything with milk"."""
    return Understood(needs=Needs()) if meant_by(typed) else read_wish(f"no {typed}")


def equipment_of(wish: Wish, understood: Understood, using: frozenset[str]) -> frozenset[str] | None:
    """What there is to cook with; None means everything usual."""
    there = frozenset(wish.equipment) & frozenset(EQUIPMENT) or frozenset(EQUIPMENT)
    left = (there - frozenset(understood.without)) | using
    return None if left == frozenset(EQUIPMENT) else left


def not_checked(understood: Understood, kinds: frozenset[str] = frozenset()) -> Iterator[Notice]:
    """What of the text was not understood and is no such kind of dish, and which words were read as others."""
    for words in understood.not_understood:
        if kinds and not without_kinds(kinds, words).strip():
            continue
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
