"""What a savoury dish must not lack: garlic, something sharp, something that wakes it up, depth, something fresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from flavorbot.generators.builtin.book import FRESH_TOMATOES, tags
from flavorbot.generators.builtin.filling import IN_SAUCE, Filler
from flavorbot.generators.builtin.liking import ANIMALS
from flavorbot.kitchen.foods import Food, foods

_WITHOUT_GARLIC = frozenset(
    {"scrambled eggs", "omelette", "savoury pancakes", "microwave eggs", "egg toast", "slaw", "salad plate", "sandwich"}
)
_SHARP = FRESH_TOMATOES | {
    "acid", "anchovy", "blue cheese", "caper", "chutney", "cottage cheese", "creme fraiche", "feta", "goat's cheese",
    "gorgonzola", "harissa", "hot sauce", "horseradish", "kimchi", "mustard", "olive", "pickle", "pickled jalapeno",
    "pickled onion", "preserved lemon", "salsa", "salsa verde", "sauerkraut", "soured_cream", "stilton", "sumac",
    "sun-dried tomato", "tinned_tomato", "tomato paste", "vinaigrette", "wine", "yogurt",
}  # fmt: skip
_LIVELY = frozenset(
    {"caper", "chorizo", "curry_paste", "ginger", "harissa", "horseradish", "hot", "merguez", "mustard", "pesto",
     "rocket", "smoked mackerel", "smoked salmon", "sun-dried tomato", "watercress",
     "worcestershire sauce"}
)  # fmt: skip
_TAME = frozenset({"salt", "black pepper", "bay leaf", "lime leaf", "curry leaf", "oregano", "mixed herbs", "saffron"})
"""Of the spices and dried herbs those that wake nothing up."""
_DEEP = frozenset(
    {"anchovy", "broth", "caper", "cheese", "cured_meat", "curry_paste", "fish sauce", "frying_cheese", "gochujang",
     "hoisin sauce", "hot sauce", "kimchi", "miso", "mushroom", "mustard", "nutritional yeast", "olive",
     "oyster sauce", "pesto", "ready_fish", "ready_meat", "sausage", "soy sauce", "sun-dried tomato",
     "tahini", "tinned_tomato", "tomato paste", "vegan pesto",
     "vegan worcestershire sauce", "wine", "worcestershire sauce"}
)  # fmt: skip
_DEEP_WITHOUT = frozenset({"curry", "dal", "fritters", "slaw", "dip", "scrambled eggs", "salad"})
"""Dishes whose depth is in their spices or their freshness."""
_EGGS = frozenset({"scrambled eggs", "omelette", "microwave eggs", "savoury pancakes"})
"""Dishes that are mild and meant to be: a little heat does."""
_FRAGRANT = frozenset({"pot of mussels"})
"""Dishes that wine, lemon and herbs are enough for."""
_CREAM = frozenset({"cream", "plant_cream", "milk_drink"})
_CREAM_KITCHENS = frozenset({"", "italian", "french", "british", "american"})
"""Those that grate nutmeg into it."""
_NUTMEG = frozenset({"mushroom", "leafy", "potato", "cauliflower", "leek", "whole_egg", "squash", "cheese"})
"""What nutmeg goes with, in cream."""
_NUTMEG_IN_EGGS = frozenset({"asparagus", "cauliflower", "leafy", "leek", "mushroom", "potato"})
"""What wants nutmeg or mustard in eggs, rather than paprika."""
_MEATY = frozenset({"beef", "pork", "sausage", "stewing_meat"})
"""Meats that mustard goes with before all else."""
_HOT_DISHES = frozenset({"curry", "dal", "chilli", "tacos"})
"""Dishes that nobody wants quite without heat."""
_HOT_KITCHENS = frozenset({"indian", "mexican"})
"""Those that hardly cook without chilli."""
_LEAST_SPICES = ("coriander seed", "paprika", "turmeric", "smoked paprika")
"""Of several spices those that heat takes the place of, where there is no room for another."""
_LEMON_IN_CREAM = 0.4
"""How often cream and cheese on pasta are sharpened."""
_NO_MUSTARD = FRESH_TOMATOES | {"tinned_tomato"}
"""What mustard that nobody asked for spoils, if it is cooked."""
_WET = frozenset({"stock", "tomato", "creamy"})
"""Places of dishes in which tomato paste fries and then dissolves."""
_SHARP_ANYWHERE, _LIVELY_ANYWHERE, _DEEP_ANYWHERE = (
    ("mustard", "caper", "hot sauce"), ("smoked paprika", "chilli powder", "mustard"), ("tomato paste", "olive"),
)  # fmt: skip

Put = Callable[[str], bool]
"""Puts a food by its name, or one of a place, into the dish; whether that could be."""


def balance(filler: Filler, put: Put, add: Put, garlic: bool) -> None:
    """Each thing that is missing, of what its kitchen has for that, most wanted first.

    `garlic`: whether there is a minute for it.
    """
    if filler.has(IN_SAUCE):
        return
    kind, cooked = filler.formula.kind, filler.formula.needs
    if garlic and cooked and kind not in _WITHOUT_GARLIC and not _present(filler) & {"garlic", "curry_paste"}:
        put("garlic")
    if kind not in _EGGS and not _present(filler) & _SHARP:
        _sharpen(filler, put, add)
    if kind not in _FRAGRANT and not _is_lively(filler.dish()):
        _first(put, _waking(filler))
    kitchen = filler.cuisine.name if filler.cuisine else ""
    hot = kind in _HOT_DISHES or (kitchen in _HOT_KITCHENS and cooked and kind not in _EGGS)
    found = not hot or "hot" in _present(filler) or put("chilli powder")
    if not found and not filler.exchange(_LEAST_SPICES, "chilli powder") and kitchen in _HOT_KITCHENS:
        _for_pepper(filler)
    if _wants_depth(filler) and not _present(filler) & _DEEP:
        _first(put, _deepening(filler))
    if not _is_fresh(filler.dish()):
        add("herb")


def _for_pepper(filler: Filler) -> None:
    """Chilli in the place of black pepper, where there is no room for both."""
    pepper = [food for food in filler.placed.get("season", ()) if food.name == "black pepper"]
    if pepper and "black pepper" not in filler.named and filler.place("chilli powder"):
        filler.placed["season"].remove(pepper[0])


def _first(put: Put, names: Iterable[str]) -> bool:
    return any(map(put, names))


def _present(filler: Filler) -> Set[str]:
    return {tag for food in filler.dish() for tag in tags(food)}


def _own(filler: Filler, sort: str) -> tuple[str, ...]:
    return filler.cuisine.foods.get(sort, ()) if filler.cuisine else ()


def _without_mustard(filler: Filler, names: Iterable[str]) -> Iterable[str]:
    kitchen = filler.cuisine.name if filler.cuisine else ""
    foreign = kitchen not in _CREAM_KITCHENS - {"italian"}
    tomatoes = filler.formula.needs and _present(filler) & _NO_MUSTARD
    return (name for name in names if name != "mustard" or not (foreign or tomatoes))


def _sharpen(filler: Filler, put: Put, add: Put) -> None:
    """Lemon or vinegar; beside eggs, cheese and potatoes rather what is salty and sour in one, and nothing in cream."""
    present = _present(filler)
    mild = filler.formula.base == "potato" or present & {"whole_egg", "cheese", "potato"}
    if mild and present & _CREAM and (not filler.placed.get("pasta") or filler.rng.random() > _LEMON_IN_CREAM):
        return
    if present & _CREAM:
        add("acid")
        return
    names = (*filler.in_turn(_own(filler, "sharp")), *_SHARP_ANYWHERE)
    salty = _without_mustard(filler, (name for name in names if "hot" not in present & tags(foods()[name])))
    if not (_first(put, salty) if mild else add("acid")):
        add("acid") if mild else _first(put, salty)


def _is_lively(dish: Iterable[Food]) -> bool:
    return any(tags(food) & _LIVELY or (food.role == "spice" and food.name not in _TAME) for food in dish)


def _waking(filler: Filler) -> Iterable[str]:
    present, kitchen = _present(filler), filler.cuisine.name if filler.cuisine else ""
    own = filler.in_turn(_own(filler, "lively"))
    creamy = present & _CREAM or filler.formula.kind == "risotto"
    if kitchen in _CREAM_KITCHENS and creamy and present & _NUTMEG:
        own = filler.in_turn(("nutmeg", *(name for name in own if foods()[name].role == "spice")))
    elif filler.formula.kind in _EGGS:
        mild = bool(present & _NUTMEG_IN_EGGS) and kitchen in _CREAM_KITCHENS
        own = filler.in_turn(("nutmeg", "mustard") if mild else ("paprika", "chilli powder", "smoked paprika"))
    elif present & _MEATY:
        own = ["mustard", *own]
    return _without_mustard(filler, (*own, *_LIVELY_ANYWHERE))


def _wants_depth(filler: Filler) -> bool:
    """Whether no meat gives it: vegetables, pulses, eggs and pasta need help."""
    if not filler.formula.needs or filler.formula.kind in _DEEP_WITHOUT:
        return False
    return not any(food.category in ANIMALS for food in filler.dish())


def _deepening(filler: Filler) -> Iterable[str]:
    wet = any(filler.placed.get(place) for place in _WET)
    names = (*filler.in_turn(_own(filler, "deep")), *_DEEP_ANYWHERE)
    return _without_mustard(filler, (name for name in names if wet or name != "tomato paste"))


def _is_fresh(dish: Iterable[Food]) -> bool:
    return any(
        (food.role == "herb" and food.name not in _TAME) or tags(food) & {"raw_vegetable", "spring onion"}
        for food in dish
    )
