"""A recipe refined: its amounts changed if that is enough, else another one cooked that is like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.qualities import is_meant
from flavorbot.generators.builtin.refining import Change, read_change
from flavorbot.generators.builtin.request import Request, read_request
from flavorbot.generators.builtin.rescaling import rescaled
from flavorbot.generators.builtin.telling import misses, told
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Notice, Recipe, Wish

Unmet: TypeAlias = Callable[[Recipe], tuple[str, ...]]
Cook: TypeAlias = Callable[[Request, Unmet], tuple[Recipe, tuple[Notice, ...]]]

_QUICKER = (0.75, 0.9, 0.96)
_SEEDS = 12
_STRONGER = 4


def refined(wish: Wish, recipe: Recipe, instruction: str, cook: Cook) -> Generated:
    """The recipe as the instruction wants it; `InvalidInput` when it is not understood or nothing of it can be done."""
    before = checked_recipe(recipe)
    change = read_change(wish, before, instruction)
    request = read_request(change.wish, change.model)
    try:
        after, notices = _another(change, request, cook) or _rescaled(change, request) or _cooked(change, request, cook)
    except InvalidInput as error:
        raise InvalidInput([FieldError("instruction", each.message) for each in error.errors]) from error
    others = (*request.notices, *notices)
    said = told(after, change, request.needs, others)
    conflicts = [notice.message for notice in (*said, *change.notices, *others) if notice.kind == "conflict"]
    if conflicts and _nothing_came(change, after, request):
        raise InvalidInput([FieldError("instruction", message) for message in conflicts])
    return Generated(after, (*said, *change.notices, *others), change.wish)


def _rescaled(change: Change, request: Request) -> tuple[Recipe, tuple[Notice, ...]] | None:
    """The same recipe in other amounts, if it holds for all that is asked; asked more strongly until it shows."""
    if not _stays(change, request):
        return None
    asked = change.asked
    for _ in range(_STRONGER):
        recipe = checked_recipe(rescaled(change.before, request.servings, asked, request.units))
        missed = misses(recipe, change, request.needs)
        if not missed and _passes(recipe, request):
            return recipe, ()
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
    """Another recipe like it; "quicker" is tried by much, then by a little, best without another kind of dish."""

    def unmet(recipe: Recipe) -> tuple[str, ...]:
        return misses(recipe, change, request.needs)

    minutes = change.before.total_minutes
    if "quick" not in change.asked or not minutes:
        return cook(request, unmet)
    other: tuple[int, Recipe, tuple[Notice, ...]] | None = None
    for share in _QUICKER:
        limit = min(int(minutes * share), request.max_minutes or minutes)
        try:
            recipe, notices = cook(replace(request, max_minutes=limit), unmet)
        except InvalidInput:
            continue
        if other is None or recipe.tags[:1] == change.before.tags[:1]:
            other = limit, recipe, notices
        if recipe.tags[:1] == change.before.tags[:1]:
            break
    if other:
        change.wish = replace(change.wish, max_minutes=other[0])
        return other[1:]
    if change.asked == ("quick",) and not change.added:
        message = f"This is already the quickest we know for all you asked for: {minutes} minutes."
        raise InvalidInput([FieldError("instruction", message)])
    return cook(request, unmet)


def _another(change: Change, request: Request, cook: Cook) -> tuple[Recipe, tuple[Notice, ...]] | None:
    """A dish of another kind, found with one of the next seeds."""
    if not change.another:
        return None
    before = change.before
    found: tuple[Recipe, tuple[Notice, ...]] | None = None
    for step in range(1, _SEEDS):
        seeded = replace(request, like=None, seed=request.seed + step)
        recipe, notices = cook(seeded, lambda recipe: misses(recipe, change, request.needs))
        if recipe.title != before.title and (found is None or recipe.tags[:1] != before.tags[:1]):
            found = recipe, notices
            change.wish = replace(change.wish, seed=seeded.seed)
        if found and found[0].tags[:1] != before.tags[:1]:
            break
    if found is None:
        raise InvalidInput([FieldError("instruction", "We know no other dish for all you asked for.")])
    return found


def _nothing_came(change: Change, after: Recipe, request: Request) -> bool:
    """Whether nothing of what was asked came about."""
    others = (change.swaps, change.added, change.cuisine, change.category, change.max_minutes, change.units)
    kept = after.servings == change.before.servings and change.needs == Needs()
    same = kept and not (any(others) or change.without or change.another)
    return same and set(change.asked) <= set(misses(after, change, request.needs))
