"""A recipe refined: its amounts changed if that is enough, else another one cooked that is like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.change import Change
from flavorbot.generators.builtin.comparing import misses, slipped
from flavorbot.generators.builtin.likeness import barer
from flavorbot.generators.builtin.measuring import short_of
from flavorbot.generators.builtin.qualities import is_meant
from flavorbot.generators.builtin.refining import read_change
from flavorbot.generators.builtin.request import Request, read_request
from flavorbot.generators.builtin.rescaling import rescaled
from flavorbot.generators.builtin.telling import told
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Notice, Recipe, Wish

Unmet: TypeAlias = Callable[[Recipe], tuple[str, ...]]
Cook: TypeAlias = Callable[[Request, Unmet], tuple[Recipe, tuple[Notice, ...]]]

_QUICKER = (0.75, 0.92)
_SEEDS = 12
_STRONGER = 4
_ANOTHER_KIND = 3
"""As far as one dish can be from another."""
_OF_COOKING = ("substituted", "unused")
"""Kinds of notices that were told when the recipe at hand was cooked."""


def refined(wish: Wish, recipe: Recipe, instruction: str, cook: Cook) -> Generated:
    """The recipe as the instruction wants it; `InvalidInput` when it is not understood or nothing of it can be done."""
    before = checked_recipe(recipe)
    change = read_change(wish, before, instruction)
    request = read_request(change.wish, change.model, change.asked)
    if after := _rescaled(change, request):
        others = tuple(notice for notice in request.notices if notice.kind not in _OF_COOKING)
    else:
        after, notices = _replaced(change, request, cook)
        others = (*request.notices, *(notice for notice in notices if notice.kind != "conflict"))
    said = told(after, change, request.needs, others)
    conflicts = [notice.message for notice in (*said, *change.notices, *others) if notice.kind == "conflict"]
    if conflicts and _nothing_came(change, after, request):
        raise InvalidInput([FieldError("instruction", message) for message in conflicts])
    return Generated(after, (*said, *change.notices, *others), change.wish)


def _replaced(change: Change, request: Request, cook: Cook) -> tuple[Recipe, tuple[Notice, ...]]:
    """Another recipe, why there is none told at the only field of a refinement."""
    try:
        return _another(change, request, cook) if change.another else _cooked(change, request, cook)
    except InvalidInput as error:
        raise InvalidInput([FieldError("instruction", each.message) for each in error.errors]) from error


def _rescaled(change: Change, request: Request) -> Recipe | None:
    """The same recipe in other amounts, if it holds for all that is asked; asked more strongly until it shows."""
    if change.another or not _stays(change, request):
        return None
    asked = change.asked
    for _ in range(_STRONGER):
        recipe = checked_recipe(rescaled(change.before, request.servings, asked, request.units))
        missed = misses(recipe, change, request.needs)
        if not missed and _passes(recipe, request):
            return recipe
        asked = (*asked, *missed)
    return None


def _stays(change: Change, request: Request) -> bool:
    """Whether the recipe at hand is one of those that the changed wish could have led to."""
    recipe = change.before
    foods = [food for item in recipe.ingredients if (food := read_line(item.name).food)]
    if not _passes(recipe, request) or any(food not in foods for food in change.added):
        return False
    if any(is_meant(swap.old, food) and food not in (swap.new or ()) for swap in change.swaps for food in foods):
        return False
    kind = next(iter(recipe.tags), "")
    known = [formula for formula in formulas().values() if formula.kind == kind]
    if change.without and not any(formula.needs.isdisjoint(change.without) for formula in known):
        return False
    if change.cuisine and not (request.cuisine and request.cuisine.word == recipe.cuisine):
        return False
    return not change.category or change.category == recipe.category


def _passes(recipe: Recipe, request: Request) -> bool:
    checked = check_recipe(recipe, request.needs)
    broken = any(finding.severity == "error" for finding in checked.findings)
    slow = request.max_minutes and (recipe.total_minutes or 0) > request.max_minutes
    return not broken and not slow and set(request.needs.diets) <= set(checked.diets)


def _cooked(change: Change, request: Request, cook: Cook) -> tuple[Recipe, tuple[Notice, ...]]:
    """Another recipe like it."""

    def unmet(recipe: Recipe) -> tuple[str, ...]:
        return (*misses(recipe, change, request.needs), *slipped(recipe, change))

    if "simple" in change.asked and request.like:
        request = replace(request, like=barer(request.like, quick=False))
    if "quick" not in change.asked or not change.before.total_minutes:
        return cook(request, unmet)
    if found := _quicker(change, request, cook, unmet):
        return found
    if change.asked == ("quick",) and not change.added:
        message = f"This is already the quickest we know for all you asked for: {change.before.total_minutes} minutes."
        raise InvalidInput([FieldError("instruction", message)])
    return cook(request, unmet)


def _quicker(change: Change, request: Request, cook: Cook, unmet: Unmet) -> tuple[Recipe, tuple[Notice, ...]] | None:
    """A dish that takes much less time, else a little less; best the same kind of dish, if need be with less in it."""
    minutes, kind = change.before.total_minutes or 0, change.before.tags[:1]
    bare = request.like and replace(
        request, like=barer(request.like, quick=True), qualities=(*request.qualities, "simple")
    )
    found: list[tuple[bool, int, Recipe, tuple[Notice, ...]]] = []
    for share in _QUICKER:
        limit = min(int(minutes * share), request.max_minutes or minutes)
        for asked in (request, bare or request):
            try:
                recipe, notices = cook(replace(asked, max_minutes=limit), unmet)
            except InvalidInput:
                continue
            found.append((recipe.tags[:1] == kind, limit, recipe, notices))
            if found[-1][0]:
                break
        if any(same for same, *_ in found):
            break
    if not found:
        return None
    _, limit, recipe, notices = max(found, key=lambda each: each[0])
    change.wish = replace(change.wish, max_minutes=limit)
    return recipe, notices


def _another(change: Change, request: Request, cook: Cook) -> tuple[Recipe, tuple[Notice, ...]]:
    """A dish of another kind, found with one of the next seeds; else another one of its kind."""
    before = change.before
    found: tuple[Recipe, tuple[Notice, ...]] | None = None
    for step in range(1, _SEEDS):
        seeded = replace(request, like=None, seed=request.seed + step)
        recipe, notices = cook(seeded, lambda recipe: short_of(recipe, request.qualities))
        other = _otherness(recipe, before)
        if other > (_otherness(found[0], before) if found else 0):
            found = recipe, notices
            change.wish = replace(change.wish, seed=seeded.seed)
        if other == _ANOTHER_KIND:
            break
    if found is None:
        raise InvalidInput([FieldError("instruction", "We know no other dish for all you asked for.")])
    return found


def _otherness(recipe: Recipe, before: Recipe) -> int:
    """How far it is from what was there: another kind of dish, another dish, of other foods, or nothing of these."""
    if recipe.tags[:1] != before.tags[:1]:
        return _ANOTHER_KIND
    foods, had = ({item.name for item in each.ingredients} for each in (recipe, before))
    return 2 if recipe.title != before.title else int(foods != had)


def _nothing_came(change: Change, after: Recipe, request: Request) -> bool:
    """Whether nothing of what was asked came about."""
    others = (change.swaps, change.people, change.cuisine, change.category, change.max_minutes, change.units)
    if change.needs != Needs() or any(others) or change.without or change.another:
        return False
    asked = {*change.asked, *(food.name for food in change.added)}
    return asked <= set(misses(after, change, request.needs))
