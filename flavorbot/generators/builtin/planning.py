"""Planning a dish: which foods stand in which place of a formula, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from flavorbot.generators.builtin.amounts import grams_per_serving
from flavorbot.generators.builtin.book import Cuisine, Formula, Place, cuisines, tags
from flavorbot.generators.builtin.request import Request
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import allowed

MOST_INGREDIENTS = 14
_LEAST_PROTEIN_G = 17.0
_EASY = frozenset({"salt", "pepper", "oil", "spice", "herb", "acid", "seed", "sweetener", "seasoning"})
_QUICK_BASES = ("couscous", "rice noodles", "egg noodles", "bulgur", "quinoa", "rice")


@dataclass(frozen=True, slots=True)
class Plan:
    """A formula with its places filled; `owned` are the foods the person named, `left_out` those without a place."""

    formula: Formula
    cuisine: Cuisine | None
    foods: Mapping[str, tuple[Food, ...]]
    owned: frozenset[str]
    left_out: tuple[Food, ...]

    def all_foods(self) -> tuple[Food, ...]:
        return tuple(food for members in self.foods.values() for food in members)


@dataclass(frozen=True, slots=True)
class Match:
    """How a formula suits the person's foods."""

    formula: Formula
    placed: Mapping[str, tuple[Food, ...]]
    left_out: tuple[Food, ...]
    score: float


def takes(place: Place, food: Food) -> bool:
    classes = tags(food)
    return bool(classes & place.takes) and not classes & place.never


def matches(formulas: Iterable[Formula], request: Request) -> list[Match]:
    """The formulas that can be cooked with this category, cuisine and equipment, best first."""
    found = [_match(formula, request) for formula in formulas if _possible(formula, request)]
    return sorted(found, key=lambda match: (-match.score, match.formula.name))


def fill(match: Match, request: Request, rng: Random, quick: bool = False) -> Plan | None:
    """The formula with what is missing put in; None when a place that must be filled cannot be."""
    formula = match.formula
    cuisine = request.cuisine or (request.like and request.like.cuisine) or _cuisine(formula, match, rng)
    placed = {name: list(match.placed.get(name, ())) for name in formula.places}
    filler = _Filler(formula, request, cuisine, placed, rng, quick)
    for name, count in formula.require.items():
        if not filler.top_up(name, count):
            return None
    if formula.one_of and not any(placed[name] for name in formula.one_of):
        filler.top_up(rng.choice(formula.one_of), 1)
    if not any(placed[name] for name in formula.mains) and not filler.any_of(formula.mains):
        return None
    if _is_main(formula, request) and filler.protein() < _LEAST_PROTEIN_G:
        filler.any_of(
            [name for name in (*formula.mains, "pulse", "egg", "cheese") if name in formula.places and not placed[name]]
        )
    extras = list(formula.fill.items())
    rng.shuffle(extras)
    for name, count in () if quick else extras:
        if filler.count() < MOST_INGREDIENTS and filler.wants(name):
            filler.top_up(name, count)
    if request.heat > 0:
        filler.heat()
    return Plan(
        formula,
        cuisine,
        {name: tuple(members) for name, members in placed.items() if members},
        frozenset(food.name for food in request.foods),
        match.left_out,
    )


def _is_main(formula: Formula, request: Request) -> bool:
    return (request.category or formula.categories[0]) in ("lunch", "dinner")


def _possible(formula: Formula, request: Request) -> bool:
    if request.equipment is not None and not formula.needs <= request.equipment:
        return False
    if request.category and request.category not in formula.categories:
        return False
    return not (request.cuisine and formula.only and request.cuisine.name not in formula.only)


def _match(formula: Formula, request: Request) -> Match:
    placed: dict[str, tuple[Food, ...]] = {}
    left_out: list[Food] = []
    for food in sorted(request.foods, key=_importance, reverse=True):
        name = _place_for(food, formula, placed)
        if name is None:
            left_out.append(food)
        else:
            placed[name] = (*placed.get(name, ()), food)
    used = sum(_importance(food) for members in placed.values() for food in members)
    total = sum(_importance(food) for food in request.foods)
    score = 10 * used / total if total else 0.0
    score += 1.0 if any(placed.get(name) for name in formula.mains) else 0.0
    score += 0.5 if formula.base in placed else 0.0
    score -= 0.8 * sum(bool(tags(food) & formula.shuns) for members in placed.values() for food in members)
    score -= 0.7 * sum(food.role == "starch" for food in placed.get("side", ()))
    score -= 0.8 * sum("salad_fruit" in tags(food) for food in placed.get("fresh", ()))
    if request.cuisine:
        score += 1.0 if request.cuisine.name in formula.cuisines or not formula.cuisines else -1.0
    if not request.category:
        score -= 0.0 if {"dinner", "lunch"} & set(formula.categories) else 1.5
    return Match(formula, placed, tuple(left_out), score)


