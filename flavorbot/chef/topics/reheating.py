"""Reheating: how, how hot (74 °C, USDA; steaming hot all through, FSA) and how often."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.kinds import family_of, has_rice, has_seafood
from flavorbot.chef.saying import sentence
from flavorbot.chef.steps import oven_celsius
from flavorbot.generators.builtin.book import tags
from flavorbot.model import Reply

_ASKS = (
    r"re ?heat\w*|warm(?:ed|ing)? (?:it |this |them )?(?:up|through|again)"
    r"|heat(?:ed|ing)? (?:it |this |them )?(?:up|again)"
)
_COLD = r"(?:eat|have|serve|eaten|served) (?:it |this |them |the \w+ )?cold|cold the next day|good cold"
_LIMITS = "Do it once only, until it is steaming hot all through: 74 °C (165 °F) in the middle."


def answers(asked: Asked) -> Reply | None:
    if asked.says(_COLD) and not asked.says(_ASKS):
        return Reply(text=_cold(asked))
    if not asked.says(_ASKS) or asked.says(r"freez\w*|how long (?:does|will|can) (?:it|this) keep"):
        return None
    if asked.says("twice|second time|more than once|again and again"):
        return Reply(
            text="No, once only: each time it passes through the warm, germs get another chance. Reheat just what you "
            "will eat."
        )
    family = family_of(asked)
    if family in ("salad", "drink"):
        return Reply(text=f"{asked.recipe.title} is for eating cold, so there is nothing to reheat.")
    if family == "bake":
        return Reply(text="They are good as they are; five minutes in an oven at 150 °C makes them taste fresh again.")
    rice = "Rice must have been cooled within an hour and be no older than a day." if has_rice(asked) else ""
    return Reply(text=sentence(_how(asked, family), _LIMITS, rice))


def _cold(asked: Asked) -> str:
    if family_of(asked) in ("salad", "drink"):
        return f"Yes, {asked.recipe.title} is meant to be eaten cold."
    limit = "within 24 hours of cooking, because of the rice" if has_rice(asked) else "within two days"
    return (
        f"Yes, straight from the fridge and {limit}, if it was cooled quickly; season it again, as cold dulls the "
        "taste."
    )


def _how(asked: Asked, family: str) -> str:
    if asked.says("microwave"):
        return (
            "Yes: in a wide dish, covered, with a splash of water, on full power for 2 to 3 minutes a portion; stir it "
            "halfway and let it stand for a minute."
        )
    if has_seafood(asked):
        return (
            "Gently, in a covered pan or dish with a splash of water, so that nothing dries out; about 5 minutes on "
            "the hob."
        )
    if family == "crisp" or (oven_celsius(asked) and family != "stew"):
        return (
            "In the oven at 180 °C for 10 to 15 minutes, covered at first, so that it dries less and crisps at the end."
        )
    if family == "batter":
        return "In a dry pan or the toaster, a minute a side."
    if any(tags(food) & {"pasta_shape", "noodle", "plain_rice", "risotto_rice"} for food in asked.foods):
        return (
            "In a covered pan with a good splash of water or stock over a medium heat, stirring, for about 5 minutes; "
            "the starch has drunk the sauce."
        )
    return "In a covered pan over a medium heat with a splash of water, stirring now and then, for 5 to 8 minutes."
