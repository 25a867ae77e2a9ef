"""The built-in generator: understand, plan, write, check; the first plan that the checker passes is the recipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.choosing import is_kind
from flavorbot.generators.builtin.cooking import TooSlow, cook
from flavorbot.generators.builtin.filling import MADE
from flavorbot.generators.builtin.measuring import figure_of, measured, short_of
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.builtin.planning import Match, fill, has_place, matches
from flavorbot.generators.builtin.qualities import Quality, qualities
from flavorbot.generators.builtin.refinement import Unmet, refined
from flavorbot.generators.builtin.request import Request, read_request
from flavorbot.interfaces import IWatcher
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.kitchen.foods import Food
from flavorbot.model import EQUIPMENT, Generated, Notice, Recipe, Wish

_TRIES = 3
_TRIES_IN_HASTE = 9
_BARER = 2
"""The first try without what takes time."""
_FAR, _HOPELESS = 1.3, 1.9
"""How many times too long a dish takes that gets one try more, a barer one, and one that gets none."""
_NO_HELP = 1.6
"""The same of one that leaving out a food does not make quick enough."""
_NEARLY = 1.8
_CHOICE = 5
_ROUND = 10
_ALIKE = 0.3
_KINDS = 4
_FARTHEST = 5.9
_LEAST_SHARE, _MOST_SHARE = 1 / 10, 0.33
_LEVELS = 3
_MOST_LOOKED_AT = 24
_MOST_WAYS = 6


@dataclass(frozen=True, slots=True)
class _Late:
    """A dish that takes too long: its fewest minutes, and which of the foods that were asked for are not in it."""

    formula: str
    minutes: int
    without: frozenset[str]


class TooLittleTime(InvalidInput):
    """No dish is done in time; `late` are those that were tried."""

    def __init__(self, message: str, late: Sequence[_Late]) -> None:
        super().__init__([FieldError("max_minutes", message)])
        self.late = late


class BuiltInGenerator:
    """Recipes from the cookbook of formulas; needs no network."""

    name = "built-in"

    def generate(self, wish: Wish, watcher: IWatcher | None = None) -> Generated:
        """The recipe at once: a watcher is shown nothing before it."""
        request = read_request(wish)
        recipe, notices = _with_what_can_be(request, lambda recipe: short_of(recipe, request.qualities))
        short = tuple(_short(qualities()[name], recipe) for name in short_of(recipe, request.qualities))
        return Generated(recipe, (*request.notices, *notices, *short), wish)

    def refine(self, wish: Wish, recipe: Recipe, instruction: str) -> Generated:
        return refined(wish, recipe, instruction, cooked)


def _with_what_can_be(request: Request, unmet: Unmet) -> tuple[Recipe, tuple[Notice, ...]]:
    """A recipe of all foods that were asked for; where there is none, of all but those that stand in the way."""
    try:
        return cooked(request, unmet)
    except InvalidInput as refused:
        late = refused.late if isinstance(refused, TooLittleTime) else ()
        for dropped in _ways_to_drop(request):
            kept = tuple(food for food in request.foods if food not in dropped)
            try:
                recipe, notices = cooked(replace(request, foods=kept), unmet, late, dropped)
            except InvalidInput:
                continue
            return recipe, (*(_dropped(food, late) for food in dropped), *notices)
        raise refused from None


def _ways_to_drop(request: Request) -> list[list[Food]]:
    """Foods to do without: all that no dish here takes, then one of the others after another."""
    homeless = [food for food in request.foods if not has_place(food, formulas().values(), request)]
    ways = [homeless] if homeless else []
    others = [food for food in request.foods if food not in homeless]
    ways += [[food] for food in sorted(others, key=lambda food: food.role == "protein")]
    return [way for way in ways if len(way) < len(request.foods)][:_MOST_WAYS]


def _dropped(food: Food, late: Sequence[_Late]) -> Notice:
    """That a food is not in the dish; for want of time where a dish with it was found to take too long."""
    if told := _for_time(food, late):
        return told
    name = shown(food, plural=True)
    return Notice(
        "unused", shown(food), f"We left out {name}: no dish we know has it and fits everything you asked for."
    )


def _for_time(food: Food, late: Sequence[_Late]) -> Notice | None:
    """That a food is left out for want of time, with what was found out about it; None where that is nothing."""
    having = [each for each in late if food.name not in each.without]
    if not having:
        return None
    whole = [each.minutes for each in having if not each.without]
    name = shown(food, plural=True)
    quickest = min(whole or [each.minutes for each in having])
    return Notice(
        "unused",
        shown(food),
        f"We left out {name} for want of time: the quickest dish we found with {'all of it' if whole else name} "
        f"takes {quickest} minutes.",
    )


def cooked(
    request: Request, unmet: Unmet, before: Sequence[_Late] = (), dropped: Sequence[Food] = ()
) -> tuple[Recipe, tuple[Notice, ...]]:
    """The first recipe that holds and of which nothing is unmet, else the one of which least is.

    Meat or fish that nobody named is added only when nothing else would do. `before` are dishes that took too long
    with the foods `dropped` since; those that would still do are not tried again.
    """
    hopeless = {late.formula for late in before if late.minutes > _NO_HELP * (request.max_minutes or late.minutes)}
    slow: dict[str, int] = {}
    seen: list[Match] = []
    found: list[Match] = []
    for animals in (False, True) if request.foods else (True,):
        found = matches(formulas().values(), request, animals)
        found = [match for match in found if match.formula.name not in slow.keys() | hopeless]
        seen += found
        best: tuple[int, Recipe, Match] | None = None
        for match, recipe in islice(_all(found, request, animals, slow, unmet), _MOST_LOOKED_AT):
            missed = len(unmet(recipe))
            if best is None or missed < best[0]:
                best = missed, recipe, match
            if not missed:
                break
        if best:
            _, recipe, match = best
            late = (*before, *_late(seen, slow, dropped))
            comparable = [each for each in late if len(each.without) <= len((*match.left_out, *dropped))]
            return checked_recipe(recipe), (*_other_kind(match, request), *_unused(match, comparable))
    raise _cannot(request, found, _late(seen, slow, dropped))


def _late(seen: Sequence[Match], slow: Mapping[str, int], dropped: Sequence[Food]) -> list[_Late]:
    return [
        _Late(
            match.formula.name, slow[match.formula.name], frozenset(food.name for food in (*match.left_out, *dropped))
        )
        for match in seen
        if match.formula.name in slow
    ]


def _all(
    found: Sequence[Match], request: Request, animals: bool, slow: dict[str, int], unmet: Unmet
) -> Iterator[tuple[Match, Recipe]]:
    """Recipes that the checker passes, in turn; one that lacks something is followed by one with more of that.

    The fewest minutes of each formula that takes too long are noted in `slow`.
    """
    for match in _in_turn(found, request):
        quickest = 0
        attempt: int | None = 0
        while attempt is not None:
            asked = request
            for _ in range(_LEVELS):
                try:
                    recipe = _attempt(match, asked, attempt, animals)
                except TooSlow as late:
                    quickest = min(quickest or late.minutes, late.minutes)
                    slow[match.formula.name] = quickest
                    break
                if recipe is None:
                    break
                yield match, recipe
                missed = tuple(name for name in unmet(recipe) if name in asked.qualities)
                if not missed:
                    break
                asked = replace(asked, qualities=(*asked.qualities, *missed), pushed=(*asked.pushed, *missed))
            attempt = _next(attempt, quickest, request.max_minutes)


def _next(attempt: int, quickest: int, most: int | None) -> int | None:
    """Which try comes next, None for no more; `quickest` are the fewest minutes so far, 0 if none took too long."""
    near = quickest / most if most else 0.0
    if near > _HOPELESS:
        return None
    if near > _FAR:
        return _BARER if attempt < _BARER else None
    return attempt + 1 if attempt + 1 < (_TRIES_IN_HASTE if most else _TRIES) else None


def _attempt(match: Match, request: Request, attempt: int, animals: bool) -> Recipe | None:
    rng = request.chance(match.formula.name, attempt)
    simple = "simple" in request.qualities
    plan = fill(match, request, rng, simple or attempt >= _BARER, animals, simple or attempt > _TRIES)
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
    found = sorted(found, key=lambda match: (-round(match.rank / _ALIKE), luck[match.formula.name]))
    fittest = max(_fitness(match, request) for match in found)
    good = _good([match for match in found if _fitness(match, request) == fittest])
    turns = _turns([2.0 ** (match.rank - good[0].rank) for match in good])
    turn = [good[number] for number in turns[request.seed % len(turns) :]]
    order = list({match.formula.name: match for match in (*turn, *good, *found)}.values())
    if request.like:
        kind = request.like.kind
        order.sort(key=lambda match: (-_fitness(match, request), match.formula.kind != kind, -match.rank))
    yield from order


def _fitness(match: Match, request: Request) -> float:
    return request.fitness(match.formula, whole=not match.left_out)


def _good(found: Sequence[Match]) -> list[Match]:
    """Those nearly as good as the best, and more until they are of so many kinds, if so many use as much.

    That one of them is a known dish makes the others no worse.
    """
    best, kinds, good = found[0], set[str](), list[Match]()
    most = max(match.score for match in found)
    for match in found:
        near = match.score >= most - _NEARLY or match.rank >= best.rank - _NEARLY
        wanted = near or (len(kinds) < _KINDS and match.score >= most - _FARTHEST)
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
    missed = set(request.using - match.formula.needs)
    if request.kinds and not any(is_kind(match.formula.kind, asked) for asked in request.kinds):
        missed |= request.kinds
    if missed:
        wanted = listed(sorted(name.replace("_", "-") + (" dish" if name in EQUIPMENT else "") for name in missed))
        yield Notice(
            "conflict",
            wanted,
            f"No {wanted} fits everything else you asked for, so this is another kind of dish: {match.formula.kind}.",
        )


def _short(quality: Quality, recipe: Recipe) -> Notice:
    """That a dish did not come out as it should be like."""
    figure = figure_of(measured(recipe, quality), quality)
    told = f" This one has {figure}." if figure else ""
    return Notice("conflict", quality.name, f"We found nothing {quality.want} that fits everything else.{told}")


def _unused(match: Match, late: Sequence[_Late]) -> Iterator[Notice]:
    """What the dish has no place for: for want of time where one with it, of no fewer foods, takes too long."""
    for food in match.left_out:
        yield _for_time(food, late) or Notice(
            "unused",
            shown(food),
            f"We left out {shown(food, plural=True)}: no good match for this kind of dish ({match.formula.kind}).",
        )


def _cannot(request: Request, found: Sequence[Match], late: Sequence[_Late]) -> InvalidInput:
    """Why there is no recipe, at the field that would help most."""
    if late and request.max_minutes:
        quickest = min(each.minutes for each in late)
        message = f"Nothing sensible is done in {request.max_minutes} minutes; the quickest we found takes {quickest}."
        return TooLittleTime(message, late)
    if not found and request.equipment is not None:
        return InvalidInput([FieldError("equipment", "We know no such dish that needs only this equipment.")])
    if not found and request.foods:
        names = listed([shown(food) for food in request.foods])
        if all(food.category in MADE for food in request.foods):
            message = f"We do not cook {names} yet. Tell us what you have, or name another dish."
            return InvalidInput([FieldError("ingredients", message)])
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
