"""Whether it suits a diet, in the checker's words: only what every line is known to be is claimed."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.saying import are, listed, sentence
from flavorbot.chef.swapping import stand_ins
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.claims import fits
from flavorbot.kitchen.labels import DIET_LABELS
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Reply

_WORDS = {
    "vegan": r"vegans?|plant based",
    "pescatarian": r"pescatarians?|pescetarians?",
    "vegetarian": r"vegetarians?|veggies?|meat free|meatless",
    "gluten_free": r"gluten free|free (?:of|from) gluten|wheat free|coeliacs?|celiacs?",
    "dairy_free": r"dairy free|milk free|free (?:of|from) (?:dairy|milk)|lactose free",
    "egg_free": r"egg free|free (?:of|from) eggs?",
    "nut_free": r"nut free|free (?:of|from) nuts",
    "soy_free": r"soya? free|free (?:of|from) soya?",
    "low_carb": r"low carb\w*|carb free",
    "keto": r"keto(?:genic)?",
    "paleo": r"paleo",
    "halal": r"halal|muslims?",
    "kosher": r"kosher|jewish",
    "low_fodmap": r"(?:low )?fodmaps?",
}


def answers(asked: Asked) -> Reply | None:
    if asked.says(r"instead|alternativ\w*|substitut\w*|replace\w*|(?:can|could|may|should) (?:i|we) use"):
        return None
    diets = [diet for diet, pattern in _WORDS.items() if asked.says(pattern)]
    if asked.says(r"hindu\w*|jain\w*"):
        return Reply(
            text="I have no rules for that kitchen of its own, and would rather not guess; I can tell you whether it "
            "is vegetarian or vegan, or which line holds what."
        )
    if diets and len(asked.subjects) == 1 and not asked.says("it|this|dish|recipe|meal"):
        return Reply(text=_one(asked.subjects[0], diets[0]))
    return Reply(text=sentence(*(_about(asked, diet) for diet in diets[:2]))) if diets else None


def _one(line: Line, diet: str) -> str:
    """Whether a single line suits."""
    label = DIET_LABELS[diet].lower()
    answer = fits(read_line(line.name), diet)
    if answer is None:
        return f"The {line.name} may not be {label}, as products differ: check the label."
    if not answer:
        return f"No, the {line.name} {are(line.name)} not {label}."
    return f"By our food table, yes: {line.name} {are(line.name)} known to be {label}. Read the label all the same."


def _about(asked: Asked, diet: str) -> str:
    label = DIET_LABELS[diet].lower() if diet != "low_fodmap" else "low-FODMAP"
    checked = check_recipe(asked.recipe, Needs(diets=(diet,)))
    told = [each for each in checked.findings if each.kind == "diet"]
    against = [each.message for each in told if each.severity == "error"]
    doubts = [each.message for each in told if each.severity == "warning"]
    notes = [each.message for each in told if each.severity == "info"]
    if against:
        return sentence(f"No, it is not {label}.", *against[:3], _way_out(asked, diet, label))
    if doubts:
        return sentence(f"It may be {label}, depending on what you buy.", *doubts[:3])
    unknown = [line.name for line in asked.lines if line.food is None]
    if diet not in checked.diets:
        rest = f" I did not recognise {listed(unknown)}." if unknown else ""
        return f"I cannot say that it is {label}: not every line is known to be.{rest}"
    sure = f"By our food table, yes: every line of it is known to be {label}."
    if diet.endswith("_free"):
        sure += " The table cannot see what else a factory packs, so read the labels."
    return sentence(sure, *notes[:1])


def _way_out(asked: Asked, diet: str, label: str) -> str:
    """What would make it so, where a few foods alone are in the way."""
    needs = Needs(diets=(*asked.needs.diets, diet), allergies=asked.needs.allergies, exclude=asked.needs.exclude)
    swaps: list[str] = []
    findings = check_recipe(asked.recipe, Needs(diets=(diet,))).findings
    for place in dict.fromkeys(each.line for each in findings if each.severity == "error" and each.line is not None):
        line = asked.lines[place]
        found = stand_ins(line.food, needs, 1) if line.food else ()
        if not found:
            return ""
        swaps.append(f"{found[0].food.name} for the {line.name}")
    if not swaps or len(swaps) > 3:
        return f"Ask me to “make it {label}” and I will look for another version."
    return f"It could be with {listed(swaps)}: say “make it {label}” and I will write it out."