def _importance(food: Food) -> float:
    classes = tags(food)
    if food.role == "protein":
        return 3.0
    return 0.5 if classes & _EASY else 2.0


def _place_for(food: Food, formula: Formula, placed: Mapping[str, Sequence[Food]]) -> str | None:
    for name, place in formula.places.items():
        if takes(place, food) and len(placed.get(name, ())) < place.most:
            return name
    return None


def _cuisine(formula: Formula, match: Match, rng: Random) -> Cuisine | None:
    """A cuisine that the dish and the person's foods are at home in."""
    owned = [food for members in match.placed.values() for food in members]
    names = [name for name in formula.cuisines or tuple(cuisines()) if name in cuisines()]
    weights = [(0.3 + sum(_at_home(food, cuisines()[name]) for food in owned)) ** 2 for name in names]
    if formula.sweet or not names:
        return None
    return cuisines()[rng.choices(names, weights)[0]]


def _at_home(food: Food, cuisine: Cuisine) -> bool:
    return cuisine.name in food.cuisines or any(food.name in members for members in cuisine.foods.values())


class _Filler:
    """Puts allowed foods into the places of one plan: the cuisine's own first, those that pair with the rest preferred."""

    def __init__(
        self,
        formula: Formula,
        request: Request,
        cuisine: Cuisine | None,
        placed: dict[str, list[Food]],
        rng: Random,
        quick: bool,
    ) -> None:
        self.formula = formula
        self.needs = request.needs
        self.like = request.like
        self.mild = request.heat < 0
        self.cuisine = cuisine
        self.placed = placed
        self.rng = rng
        self.quick = quick

    def protein(self) -> float:
        """Grams of protein in a serving, roughly."""
        return sum(
            food.protein_g * grams_per_serving(food, self.formula.places[name].grams) / 100
            for name, members in self.placed.items()
            for food in members
        )

    def wants(self, name: str) -> bool:
        """Whether an optional place is filled: as in the dish to stay close to, else by chance."""
        if self.like:
            return any(food.name in self.like.foods for food in self._options(self.formula.places[name]))
        return self.rng.random() < 0.8

    def heat(self) -> None:
        """Something hot, where the dish has a place for it."""
        for name in ("aromatics", "spice", "sauce"):
            place = self.formula.places.get(name)
            for hot in ("chilli", "chilli powder", "sriracha"):
                food = foods()[hot]
                if place and takes(place, food) and allowed(food, self.needs) and food not in self.placed[name]:
                    self.placed[name].append(food)
                    return

    def count(self) -> int:
        return sum(len(members) for members in self.placed.values())

    def top_up(self, name: str, count: int) -> bool:
        """Whether the place holds at least one food, and as many up to `count` as can be found."""
        place, members = self.formula.places[name], self.placed[name]
        while len(members) < min(count, place.most):
            food = self._choice(place)
            if food is None:
                break
            members.append(food)
        return bool(members)

    def any_of(self, names: Sequence[str]) -> bool:
        """Fill one of these places, chosen by chance."""
        order = list(names)
        self.rng.shuffle(order)
        return any(self.top_up(name, 1) for name in order)

    def _choice(self, place: Place) -> Food | None:
        """The next food of an ordered list with some chance, so that the first ones are the usual ones."""
        options = self._options(place)
        if not options:
            return None
        if place.name == "season":
            return options[0]
        if self.like and (kept := [food for food in options if food.name in self.like.foods]):
            return kept[0]
        if self.quick and place.name == "base":
            return min(options, key=lambda food: _QUICK_BASES.index(food.name) if food.name in _QUICK_BASES else 99)
        present = {food.name for members in self.placed.values() for food in members}
        pairs = {pair for members in self.placed.values() for food in members for pair in food.pairs}
        weights = [
            (0.75**rank) * (1.8 if food.name in pairs or present & set(food.pairs) else 1.0)
            for rank, food in enumerate(options)
        ]
        return self.rng.choices(options, weights)[0]

    def _options(self, place: Place) -> list[Food]:
        own = self.cuisine.foods.get(place.name, ()) if self.cuisine else ()
        if self.like:
            own = tuple(sorted(self.like.foods)) + own
        used = {food.name for members in self.placed.values() for food in members}
        for names in (own, place.usual):
            found = [food for name in names if (food := foods().get(name)) and food.name not in used]
            found = [
                food
                for food in found
                if takes(place, food)
                and allowed(food, self.needs)
                and not tags(food) & self.formula.shuns
                and self._kosher(food)
                and not (self.mild and "hot" in tags(food))
            ]
            if found:
                return found
        return []

    def _kosher(self, food: Food) -> bool:
        """Whether the food keeps meat and milk apart, for those who keep kosher."""
        if "kosher" not in self.needs.diets:
            return True
        others = [other for members in self.placed.values() for other in members]
        meets_meat = "milk" in food.contains and any(is_meat(other) for other in others)
        return not meets_meat and not (is_meat(food) and any("milk" in other.contains for other in others))
