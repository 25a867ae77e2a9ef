"""What a serving holds, from the food table; figures, no promises of health."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import listed, sentence
from flavorbot.model import Nutrition, Reply

_FIGURES = {
    r"calor\w+|kcal|energy|kj": "kcal",
    r"proteins?": "protein_g",
    r"(?:carb|carbs|carbohydrates?|net carbs)": "carbohydrate_g",
    r"fat|fats|fatty": "fat_g",
    r"fibre|fiber": "fibre_g",
    r"salt|salty|sodium": "salt_g",
}
_ALL = r"nutrition\w*|nutrients?|macros?|healthy|how healthy|good for (?:me|you)|unhealthy|fattening"
_COUNTING = (
    r"how (?:much|many)|what (?:is|are)|is (?:it|this|there)|does (?:it|this)|low|high|amount of|per|contain\w*|has|got"
    r"|a lot"
)
_NAMES = {
    "protein_g": "protein",
    "carbohydrate_g": "carbohydrate",
    "fat_g": "fat",
    "fibre_g": "fibre",
    "salt_g": "salt",
}
# EU reference intakes of an adult a day (Regulation (EU) 1169/2011, annex XIII).
_A_DAY = {"kcal": 2000, "fat_g": 70, "carbohydrate_g": 260, "protein_g": 50, "salt_g": 6}
_UNKNOWN = r"sugars?|vitamins?|iron|calcium|potassium|magnesium|zinc|omega|saturated|glyc\w+|points"


def answers(asked: Asked) -> Reply | None:
    wanted = [name for pattern, name in _FIGURES.items() if asked.says(pattern)]
    unknown = asked.found(_UNKNOWN) if asked.says(_COUNTING) else None
    if not asked.says(_ALL) and not (wanted and (asked.says(_COUNTING) or "kcal" in wanted)) and unknown is None:
        return None
    if asked.says(r"too salty|less salt|instead|why|add|more salt") or (
        unknown and unknown[0].startswith("sugar") and asked.subjects
    ):
        return None
    if wanted == ["salt_g"] and asked.says(r"how much salt") and not asked.says("per|serving|portion|person"):
        return None
    found = asked.recipe.nutrition
    if found is None:
        return Reply(
            text="I cannot work that out: our food table does not know every line of this recipe, or what it weighs, "
            "and half a sum would mislead you."
        )
    if unknown and not wanted:
        return Reply(
            text=sentence(f"Our food table does not hold {unknown[0]}, so I would be guessing.", _serving(found))
        )
    whole = asked.says("whole|entire|all of it|altogether|in total")
    return Reply(text=_told(asked, found, wanted, whole=whole))


def _serving(found: Nutrition) -> str:
    return (
        f"A serving has about {found.kcal:.0f} kcal, {found.protein_g:.0f} g protein, {found.carbohydrate_g:.0f} g "
        f"carbohydrate, {found.fat_g:.0f} g fat, {found.fibre_g:.0f} g fibre and {found.salt_g:.1f} g salt."
    )


def _told(asked: Asked, found: Nutrition, wanted: list[str], *, whole: bool) -> str:
    if not wanted:
        healthy = (
            "Whether that is right for you I leave to you."
            if asked.says("healthy|good for|unhealthy|fattening")
            else ""
        )
        return sentence(_serving(found), "Those figures come from our food table.", healthy)
    times = asked.recipe.servings if whole else 1
    parts = [_figure(name, getattr(found, name) * times) for name in wanted]
    subject = f"All {asked.recipe.servings} servings together have" if whole else "A serving has"
    share = _A_DAY.get(wanted[0])
    value = getattr(found, wanted[0])
    against = ""
    if share and not whole and len(wanted) == 1:
        amount = f"{share:,}".replace(",", " ") + (" kcal" if wanted[0] == "kcal" else " g")
        against = f"That is {value / share:.0%} of the {amount} an adult’s day is reckoned with."
    most = _most(asked, wanted[0]) if len(wanted) == 1 else ""
    return sentence(f"{subject} about {listed(parts)}, by our food table.", against, most)


def _figure(name: str, value: float) -> str:
    if name == "kcal":
        return f"{value:.0f} kcal"
    return f"{value:.1f} g of salt" if name == "salt_g" else f"{value:.0f} g of {_NAMES[name]}"


def _most(asked: Asked, name: str) -> str:
    """Where most of it comes from."""
    weighed = [(line, getattr(line.food, name) * line.grams) for line in asked.lines if line.food and line.grams]
    total = sum(value for _, value in weighed)
    if not weighed or total <= 0:
        return ""
    line, value = max(weighed, key=lambda each: each[1])
    return f"Most of it comes from the {line.name}." if value > 0.3 * total else ""
