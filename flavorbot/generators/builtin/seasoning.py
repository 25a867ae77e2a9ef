"""What makes a dish taste of something, put in whatever chance left out."""

from __future__ import annotations

from functools import partial

from flavorbot.generators.builtin.balance import balance
from flavorbot.generators.builtin.book import FRESH_TOMATOES, tags
from flavorbot.generators.builtin.filling import IN_SAUCE, MOST_INGREDIENTS, Filler
from flavorbot.generators.builtin.liking import ANIMALS, LARDER, TOFU_KITCHENS, is_foreign
from flavorbot.kitchen.foods import Food, foods

_MOST_HERBS = 2
_DRIED = frozenset({"mixed herbs", "oregano"})
_LEAVES = frozenset({"bay leaf", "lime leaf", "curry leaf"})
_NO_OREGANO = frozenset({"dill", "tarragon", "coriander leaf"})
_MILD = frozenset({"parsley", "chive", "chervil"})
"""Fresh herbs that only freshen what dried ones season."""
_RICH = ("cheese", "dairy", "creamy", "nut", "egg", "sauce", "butter_nut")
_TIMELESS = frozenset(
    {"acid", "herb", "nut", "dairy", "cheese", "sauce", "sweet", "drizzle", "spice", "pinch", "sweet_spice",
     "extra_sweet"}
)  # fmt: skip
_PULSES = frozenset({"ready_pulse", "dry_pulse"})
_CREAMY_KITCHENS = frozenset({"british", "french", "american"})
_FISH = frozenset({"fish", "shellfish"})
_WITH_EGG = frozenset({"hash", "fried rice"})
_LIGHT = frozenset(
    {"fritters", "dip", "porridge", "pot of mussels", "slaw", "greens", "roast vegetables", "savoury pancakes"}
)
"""Dishes that are no plateful, or whose plate is full without a vegetable or bread."""
_GREEN = frozenset({"hard", "medium", "soft", "leafy", "mushroom"})
_FILLING = frozenset({"starch", "bread", "potato", "ready_pulse", "dry_pulse"})
_ENOUGH_OWNED, _MOST_BOUGHT = 3, 6
"""Foods of the person's own from which on nobody buys bread to it, and all that is bought beside so many."""
_KEPT = frozenset({"spice", "seasoning", "fat", "sweet"})
_THICKENS = frozenset({"cornflour"})
_DRY = frozenset({"traybake", "bowl", "tacos", "air-fryer roast", "patties", "grilled", "salad", "pilaf", "baked rice"})
"""Dishes that want something creamy or crunchy beside meat or fish, too."""
_ANY_TOP = ("dairy", "cheese", "nut")
_TOPS = {
    "italian": ("cheese", "nut"), "french": ("cheese", "nut"), "british": ("cheese", "dairy"),
    "spanish": ("nut", "cheese"), "greek": ("cheese", "dairy"),
    "middle_eastern": ("dairy", "nut"),
    "turkish": ("dairy", "nut"), "moroccan": ("nut", "dairy"), "indian": ("dairy", "nut"), "thai": ("nut",),
    "vietnamese": ("nut",), "chinese": ("nut",), "japanese": ("nut",), "korean": ("nut",),
}  # fmt: skip
"""With which place a kitchen makes a plain dish richer."""
_NO_YOGURT, _NO_YOGURT_KITCHENS = frozenset({"pork", "beef", "sausage"}), frozenset({"british", "french", ""})
"""Meats that nobody there eats with yogurt."""
_SALTED, _SALTY_G = frozenset({"broth", "ready_pulse"}), 2.0
"""What makes a dish salty enough, and the salt in 100 g from which a condiment is too much beside it."""
_MINUTE_MORE = 0.5
"""How likely a dish in a hurry gets garlic, which costs a minute: another try goes without."""
_LEMONGRASS = frozenset({"thai", "vietnamese"})
_POTS = frozenset(
    {"curry", "dal", "stew", "soup", "chilli", "shakshuka", "casserole", "goulash", "tagine", "ragù",
     "pressure-cooker stew", "slow-cooker stew"}
)  # fmt: skip
_FRESHENS = frozenset({"herb", "acid"})
"""What is simmered until soft, and what it wants at the end however much was bought for it."""
_SPICED, _STEWED = frozenset({"curry", "dal"}), frozenset({"shakshuka", "stew", "soup"})
_RED = FRESH_TOMATOES | {"tinned_tomato", "tomato paste", "curry_paste", "coconut_cream"}
"""Dishes whose spices fry with tomato, those that fresh tomatoes are to colour, and what is enough of it."""
_SOFT = frozenset(
    {"soup", "pasta", "one-pan pasta", "risotto", "polenta", "gratin", "curry", "dal", "pasta bake", "mash"}
)
_CRUNCHY = frozenset({"nut", "seed", "breadcrumb", "crisp_meat", "side", "loaf", "raw_vegetable", "crispbread"})
_ROOM_FOR_CRUNCH = 12
"""Soft dishes, what is crisp on or beside them, and how many foods leave room for more."""


