"""Filling the places that the person's foods leave empty, with what the dish, the cuisine and the needs allow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from random import Random

from flavorbot.generators.builtin.amounts import grams_per_serving
from flavorbot.generators.builtin.book import FRESH_TOMATOES, Cuisine, Formula, Place, cuisines, formulas, tags
from flavorbot.generators.builtin.doneness import minutes_for
from flavorbot.generators.builtin.liking import ANIMALS, LARDER, SUBSTANCE, has_no_home, is_foreign, liking, ties
from flavorbot.generators.builtin.qualities import Quality, bars, classes
from flavorbot.generators.builtin.request import Request
from flavorbot.generators.builtin.spoiling import clashes, spoils
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.seasons import in_season

MOST_INGREDIENTS = 14
MADE = frozenset({"made dish", "meal", "prepared"})
"""Shelves of what a recipe may itself be making: a batter, a custard, a pizza."""
HOB = frozenset({"plain_rice", "boiled_grain", "noodle", "pasta_shape", "dry_pulse", "cassava"})
"""What stands in a dish only after boiling or frying."""
_PROTEINS = frozenset({"meat", "fish", "egg", "pulse"})
_INFANT_SALT_G = 1.0
_QUICK_BASES = ("couscous", "rice noodles", "egg noodles", "bulgur", "quinoa", "rice")
BODY = frozenset(
    {"pulse", "quick", "slow", "leaf", "fresh", "potato", "meat", "fish", "egg", "bread", "side", "fruit", "cured",
     "extra_sweet"}
)  # fmt: skip
_FREE = frozenset({"quick", "slow", "leaf", "fresh", "cheese", "fruit", "extra_sweet"})
"""Places that a partner of what is there may take, though no list names it."""
_OWN_ALONE = frozenset({"cheese", "herb"})
"""Places that stay empty where the cuisine has nothing for them: no tarragon with soy sauce, no cheddar with sumac.

