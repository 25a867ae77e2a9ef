"""What kind of dish a recipe is, as far as its tags or its title tell, for keeping, freezing and serving it."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.steps import is_cooked
from flavorbot.generators.builtin.book import formulas, tags

_SALADS = frozenset({"salad", "slaw", "salad plate", "couscous salad", "pasta salad", "fruit salad", "warm salad"})
_DRINKS = frozenset({"smoothie", "lassi", "cooler", "warm drink", "hot chocolate"})
_BAKES = frozenset(
    {"muffins", "brownies", "flapjacks", "cake", "sponge", "cupcakes", "scones", "biscuits", "cookies", "loaf"}
)
_BATTERS = frozenset({"pancakes", "fritters", "savoury pancakes", "waffles", "crepes"})
_AT_ONCE = frozenset({"toast", "sandwich", "tacos", "omelette", "scrambled eggs", "microwave eggs", "yogurt bowl"})
_STEWS = frozenset({
    "soup", "stew", "curry", "chilli", "dal", "goulash", "tagine", "casserole", "ragù", "slow-cooker stew",
    "pressure-cooker stew", "noodle soup", "shakshuka", "bolognese",
})  # fmt: skip
_CRISP = frozenset({"air-fryer roast", "roast", "traybake", "roast vegetables", "patties", "fritters", "grill"})
_SWEETS = frozenset({"crumble", "baked fruit", "compote", "pie", "rice pudding", "bread pudding", "baked pudding"})
_FAMILIES = {
    "salad": _SALADS, "drink": _DRINKS, "bake": _BAKES, "batter": _BATTERS, "at once": _AT_ONCE, "stew": _STEWS,
    "sweet": _SWEETS, "crisp": _CRISP,
}  # fmt: skip
_SEAFOOD = frozenset({"fish", "scaleless", "crustacean", "mollusc"})
_MEAT = frozenset({"pork", "beef", "lamb", "game", "rabbit", "poultry", "mixed_meat"})


def kind_of(asked: Asked) -> str:
    """Such as "curry" or "muffins"; "dish" where nothing tells."""
    known = {formula.kind for formula in formulas().values()}.union(*_FAMILIES.values())
    for tag in asked.recipe.tags:
        if tag in known:
            return tag
    words = f" {asked.recipe.title.casefold().replace('-', ' ')} "
    named = [kind for kind in known if f" {kind.replace('-', ' ')} " in words or f" {kind.rstrip('s')} " in words]
    return max(named, key=len, default="dish")


def family_of(asked: Asked) -> str:
    """salad, drink, bake, batter, at once, stew, sweet, crisp, or dish."""
    kind = kind_of(asked)
    found = next((family for family, kinds in _FAMILIES.items() if kind in kinds), "")
    if found:
        return found
    return "dish" if is_cooked(asked) else "salad"


def has_rice(asked: Asked) -> bool:
    return any(tags(food) & {"plain_rice", "risotto_rice"} or food.name == "cooked rice" for food in asked.foods)


def has_seafood(asked: Asked) -> bool:
    return any(food.kind in _SEAFOOD and food.role == "protein" for food in asked.foods)


def has_meat(asked: Asked) -> bool:
    return any(food.kind in _MEAT and food.role == "protein" for food in asked.foods)
