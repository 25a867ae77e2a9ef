"""The built-in generator: understand, plan, write, check; the first plan that the checker passes is the recipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.cooking import TooSlow, cook
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.builtin.planning import Match, fill, matches
from flavorbot.generators.builtin.refining import refined_wish
from flavorbot.generators.builtin.request import Request, read_request
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.model import Generated, Notice, Recipe, Wish

_TRIES = 3
_NEARLY = 1.8
_CHOICE = 10
_ROUND = 12
_ALIKE = 0.3
_KINDS = 6
_FARTHEST = 5.0
_LEAST_SHARE, _MOST_SHARE = 1 / 10, 1 / 3


class BuiltInGenerator:
    """Recipes from the cookbook of formulas; needs no network."""

    name = "built-in"

    def generate(self, wish: Wish) -> Generated:
        return self._answer(wish, read_request(wish))

    def refine(self, wish: Wish, recipe: Recipe, instruction: str) -> Generated:
        changed, said = refined_wish(wish, recipe, instruction)
        generated = self._answer(changed, read_request(changed, recipe))
        return replace(generated, notices=(*said, *generated.notices))

    def _answer(self, wish: Wish, request: Request) -> Generated:
        recipe, notices = self._first_good(request)
        return Generated(recipe, (*request.notices, *notices), wish)

    def _first_good(self, request: Request) -> tuple[Recipe, tuple[Notice, ...]]:
        """The first recipe that holds; meat or fish that nobody named is added only when nothing else would do."""
        slowness: list[int] = []
        found: list[Match] = []
        for animals in (False, True) if request.foods else (True,):
            found = matches(formulas().values(), request, animals)
            for match in _in_turn(found, request):
                if recipe := _cooked(match, request, animals, slowness):
                    return checked_recipe(recipe), (*_other_kind(match, request), *_unused(match))
        raise _cannot(request, found, min(slowness, default=None))


def _cooked(match: Match, request: Request, animals: bool, slowness: list[int]) -> Recipe | None:
    """A recipe of this formula that the checker passes, or None; how long those took that take too long is noted."""
    for attempt in range(_TRIES):
        try:
            recipe = _attempt(match, request, attempt, animals)
        except TooSlow as slow:
            slowness.append(slow.minutes)
            continue
        if recipe is not None:
            return recipe
    return None


def _attempt(match: Match, request: Request, attempt: int, animals: bool) -> Recipe | None:
    rng = request.chance(match.formula.name, attempt)
    plan = fill(match, request, rng, request.few or attempt == _TRIES - 1, animals)
    if plan is None:
        return None
    recipe = cook(plan, request)
    checked = check_recipe(recipe, request.needs)
    broken = any(finding.severity == "error" for finding in checked.findings)
    return recipe if not broken and set(request.needs.diets) <= set(checked.diets) else None


def _in_turn(found: Sequence[Match], request: Request) -> Iterator[Match]:
    """The good matches, beginning with the one that is this seed's turn, then all others, best first."""
    if not found:
        return
    luck = {match.formula.name: request.chance(match.formula.name, seeded=False).random() for match in found}
    found = sorted(found, key=lambda match: (-round(match.score / _ALIKE), luck[match.formula.name]))
    good = _good([match for match in found if match.formula.kind in request.kinds] or found)
    turns = _turns([2.0 ** (match.score - good[0].score) for match in good])
    turn = [good[number] for number in turns[request.seed % len(turns) :]]
    order = list({match.formula.name: match for match in (*turn, *good, *found)}.values())
    if request.like:
        order.sort(key=lambda match: match.formula.kind != request.like.kind)  # type: ignore[union-attr]
    yield from order


def _good(found: Sequence[Match]) -> list[Match]:
    """Those nearly as good as the best, and more until they are of six kinds, if so many use as much."""
    best, kinds, good = found[0], set[str](), list[Match]()
    for match in found:
        near = match.score >= best.score - _NEARLY
        wanted = near or (len(kinds) < _KINDS and match.score >= best.score - _FARTHEST)
        if wanted and len(match.left_out) <= len(best.left_out) and len(good) < _CHOICE:
            good.append(match)
            kinds.add(match.formula.kind)
    return good


def _turns(weights: Sequence[float]) -> list[int]:
    """Whose turn it is, seed by seed: each as often as its weight says and at least once, the heaviest first."""
    shares = [min(max(weight / sum(weights), _LEAST_SHARE), _MOST_SHARE) for weight in weights]
    credit, turns = [0.0] * len(shares), list[int]()
    while len(turns) < _ROUND:
        credit = [have + share for have, share in zip(credit, shares, strict=True)]
        chosen = max(range(len(credit)), key=lambda number: credit[number])
        credit[chosen] -= sum(shares)
        turns.append(chosen)
    return turns


def _other_kind(match: Match, request: Request) -> Iterator[Notice]:
    if request.kinds and match.formula.kind not in request.kinds:
        wanted = listed(sorted(request.kinds))
        yield Notice(
            "conflict", wanted, f"No {wanted} fits everything else you asked for, so this is a {match.formula.kind}."
        )


def _unused(match: Match) -> Iterator[Notice]:
    for food in match.left_out:
        yield Notice(
            "unused",
            shown(food),
            f"We left out {shown(food, plural=True)}: no good match for this kind of dish ({match.formula.kind}).",
        )


def _cannot(request: Request, found: Sequence[Match], quickest: int | None) -> InvalidInput:
    """Why there is no recipe, at the field that would help most."""
    if quickest is not None and request.max_minutes:
        message = f"Nothing sensible is done in {request.max_minutes} minutes; the quickest we found takes {quickest}."
        return InvalidInput([FieldError("max_minutes", message)])
    if not found and request.equipment is not None:
        return InvalidInput([FieldError("equipment", "We know no such dish that needs only this equipment.")])
    if not found and request.foods:
        names = listed([shown(food) for food in request.foods])
        return InvalidInput(
            [FieldError("ingredients", f"We know no such dish with {names}. Please add something to it.")]
        )
    if request.needs.diets or request.needs.allergies or request.needs.exclude:
        rules = listed([*request.needs.diets, *request.needs.allergies, *request.needs.exclude]).replace("_", "-")
        field = "diets" if request.needs.diets else "allergies" if request.needs.allergies else "exclude"
        return InvalidInput(
            [FieldError(field, f"We found no dish that fits all of this: {rules}. Please loosen one of them.")]
        )
    return InvalidInput([FieldError("ingredients", "We found no dish for this. Please add or change an ingredient.")])