def season(filler: Filler) -> None:
    """What the formula never leaves out, then what the dish still lacks, as far as the needs allow."""
    _fry_tomato(filler)
    _scent(filler)
    pulses = filler.formula.simmers_pulses and any(tags(food) & _PULSES for food in filler.dish())
    if pulses and not filler.has("tomato paste"):
        _add(filler, "acid", 1)
    if filler.has("cassava"):
        _add(filler, "herb", 1)
        _add(filler, "acid", 1)
    for name, count in filler.formula.best.items():
        _add(filler, name, count)
    if filler.formula.sweet:
        return
    creamed = _is_potato_soup(filler) and _add(filler, "creamy", 1)
    _round_off(filler)
    if filler.formula.kind == "stir-fry" and not filler.placed.get("sauce"):
        _add(filler, "stock", 1)
    if any(food.category in _FISH for food in filler.dish()):
        _add(filler, "acid", 1)
    if not filler.formula.needs:
        _fewer_herbs(filler)
        if not any(filler.placed.get(name) for name in ("herb", "sauce")):
            _add(filler, "herb", 1)
        _balance(filler)
        _enrich(filler)
        return
    if creamed:
        filler.placed["acid"] = [food for food in filler.placed.get("acid", ()) if food.name in filler.named]
    if not filler.placed.get("aromatics"):
        _add(filler, "aromatics", 1)
    present = {tag for members in filler.placed.values() for food in members for tag in tags(food)}
    stewed = "tomato" in filler.placed and "tinned_tomato" not in present and "salad" not in filler.formula.kind
    if filler.formula.base == "pasta" and stewed and filler.has_fresh_tomatoes():
        filler.place("tomato paste")
    if any("firm_plant_protein" in tags(food) and not is_foreign(food, filler.cuisine) for food in filler.dish()):
        _add(filler, "sauce", 1)
    if "avocado" in present:
        _add(filler, "acid", 1)
    _fewer_herbs(filler)
    _balance(filler)
    _enrich(filler)
    if len(filler.named) >= _ENOUGH_OWNED and _shopping(filler) >= _MOST_BOUGHT:
        filler.placed["nut"] = [food for food in filler.placed.get("nut", ()) if food.name in filler.named]


def _fry_tomato(filler: Filler) -> None:
    """Tomato paste where spices fry and nothing else gives the sauce its body: fresh tomatoes alone are thin.

    Coconut milk does: its list of things is long, and lime and a herb do more for it.
    """
    kind, present = filler.formula.kind, {tag for food in filler.dish() for tag in tags(food)}
    spiced = kind in _SPICED and filler.cuisine is not None and filler.cuisine.name == "indian"
    stewed = kind in _STEWED and FRESH_TOMATOES & present & filler.named and "tinned_tomato" not in present
    if ((spiced and not present & _RED) or stewed) and filler.count() < MOST_INGREDIENTS:
        filler.place("tomato paste", anywhere=True)


