"""Planning a dish: which foods stand in which place of a formula, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import prod
from random import Random

from flavorbot.generators.builtin.book import FRESH_TOMATOES, Cuisine, Formula, cuisines, formulas, tags
from flavorbot.generators.builtin.classics import familiarity
from flavorbot.generators.builtin.filling import BODY, HOB, MOST_INGREDIENTS, Filler, can_be_filled, takes
from flavorbot.generators.builtin.liking import LARDER, SUBSTANCE, TOFU_KITCHENS
from flavorbot.generators.builtin.qualities import asked_for
from flavorbot.generators.builtin.request import Request
from flavorbot.generators.builtin.seasoning import add_bread, finish, season, sign
from flavorbot.kitchen.foods import Food, foods

_LEAST_PROTEIN_G, _ENOUGH_PROTEIN_G = 15.5, 11.0
"""In a serving of a main dish; less will do where the person named the protein: nothing goes beside it unasked."""
_STRONG = frozenset({"protein", "cheese", "nut"})
_LEAST_SHARE = 0.34
_ANYWHERE = ("italian", "french", "british", "greek", "spanish", "american", "middle_eastern")
"""How a dish is seasoned that belongs to no kitchen, when nobody asked for one."""
_EVERYWHERE = LARDER - {"pasta", "spaghetti", "rice"}
_AT_HAND = frozenset(
    {"fat", "season", "spice", "aromatics", "acid", "stock", "sweet", "baking_sweet", "raising", "flour", "fat_sweet"}
)
"""Places filled from any larder: a dish that needs more than these bought is a little further away."""
_ENOUGH_FOODS, _FAR = 3, 1.0
"""Named foods that are enough for a dish, and how far another is then that would need a `core` bought."""
_ON_TOP = frozenset({"cheese", "nut", "dairy", "sauce", "creamy"})
"""Places that are filled unasked only with what goes with something that is there."""
_TELLING = frozenset({"herb", "spice", "seasoning", "condiment"})
_MOST_FILLING = 2
"""Rice, bread and potatoes are too much on one plate."""
_SWEET = 1.5
"""How much nearer pudding is to someone with nothing but fruit."""
_TOOL = 4.5
"""How much nearer the dish of an appliance is to someone who has neither hob nor oven."""
_SHUNNED = 2.2
"""How far a dish is from a food that does not suit it."""
_WESTERN = frozenset({"cream", "plant_cream", "potato", "new potato"})
"""What is strange where soy sauce seasons."""
_LITTLE_TIME = 25
"""Minutes up to which the dishes for those in a hurry are offered; with more time they are not."""
_TOFU_ABROAD = 1.8
"""How far a dish of other kitchens is from tofu."""
_ODD, _ODD_SEASONING = 0.2, 0.1
_EASY = frozenset({"salt", "pepper", "oil", "spice", "herb", "acid", "seed", "sweetener", "seasoning"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A formula with its places filled; `owned` are the foods the person named, `left_out` those without a place."""

    formula: Formula
    cuisine: Cuisine | None
    foods: Mapping[str, tuple[Food, ...]]
    owned: frozenset[str]
    left_out: tuple[Food, ...]

    def without(self, food: Food) -> Plan:
        kept = {name: tuple(other for other in members if other is not food) for name, members in self.foods.items()}
        return replace(self, foods={name: members for name, members in kept.items() if members})

    def with_instead(self, food: Food, other: Food) -> Plan:
        return replace(
            self,
            foods={
                name: tuple(other if each is food else each for each in members) for name, members in self.foods.items()
            },
        )

    def all_foods(self) -> tuple[Food, ...]:
        return tuple(food for members in self.foods.values() for food in members)


@dataclass(frozen=True, slots=True)
class Match:
    """How a formula suits the person's foods; `familiarity` is what a known dish of theirs has before all others."""

    formula: Formula
    placed: Mapping[str, tuple[Food, ...]]
    left_out: tuple[Food, ...]
    score: float
    familiarity: float = 0.0

    @property
    def rank(self) -> float:
        return self.score + self.familiarity


def matches(formulas: Iterable[Formula], request: Request, animals: bool) -> list[Match]:
    """The formulas that can be cooked with this category, cuisine and equipment, best first.

    `animals`: whether meat or fish that nobody named may be added.
    """
    found = [_match(formula, request) for formula in formulas if _possible(formula, request)]
    found = [match for match in found if _complete(match, request, animals) and _answers(match, request)]
    return sorted(found, key=lambda match: (-match.rank, match.formula.name))


