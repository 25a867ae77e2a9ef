"""How much of a food: grams for the plan, and the amount a cook would weigh, count or spoon out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flavorbot.kitchen.foods import Food

_SPOONED = frozenset({"fat", "acid", "condiment", "seasoning", "spice", "sweet", "binder", "dairy"})
_POURED = frozenset({"liquid", "drink", "fat", "dairy", "acid"})
_COUNTED = frozenset({"vegetable", "fruit", "egg", "bread", "mushroom"})
_SPICE_G = {
    "salt": 1.0, "black pepper": 0.25, "bay leaf": 0.3, "saffron": 0.05, "cinnamon": 0.6, "clove": 0.2,
    "nutmeg": 0.26, "cardamom": 0.4, "star anise": 0.4, "sichuan pepper": 0.5, "chilli powder": 0.5, "asafoetida": 0.1,
    "ras el hanout": 1.0,
}  # fmt: skip
_SQUEEZED = frozenset({"lemon", "lime"})
_SPLASH = 0.27
"""Of the juice of a lemon."""
_JUICE, _LEAST_JUICE_G = 0.5, 45.0
"""The part of a lemon's weight that is juice, and what one gives at least, limes too."""
_PUNGENT_G = 10.0
"""Up to this usual serving an aromatic is garlic, ginger or chilli: it does not stand for an onion."""
_OF_A_FRUIT = 0.4
"""The share of vinegar that does for a lemon."""
_LARGE_G, _HUGE_G = 230, 500
"""What weighs less is bought and cut up whole, unless one person eats; of a huge one it matters how much is used."""
_HALVED = frozenset({"avocado", "onion", "red onion", "mango", "orange"})
"""Smaller things of which a half keeps, or is enough."""
_WHOLE_G = (50.0, 150.0)
"""What a bread weighs of which everyone has a whole one."""
_NEVER_WEIGHED = frozenset({"onion", "red onion", "shallot", "spring onion", "leek", "banana", "avocado", "orange"})
"""What nobody weighs, however far a whole one is from what is wanted."""
_STRONG = frozenset({"aromatic", "acid"})
"""Roles of which a larger portion has no more than a usual one."""
_SOLID = ("butter", "margarine", "lard", "dripping", "goose fat")
_MOST_SOLID, _MOST_POWDER, _MOST_DAIRY, _MOST_SPOONED = 2.25, 3.5, 4.5, 6.25
"""Tablespoons of solid fat, of sugar or flour, of dairy and of the rest, from which on a balance or jug is better."""
_TEASPOON_ML = 4.93
_SPOONS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.5, 6.0, 9.0, 12.0, 15.0, 18.0)
"""Teaspoons that a set of spoons gives without guessing; three are a tablespoon."""
_WEIGHTS = ((10, 1), (50, 5), (150, 10), (250, 25), (1000, 50), (math.inf, 100))
"""Up to these grams or millilitres, what they are rounded to."""
_BAKED = frozenset({"binder", "sweet", "fat"})
_FINE = ((10, 1), (50, 5), (400, 10), (1000, 25), (math.inf, 50))
"""The same where a dough depends on it."""
_STOCK = ((250, 25), (1000, 50), (math.inf, 100))
_ROUGHLY, _CLOSELY = 0.25, 0.2
"""How far, of what is wanted, a number of pieces may be away before the food is weighed; huge ones less."""
_NEARLY = 0.36
"""The same for tins, and for one piece to each person: what is left of one is a nuisance."""
_LEAVES = frozenset({"bay leaf", "lime leaf"})
_SIZED = {
    "ginger": ("cm", 5.0), "lemongrass": ("stalk", 15.0),
    "thyme": ("sprig", 2.0), "rosemary": ("sprig", 2.0), "sage": ("sprig", 2.0), "tarragon": ("sprig", 2.0),
}  # fmt: skip
"""What is cut or picked off by its own measure, and the grams of one."""
_DRIED = {"mixed herbs": 0.4, "oregano": 0.4}
"""Herbs that come dried, and the part of a fresh one's weight that is enough."""
_NUMBERED = frozenset({"vegetable", "fruit", "mushroom", "pulse", "nut", "seed", "shellfish"})
_ALSO_NUMBERED = frozenset({"caper", "sardine", "pork chop", "lamb chop", "duck breast"})
_NEVER_COUNTED = frozenset({"sweetcorn", "breadcrumbs", "rhubarb", "potato", "sweet potato", "new potato"})
_TINNED = frozenset({"pulse", "vegetable"})
_ALSO_TINNED = frozenset({"coconut milk", "tinned fruit", "tomato pasta sauce"})
_NEVER_TINS = frozenset({"passata", "sweetcorn", "edamame"})
_PART_TIN = frozenset({"coconut milk", "tinned tomatoes"})
"""Tins of which a half is used, as the rest keeps or freezes."""
_MORE, _MANY_MORE = 0.01, 0.15
"""Of a tin: where one and two are as near, two, so that there is sauce enough; among many rather one more."""
_ALIKE = frozenset({"sausage", "chicken leg", "quail", "pork chop", "lamb chop", "duck breast", "burger patty",
                    "veggie burger", "frankfurter"})  # fmt: skip
