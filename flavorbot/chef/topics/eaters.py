"""Whether babies, small children and pregnant women can eat it: what the checker has against it for them."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import degrees, listed, sentence
from flavorbot.chef.swapping import stand_ins
from flavorbot.chef.topics.taste import heat_of
from flavorbot.kitchen.checker import Finding, check_recipe
from flavorbot.kitchen.needs import Needs, joined
from flavorbot.model import Reply

_WORDS = {
    "pregnant": r"pregnan\w*|expecting|mum to be|mom to be|expectant",
    "infant": r"bab(?:y|ies)|infants?|newborn|weaning|blw|(?:[1-9]|1[01]) ?months?",
    "young_child": r"toddlers?|child(?:ren)?|kids?|little (?:ones?|boys?|girls?)|[1-4] year olds?"
    r"|(?:one|two|three|four) year olds?|(?:my|our) (?:son|daughter|grandson|granddaughter|grandchild\w*)"
    r"|1[2-9] ?months?|nursery",
}
_CALLED = {"pregnant": "someone who is pregnant", "infant": "a baby", "young_child": "a small child"}
_ADVICE = {
    "pregnant": "Serve it steaming hot, and ask your midwife about anything you are unsure of.",
    "infant": "Mash it or cut it into soft strips, leave out salt and sugar, stay beside them while they eat, and ask "
    "your health visitor about anything new.",
    "young_child": "Cut it small, season their portion last, and stay beside them while they eat.",
}
_AT_TABLE = (
    "At that age children eat what the rest of the table eats, in smaller portions and with less salt; mind their "
    "allergies as you would anyone’s."
)
_OLDER = r"(?:[5-9]|1[0-7]) year olds?|teen\w*"


def answers(asked: Asked) -> Reply | None:
    if asked.says(r"baby (?:spinach|carrots?|corn|potato\w*|leaf|leaves|gem|plum|aubergine\w*|new potato\w*)"):
        return None
    if asked.says(r"allerg\w*|intoleran\w*|\d+ adults?"):
        return None
    if asked.says(_OLDER):
        return Reply(text=f"{_AT_TABLE} {heat_of(asked)}")
    eater = next((name for name, pattern in _WORDS.items() if asked.says(pattern)), None)
    if eater is None:
        return None
    against = [each for each in _against(asked, eater) if each.subject != "salt"]
    heat = heat_of(asked) if asked.says("spicy|hot") else ""
    if not against:
        return Reply(text=sentence(heat, _nothing_found(asked, eater), _hot(asked), _ADVICE[eater]))
    errors = [each for each in against if each.severity == "error"]
    opening = (
        f"Not as it stands for {_CALLED[eater]}." if errors else f"With some care, for {_CALLED[eater]}, but mind this."
    )
    told = list(dict.fromkeys(each.message for each in (*errors, *against)))[:4]
    return Reply(text=sentence(opening, *told, _instead(asked, eater, errors), _ADVICE[eater]))


def _against(asked: Asked, eater: str) -> list[Finding]:
    """What is said of it for this eater and for nobody else."""
    usual = set(check_recipe(asked.recipe, Needs()).findings)
    return [each for each in check_recipe(asked.recipe, Needs(eaters=(eater,))).findings if each not in usual]


def _nothing_found(asked: Asked, eater: str) -> str:
    unknown = [line.name for line in asked.lines if line.food is None]
    found = f"Our food table finds nothing in {asked.recipe.title} that {_CALLED[eater]} is told to leave out."
    return f"{found} I do not know {listed(unknown)}, so check that first." if unknown else found


def _hot(asked: Asked) -> str:
    heated = [line for line in asked.lines if line.food and line.food.safe_c]
    if not heated:
        return ""
    line = max(heated, key=lambda each: each.food.safe_c or 0 if each.food else 0)
    celsius = line.food.safe_c or 0 if line.food else 0
    return f"Cook the {line.name} right through, to {degrees(celsius)} inside."


def _instead(asked: Asked, eater: str, errors: list[Finding]) -> str:
    """For the first food that speaks against it, what to take instead."""
    needs = replace(asked.needs, eaters=joined(asked.needs.eaters, (eater,)))
    for finding in errors:
        line = next((each for each in asked.lines if each.food and each.food.name == finding.subject), None)
        if line and line.food and line.food.role != "sweet" and (found := stand_ins(line.food, needs, 1)):
            return f"For their portion {found[0].food.name} could take the place of the {line.name}, or leave it out."
    return ""
