"""What would spoil a dish beside what is in it: sage with fish, vinegar in cream, two paprikas."""

from __future__ import annotations

from collections.abc import Iterable, Set

from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.liking import ANIMALS, TOFU_KITCHENS
from flavorbot.kitchen.foods import Food

_FISH = frozenset({"fish", "shellfish"})
_CREAM = frozenset({"cream", "plant_cream"})
_DULLED = frozenset(
    {"tomato", "cherry tomato", "tinned_tomato", "olive", "caper", "soy sauce", "coconut_cream", "mince"}
)
"""What cream that nobody asked for dulls."""
_PULSES = frozenset({"ready_pulse", "dry_pulse"})
_PLAIN_CREAM, _CREAM_SPICES = (
    frozenset({"italian", ""}),
    frozenset({"salt", "black pepper", "nutmeg", "saffron", "chilli powder"}),
)
"""Kitchens that leave cream as it is, and what they grate into it."""
_NOT_IN_CREAM = frozenset({"oregano", "fennel seed", "halloumi"})
_FENNEL_SEED = frozenset({"sausage", "pork", "pork mince", "fish", "potato", "cabbage"})
"""What fennel seed goes with."""
_CURRIED = frozenset({"indian", "mexican", "moroccan"})
_NO_NUTS_ON_FISH = frozenset({"american", "british", "french"})
_NO_FISH_HERB = frozenset({"sage", "rosemary"})
_NO_FISH_SPICE = frozenset({"allspice", "cinnamon", "nutmeg", "clove"})
_PAPRIKAS = frozenset({"paprika", "smoked paprika"})
_GINGERS = frozenset({"ginger", "ginger powder"})
_NO_HUMMUS = frozenset({"ready_pulse", "dry_pulse", "fish", "shellfish", "cheese", "savoury_spread"})
"""What wants mayonnaise, butter or nothing beside it, not mashed chickpeas."""
_NO_MUSTARD = frozenset({"greek", "turkish", "moroccan", "middle_eastern", "spanish", "mexican", *TOFU_KITCHENS})
_COOKED_TOMATO, _PASTA = frozenset({"tinned_tomato", "tomato paste"}), frozenset({"pasta_shape"})
_SHARP_TOMATOES = frozenset({"", "italian", "french", "spanish", "greek", "british"})
"""Kitchens in which a tomato sauce for pasta is sharp enough without lemon or vinegar."""
_WOODY = frozenset({"rosemary", "sage", "thyme", "oregano", "mixed herbs"})
_NORTHERN_HERBS = frozenset({"rosemary", "sage", "thyme", "tarragon", "mixed herbs"})
_NO_NORTHERN_HERBS = TOFU_KITCHENS | {"indian"}
"""Herbs that fight with cumin and ginger, and where both would be."""
_SOY_SAUCES = frozenset({"soy sauce", "tamari", "gluten-free soy sauce", "coconut aminos"})
_BRINED, _NOT_BRINED = frozenset({"olive", "caper"}), frozenset({"fruit", "blue cheese", "gorgonzola", "stilton"})
_SWEET_ROOTS = frozenset({"butternut squash", "pumpkin", "sweet potato", "parsnip", "beetroot"})
"""What sun-dried tomatoes drown, and basil fights with."""
_NO_BRINE = TOFU_KITCHENS | {"indian"}
"""Kitchens in which nobody reaches for olives or capers."""
_TOMATOES = frozenset({"tomato", "cherry tomato", "tinned_tomato"})
_STARCHY = frozenset({"starch", "potato"})

_EARTHY = frozenset({"walnut", "pecan", "raisin", "prune", "peanut"})
_DARK = frozenset({"dark chocolate", "milk chocolate", "chocolate bar", "vegan chocolate"})
_NOT_WITH = {
    "sour_fruit": frozenset({"citrus", "cinnamon", "nutmeg", "walnut", "pecan"}) | _DARK,
    "tropical_fruit": _EARTHY | _DARK | {"hazelnut", "cinnamon", "nutmeg", "golden raisin"},
    "berry": frozenset({"walnut", "pecan", "raisin", "nutmeg", "prune", "peanut", "ginger powder"}),
    "juicy_fruit": _EARTHY | _DARK | {"cinnamon", "nutmeg", "hazelnut"},
    "pome": _DARK | {"coconut"},
    "peach": _DARK | {"raisin", "prune", "nutmeg", "walnut"},
    "nectarine": _DARK | {"raisin", "prune", "nutmeg"},
    "plum": _DARK | {"raisin", "coconut"},
}
"""By the fruit, what nobody who was not asked for it puts to it."""


