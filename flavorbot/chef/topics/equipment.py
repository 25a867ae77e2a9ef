"""Pans and appliances: what the recipe needs, and how to do without or with another one."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.proposals import refined
from flavorbot.chef.saying import either, listed, minutes, sentence
from flavorbot.chef.steps import appliances, oven_celsius, oven_minutes, vessels
from flavorbot.chef.topics.changes import told
from flavorbot.model import Reply

_NAMES = {
    "air fryer": r"air ?fryers?|air fry",
    "slow cooker": r"slow cookers?|crock ?pots?",
    "pressure cooker": r"pressure cookers?|instant pots?|pressure cook",
    "microwave": r"microwaves?",
    "oven": r"ovens?",
    "blender": r"blenders?|food processors?|liquidi[sz]ers?|stick blenders?",
    "grill": r"grills?|barbecues?|bbq|griddles?",
    "stove": r"stoves?|hobs?|cookers?|induction|gas",
}
_MISSING = (
    r"no|without|dont have|have no|havent (?:got )?|broke\w*|broken|lack|not got|no longer have|isnt working"
    r"|doesnt work|instead of"
)
_USE = (
    r"can (?:i|you|we|it|this)|could (?:i|we|it)|make (?:it|this) in|in (?:an?|the|my)|with (?:an?|the|my)|use"
    r"|cook (?:it|this) in|how (?:do|would) i|do it in|convert|adapt"
)
_NEED = (
    r"do i need|need (?:an?|the)|necessary|required|which|what (?:size |kind of |sort of |type of )?(?:\w+ )?(?:pan|pot"
    r"|tin|dish|tray|bowl|equipment|tools|utensils|pots|pans)"
)
_PANS = (
    r"(?<!side )dish(?:es)?|pans?|pots?|tins?|dish size|trays?|equipment|utensils|tools|wok|skillet|saucepan"
    r"|casserole dish|non ?stick|cast iron"
)
_WITHOUT_BLENDER = (
    "Mash it with a fork or potato masher, or push it through a sieve; it will be rustic, which suits it. A box grater "
    "does for shredding."
)


def answers(asked: Asked) -> Reply | None:
    if asked.says(r"re ?heat\w*|warm (?:it|this|them) up"):
        return None
    name = next((name for name, pattern in _NAMES.items() if asked.says(pattern)), None)
    if (
        name
        and asked.says(_MISSING)
        and asked.says(
            rf"(?:{_MISSING}) (?:\w+ ){{0,3}}(?:{_NAMES[name]})"
            rf"|(?:{_NAMES[name]}) (?:is |has )?(?:broke\w*|isnt working|doesnt work)"
        )
    ):
        return _without(asked, name)
    if name and asked.says(_NEED):
        return _needs(asked, name)
    if name and asked.says(_USE) and not asked.says(r"freez\w+|temperature|how hot|how long"):
        return _with(asked, name)
    if (
        asked.says(_PANS)
        and not asked.says(r"side dish\w*|\d+ ?cm|one (?:tin|pan)|serve|go with")
        and asked.says(rf"{_NEED}|{_USE}|how big|what size")
    ):
        return _pans(asked)
    return None


def _without(asked: Asked, name: str) -> Reply:
    if name not in appliances(asked):
        used = either(list(vessels(asked)[:2]))
        where = f" all you need is a {used}." if used else " you can go ahead as it is."
        return Reply(text=f"You do not need {_a(name)} for this:{where}")
    if name == "blender":
        return Reply(text=_WITHOUT_BLENDER)
    found = refined(asked, f"without {name}")
    by_hand = _by_hand(asked, name)
    if isinstance(found, str):
        return Reply(text=by_hand or found)
    return found.reply(sentence(told(asked, found), by_hand if found.cooked else ""))


def _by_hand(asked: Asked, name: str) -> str:
    """How to do it without the appliance, keeping the dish."""
    if name != "oven":
        return ""
    return (
        "If you would rather keep this dish: cook it in a heavy, lidded pan on a low heat with a splash of water, "
        "turning things now and then, and brown them at the end without the lid."
    )


def _needs(asked: Asked, name: str) -> Reply:
    used = appliances(asked)
    if name not in used:
        rest = listed([_a(each) if each != "stove" else "the hob" for each in used]) or "a bowl and a knife"
        return Reply(text=f"No, it works without {_a(name)}: {rest} will do.")
    if name == "blender":
        return Reply(text=f"It is easiest with one. {_WITHOUT_BLENDER}")
    return Reply(text=f"Yes, as it is written; ask me for a version “without {name}” if you have none.")


def _with(asked: Asked, name: str) -> Reply | None:
    if name in appliances(asked):
        return Reply(
            text=f"Yes, that is how the recipe has it: the steps use the {'hob' if name == 'stove' else name} already."
        )
    text = _converted(asked, name)
    if name in ("air fryer", "slow cooker", "pressure cooker", "microwave", "grill", "oven"):
        found = refined(asked, f"in the {name}")
        if not isinstance(found, str) and found.recipe.title:
            return found.reply(sentence(text, told(asked, found)))
    return Reply(text=text) if text else None


def _converted(asked: Asked, name: str) -> str:
    celsius, time = oven_celsius(asked), oven_minutes(asked)
    if name == "air fryer":
        if celsius and time:
            return (
                f"Yes, if it fits in one layer: {celsius - 20} °C instead of {celsius} °C, and look after "
                f"{minutes(round(time * 0.75))} instead of {minutes(time)}; shake or turn things halfway."
            )
        return "Only what is to be crisp does well in one; anything with a sauce or batter stays in the pan."
    if name == "slow cooker":
        beans = any("toxic_raw" in food.flags for food in asked.foods)
        boil = (
            " Dried beans must be boiled hard for ten minutes first, never raw into the slow cooker." if beans else ""
        )
        return (
            "Stews, soups and curries do: brown the meat and onions first, take a third less liquid, then 6 to 8 hours "
            f"on low or 3 to 4 on high; quick vegetables, cream and herbs only in the last half hour.{boil}"
        )
    if name == "pressure cooker":
        return (
            "For what simmers: about a third of the time, with at least 250 ml of liquid, and cream or cheese only "
            "after the pressure is gone."
        )
    if name == "microwave":
        return (
            "It warms, steams and melts, but does not brown: cover the dish, cook in bursts of two minutes, stir, and "
            "let it stand a minute."
        )
    if name == "grill":
        return (
            "For pieces under 3 cm: oil them, turn them once, and check the inside with a thermometer, as the outside "
            "browns long before."
        )
    return ""


def _pans(asked: Asked) -> Reply:
    found = vessels(asked)
    if not found:
        return Reply(text="Nothing special: a knife, a board and a big bowl.")
    people = asked.recipe.servings
    size = "28 cm across" if people >= 3 else "24 cm across"
    return Reply(
        text=f"You need {listed([_a(each) for each in found[:3]])}. For {people}, a pan of {size} gives things room; "
        "too small and they steam."
    )


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
