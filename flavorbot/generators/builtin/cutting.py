"""The knife work of a plan: what is cut how, what is salted before it cooks, and how long that takes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from flavorbot.generators.builtin.book import FRESH_TOMATOES, PARTS, Formula, cuts, in_part, tags
from flavorbot.generators.builtin.naming import listed
from flavorbot.generators.builtin.planning import Plan
from flavorbot.generators.builtin.steps import prep_effort
from flavorbot.kitchen.foods import Food

_SHELLS = frozenset({"mussel", "clam"})
_SALTY_G = 0.8
"""Grams of salt in 100 g from which meat or fish needs none."""
_GRATED = frozenset({"carrot", "celeriac", "kohlrabi"})
"""Hard to bite when raw."""
_SLICED = "slice *"
_IN_CHUNKS = {"aubergine": "cut * into 2 cm dice", "tomato": "chop *"}
"""What is cut so where a sauce or a pan holds it, not laid out in slices."""
_SCRUBBED = frozenset({"new potato"})
"""What is eaten in its skin."""
_TWOFOLD = re.compile(r"\band (?:cut|chop|shred|grate|slice|dice|rinse|stone|finely|coarsely|thinly|prick)\b|, then ")


def cut_of(food: Food, place: str, plan: Plan) -> str:
    """How a food is made ready for its place, with * for its name; empty when nothing is done to it."""
    cut = _cut_of(food, place, plan)
    return re.sub(r"^peel ", "scrub ", cut) if food.name in _SCRUBBED else cut


def _cut_of(food: Food, place: str, plan: Plan) -> str:
    book, own = cuts(), plan.formula.places[place].cut
    apart = (part for part in plan.formula.parts if place in PARTS[part][0] and in_part(food, part))
    if (cut := next((plan.formula.cuts[part] for part in apart if part in plan.formula.cuts), None)) is not None:
        return cut
    if food.name in plan.formula.cuts:
        return plan.formula.cuts[food.name].removeprefix("!")
    if own and own.startswith("!"):
        return own[1:]
    if food.name == "avocado" and browns(plan):
        return ""
    if food.name == "duck breast" and place == "meat" and _is_fried_whole(plan):
        return "score the skin of *"
    if roasts(plan.formula) and food.name in book.roast and place in ("aromatics", "quick"):
        return book.roast[food.name]
    if "dry_pulse" in tags(food) and not plan.formula.simmers_pulses:
        return ""
    if not plan.formula.needs and food.name in _GRATED:
        return "peel and coarsely grate *"
    if place == "tomato" and food.name in FRESH_TOMATOES:
        return "chop *"
    if food.name in book.always and place not in ("sauce", "dairy", "extra_sweet"):
        return "" if place in book.skip and place not in ("pulse",) else book.always[food.name]
    if place in book.skip or own == "":
        return ""
    if place == "quick" and own == _SLICED and "stove" in plan.formula.needs and food.name in _IN_CHUNKS:
        return _IN_CHUNKS[food.name]
    classed = next((cut for tag, cut in book.by_class.items() if tag in tags(food)), None)
    if classed is not None:
        return classed
    return own if own is not None else book.by_role.get(food.role, "")


def _is_fried_whole(plan: Plan) -> bool:
    """Whether duck has a step of its own, in which its skin turns crisp."""
    alone = {food.name for food in plan.foods["meat"]} == {"duck breast"}
    apart = {"duck", "only_duck"} if alone else {"duck"}
    return any(apart & {*step.needs} for step in plan.formula.steps)


def roasts(formula: Formula) -> bool:
    """Whether all of it cooks in the oven, where small pieces burn and hard butter coats nothing."""
    return formula.oven is not None and "stove" not in formula.needs


def browns(plan: Plan) -> bool:
    """Whether there is avocado beside something hot: it is cut last."""
    hot = plan.formula.needs - {"blender"}
    return bool(hot) and any(food.name == "avocado" for food in plan.all_foods())


def to_salt(plan: Plan) -> list[Food]:
    """The raw meat and fish that no step of the dish seasons as it cooks them."""
    if not any(food.name == "salt" for food in plan.foods.get("season", ())):
        return []
    places = [place for place in ("meat", "fish", "braise") if not _is_seasoned(place, plan.formula)]
    found = [food for place in places for food in plan.foods.get(place, ())]
    return [food for food in found if food.safe_c and food.salt_g < _SALTY_G and food.name not in _SHELLS]


def _is_seasoned(place: str, formula: Formula) -> bool:
    steps = (step for step in formula.steps if place in step.needs or not step.needs)
    return any("season" in sentence and f"{{{place}" in sentence for step in steps for sentence in step.say)


def knife_minutes(groups: Mapping[str, Sequence[Food]], servings: int) -> int:
    """A usual amount takes the minutes of `cuts.toml`, more servings somewhat longer."""
    book = cuts().minutes
    total = sum(
        max((minutes for verb, minutes in book.items() if verb in cut), default=1.0) * len(members)
        for cut, members in groups.items()
    )
    return min(max(math.ceil(total * prep_effort(servings)), 2), 45)


def sentences(clauses: Sequence[str]) -> list[str]:
    """What is done in one go, in one sentence, four things at most; what takes two actions has its own."""
    plain = [clause for clause in clauses if " and " not in clause.split(" the ")[0] and not _TWOFOLD.search(clause)]
    runs = [plain[start : start + 4] for start in range(0, len(plain), 4)]
    if len(runs) > 1 and len(runs[-1]) == 1:
        runs[-2:] = [[*runs[-2][:-1]], [runs[-2][-1], *runs[-1]]]
    told = [_then(run) for run in runs]
    return [f"{text}." for text in (*told, *(clause for clause in clauses if clause not in plain))]


def _then(clauses: Sequence[str]) -> str:
    """The clauses as one sentence, with a comma before "and" where a clause has an "and" of its own."""
    if len(clauses) > 1 and any(" and " in clause for clause in clauses):
        return f"{', '.join(clauses[:-1])}, and {clauses[-1]}"
    return listed(clauses)
