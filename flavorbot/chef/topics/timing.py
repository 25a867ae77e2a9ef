"""How long things take, and when to begin in order to eat at a certain time."""

from __future__ import annotations

import re

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.saying import capital, minutes, sentence
from flavorbot.chef.steps import is_too_short, longest, oven_minutes
from flavorbot.model import Reply

_ASKS = (
    r"how long|how much time|how many (?:minutes|hours)|what time|when (?:should|do|must|to) (?:i|we)? ?(?:start|begin)"
    r"|time (?:does|do|will)|ready (?:by|at|for)|(?:start|begin) (?:cooking|by|at)|eat(?:ing)? at|takes? (?:so )?long"
    r"|\bminutes\b.*\b(?:enough|right)|dinner at|lunch at|supper at|by when"
)
_AT = re.compile(r"\b(?:at|by|for|around|about)\s+(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|o.?clock)?\b", re.IGNORECASE)
_START = r"when|what time|start|begin|ready (?:by|at|for)|eat(?:ing)? at|(?:dinner|lunch|supper|guests) at|by when"


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS) or asked.says(r"keep|last|store|freez\w+|fridge|reheat\w*"):
        return None
    clock = _AT.search(asked.question)
    if clock and asked.says(_START):
        return _start(asked, clock)
    if asked.subjects and not asked.says(r"(?:whole|entire) (?:thing|recipe|dish)"):
        return _of(asked, asked.subjects[0])
    if asked.says("oven|bake|roast") and (time := oven_minutes(asked)):
        return Reply(text=f"It is in the oven for about {minutes(time)} in all; the steps say what goes in when.")
    return _whole(asked)


def _whole(asked: Asked) -> Reply | None:
    recipe = asked.recipe
    if not recipe.total_minutes:
        return None
    hands = f", of which {minutes(recipe.prep_minutes)} are chopping and getting ready" if recipe.prep_minutes else ""
    long = max(
        ((step.minutes or 0, number) for number, step in enumerate(recipe.instructions, 1)),
        default=(0, 0),
        key=lambda each: each[0],
    )
    slow = f"The longest stretch is step {long[1]}, about {minutes(long[0])}." if long[0] >= 10 else ""
    return Reply(text=sentence(f"{capital(minutes(recipe.total_minutes))} in all{hands}.", slow))


def _of(asked: Asked, line: Line) -> Reply:
    step = longest(asked, line)
    if step and step.minutes and not is_too_short(line, step.minutes):
        text = f"The {line.name}: about {minutes(step.minutes)}, in step {step.number}: “{step.text}”"
        return Reply(text=text)
    if line.food and line.food.cook:
        ways = [
            f"{method} {time} minutes" + (f" at {celsius} °C" if celsius else "")
            for method, (time, celsius) in line.food.cook.items()
            if time
        ]
        if ways:
            return Reply(text=f"The recipe gives the {line.name} no time of its own. As a rule: {', '.join(ways[:3])}.")
    return Reply(text=f"The {line.name} needs no cooking of its own here; just follow the steps.")


def _start(asked: Asked, clock: re.Match[str]) -> Reply | None:
    total = asked.recipe.total_minutes
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if not total or hour > 23 or minute > 59:
        return None
    afternoon = (clock[3] or "").lower() == "pm" and hour < 12
    begin = ((hour + 12 * afternoon) * 60 + minute - total - 10) % (24 * 60)
    if begin // 60 > 12 and not afternoon and hour <= 12 and clock[3] is None:
        begin %= 12 * 60
    return Reply(
        text=f"Start at {begin // 60}:{begin % 60:02d}: the recipe takes {minutes(total)}, and ten minutes in hand are "
        "good for the nerves."
    )