"""What lies on a plate as it is, as many for everyone."""
_NEVER_HALVED = _ALIKE | {"egg", "egg white", "egg yolk", "garlic", "whole chicken"}
_OWN_EGG_G = 40
"""From this weight a serving has eggs of its own, and no part of one in a batter."""

_TINS = (
    (1, "a small dish, about 10 cm wide"), (2, "a small loaf tin, 19 by 9 cm"), (4, "a tin of 18 by 18 cm"),
    (6, "a tin of 20 by 25 cm"), (9, "a tin of 20 by 33 cm"), (12, "a tin of 25 by 38 cm"),
    (99, "two tins of 25 by 38 cm"),
)  # fmt: skip
"""Tins for so many servings at most."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a unit, None for pieces; `many` when the name stands in the plural."""

    quantity: float | None
    unit: str | None
    many: bool


def tin_for(servings: int) -> str:
    """The tin that a tray bake for so many fills 2 or 3 cm deep."""
    return next((tin for most, tin in _TINS if servings <= most), _TINS[-1][1])


def grams_per_serving(food: Food, share: float | None, factor: float = 1.0) -> float:
    """Grams in one serving: the share of the place if it has one, within the food's own range."""
    if food.name in _SPICE_G:
        return _SPICE_G[food.name]
    if food.role in _STRONG and food.name != "leek":
        factor = min(factor, 1.0)
    if food.serving_g is None or (share is not None and food.category == "stock"):
        return max((share if share is not None else _unranged(food)) * factor, 0.1)
    least, typical, most = food.serving_g
    wanted = typical if share is None else share * (_OF_A_FRUIT if is_vinegar(food) else 1.0)
    if food.role == "aromatic" and typical <= _PUNGENT_G:
        wanted = min(wanted, typical)
    grams = min(max(wanted * factor, least), most)
    each = food.each_g or 0.0
    whole = food.category == "bread" and _WHOLE_G[0] <= each <= _WHOLE_G[1]
    return max(round(grams / each), 1) * each if whole else grams


def is_vinegar(food: Food) -> bool:
    """Whether all of it is sour juice: of a lemon, less than half is."""
    return food.role == "acid" and food.category == "condiment"


def cookable(food: Food, grams: float, servings: int) -> Amount:
    """The nearest amount that a cook would measure; never nothing."""
    if servings > 8 and food.role in ("spice", "seasoning"):
        grams *= 0.9
    if food.name == "black pepper":
        return Amount(None, None, False)
    if food.name in _SIZED:
        unit, each = _SIZED[food.name]
        return Amount(float(max(round(grams / each), 1)), unit, False)
    if food.role == "herb" and food.name not in (*_LEAVES, "curry leaf"):
        return _herb(food, grams, servings)
    if food.name in _LEAVES:
        return Amount(float(max(round(servings / 3), 1)), None, servings > 4)
    if food.name in _SQUEEZED:
        return _squeezed(grams / max(_JUICE * (food.each_g or 60), _LEAST_JUICE_G))
    if food.category == "bread" and food.each_g and food.name != "breadcrumbs":
        return _slices(food, grams, servings)
    counted = _pieces(food, grams, servings) if _countable(food, grams) else None
    return counted or (_tins(food, grams, servings) if _is_tinned(food) else None) or _measured(food, grams, servings)