def spoils(food: Food, dish: Iterable[Food], kitchen: str) -> bool:
    """Whether the food does wrong beside those of the dish, in a kitchen by its name, "" where it is of none."""
    present = {tag for other in dish for tag in tags(other)}
    return (
        _spoils_fish(food, present, kitchen)
        or _spoils_cream(food, present, kitchen)
        or _is_one_too_many(food, present, kitchen)
        or (food.name in _WOODY and bool(present & _SOY_SAUCES))
        or (food.name in _SOY_SAUCES and bool(present & _WOODY))
        or (food.category == "nut" and "mince" in present)
        or (food.name in ("sun-dried tomato", "basil") and bool(present & _SWEET_ROOTS))
        or (food.name in _BRINED and (bool(present & _NOT_BRINED) or kitchen in _NO_BRINE))
        or (food.name in _WOODY and "pesto" in present)
        or (food.name in _NORTHERN_HERBS and kitchen in _NO_NORTHERN_HERBS)
        or (food.name == "allspice" and "egg" in present)
        or ("mustard" in food.name.split() and food.role != "spice" and kitchen in _NO_MUSTARD)
        or (food.name == "sage" and bool(present & _TOMATOES))
        or ("mustard" in food.name.split() and "tinned_tomato" in present)
        or (food.name == "fennel seed" and not present & _FENNEL_SEED)
    )


def _spoils_fish(food: Food, present: Set[str], kitchen: str) -> bool:
    """Cumin goes with it where it is curried; what is smoked needs no more smoke."""
    if not present & _FISH:
        return food.name == "fish stock"
    spiced = food.name in _NO_FISH_SPICE or (food.name == "cumin" and kitchen not in _CURRIED)
    smoked = food.name == "smoked paprika" and "ready_fish" in present
    return spiced or smoked or food.name in _NO_FISH_HERB or (food.category == "nut" and kitchen in _NO_NUTS_ON_FISH)


def _spoils_cream(food: Food, present: Set[str], kitchen: str) -> bool:
    classes = tags(food)
    if classes & _CREAM:
        return kitchen in TOFU_KITCHENS or bool(present & (_DULLED | {"savoury_spread"}))
    if food.category == "nut" and present & _CREAM and present & ANIMALS:
        return True
    if food.role == "spice" and kitchen in _PLAIN_CREAM and food.name not in _CREAM_SPICES:
        return bool(present & _CREAM)
    sour = classes & (_PULSES | {"vinegar", "savoury_spread"}) or food.name in _NOT_IN_CREAM
    return bool(sour and present & _CREAM)


def _is_one_too_many(food: Food, present: Set[str], kitchen: str) -> bool:
    """Whether something there does its work already."""
    classes = tags(food)
    if "savoury_spread" in classes and present & (_NO_HUMMUS if food.name == "hummus" else {"savoury_spread"}):
        return True
    twice = any(food.name in alike and present & alike for alike in (_PAPRIKAS, _SOY_SAUCES, _GINGERS))
    sharp = kitchen in _SHARP_TOMATOES and present & _COOKED_TOMATO and present & _PASTA
    sour = food.role == "acid" and ("acid" in present or sharp)
    stodgy = "potato" in classes and present & _STARCHY
    return bool(twice or sour or stodgy or ("broth" in classes and "broth" in present))


def clashes(food: Food, dish: Iterable[Food]) -> bool:
    """Whether it would be out of place on the fruit of a sweet dish: walnuts on mango, lemon on rhubarb."""
    present = {tag for other in dish for tag in tags(other)}
    return any(fruit in present and tags(food) & never for fruit, never in _NOT_WITH.items())