def _scent(filler: Filler) -> None:
    """Lemongrass in a curry or soup of coconut milk further east."""
    kitchen = filler.cuisine.name if filler.cuisine else ""
    coconut = any("coconut_cream" in tags(food) for food in filler.dish())
    simmered = filler.formula.kind in ("curry", "soup") and filler.count() < MOST_INGREDIENTS
    if simmered and coconut and kitchen in _LEMONGRASS:
        filler.place("lemongrass", anywhere=True)


def finish(filler: Filler) -> None:
    """Of what the formula never leaves out, what takes no time: a dish in a hurry has its herb and its lemon, too."""
    for name, count in filler.formula.best.items():
        if name in _TIMELESS:
            _add(filler, name, count)
    _fewer_herbs(filler)
    fish = any(food.category in _FISH for food in filler.dish())
    if fish and filler.formula.needs & {"stove", "oven"} and not filler.placed.get("aromatics"):
        filler.place("garlic")
    if not filler.formula.sweet:
        _balance(filler, garlic=filler.rng.random() < _MINUTE_MORE)


def add_bread(filler: Filler) -> None:
    """Bread beside what fills nobody, for those in a hurry: it takes no time."""
    savoury = filler.formula.needs and not filler.formula.sweet and filler.formula.kind not in _LIGHT
    if savoury and filler.hurried and not any(tags(food) & _FILLING for food in filler.dish()):
        _add(filler, "side", 1)


def _round_off(filler: Filler) -> None:
    """What makes a plate of it: onion where it cooks long, an egg beside bacon alone, a vegetable, and bread."""
    if filler.cooks_long() and not any("bulb" in tags(food) for food in filler.dish()):
        _add(filler, "aromatics", len(filler.placed.get("aromatics", ())) + 1)
    bulbs = {food.name for food in filler.dish() if "bulb" in tags(food)}
    if filler.cooks_long() and bulbs == {"celery"} and filler.count() < MOST_INGREDIENTS:
        filler.place("onion", anywhere=True)
    proteins = [food for food in filler.dish() if food.role == "protein"]
    if proteins and all("cured_meat" in tags(food) for food in proteins) and filler.formula.kind in _WITH_EGG:
        _add(filler, "egg", 1)
    if filler.formula.kind in _LIGHT:
        return
    green = any((food.role in _GREEN and "potato" not in tags(food)) or food.name == "leek" for food in filler.dish())
    if not green and not filler.has(IN_SAUCE):
        any(_add(filler, name, len(filler.placed.get(name, ())) + 1) for name in ("quick", "leaf", "slow", "fresh"))
    if filler.owned < _ENOUGH_OWNED and not any(tags(food) & _FILLING for food in filler.dish()):
        any(_add(filler, name, 1) for name in ("side", "couscous_bowl", "bread"))


def _is_potato_soup(filler: Filler) -> bool:
    """Whether cream suits it better than lemon: in no kitchen that warms its soups with cumin."""
    creamy = filler.cuisine is None or filler.cuisine.name in _CREAMY_KITCHENS
    return creamy and filler.formula.kind == "soup" and any("potato" in tags(food) for food in filler.dish())


def _enrich(filler: Filler) -> None:
    """Something creamy, salty or crunchy on top, where there is nothing of the kind: the kitchen's own way first."""
    if any(filler.placed.get(name) for name in _RICH):
        _add_crunch(filler)
        return
    meaty = any(food.category in ANIMALS for food in filler.dish())
    if meaty and filler.formula.kind not in _DRY:
        return
    kitchen = filler.cuisine.name if filler.cuisine else ""
    names = _TOPS.get(kitchen, _ANY_TOP)
    present = {tag for food in filler.dish() for tag in tags(food)}
    if "salad" in filler.formula.kind or (kitchen in _NO_YOGURT_KITCHENS and present & _NO_YOGURT):
        names = tuple(name for name in names if name != "dairy")
    any(_add(filler, name, 1) for name in names if not (meaty and name == "cheese"))


def _add_crunch(filler: Filler) -> None:
    """Nuts or seeds that go with something there, on what is soft all through."""
    present = {tag for food in filler.dish() for tag in tags(food)}
    full = filler.count() > _ROOM_FOR_CRUNCH or _is_full(filler, "nut")
    if filler.formula.kind in _SOFT and not present & _CRUNCHY and not full:
        filler.top_up("nut", 1, partners=True)