def _measured(food: Food, grams: float, servings: int) -> Amount:
    """With spoons, a jug or a balance."""
    if food.role in _SPOONED and food.cup_g and food.kind != "egg" and grams <= _most_spooned(food):
        return _spoons(food, grams, servings)
    if food.role in _POURED and food.cup_g and food.kind != "egg" and _runs(food):
        return Amount(_weight(food, grams, servings, food.cup_g / 240), "ml", False)
    each = food.each_g or 0
    countable = food.category in _NUMBERED and (each < 60 or (each < _LARGE_G and grams > 1.2 * each))
    return Amount(_weight(food, grams, servings), "g", countable or food.name in _ALSO_NUMBERED)


def _herb(food: Food, grams: float, servings: int) -> Amount:
    if food.name in _DRIED:
        return _spoons(food, grams * _DRIED[food.name], servings)
    return Amount(max(round(grams / 5) * 5, 5) if grams >= 4 else 3, "g", False)


def _squeezed(fruits: float) -> Amount:
    """A half, then whole ones; a quarter only for one or where it is no more than a splash."""
    parts = 4 if fruits < _SPLASH else 2 if fruits < 1.25 else 1
    count = max(round(fruits * parts), 1) / parts
    return Amount(count, None, count > 1)


def _slices(food: Food, grams: float, servings: int) -> Amount:
    """As many for everyone; of a loaf, the part that is needed."""
    if (food.each_g or 0) > 150:
        pieces = max(round(grams / (food.each_g or 1) * 2) / 2, 0.5)
        return Amount(pieces, None, pieces > 1)
    count = servings * max(round(grams / servings / (food.each_g or 40)), 1)
    sliced = food.name.endswith("bread") and food.name not in ("pitta bread", "flatbread")
    return Amount(float(count), "slice" if sliced else None, count > 1 and not sliced)


def _is_tinned(food: Food) -> bool:
    return bool(food.tin_g) and (food.category in _TINNED or food.name in _ALSO_TINNED) and food.name not in _NEVER_TINS


def _most_spooned(food: Food) -> float:
    """Grams up to which a food is measured with spoons."""
    powder = food.role in ("sweet", "binder")
    most = _MOST_POWDER if powder else _MOST_DAIRY if food.role == "dairy" else _MOST_SPOONED
    most = _MOST_SOLID if food.name.endswith(_SOLID) else most
    return most * (food.cup_g or 240) / 16


def _runs(food: Food) -> bool:
    thick = ("yogurt", "ghee", "fat", "sour cream", "creme fraiche", "tomatoes", *_SOLID)
    return not food.name.endswith(thick)


def _unranged(food: Food) -> float:
    return {"spice": 0.8, "herb": 3.0, "seasoning": 5.0, "acid": 8.0, "fat": 9.0, "sweet": 8.0}.get(food.role, 30.0)


def _countable(food: Food, grams: float) -> bool:
    """Pieces make sense: not 43 blueberries, not a fortieth of a pumpkin."""
    each = food.each_g or 0
    if food.name in _NEVER_HALVED or (food.name in _NEVER_WEIGHED and each):
        return bool(each)
    fit = food.category in _COUNTED and food.name not in _NEVER_COUNTED and each >= 4
    most = 12 if food.category == "fruit" and each >= 40 else 8
    return fit and 0.4 * each <= grams <= most * each