def has_place(food: Food, formulas: Iterable[Formula], request: Request) -> bool:
    """Whether any dish that may be cooked takes this food at all."""
    return any(
        _cookable(food, formula, request) and _place_for(food, formula, {})
        for formula in formulas
        if _possible(formula, request)
    )


def fill(
    match: Match, request: Request, rng: Random, quick: bool = False, animals: bool = True, least: bool = False
) -> Plan | None:
    """The formula with what is missing put in; None when a place that must be filled cannot be.

    `quick`: nothing that takes time; `least`: nothing at all that it can do without.
    """
    formula = match.formula
    cuisine = request.cuisine or (request.like and request.like.cuisine) or _cuisine(formula, match, rng)
    placed = {name: list(match.placed.get(name, ())) for name in formula.places}
    filler = Filler(formula, request, cuisine, placed, rng, quick, animals)
    anew = request.like is None or request.like.anew
    if anew:
        sign(filler)
    for name, most in formula.require.items():
        if placed.get(formula.instead.get(name, "")):
            continue
        count = min(most, 2) if quick else most
        if not filler.top_up(name, filler.as_many(name, count)) and filler.as_many(name, count):
            return None
    if formula.one_of and not any(placed[name] for name in formula.one_of) and not _is_filling(formula, filler):
        order = rng.sample(formula.one_of, len(formula.one_of))
        if "tomato" in order and filler.has_fresh_tomatoes():
            order = ["tomato"]
        any(filler.top_up(name, 1) for name in order)
    enough = _ENOUGH_PROTEIN_G if any(food.role in _STRONG for food in request.foods) else _LEAST_PROTEIN_G
    if not formula.needs:
        enough *= 0.6
    weak = _is_main(formula, request) and filler.protein() < enough
    few = filler.owned - sum(food.role == "nut" for food in request.foods) < 2
    bare = not any(placed[name] for name in formula.mains) and (weak or few or formula.sweet)
    if bare and not filler.strengthen(formula.mains, weak):
        return None
    if _is_main(formula, request) and filler.protein() < 0.8 * enough:
        names = dict.fromkeys((*formula.mains, "cheese", "pulse", "egg"))
        filler.strengthen([name for name in names if name in formula.places and not placed[name]], True)
    partnered = BODY if formula.sweet else BODY | _ON_TOP
    extras = list(formula.fill.items())
    rng.shuffle(extras)
    for name, count in () if quick else extras:
        if filler.count() < MOST_INGREDIENTS and filler.wants(name):
            room = MOST_INGREDIENTS - filler.count() + len(placed[name])
            filler.top_up(name, min(filler.as_many(name, count), room), name in partnered)
    if anew and not least:
        (finish if quick else season)(filler)
    if anew and "simple" not in request.qualities:
        add_bread(filler)
    if anew:
        filler.match_stock()
    for quality in asked_for(request.pushed):
        filler.push(quality)
    return Plan(
        formula,
        cuisine,
        {name: tuple(members) for name, members in placed.items() if members},
        frozenset(food.name for food in request.foods),
        match.left_out,
    )


def _is_filling(formula: Formula, filler: Filler) -> bool:
    """Whether potatoes are there already, where one of several things would only make the dish more filling."""
    return "side" in formula.one_of and any(map(_fills, filler.dish()))


def _is_main(formula: Formula, request: Request) -> bool:
    return (request.category or formula.categories[0]) in ("lunch", "dinner")


def _possible(formula: Formula, request: Request) -> bool:
    if request.equipment is not None and not formula.needs <= request.equipment:
        return False
    if formula.appliance and request.equipment is None and not request.fitness(formula):
        return False
    if formula.hasty and not (request.max_minutes and request.max_minutes <= _LITTLE_TIME):
        return False
    if request.category and request.category not in formula.categories:
        return False
    if formula.kind in request.needs.exclude:
        return False
    if "infant" in request.needs.eaters and _is_hard_to_chew(formula):
        return False
    return not (request.cuisine and formula.only and request.cuisine.name not in formula.only)


def _is_hard_to_chew(formula: Formula) -> bool:
    """Whether there is much raw in it: no meal for somebody who has few teeth."""
    return not formula.sweet and (not formula.needs - {"blender"} or "salad" in formula.kind)


def _complete(match: Match, request: Request, animals: bool) -> bool:
    """Whether every place that must be filled is, or can be, and there is something to eat in it."""

    def fillable(name: str) -> bool:
        place = match.formula.places[name]
        if name in match.placed or match.formula.instead.get(name) in match.placed:
            return True
        return can_be_filled(place, match.formula, request.needs, animals)

    return all(fillable(name) for name in match.formula.require) and any(fillable(name) for name in match.formula.mains)


