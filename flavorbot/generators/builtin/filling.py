"""Filling the places that the person's foods leave empty, with what the dish, the cuisine and the needs allow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from flavorbot.generators.builtin.amounts import grams_per_serving
from flavorbot.generators.builtin.book import Cuisine, Formula, Place, cuisines, tags
from flavorbot.generators.builtin.qualities import Quality, bars, classes
from flavorbot.generators.builtin.request import Request
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.seasons import in_season

MOST_INGREDIENTS = 14
ANIMALS = frozenset({"meat", "poultry", "fish", "shellfish"})
HOB = frozenset({"plain_rice", "boiled_grain", "noodle", "pasta_shape", "dry_pulse", "cassava"})
"""What stands in a dish only after boiling or frying."""
_PROTEINS = frozenset({"meat", "fish", "egg", "pulse"})
_INFANT_SALT_G = 1.0
_QUICK_BASES = ("couscous", "rice noodles", "egg noodles", "bulgur", "quinoa", "rice")


def takes(place: Place, food: Food) -> bool:
    classes = tags(food)
    return bool(classes & place.takes) and not classes & place.never


def suits(food: Food, needs: Needs) -> bool:
    return _suits(food.name, needs)


@lru_cache(maxsize=20_000)
def _suits(name: str, needs: Needs) -> bool:
    return allowed(foods()[name], needs)


def can_be_filled(place: Place, formula: Formula, needs: Needs, animals: bool) -> bool:
    """Whether something usual may stand there, whatever the cuisine."""
    everywhere = (name for cuisine in cuisines().values() for name in cuisine.foods.get(place.name, ()))
    found = (food for name in (*place.usual, *everywhere) if (food := foods().get(name)))
    usual = any(
        takes(place, food)
        and suits(food, needs)
        and not tags(food) & formula.shuns
        and (animals or food.category not in ANIMALS)
        for food in found
    )
    return usual or any(suits(foods()[name], needs) for name in place.last)


class Filler:
    """Puts allowed foods into the places of one plan: the cuisine's own first, good partners likelier."""

    def __init__(
        self,
        formula: Formula,
        request: Request,
        cuisine: Cuisine | None,
        placed: dict[str, list[Food]],
        rng: Random,
        quick: bool,
        animals: bool,
    ) -> None:
        self.formula = formula
        self.needs = request.needs
        self.like = request.like
        self.qualities = request.qualities
        self.pushed = request.pushed
        self.month = request.month
        self.cuisine = cuisine
        self.placed = placed
        self.rng = rng
        self.quick = quick
        self.animals = animals
        self.pregnant = "pregnant" in request.needs.eaters
        self.infant = "infant" in request.needs.eaters
        equipment = request.equipment
        self.hob = equipment is None or "stove" in equipment or formula.boils

    def protein(self) -> float:
        """Grams of protein in a serving, roughly."""
        return sum(
            food.protein_g * grams_per_serving(food, self.formula.places[name].grams) / 100
            for name, members in self.placed.items()
            for food in members
        )

    def wants(self, name: str) -> bool:
        """Whether an optional place is filled: as in the dish to stay close to, else by chance.

        One protein and one starch are enough, and cheese stays away from fish.
        """
        proteins = [food for members in self.placed.values() for food in members if food.role == "protein"]
        if name in _PROTEINS and proteins and not self.placed[name]:
            return False
        starchy = any(
            food.role == "starch" or "potato" in tags(food) for members in self.placed.values() for food in members
        )
        if name in ("side", "bread") and starchy and not self.placed[name]:
            return False
        if name == "cheese" and any(food.category in ("fish", "shellfish") for food in proteins):
            return False
        if self.like and not self.like.anew:
            return any(food.name in self.like.foods for food in self._options(self.formula.places[name]))
        return self.rng.random() < 0.8

    def push(self, quality: Quality) -> None:
        """Something more of what the quality is about, where the dish has a place for it."""
        present = any(classes(food) & quality.foods for members in self.placed.values() for food in members)
        if self.pushed.count(quality.name) <= (present or not quality.foods) or self.count() > MOST_INGREDIENTS:
            return
        for name in quality.places:
            place, members = self.formula.places.get(name), self.placed.get(name, [])
            if place is None or len(members) >= place.most:
                continue
            usual = [foods()[each] for each in quality.usual if takes(place, foods()[each])]
            options = usual or self._options(place)
            fresh = [food for food in options if self._fits(food) and food not in members]
            fresh = [food for food in fresh if not quality.foods or classes(food) & quality.foods]
            if fresh:
                members.append(fresh[0])
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
        """Fill one of these places, chosen by chance, the first ones likelier; unasked, meat's stand-ins come last."""
        order = sorted(names, key=lambda name: (names.index(name) + 1) * self.rng.random())
        if not self.animals:
            order.sort(key=lambda name: name in ("meat", "fish"))
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
            (0.75**rank) * (1.8 if food.name in pairs or present & set(food.pairs) else 1.0) * self._in_season(food)
            for rank, food in enumerate(options)
        ]
        return self.rng.choices(options, weights)[0]

    def _in_season(self, food: Food) -> float:
        """How much likelier a food is for its season."""
        known = in_season(food, self.month) if self.month else None
        return 1.0 if known is None else 2.5 if known else 0.25

    def _options(self, place: Place) -> list[Food]:
        if place.name == "cured" and self.pregnant:
            return []
        own = self.cuisine.foods.get(place.name) if self.cuisine else None
        if own == () and not self.like:
            return []
        own = own or ()
        if self.like:
            own = tuple(sorted(self.like.foods)) + own
        used = {food.name for members in self.placed.values() for food in members}
        for names in (own, place.usual):
            found = [food for name in names if (food := foods().get(name)) and food.name not in used]
            if fitting := [food for food in found if takes(place, food) and self._fits(food)]:
                plain = [food for food in fitting if "odd_one" not in tags(food)]
                if plain or self.needs != Needs(eaters=self.needs.eaters):
                    return plain or fitting
        return [
            foods()[name] for name in place.last if self.hob and name not in used and suits(foods()[name], self.needs)
        ]

    def _fits(self, food: Food) -> bool:
        if bars(self.qualities, food):
            return False
        if not self.animals and (food.category in ANIMALS or self._is_stray_stock(food)):
            return False
        if not self.hob and tags(food) & HOB:
            return False
        if self.infant and (food.salt_g > _INFANT_SALT_G or "sweetener" in tags(food)):
            return False
        return suits(food, self.needs) and not tags(food) & self.formula.shuns and self._kosher(food)

    def _is_stray_stock(self, food: Food) -> bool:
        """A stock of meat in a dish without any."""
        others = (other for members in self.placed.values() for other in members)
        return food.category == "stock" and is_meat(food) and not any(is_meat(other) for other in others)

    def _kosher(self, food: Food) -> bool:
        """Whether the food keeps meat and milk apart, for those who keep kosher."""
        if "kosher" not in self.needs.diets:
            return True
        others = [other for members in self.placed.values() for other in members]
        meets_meat = "milk" in food.contains and any(is_meat(other) for other in others)
        return not meets_meat and not (is_meat(food) and any("milk" in other.contains for other in others))
