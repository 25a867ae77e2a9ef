"""Steps by their number, the list of what to buy, and what the recipe itself says."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import amount, listed
from flavorbot.model import Reply

_NUMBERS = {
    "first": 1, "one": 1, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4, "fifth": 5, "five": 5,
    "sixth": 6, "six": 6, "seven": 7, "eight": 8, "last": -1, "final": -1,
}  # fmt: skip
_STEP = rf"step (?:number )?(?P<after>\d{{1,2}}|{'|'.join(_NUMBERS)})|(?P<before>{'|'.join(_NUMBERS)}) step"
_LIST = (
    r"what (?:ingredients|do i need to buy|do i need|is in (?:it|this)|goes in(?:to)?)|whats in (?:it|this)"
    r"|(?:shopping|ingredient) list|what (?:are|is) the ingredients"
)
_WHEN = r"when (?:do|should|to) (?:i )?(?:add|put|stir|mix)|at what point|which step"


def answers(asked: Asked) -> Reply | None:
    steps = asked.recipe.instructions
    if match := asked.found(_STEP):
        said = match["after"] or match["before"]
        number = int(said) if said.isdigit() else _NUMBERS[said]
        number = len(steps) if number == -1 else number
        if 1 <= number <= len(steps):
            return Reply(text=f"Step {number} of {len(steps)}: {steps[number - 1].text}")
        return Reply(text=f"There are {len(steps)} steps in this recipe.")
    if asked.says(_WHEN) and asked.subjects:
        return _when(asked)
    if asked.says(_LIST) and not asked.subjects:
        return Reply(text=f"You need {listed([amount(line) for line in asked.lines])}.")
    return None


def _when(asked: Asked) -> Reply | None:
    line = asked.subjects[0]
    whole, last = line.name.casefold(), line.name.casefold().split()[-1]
    texts = [step.text.casefold() for step in asked.recipe.instructions]
    word = whole if any(whole in text for text in texts) else last
    for number, step in enumerate(asked.recipe.instructions, 1):
        if word in step.text.casefold() and not any(cut in step.text.casefold() for cut in ("chop", "slice", "peel")):
            return Reply(text=f"The {line.name}: in step {number}. “{step.text}”")
    return None
