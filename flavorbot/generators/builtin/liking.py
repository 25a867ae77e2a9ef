"""Which foods go together: partners of the food table, and foods at home in the same kitchens."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flavorbot.generators.builtin.book import Cuisine, tags
from flavorbot.kitchen.foods import Food

SUBSTANCE = frozenset(
    {"hard", "medium", "soft", "leafy", "mushroom", "protein", "fruit", "starch", "cheese", "garnish", "nut"}
)
"""Roles that make a dish another one; the others season it."""
LARDER = frozenset(
    {"salt", "black pepper", "garlic", "onion", "olive oil", "vegetable oil", "butter", "tomato", "pasta", "spaghetti",
     "rice", "bread"}
)  # fmt: skip
"""What goes with nearly everything says little about who goes with whom."""
ANIMALS = frozenset({"meat", "poultry", "fish", "shellfish"})
TOFU_KITCHENS = frozenset({"chinese", "japanese", "korean", "thai", "vietnamese"})

_HOMES = {
    "northern_root": frozenset({"british", "french", "american"}),
    "couscous": frozenset(
        {"moroccan", "middle_eastern", "french", "italian", "greek", "spanish", "turkish", "british"}
    ),
    "sesame seed": TOFU_KITCHENS | {"middle_eastern", "turkish"},
}
"""The kitchens of foods or classes that are strange in all others."""


def ties(food: Food, dish: Iterable[Food], named: Collection[str]) -> float:
    """With how many foods of the dish it goes, those that the person named counting twice."""
    return sum(
        1.0 if other.name in named else 0.5
        for other in dish
        if other.name not in LARDER and (food.name in other.pairs or other.name in food.pairs)
    )


def liking(food: Food, dish: Iterable[Food], named: Collection[str], cuisine: Cuisine | None) -> float:
    """How much likelier a food is for what it meets in the dish; less, if nothing there goes with it."""
    if is_foreign(food, cuisine):
        return 0.1
    found = ties(food, dish, named)
    return 1 + 1.5 * found if found else 0.4 if food.role in (*SUBSTANCE, "herb", "spice") else 0.8


def is_foreign(food: Food, cuisine: Cuisine | None) -> bool:
    """Whether the food belongs to other kitchens than the dish: tofu in a leek soup."""
    kitchen = cuisine.name if cuisine else ""
    if "firm_plant_protein" in tags(food):
        return kitchen not in TOFU_KITCHENS
    return bool(food.cuisines) and bool(kitchen) and food.role == "protein" and kitchen not in food.cuisines


def has_no_home(food: Food, cuisine: Cuisine | None) -> bool:
    """Whether nobody in that kitchen would buy it: parsnips in Mexico, sesame in Italy."""
    homes = [kitchens for name, kitchens in _HOMES.items() if name in tags(food)]
    return cuisine is not None and any(cuisine.name not in kitchens for kitchens in homes)