def _answers(match: Match, request: Request) -> bool:
    """Whether the dish is made of what was asked for: a fair part of it, and a protein if one was named."""
    used = {food.name for members in match.placed.values() for food in members}
    proteins = [food.name for food in request.foods if food.role == "protein"]
    if proteins and used.isdisjoint(proteins):
        return False
    asked = [food for food in request.foods if not _fills(food)]
    filling = [food for food in request.foods if _fills(food)]
    total = sum(_importance(food) for food in (*asked, *filling[:_MOST_FILLING]))
    return sum(_importance(food) for food in request.foods if food.name in used) >= _LEAST_SHARE * total


def _match(formula: Formula, request: Request) -> Match:
    placed: dict[str, tuple[Food, ...]] = {}
    left_out: list[Food] = []
    for food in sorted(request.foods, key=_importance, reverse=True):
        fits = _cookable(food, formula, request) and not _clashes(food, placed)
        name = _place_for(food, formula, placed) if fits else None
        if name is None:
            left_out.append(food)
        else:
            placed[name] = (*placed.get(name, ()), food)
    used = sum(_importance(food) for members in placed.values() for food in members)
    total = sum(_importance(food) for food in request.foods)
    score = 10 * used / total if total else 0.0
    score += 1.0 if any(placed.get(name) for name in formula.mains) else 0.0
    score += 0.5 if formula.base in placed else 0.0
    score += min(0.5 * sum(bool(tags(food) & formula.loves) for members in placed.values() for food in members), 2.0)
    if request.foods:
        score -= 0.25 * sum(name not in placed and name not in _AT_HAND for name in formula.require)
    score -= 0.7 * formula.modest
    score -= _without_core(formula, request, placed)
    score -= _SHUNNED * sum(bool(tags(food) & formula.shuns) for members in placed.values() for food in members)
    score -= 0.7 * sum(food.role == "starch" for food in placed.get("side", ()))
    if "salad" not in formula.kind:
        score -= 1.5 * sum("salad_fruit" in tags(food) for food in placed.get("fresh", ()))
        score -= 1.2 * (formula.sided or formula.oven is not None) * len(placed.get("fresh", ()))
    if home := formula.only or frozenset(formula.cuisines):
        owned = [food for members in placed.values() for food in members if food.cuisines]
        score -= sum(_abroad(food) for food in owned if not home & set(food.cuisines))
        tofu = any("firm_plant_protein" in tags(food) for members in placed.values() for food in members)
        score -= _TOFU_ABROAD if tofu and not home & TOFU_KITCHENS else 0.0
    if request.cuisine:
        score += 1.0 if request.cuisine.name in formula.cuisines else 0.0 if not formula.cuisines else -1.0
        score += 0.6 if request.cuisine.name in formula.only else 0.0
    score += request.fitness(formula, not left_out)
    score += _keep(formula, request, placed)
    if request.equipment is not None and not request.equipment & {"stove", "oven"}:
        score += _TOOL * formula.appliance
    if _is_all_sweet(request.foods):
        score += _SWEET * formula.sweet
    elif not request.category:
        score -= 0.0 if {"dinner", "lunch"} & set(formula.categories) else 1.5
    cuisine = request.cuisine.name if request.cuisine else None
    odd = left_out or any((tags(food) - {food.role}) & formula.shuns for food in request.foods)
    known = 0.0 if odd else familiarity(formula, request.foods, cuisine)
    return Match(formula, placed, tuple(left_out), score, known)


def _is_all_sweet(foods: Sequence[Food]) -> bool:
    """Whether there is nothing but fruit, with nuts or sugar perhaps: nobody means a dinner."""
    return any(food.role == "fruit" for food in foods) and all(
        food.role in ("fruit", "sweet", "nut") or food.category in ("nut", "seed") for food in foods
    )


def _abroad(food: Food) -> float:
    """How far a dish is from a food of other kitchens; what seasons would make it taste of them."""
    return 1.8 if food.role in _TELLING else 0.6


def _without_core(formula: Formula, request: Request, placed: Mapping[str, object]) -> float:
    enough = sum(food.role in SUBSTANCE for food in request.foods) >= _ENOUGH_FOODS
    return _FAR if enough and formula.core and formula.core not in placed else 0.0