def _pieces(food: Food, grams: float, servings: int) -> Amount | None:
    """Whole ones, halves of large ones; None when that is too far from what is wanted, so that it is weighed."""
    each = food.each_g or 1
    if food.name in _ALIKE or (food.name == "egg" and grams >= _OWN_EGG_G * servings):
        count = _within(food, grams / each, servings, float(servings), each)
        near = food.name == "egg" or abs(count * each - grams) <= _NEARLY * grams
        return Amount(count, None, count > 1) if near else None
    count = _within(food, grams / each, servings, _part(food, grams / each, servings), each)
    weighed = each >= 60 and food.name not in (*_NEVER_HALVED, *_NEVER_WEIGHED)
    far = _CLOSELY if each >= _HUGE_G else _NEARLY if count == 1 < servings else _ROUGHLY
    if weighed and (abs(count * each - grams) > far * grams or _strays(food, count * each / servings)):
        return None
    unit = {"garlic": "clove", "celery": "stick"}
    return Amount(count, unit.get(food.name), count > 1 and food.name not in unit)


def _part(food: Food, pieces: float, servings: int) -> float:
    """The smallest part of a piece that is used: a whole one mostly."""
    each = food.each_g or 0
    alone = servings == 1 and each >= 60
    small = not (alone or each >= _LARGE_G or food.name in _HALVED)
    if food.name in _NEVER_HALVED or small:
        return 1.0
    if (food.name == "red onion" and pieces < 0.6) or (food.name == "onion" and pieces < 0.4):
        return 0.25
    return 0.5 if pieces < (2 if alone else 0.75) else 1.0


def _within(food: Food, wanted: float, servings: int, step: float, unit_g: float) -> float:
    """The multiple of a step that is nearest, one within the food's range before others; never nothing."""
    below = max(math.floor(wanted / step) * step, step)

    def away(amount: float) -> tuple[bool, float]:
        return _strays(food, amount * unit_g / servings), round(abs(amount - wanted), 6)

    return min((below, below + step), key=away)


def _strays(food: Food, grams: float) -> bool:
    """Whether so much in one serving is out of the food's range."""
    least, _, most = food.serving_g or (0.0, 0.0, math.inf)
    return not least * 0.999 <= grams <= most * 1.001


def _tins(food: Food, grams: float, servings: int) -> Amount | None:
    """Whole ones; the weight of half a tin where that is nearer, None when both are too far from what is wanted."""
    tin = food.tin_g or 1
    count = _within(food, grams / tin + (_MORE if grams < 3 * tin else _MANY_MORE), servings, 1.0, tin)
    if abs(count * tin - grams) <= _NEARLY * grams:
        return Amount(count, "tin", True)
    half = _within(food, grams / tin, servings, 0.5, tin) * tin
    if (food.name in _PART_TIN or servings == 1) and abs(half - grams) <= _NEARLY * grams:
        return Amount(half, "ml" if food.name == "coconut milk" else "g", True)
    return None


def _spoons(food: Food, grams: float, servings: int) -> Amount:
    spoon = (food.cup_g or 120.0) / 240 * _TEASPOON_ML
    wanted = grams / spoon
    several = food.category in ("nut", "seed") or food.name in ("olive", "caper")
    if wanted < 0.2:
        return Amount(1, "pinch", False)

    def away(spoons: float) -> tuple[bool, float]:
        return _strays(food, spoons * spoon / servings), max(spoons / wanted, wanted / spoons)

    near = sorted(_SPOONS, key=lambda spoons: abs(spoons - wanted))[:2]
    chosen = min(near, key=away) if wanted <= _SPOONS[-1] else round(wanted / 3) * 3.0
    return Amount(chosen / 3, "tbsp", several) if chosen >= 3 else Amount(chosen, "tsp", several)


def _weight(food: Food, grams: float, servings: int, unit_g: float = 1.0) -> float:
    amount = grams / unit_g
    steps = _STOCK if food.category == "stock" else _FINE if food.role in _BAKED else _WEIGHTS
    step = next(step for most, step in steps if amount < most)
    return _within(food, amount, servings, step, unit_g)
