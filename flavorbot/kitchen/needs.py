"""What a person needs, and whether a food is allowed to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from flavorbot.kitchen.diets import meets
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import covers, group
from flavorbot.kitchen.labels import ALLERGEN_LABELS, DIET_LABELS
from flavorbot.model import ALLERGENS

_SIGNS = {
    "gluten": "wheat|barley|rye|gluten|oats|cereal",
    "crustaceans": "shrimp|prawn|shellfish",
    "eggs": "egg|mayonnaise",
    "fish": "anchov|fish sauce|dried fish",
    "peanuts": "peanut",
    "soybeans": "soya|soy sauce",
    "milk": "yogurt|butter|milk|parmesan|whey",
    "nuts": "nuts|cashews|almonds",
    "celery": "celery",
    "mustard": "mustard",
    "sesame": "sesame",
    "sulphites": "sulph|Sulph",
    "molluscs": "oyster|squid|mussel|shellfish",
}
_BARRED = {
    "infant": {
        "honey": "can make infants gravely ill before their first birthday (botulism)",
        "alcohol": "contains alcohol",
        "choking": "can choke a small child",
        "raw_milk": "may be made from raw milk",
        "mercury": "is high in mercury",
        "raw_egg": "is made with raw egg",
    },
    "young_child": {
        "alcohol": "contains alcohol",
        "choking": "can choke a small child unless it is cut up or ground",
        "mercury": "is high in mercury",
        "raw_egg": "is made with raw egg",
        "raw_milk": "may be made from raw milk",
    },
    "pregnant": {
        "alcohol": "contains alcohol",
        "raw_milk": "may be made from raw milk (listeria)",
        "mercury": "is high in mercury",
        "raw_egg": "is made with raw egg",
        "liver": "is very rich in vitamin A",
        "listeria": "is ready to eat and may carry listeria",
    },
}
_SALTIEST = {
    "infant": (1.2, {"cheese": 1.8, "bread": 1.6, "stock": 0.0}, "is too salty for a baby"),
    "young_child": (5.0, {"stock": 0.0, "baking": 100.0}, "is too salty for a small child"),
}
"""Grams of salt in 100 g of food that are still eaten, and for shelves apart. A baby gets less than 1 g a day, a child
under four 2 g (NHS); 1.5 g in 100 g is "high" on the UK's front-of-pack labels. Stock is drunk by the bowl."""
_SUGARED = "is or holds sugar, which babies do without"
_HOT = "is or may be too hot for a small child"
_HOT_FOODS = frozenset({
    "red curry paste", "vegan curry paste", "massaman curry paste", "indian curry paste", "cajun seasoning",
    "padron pepper", "pickled jalapeno", "wasabi", "horseradish", "kimchi", "vegan kimchi", "sichuan pepper",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """Diets and eaters by the model's names; allergies by their EU names, or in a person's words like `exclude`.

    `except_for` are words for foods that `exclude` does not mean: coconut, in "no nuts except coconut".
    """

    diets: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    eaters: tuple[str, ...] = ()
    except_for: tuple[str, ...] = ()


def joined(*lists: Iterable[str]) -> tuple[str, ...]:
    """Lists of names as one: in order, each name once."""
    return tuple(dict.fromkeys(item for items in lists for item in items))


def allowed(food: Food, needs: Needs) -> bool:
    """Whether the food is known to suit; what only may contain an allergen, or depends on the product, does not."""
    return why_not(food, needs) is None


def why_not(food: Food, needs: Needs) -> str | None:
    """The first reason against the food in one sentence: "Worcestershire sauce is made with anchovies (fish)"."""
    return next(reasons(food, needs), None)


def reasons(food: Food, needs: Needs) -> Iterator[str]:
    """Every reason against the food: allergies first, then diets, exclusions and eaters."""
    subject = title(food.name)
    for allergy in needs.allergies:
        if reason := _allergy(food, allergy, subject):
            yield reason
    for diet in needs.diets:
        fits = meets(food, diet)
        if not fits:
            yield f"{subject} {_diet(diet, fits)}."
    excepted = any(covers(word, food) for word in needs.except_for)
    for word in needs.exclude:
        if covers(word, food) and not excepted:
            yield f"{subject} is left out, as you asked ({word})."
    for eater in needs.eaters:
        if reason := barred_for(food, eater):
            yield f"{subject} {reason}."


def barred_for(food: Food, eater: str) -> str | None:
    """Why this eater should not have the food, as the end of a sentence."""
    for flag, reason in _BARRED[eater].items():
        liver = flag == "liver" and "liver" in food.name.split() + list(food.aliases)
        if flag == "alcohol" and food.category == "baking":
            continue
        if flag in food.flags or liver or (flag == "honey" and food.kind == "honey"):
            return reason
    if eater not in _SALTIEST:
        return None
    if _is_salty(food, eater):
        return _SALTIEST[eater][2]
    if eater == "infant" and _is_sugared(food):
        return _SUGARED
    return _HOT if _is_hot(food, eater) else None


def _is_salty(food: Food, eater: str) -> bool:
    """Whether it has more salt than this eater should have; the salt itself can be measured out for a child."""
    most, shelves, _ = _SALTIEST[eater]
    measured = eater == "young_child" and food.name == "salt"
    return food.salt_g > shelves.get(food.category, most) and not measured


def _is_sugared(food: Food) -> bool:
    """Sugar, syrup, juice, or made with sugar; fruit is not, dried or fresh."""
    return "refined_sugar" in food.flags or ("sugary" in food.flags and food.category in ("sweet", "drink"))


def _is_hot(food: Food, eater: str) -> bool:
    """Chilli and what is made of it; for a baby also what is seasoned with it, like curry powder."""
    chilli = group("chilli")
    hot = food.name in _HOT_FOODS or (chilli is not None and chilli.is_general_for(food))
    return hot or (eater == "infant" and covers("chilli", food))


def allergens_of(allergy: str) -> frozenset[str]:
    """The EU allergens that an allergy in a person's words stands for; empty for one outside the fourteen."""
    if allergy in ALLERGENS:
        return frozenset({allergy})
    found = group(allergy)
    return found.allergens if found else frozenset()


def in_order(allergens: Set[str]) -> tuple[str, ...]:
    """The allergens in the order of the EU's list."""
    return tuple([allergen for allergen in ALLERGENS if allergen in allergens])


def title(name: str) -> str:
    """The name with a capital, as a sentence begins."""
    return name[:1].upper() + name[1:]


def because(food: Food, allergen: str) -> str:
    """The table's sentence on why the food contains the allergen; empty when it speaks of something else."""
    told = re.search(_SIGNS.get(allergen, "$^"), food.because)
    return food.because if told else ""


def _allergy(food: Food, allergy: str, subject: str) -> str | None:
    meant = allergens_of(allergy)
    for allergen in in_order(meant & food.contains):
        label, reason = ALLERGEN_LABELS[allergen].lower(), because(food, allergen)
        return f"{title(reason)} ({label})." if reason else f"{subject} contains {label}."
    for allergen in in_order(meant & food.may):
        return f"{subject} may contain {ALLERGEN_LABELS[allergen].lower()}: check the label."
    if allergy not in ALLERGENS and covers(allergy, food):
        return f"{subject} is or may be made with {allergy}."
    return None


def _diet(diet: str, fits: bool | None) -> str:
    label = DIET_LABELS[diet].lower()
    if fits is None:
        return f"may not be {label}: check the label"
    return f"is not {label}"