def _keep(formula: Formula, request: Request, placed: dict[str, tuple[Food, ...]]) -> float:
    """The foods of the recipe at hand put in their places; how much of it stays. Another kind is seasoned anew."""
    like = request.like
    if like is None:
        return 0.0
    same = formula.kind == like.kind
    kept = [food for food in like.kept if food not in request.foods and (same or not tags(food) & _EASY)]
    used, room = 0.0, MOST_INGREDIENTS - sum(formula.require.values())
    for food in kept:
        full = not same and sum(map(len, placed.values())) >= room
        if full or tags(food) & formula.shuns or not _cookable(food, formula, request):
            continue
        if name := _place_for(food, formula, placed):
            placed[name] = (*placed.get(name, ()), food)
            used += _importance(food)
    return 3 * used / (sum(map(_importance, kept)) or 1)


def _cookable(food: Food, formula: Formula, request: Request) -> bool:
    """Whether it can be cooked there: an oven alone boils no rice, and in pregnancy cured meat is not eaten raw."""
    if "pregnant" in request.needs.eaters and "cured" in formula.places and "ready_meat" in tags(food):
        return False
    without_hob = request.equipment is not None and "stove" not in request.equipment
    return not (without_hob and not formula.boils and tags(food) & HOB)


def _clashes(food: Food, placed: Mapping[str, Sequence[Food]]) -> bool:
    """Whether it is fish beside meat, or meat beside fish, unless that is bacon, or a third thing that fills."""
    if _fills(food) and sum(_fills(other) for members in placed.values() for other in members) >= _MOST_FILLING:
        return True
    land, sea = frozenset({"meat", "poultry"}), frozenset({"fish"})
    others = sea if food.category in land else land if food.category in sea else frozenset()
    return any(
        other.category in others and not (tags(food) | tags(other)) & {"cured_meat"}
        for members in placed.values()
        for other in members
    )


def _fills(food: Food) -> bool:
    return food.role == "starch" or "potato" in tags(food)


def _importance(food: Food) -> float:
    classes = tags(food)
    if food.role == "protein":
        return 3.0
    return 0.5 if classes & _EASY else 2.0


def _place_for(food: Food, formula: Formula, placed: Mapping[str, Sequence[Food]]) -> str | None:
    fitting = _places_for(food.name, formula.name)
    return next((name for name in fitting if len(placed.get(name, ())) < formula.places[name].most), None)


@lru_cache(maxsize=20_000)
def _places_for(food_name: str, formula_name: str) -> tuple[str, ...]:
    """The places of the dish that take the food, in the order in which it is put there."""
    food, places = foods()[food_name], formulas()[formula_name].places
    first = ("tomato",) if food_name in FRESH_TOMATOES and "tomato" in places else ()
    return tuple(name for name in (*first, *places) if takes(places[name], food))


def _cuisine(formula: Formula, match: Match, rng: Random) -> Cuisine | None:
    """A cuisine that the dish and the person's foods are at home in."""
    owned = [food for members in match.placed.values() for food in members]
    telling = (*_TELLING, "protein")
    at_home = (name for food in owned if food.role in telling for name in food.cuisines if name in cuisines())
    names = formula.cuisines or tuple(dict.fromkeys((*_ANYWHERE, *at_home)))
    names = tuple(name for name in names if not formula.only or name in formula.only)
    if any("firm_plant_protein" in tags(food) for food in owned):
        names = tuple(name for name in names if name in TOFU_KITCHENS) or names
    if any(tags(food) & _WESTERN for food in owned):
        names = tuple(name for name in names if name not in TOFU_KITCHENS) or names
    weights = [
        (0.3 + sum(_at_home(food, cuisines()[name]) for food in owned)) ** 3
        * prod(_strangeness(food, cuisines()[name]) for food in owned)
        for name in names
    ]
    if formula.sweet or not names:
        return None
    return cuisines()[rng.choices(names, weights)[0]]


def _strangeness(food: Food, cuisine: Cuisine) -> float:
    """How much less likely a kitchen is for a food that others have and it has not: least for what seasons."""
    if _at_home(food, cuisine):
        return 1.0
    seasons = food.role in _TELLING or "coconut_cream" in tags(food)
    elsewhere = bool(food.cuisines) or (food.role == "herb" and any(food.name in each for each in _herbs()))
    return (_ODD_SEASONING if seasons else _ODD) if elsewhere else 1.0


@cache
def _herbs() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(cuisine.foods.get("herb", ())) for cuisine in cuisines().values())


def _at_home(food: Food, cuisine: Cuisine) -> bool:
    if food.name in _EVERYWHERE:
        return False
    return cuisine.name in food.cuisines or any(food.name in members for members in cuisine.foods.values())
