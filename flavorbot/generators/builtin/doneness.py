"""How long foods take by a method, and how a cook sees that they are done (temperatures: USDA)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flavorbot.generators.builtin.book import FRESH_TOMATOES, tags
from flavorbot.kitchen.foods import Food

_INSTEAD = {
    "fry": ("fry", "grill", "steam", "simmer"),
    "strips": ("fry", "grill", "steam", "simmer"),
    "chunks": ("fry", "grill", "steam", "simmer"),
    "simmer": ("simmer", "steam", "boil", "fry"),
    "boil": ("boil", "simmer"),
    "roast": ("roast", "bake", "grill", "fry"),
    "steam": ("steam", "simmer", "fry"),
    "pulse": ("simmer", "boil"),
    "before": ("roast", "bake", "simmer"),
    "tray": ("roast", "bake", "grill", "fry"),
}
_USUAL = {
    "fry": 5,
    "simmer": 6,
    "boil": 12,
    "roast": 15,
    "steam": 5,
    "chunks": 4,
    "pulse": 25,
    "before": 60,
    "tray": 22,
}
_LONGEST = {"fry": 8, "strips": 7, "chunks": 5, "simmer": 12, "steam": 12}
_TENDER = {"fry": 12, "simmer": 15, "steam": 12}
"""Minutes after which a vegetable that is cut up is soft."""
_BITE, _LAST = 3, 8
"""Minutes less for pasta that is baked afterwards, and at most before its end for what cooks along."""
_SOAK = {"bulgur": 15}
"""Minutes under boiling water, where it is longer than for couscous."""
_TOMATOES = 6
"""Minutes in which tomatoes give their juice to a pan."""
_STRIPS, _RED_STRIPS = 5, 3
"""Minutes over a high heat for meat in thin strips."""
_TRAY = (22, 30)
"""Minutes in a hot oven within which pieces of meat and vegetables are done beside each other."""
_SOUP = {"dry_pulse": 30, "hard": 15, "potato": 15, "mince": 20, "sausage": 15, "poultry": 15, "protein": 12}
"""Minutes that the first things in a soup simmer."""
LAST_OF_STEW = 40
"""Minutes before the end at which vegetables join meat that stews."""
_SIGNS = (
    ("cooked_meat", "steaming hot all through ({c})"),
    ("bone_in", "tender right to the bone, with no pink left ({c})"),
    ("tough_joint", "soft enough to pull apart (about 90 °C inside)"),
    ("stewing_meat", "soft enough to fall apart (about 90 °C inside)"),
    ("mince", "well browned, with no pink left ({c})"),
    ("poultry", "golden and cooked through, with no pink left ({c})"),
    ("sausage", "browned and cooked through ({c})"),
    ("chorizo", "crisp at the edges, its red fat running (over 71 °C)"),
    ("ham", "lightly browned"),
    ("mortadella", "lightly browned"),
    ("prosciutto", "crisp"),
    ("salami", "crisp at the edges"),
    ("cured_meat", "crisp at the edges (over 63 °C)"),
    ("frying_cheese", "golden on both sides"),
    ("firm_plant_protein", "golden and crisp at the edges"),
    ("egg", "set ({c})"),
    ("mussel", "open; throw away any that stay shut ({c})"),
    ("clam", "open; throw away any that stay shut ({c})"),
    ("prawn", "pink and opaque all through ({c})"),
    ("squid", "white and only just firm ({c})"),
    ("scallop", "golden outside and just firm ({c})"),
    ("shellfish", "opaque and firm ({c})"),
    ("tinned_fish", "hot through"),
    ("ready_fish", "hot through"),
    ("fish", "opaque and flaking easily ({c})"),
    ("liver", "browned, with the middle just set ({c})"),
    ("beef steak", "browned outside and just cooked through ({c})"),
    ("gnocchi", "floating on the surface"),
    ("pasta_shape", "tender, with a little bite"),
    ("protein", "browned and cooked through ({c})"),
)


def minutes_for(foods: Sequence[Food], method: str) -> int:
    """Minutes until the slowest of the foods is done by this method, two at least."""
    if method == "stew":
        return max((food.cook["simmer"][0] if "simmer" in food.cook else 40 for food in foods), default=0)
    if method == "soak":
        return max((_SOAK.get(food.name, 5) for food in foods), default=5)
    if method == "firm":
        return max(minutes_for(foods, "boil") - _BITE, 2)
    if method == "last":
        return min(minutes_for(foods, "simmer"), _LAST)
    if method == "before_stew":
        return max(minutes_for(foods, "stew") - LAST_OF_STEW, 10)
    if method == "soup":
        return max((max((_SOUP.get(tag, 4) for tag in tags(food)), default=4) for food in foods), default=4)
    if method == "slow_roast":
        return max((max(round(1.5 * minutes_for([food], "stew") / 15) * 15, 195) for food in foods), default=195) - 60
    if method == "side":
        return math.ceil(max((_minutes(food, "fry") for food in foods), default=6) / 2)
    if method == "before":
        return max(max((_minutes(food, method) for food in foods), default=0) - 40, 5)
    slowest = max((_minutes(food, method) for food in foods), default=0)
    return min(max(slowest, _TRAY[0]), _TRAY[1]) if method == "tray" else max(slowest, 2)


def celsius_for(foods: Sequence[Food]) -> int | None:
    return max((food.safe_c for food in foods if food.safe_c), default=None)


def sign_for(foods: Sequence[Food]) -> str:
    """What to look for, with the inner temperature of the food that needs the highest."""
    chosen = max(foods, key=lambda food: food.safe_c or 0)
    classes = tags(chosen)
    sign = next((sign for tag, sign in _SIGNS if tag in classes), "cooked through")
    celsius = celsius_for(foods)
    if celsius is None:
        return sign.replace(" ({c})", "").removesuffix(", with no pink left")
    if "°C" not in sign and "{c}" not in sign:
        sign += " ({c})"
    return sign.replace("{c}", f"{celsius} °C inside")


def _minutes(food: Food, method: str) -> int:
    if method == "strips" and "strip_meat" in tags(food):
        return _STRIPS if food.kind in ("pork", "poultry") else _RED_STRIPS
    for name in _INSTEAD[method]:
        if name in food.cook:
            minutes = food.cook[name][0]
            if food.name in FRESH_TOMATOES and method in _LONGEST:
                return min(minutes, _TOMATOES)
            vegetable = food.role in ("medium", "soft", "leafy", "mushroom")
            return min(minutes, _TENDER.get(method, 999) if vegetable else _LONGEST.get(method, 999))
    return 2 if "raw" in food.cook else _USUAL.get(method, _USUAL["fry"])