def _fewer_herbs(filler: Filler) -> None:
    """Two herbs at most, none bought that only finishes a dish beside one that was named.

    Nor a jar of mixed ones beside a fresh one that tastes of itself, or in something raw.
    """
    while extra := _blurring(filler):
        for members in filler.placed.values():
            members[:] = [food for food in members if food is not extra]
    _add(filler, "herb", filler.formula.best.get("herb", 0))


def _blurring(filler: Filler) -> Food | None:
    """The herb that nobody named and that one too many makes the least of: dried ones first."""
    fresh = [food for food in filler.dish() if food.role == "herb" and food.name not in _LEAVES | _DRIED]
    dried = [food for food in filler.dish() if food.name in _DRIED and food.name not in filler.named]
    if dried and any(food.name in _NO_OREGANO for food in fresh):
        return dried[0]
    if dried and dried[0].name == "mixed herbs" and any(food.name not in _MILD for food in fresh):
        return dried[0]
    bought = [food for food in fresh if food.name not in filler.named]
    if filler.needs_no_dill() and (dill := [food for food in bought if food.name == "dill"]):
        return dill[0]
    if len(bought) < len(fresh) and (tender := [food for food in bought if "woody" not in tags(food)]):
        return tender[-1]
    if len(fresh) + len(dried) > _MOST_HERBS:
        return next(iter((*dried, *reversed(bought))), None)
    return None


def sign(filler: Filler) -> None:
    """What the cuisine is known by, where a savoury dish has a place for it.

    Further east it goes before what makes such a dish anywhere: fish sauce in place of soy, gochujang beside it.
    """
    if filler.formula.sweet or filler.cuisine is None:
        return
    eastern = filler.cuisine.name in TOFU_KITCHENS
    for names in filler.cuisine.signature:
        if not any(filler.has(name) for name in names):
            any(filler.place(name, anywhere=eastern) for name in filler.in_turn(names))


def _add(filler: Filler, name: str, count: int) -> bool:
    return not _is_full(filler, name) and filler.top_up(name, count)


def _is_full(filler: Filler, name: str) -> bool:
    spiced = name in _FRESHENS and filler.formula.kind in _SPICED
    full = filler.count() >= MOST_INGREDIENTS + spiced or name not in filler.formula.places
    many = filler.owned >= _ENOUGH_OWNED and _shopping(filler) >= _MOST_BOUGHT
    full = full or (many and not (name in _FRESHENS and filler.formula.kind in _POTS))
    return full or (name == "herb" and filler.has_fresh_herb() and not _is_only_simmered(filler))


def _is_only_simmered(filler: Filler) -> bool:
    """Whether its herb is one that nobody named and that cooks in the pot, so that a green one may go over it."""
    sprigs = filler.placed.get("sprig", ())
    unasked = bool(sprigs) and not any(food.name in filler.named for food in sprigs)
    return unasked and filler.formula.kind in _POTS and not filler.placed.get("herb")


def _balance(filler: Filler, garlic: bool = True) -> None:
    balance(filler, partial(_put, filler), lambda name: _add(filler, name, 1), garlic)


def _put(filler: Filler, name: str) -> bool:
    """Whether the food could still go into the dish, wherever it has a place for it."""
    bought = name not in LARDER and foods()[name].role not in _KEPT
    full = filler.count() >= MOST_INGREDIENTS
    full = full or (bought and filler.owned >= _ENOUGH_OWNED and _shopping(filler) >= _MOST_BOUGHT)
    present = {tag for food in filler.dish() for tag in tags(food)}
    full = full or (present >= _SALTED and foods()[name].salt_g > _SALTY_G)
    return not full and filler.place(name, anywhere=True)


def _shopping(filler: Filler) -> int:
    """How many foods are bought for it that do not stand in a kitchen for months."""
    there = LARDER | filler.named | _THICKENS
    return sum(food.name not in there and food.role not in _KEPT for food in filler.dish())
