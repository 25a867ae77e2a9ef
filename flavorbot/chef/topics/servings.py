"""The recipe for more or for fewer people."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.proposals import Version, refined
from flavorbot.chef.saying import amount, listed, minutes, sentence
from flavorbot.chef.steps import appliances
from flavorbot.generators.builtin.request import MOST_SERVINGS
from flavorbot.model import Recipe, Reply

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "myself": 1, "me": 1, "couple": 2,
}  # fmt: skip
_NUMBER = rf"\d{{1,3}}|{'|'.join(_WORDS)}"
_PEOPLE = r"people|persons?|of us|guests?|adults?|servings?|portions?|eaters?|friends|diners|heads?"
_FOR = (
    rf"for (?:only |just |about |a |the )?(?P<for>{_NUMBER})(?! ?(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?"
    r"|years?|degrees?|c|f|g|kg|ml|l|am|pm|oclock|th|st|nd|rd|it|this|about)\b)"
)
_SERVE = (
    r"(?:serves?|feeds?|scale \w+ (?:up |down )?to|we are|there (?:are|will be)|im feeding|(?:make"
    rf"|makes) it) (?P<serve>{_NUMBER})"
)
_COUNT = rf"(?P<count>{_NUMBER}) (?:{_PEOPLE})"
_TIMES = {
    r"doubl\w+|twice (?:as much|the)": 2.0,
    r"tripl\w+|three times": 3.0,
    r"halv\w+|half (?:the|of the|this|of it|as much)": 0.5,
}
_ALREADY = r"how many (?:people|persons|servings|portions|does)|how much|per person|each person|serving size"


def answers(asked: Asked) -> Reply | None:
    before = asked.recipe.servings
    if asked.says(_ALREADY):
        return None
    wanted = wanted_people(asked)
    if wanted is None or asked.says(r"(?:instead|freez\w+|keep|store|reheat\w*)"):
        return None
    if wanted == before:
        return Reply(text=f"It is for {before} already, so nothing has to change.")
    if not 1 <= wanted <= MOST_SERVINGS:
        text = (
            f"I scale from 1 to {MOST_SERVINGS} servings. For {wanted}, cook it in batches of {MOST_SERVINGS} at most."
        )
        return Reply(text=text)
    found = refined(asked, f"for {wanted}")
    if isinstance(found, str):
        return Reply(text=found)
    return found.reply(_told(asked, found))


def wanted_people(asked: Asked) -> int | None:
    """For how many it is to be; None where the question names no number of people."""
    if family := asked.found(
        rf"(?P<grown>{_NUMBER}) adults? and (?P<small>{_NUMBER}) (?:kids?|child(?:ren)?|toddlers?)"
    ):
        return sum(int(said) if said.isdigit() else _WORDS[said] for said in family.groups())
    for pattern in (_FOR, _SERVE, _COUNT):
        if match := asked.found(pattern):
            said = next(filter(None, match.groups()))
            return int(said) if said.isdigit() else _WORDS[said]
    if asked.subjects and asked.says(r"(?:doubl|tripl|halv)\w+ the (?!recipe|amounts?|quantit|whole|lot|dish)"):
        return None
    for pattern, factor in _TIMES.items():
        if asked.says(pattern):
            return max(round(asked.recipe.servings * factor), 1)
    return None


def _told(asked: Asked, found: Version) -> str:
    after, before = found.recipe, asked.recipe
    if found.cooked:
        return sentence(*(notice.message for notice in found.notices[:3]))
    return sentence(
        f"For {after.servings} you need {_main_amounts(asked, after)}; the whole list is below.",
        _time(before, after),
        _pans(asked, after),
    )


def _main_amounts(asked: Asked, after: Recipe) -> str:
    """The three heaviest lines, in their new amounts."""
    pairs = list(zip(asked.lines, after.ingredients, strict=False))
    heavy = sorted(pairs, key=lambda pair: -(pair[0].grams or 0))[:3]
    return listed([amount(type(old)(item, old.food, None)) for old, item in heavy])


def _time(before: Recipe, after: Recipe) -> str:
    if not before.total_minutes or not after.total_minutes:
        return ""
    more = after.total_minutes - before.total_minutes
    if more > 0:
        return f"Chopping more takes {minutes(more)} longer, {minutes(after.total_minutes)} in all."
    if more < 0:
        return f"It takes {minutes(-more)} less, {minutes(after.total_minutes)} in all."
    return f"It still takes about {minutes(after.total_minutes)}."


def _pans(asked: Asked, after: Recipe) -> str:
    used = appliances(asked)
    if after.servings < 6 or after.servings <= asked.recipe.servings:
        return ""
    if "oven" in used:
        return (
            "Use two trays or dishes rather than one crowded one, swap their shelves halfway, and allow 5 to 10 "
            "minutes more."
        )
    if "stove" in used:
        return "Take your widest pan and brown things in batches, or they steam instead of frying."
    return ""