A second spice is one of the cuisine's, too.
"""
_NO_CHEESE = frozenset({"avocado", "tender_meat", "anchovy", "soy sauce", "frying_cheese", "coconut_cream", "ginger"})
"""What wants no cheese that nobody asked for, beside fish and cheese."""
_COCONUT_KITCHENS = frozenset({"indian", "thai", "vietnamese", "caribbean"})
_NO_DILL = frozenset(
    {
        "ready_pulse",
        "dry_pulse",
        "game",
        "beef steak",
        "stewing_meat",
        "tinned_tomato",
        "sausage",
        "mince",
        "cured_meat",
        "cheddar",
        "avocado",
        "soy sauce",
        "paprika",
        "smoked paprika",
        "pork",
        "rosemary",
        "sage",
    }
)
_NO_CHIVE = frozenset({"mince", "tinned_tomato", "tomato paste"})
_SEA = frozenset({"fish", "crustaceans", "molluscs"})
_WET = frozenset({"stock", "tomato", "creamy"})
"""Places of dishes in which celery has time to soften."""
_SEASONAL = frozenset({"quick", "slow", "leaf", "fresh", "fruit"})
_SECOND = {"spice": frozenset({"cinnamon", "nutmeg", "allspice", "clove", "saffron", "fennel seed"})}
"""Spices that a savoury dish wants only beside another, or with what they go with."""
_TOUGH = frozenset({"rosemary", "sage", "savory", "thyme", "marjoram"})
"""Herbs that must cook: nothing to scatter."""
IN_SAUCE = "baked beans"
"""What comes in a sweet tomato sauce that wants neither lemon nor vegetables to it."""
_MOST_BOUGHT = {0: 9, 1: 8, 2: 6, 3: 5}
_MOST_BODY = {0: 3, 1: 2, 2: 1, 3: 1}


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
    return _can_be_filled(place.name, formula.name, needs, animals)


@lru_cache(maxsize=20_000)
def _can_be_filled(place_name: str, formula_name: str, needs: Needs, animals: bool) -> bool:
    usual, place = _usual(formula_name, place_name), formulas()[formula_name].places[place_name]
    if any((animals or food.category not in ANIMALS) and suits(food, needs) for food in usual):
        return True
    return any(suits(foods()[name], needs) for name in place.last)


@cache
def _usual(formula_name: str, place_name: str) -> tuple[Food, ...]:
    """The foods of the place itself and of all cuisines that this dish takes there."""
    formula = formulas()[formula_name]
    place = formula.places[place_name]
    everywhere = (name for cuisine in cuisines().values() for name in cuisine.foods.get(place_name, ()))
    found = (food for name in dict.fromkeys((*place.usual, *everywhere)) if (food := foods().get(name)))
    return tuple(food for food in found if takes(place, food) and not tags(food) & formula.shuns)


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
        self.hurried = request.max_minutes is not None
        self.cuisine = cuisine
        self.placed = placed
        self.named = frozenset(food.name for members in placed.values() for food in members)
        self.owned = min(sum(food.role in SUBSTANCE for members in placed.values() for food in members), 4)
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

        One protein and one starch are enough.
        """
        proteins = [food for members in self.placed.values() for food in members if food.role == "protein"]
        if name in _PROTEINS and proteins and not self.placed[name]:
            return False
        starchy = any(
            food.role == "starch" or "potato" in tags(food) for members in self.placed.values() for food in members
        )
        if name in ("side", "bread") and starchy and not self.placed[name]:
            return False
        if self.like and not self.like.anew:
            return any(food.name in self.like.foods for food in self._options(self.formula.places[name]))
        if name == "herb" and self.has_fresh_herb():
            return False
        if name in BODY:
            return self._bought(BODY) < _MOST_BODY.get(self.owned, 0) and self.rng.random() < 0.7 - 0.1 * self.owned
        return self._bought() < _MOST_BOUGHT.get(self.owned, 5) and self.rng.random() < 0.7

    def _bought(self, places: frozenset[str] | None = None) -> int:
        """How many foods nobody named stand in these places, or in all of them but salt and fat."""
        return sum(
            food.name not in self.named and food.name not in LARDER
            for name, members in self.placed.items()
            if (name in places if places else name not in ("season", "fat"))
            for food in members
        )

    def as_many(self, name: str, count: int) -> int:
        """How many a place needs of the `count` it asks for: a vegetable stands for another, no chilli for an onion."""
        if self.has(IN_SAUCE) and name in ("quick", "slow", "acid"):
            return len(self.placed[name])
        if name == "aromatics":
            return count + sum("hot" in tags(food) for food in self.placed[name])
        if name not in ("quick", "slow", "leaf") or self.formula.sweet:
            return count
        others = sum(len(self.placed.get(other, ())) for other in ("quick", "slow", "leaf", "potato") if other != name)
        others += any(food.name == "leek" and food.name in self.named for food in self.placed.get("aromatics", ()))
        asked = len(self.placed[name])
        count -= self._stews_tomatoes()
        enough = asked + others >= max(count, 2) or (self.owned >= 2 and asked + others)
        return asked if enough else max(count, asked)

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

    def match_stock(self) -> None:
        """The stock that nobody named, of the meat in the dish."""
        kinds = [tags(other) for other in self.dish() if is_meat(other) and other.category != "stock"]
        red = any(kind & {"beef", "lamb", "game"} for kind in kinds)
        kin = foods()["beef stock" if red else "chicken stock"]
        members = self.placed.get("stock", [])
        for at, food in enumerate(members):
            if kinds and food.category == "stock" and food.name not in self.named and kin not in members:
                del members[at]
                members.insert(at, kin if self._fits(kin) else food)

    def has(self, name: str) -> bool:
        return any(food.name == name for food in self.dish())

    def in_turn(self, names: Sequence[str]) -> list[str]:
        """The foods in a random order, the first ones and those in season likelier first; stand-ins last."""
        usual = [name for name in names if "odd_one" not in tags(foods()[name])]
        weight = {name: 0.7**rank * self._in_season(foods()[name]) for rank, name in enumerate(usual)}
        # The order of a weighted draw without putting back: https://doi.org/10.1016/j.ipl.2005.11.003
        drawn = sorted(usual, key=lambda name: -(self.rng.random() ** (1 / weight[name])))
        return [*drawn, *(name for name in names if name not in usual)]

    def place(self, name: str, anywhere: bool = False) -> bool:
        """Put the food into the first place that takes it and has room; whether that could be.

        A place of which the dish has `first` foods of its own takes no others, unless `anywhere`.
        """
        food = foods()[name]
        if self.has(name):
            return True
        for place in self.formula.places.values():
            if place.first and name not in place.first and not anywhere:
                continue
            if takes(place, food) and len(self.placed[place.name]) < place.most and self._fits(food):
                self.placed[place.name].append(food)
                return True
        return False

    def exchange(self, least: Sequence[str], name: str) -> bool:
        """Put the spice in the place of the first of the `least` ones that is there unasked; whether that could be."""
        spices = self.placed.get("spice", [])
        found = [food for each in least for food in spices if food.name == each and each not in self.named]
        if found and self._fits(foods()[name]) and takes(self.formula.places["spice"], foods()[name]):
            spices[spices.index(found[0])] = foods()[name]
            return True
        return False

    def count(self) -> int:
        return sum(len(members) for members in self.placed.values())

    def top_up(self, name: str, count: int, partners: bool = False) -> bool:
        """Whether the place holds at least one food, and as many up to `count` as can be found.

        `partners`: only foods that are known to go with one that is there.
        """
        place, members = self.formula.places[name], self.placed[name]
        while len(members) < min(count, place.most):
            food = self._choice(place, partners and bool(self.named))
            if food is None:
                break
            members.append(food)
        return bool(members)

    def strengthen(self, names: Sequence[str], weak: bool) -> bool:
        """Add what goes best with what is there to one of these places, the first ones likelier; whether it could.

        `weak`: the dish needs protein, so that what brings most of it is likelier.
        """
        found = [
            (name, food, 0.8 ** (index + rank) * self._liking(food) * (self._strength(name, food) if weak else 1.0))
            for index, name in enumerate(names)
            for rank, food in enumerate(self._options(self.formula.places[name]))
        ]
        if found:
            name, food, _ = self.rng.choices(found, [weight**2 for *_, weight in found])[0]
            self.placed[name].append(food)
        return bool(found)

    def _strength(self, name: str, food: Food) -> float:
        grams = grams_per_serving(food, self.formula.places[name].grams)
        return 0.1 + min(food.protein_g * grams / 1000, 1.0)

    def _choice(self, place: Place, partners: bool = False) -> Food | None:
        """The next food of an ordered list with some chance, so that the first ones are the usual ones."""
        options = self._options(place)
        if partners:
            options = [
                food for food in options if ties(food, self.dish(), self.named) and not self._is_out_of_season(food)
            ]
        if not options:
            return None
        if place.name == "season":
            return options[0]
        if place.name in _SECOND and not self.placed[place.name]:
            first = [food for food in options if food.name not in _SECOND[place.name] or self._goes(food)]
            options = first or options
        if defining := [food for name in place.first for food in options if food.name == name]:
            return defining[0]
        if place.name == "acid" and any(food.category in ("fish", "shellfish") for food in self.dish()):
            options = [food for food in options if "citrus" in tags(food)] or options
        if place.name == "dairy" and any(food.category == "fish" for food in self.dish()):
            options = [food for food in options if "mayonnaise" in food.name] or options
        if place.name == "aromatics" and not _WET & self.formula.require.keys():
            options = [food for food in options if food.name != "celery"] or options
        if place.name == "aromatics" and not self._has_bulb(place) and self.cooks_long():
            options = [food for food in options if "bulb" in tags(food)] or options
        if place.name == "aromatics" and self._has_bulb(place):
            options = [food for food in options if food.name == "garlic"] or options
        if self.month and place.name in _SEASONAL:
            options = self._of_the_season(place, options) or options
        if self.like and (kept := [food for food in options if food.name in self.like.foods]):
            return kept[0]
        if self.quick and self.hurried and place.name in ("quick", "slow", "leaf"):
            return min(options, key=lambda food: minutes_for([food], "fry"))
        if self.quick and place.name == "base":
            return min(options, key=lambda food: _QUICK_BASES.index(food.name) if food.name in _QUICK_BASES else 99)
        weights = [0.75**rank * self._liking(food) ** 1.5 * self._in_season(food) for rank, food in enumerate(options)]
        return self.rng.choices(options, weights)[0]

    def _in_season(self, food: Food) -> float:
        """How much likelier a food is for its season."""
        known = in_season(food, self.month) if self.month else None
        return 1.0 if known is None else 5.0 if known else 0.12

    def _of_the_season(self, place: Place, options: Sequence[Food]) -> list[Food]:
        """Those of the season, or what else stands there, where the kitchen's own all grow at another time."""
        usual = (foods()[name] for name in place.usual if not self.has(name))
        others = [food for food in usual if takes(place, food) and self._fits(food)]
        chosen = ([food for food in those if not self._is_out_of_season(food)] for those in (options, others))
        return next(filter(None, chosen), [])

    def _is_out_of_season(self, food: Food) -> bool:
        """Whether a vegetable or fruit is; herbs grow in pots, and mushrooms in the dark."""
        return food.role not in ("herb", "mushroom") and self._in_season(food) < 1

    def _has_bulb(self, place: Place) -> bool:
        return any("bulb" in tags(food) for food in self.placed[place.name])

    def cooks_long(self) -> bool:
        """Whether the aromatics fry for minutes, in which garlic alone would burn."""
        return any(
            step.plus.get("bulbs") or ("aromatics" in step.needs and step.minutes >= 4) for step in self.formula.steps
        )

    def _liking(self, food: Food) -> float:
        return liking(food, self.dish(), self.named, self.cuisine)

    def _goes(self, food: Food) -> bool:
        return ties(food, self.dish(), self.named) > 0

    def dish(self) -> list[Food]:
        return [food for members in self.placed.values() for food in members]

    def _options(self, place: Place) -> list[Food]:
        if place.name == "cured" and self.pregnant:
            return []
        own = self.cuisine.foods.get(place.name) if self.cuisine else None
        if own == () and not self.like:
            return []
        alone = place.name in _OWN_ALONE or (place.name == "spice" and self.placed["spice"])
        telling = own and alone and place.name not in self.formula.require
        own = (*place.first, *(own or ()))
        if self.like:
            own = tuple(sorted(self.like.foods)) + own
        used = {food.name for members in self.placed.values() for food in members}
        fond = tuple(pair for members in self.placed.values() for food in members for pair in food.pairs)
        free = place.name in _FREE and not telling
        fond = tuple(name for name in fond if self._neutral(foods()[name], place)) if free else ()
        usual = () if telling else place.usual
        for names in ((*own, *fond), (*usual, *fond)) if own else ((*usual, *fond),):
            known = (foods().get(name) for name in dict.fromkeys(names))
            found = [food for food in known if food and food.name not in used]
            if fitting := [food for food in found if takes(place, food) and self._fits(food)]:
                plain = [food for food in fitting if "odd_one" not in tags(food)]
                if plain or self.needs != Needs(eaters=self.needs.eaters):
                    return plain or fitting
        return [
            foods()[name] for name in place.last if self.hob and name not in used and suits(foods()[name], self.needs)
        ]

    def _neutral(self, food: Food, place: Place) -> bool:
        """Whether the food is at home everywhere, or where this dish is; fruit stays out of savoury dishes."""
        at_home = not food.cuisines or (self.cuisine is not None and self.cuisine.name in food.cuisines)
        return at_home and (food.role != "fruit" or place.name in ("fruit", "extra_sweet"))

    def _fits(self, food: Food) -> bool:
        if bars(self.qualities, food):
            return False
        if not self.animals and (food.category in ANIMALS or self._is_stray_stock(food) or self._is_stray_fish(food)):
            return False
        if not self.hob and tags(food) & HOB:
            return False
        if "firm_plant_protein" in tags(food) and is_foreign(food, self.cuisine):
            return False
        if food.name == "vegan worcestershire sauce" and any(other.kind != "plant" for other in self.dish()):
            return False
        if self._is_foreign_bread(food) or self._is_foreign_coconut(food) or has_no_home(food, self.cuisine):
            return False
        if food.name in _TOUGH and "tough" not in self.formula.parts and "sprig" not in self.formula.places:
            return False
        if self.infant and (food.salt_g > _INFANT_SALT_G or "sweetener" in tags(food)):
            return False
        if self._is_too_much(food):
            return False
        return suits(food, self.needs) and not tags(food) & self.formula.shuns and self._kosher(food)

    def _is_foreign_bread(self, food: Food) -> bool:
        """Chapatis beside an Italian frittata; a dish that cannot do without bread takes what there is."""
        if food.category != "bread" or not food.cuisines or {"side", "wrap", "bread"} & self.formula.require.keys():
            return False
        return self.cuisine is not None and self.cuisine.name not in food.cuisines

    def _is_foreign_coconut(self, food: Food) -> bool:
        """Coconut milk for cream in an Italian risotto; a dish that cannot do without takes what there is."""
        if "coconut_cream" not in tags(food) or self.cuisine is None or "creamy" in self.formula.require:
            return False
        return self.cuisine.name not in _COCONUT_KITCHENS

    def _is_too_much(self, food: Food) -> bool:
        """Whether what is there does its work already, or would spoil beside it."""
        classes, names = tags(food), {other.name for other in self.dish()}
        if food.name in FRESH_TOMATOES and any("tinned_tomato" in tags(other) for other in self.dish()):
            return True
        if "tinned_tomato" in classes and FRESH_TOMATOES & names and not self._needs_tomato_sauce():
            return True
        if food.name == "dill" and self.needs_no_dill():
            return True
        if food.name == "chive" and any(tags(other) & _NO_CHIVE for other in self.dish()):
            return True
        if (food.role == "cheese" or food.name == "halloumi") and self._has_no_need_of_cheese():
            return True
        if food.name == "tamarind" and not _WET & self.formula.places.keys():
            return True
        if self.formula.sweet and clashes(food, self.dish()) and not self._is_wanted(food):
            return True
        return spoils(food, self.dish(), self.cuisine.name if self.cuisine else "")

    def _is_wanted(self, food: Food) -> bool:
        """Whether a place that must be filled takes it: a drink of currants has its lemon."""
        return any(takes(self.formula.places[name], food) for name in self.formula.require)

    def needs_no_dill(self) -> bool:
        """Whether something is there with which it tastes wrong."""
        return any(tags(food) & _NO_DILL for food in self.dish())

    def has_fresh_herb(self) -> bool:
        """Whether there is one already: two that nobody asked for blur each other."""
        return any(food.role == "herb" for name in ("herb", "sprig") for food in self.placed.get(name, ()))

    def has_fresh_tomatoes(self) -> bool:
        return any(food.name in FRESH_TOMATOES for food in self.dish())

    def _stews_tomatoes(self) -> bool:
        """Whether fresh ones are its sauce."""
        return any(food.name in FRESH_TOMATOES for food in self.placed.get("tomato", ()))

    def _needs_tomato_sauce(self) -> bool:
        """Whether fresh tomatoes alone leave it dry: a bake, or mince."""
        if self._stews_tomatoes():
            return False
        dry = self.formula.oven is not None or any("mince" in tags(food) for food in self.dish())
        return "tomato" in self.formula.require or (dry and "tomato" in self.formula.one_of)

    def _has_no_need_of_cheese(self) -> bool:
        return "cheese" not in self.formula.require and any(
            other.role == "cheese" or other.category in ("fish", "shellfish") or tags(other) & _NO_CHEESE
            for other in self.dish()
        )

    def _is_stray_stock(self, food: Food) -> bool:
        """A stock of meat in a dish without any, or of beef where there is neither beef nor lamb."""
        if food.category != "stock" or not is_meat(food):
            return False
        kin = [other for other in self.dish() if is_meat(other) and other.category != "stock"]
        return not any(other.category != "poultry" or food.name != "beef stock" for other in kin)

    def _is_stray_fish(self, food: Food) -> bool:
        """A sauce of fish in a dish without any meat: whoever cooks tofu may want none."""
        return bool(food.contains & _SEA) and not any(other.category in ANIMALS for other in self.dish())

    def _kosher(self, food: Food) -> bool:
        """Whether the food keeps meat and milk apart, for those who keep kosher."""
        if "kosher" not in self.needs.diets:
            return True
        others = [other for members in self.placed.values() for other in members]
        meets_meat = "milk" in food.contains and any(is_meat(other) for other in others)
        return not meets_meat and not (is_meat(food) and any("milk" in other.contains for other in others))
