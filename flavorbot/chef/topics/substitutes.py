"""What to use instead of a food, with ratio, reason and, where the steps stay as they are, a new version."""

from __future__ import annotations

import re

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.proposals import refined
from flavorbot.chef.saying import are, called, capital, degrees, either, listed, sentence
from flavorbot.chef.swapping import IN_PLACE, StandIn, amount_for, known, stand_ins, swapped
from flavorbot.chef.topics.changes import told
from flavorbot.generators.builtin.book import tags
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.labels import ALLERGEN_LABELS
from flavorbot.kitchen.needs import in_order, why_not
from flavorbot.kitchen.reading import find_foods
from flavorbot.kitchen.units import amount_text
from flavorbot.model import Reply

_INSTEAD = (
    r"instead(?: of)?|in place of|rather than|substitut\w*|replac\w*|alternatives?|swap\w*|stand in|equivalent"
    r"|another (?:kind|type|sort) of|work as well|what (?:other |kind of |type of |sort of )?\w+ (?:should|could|can"
    r"|do) (?:i|we) use"
)
_MISSING = (
    r"(?:i |we )?(?:dont have|have no|havent (?:got )?|havent any|have not got|ran out of|run out of|am out of"
    r"|are out of|out of|cant find|cannot find|cant get|forgot|only have|only got|got no|with no)(?: any| enough)?"
)
_APPLIANCE = (
    r"oven|blender|microwave|air fryer|slow cooker|pressure cooker|grill|stove|hob|processor|thermometer|wok|whisk|pan"
    r"|time"
)
_USE = r"(?:can|could|may|should|would|will|does|do) (?:i|we|you|it)?\b.*\b(?:use|take|with|work)"


def answers(asked: Asked) -> Reply | None:
    asks = asked.says(_INSTEAD) or (
        asked.says(_MISSING) and not asked.says(rf"{_MISSING} (?:an |a |my )?(?:{_APPLIANCE})")
    )
    dried = asked.says("only (?:have|got) dried")
    if asked.subjects and not asked.absent and (dried or (asked.says(_USE) and not asks)):
        return _the_same(asked)
    new_one = asked.absent and asked.says(_USE) and not asked.says(r"freez\w+|reheat\w*|keep")
    if (not asks and not new_one) or asked.says(rf"instead of (?:the |an |a |my )?(?:{_APPLIANCE})"):
        return None
    olds = _olds(asked)
    if asked.says(r"(?:use|take|with|for|by|try|only have|only got)") and (new := _offered(asked, olds)):
        return _with(asked, olds, new)
    if not olds:
        return _not_in_it(asked) if asked.named else None
    return _instead_of(asked, olds[0])


def _the_same(asked: Asked) -> Reply | None:
    """Another form of what is in the list: "basmati rice", "dried thyme", "tinned tomatoes"."""
    line = asked.subjects[0]
    if (
        not asked.says(r"can (?:i|we|you) use|could (?:i|we) use|ok(?:ay)? to use|only (?:have|got)")
        or line.food is None
    ):
        return None
    if line.food.safe_c and asked.says("cooked|ready|leftover") and line.food.kind != "egg":
        return Reply(
            text=f"Yes, but cooked {line.name.removeprefix('raw ')} only need warming: add at the very end, until "
            "steaming hot all through."
        )
    if line.food.role == "herb" and asked.says("dried|dry"):
        return Reply(
            text=f"Yes: take a third as much dried {line.name.removeprefix('fresh ')} and add it early, with the "
            "things that fry or simmer, so that it softens."
        )
    if "ready_pulse" in tags(line.food) and asked.says("dried|dry|raw"):
        return Reply(
            text="Yes, but soak them overnight and boil them soft first; about 100 g dried gives what one tin of "
            f"{line.name} holds."
        )
    return Reply(
        text=f"Yes, the recipe has {line.name} already: any kind that you like will do. Keep to the amount, and go by "
        "its packet for the time."
    )


def _olds(asked: Asked) -> tuple[Line, ...]:
    """The lines to be replaced, those said right behind "instead of" first."""
    match = asked.found(r"(?:instead of|in place of|rather than|replace|swap|substitutes? for|alternatives? (?:to|for)"
                        r"|out of|have no|dont have|without) (?:\w+ ){0,2}?(?P<old>[\w ]+)")  # fmt: skip
    if match:
        foods = find_foods(match["old"])
        first = tuple(line for line in asked.subjects if line.food in foods)
        return first + tuple(line for line in asked.subjects if line not in first)
    return asked.subjects


def _offered(asked: Asked, olds: tuple[Line, ...]) -> Food | None:
    """The food that the person would use: one that is not in the recipe."""
    gone = re.findall(
        r"(?:instead of|in place of|rather than|out of|have no|dont have|without|allergic to|intolerant to"
        r"|cant have) ([\w ]+)",
        asked.text,
    )
    lost = {food.name for words in gone for food in find_foods(words)}
    lost |= set() if asked.says("mixed") else {"mixed herbs"}
    found = [
        food
        for food in asked.absent
        if food.name not in lost and not asked.says(rf"{food.name} (?:intoleran\w+|allerg\w+)")
    ]
    return found[-1] if found and (olds or asked.says(_USE, "only have|only got")) else None


def _instead_of(asked: Asked, line: Line) -> Reply:
    if line.food is None:
        return Reply(text=f"I do not know {line.name}, so I would rather not guess what could take its place.")
    found = stand_ins(line.food, asked.needs_with_said)
    if not found:
        return Reply(
            text=f"I know nothing that fits your needs and does the work of the {line.name} here. Leave it out if it "
            "only seasons; if the dish is built on it, choose another dish."
        )
    first = found[0]
    version = swapped(asked, line, first)
    rest = found[1:]
    others = f" {capital(_options(rest))} would do, too." if rest else ""
    if version:
        return version.reply(_best(asked, line, first) + others)
    again = None if line.food.role in IN_PLACE else refined(asked, f"swap {line.food.name} for {first.food.name}")
    if again is not None and not isinstance(again, str):
        return again.reply(
            sentence(_best(asked, line, first) + others, "Its cooking differs, so I wrote the recipe anew.")
        )
    return Reply(text=_best(asked, line, first) + others)


def _best(asked: Asked, line: Line, best: StandIn) -> str:
    """ "Use 60 ml oat cream for the 60 ml cream: …"."""
    item = amount_for(line, best, asked.recipe.servings)
    new, old = amount_text(item), amount_text(line.item)
    said = f"Use {new + ' ' if new else ''}{item.name} in place of the {old + ' ' if old else ''}{line.name}."
    return sentence(said, asked.fitting(best.how), _brings(asked, best.food))


def _options(rest: tuple[StandIn, ...]) -> str:
    said = [f"{called(each.food)} ({_share(each.ratio)})" if each.ratio != 1 else called(each.food) for each in rest]
    return either(said)


def _share(ratio: float) -> str:
    if 0.7 <= ratio < 1:
        return "a little less"
    if ratio < 0.7:
        return "much less" if ratio < 0.4 else "about half as much"
    return "a little more" if ratio < 1.5 else f"about {ratio:g} times as much"


def _brings(asked: Asked, new: Food) -> str:
    """The allergens that were not in the dish before: a guest may need to know."""
    fresh = in_order(new.contains - frozenset(asked.recipe.allergens))
    return f"Mind that it contains {listed([ALLERGEN_LABELS[each].lower() for each in fresh])}." if fresh else ""


def _with(asked: Asked, olds: tuple[Line, ...], new: Food) -> Reply:
    """Whether this very food may take the place."""
    if reason := why_not(new, asked.needs_with_said):
        line = olds[0] if olds else None
        better = stand_ins(line.food, asked.needs, 1) if line and line.food else ()
        rather = f" I would rather take {called(better[0].food)}." if better else ""
        return Reply(text=f"I would not, given your needs. {reason}{rather}")
    line = olds[0] if olds else _like(asked, new)
    if line is None or line.food is None:
        return _added(asked, new)
    taken = known(line.food, new)
    if version := swapped(asked, line, taken):
        return version.reply(sentence("Yes.", _best(asked, line, taken)))
    found = refined(asked, f"swap {line.food.name} for {new.name}")
    if isinstance(found, str):
        return Reply(text=sentence("You can, with some care.", _best(asked, line, taken), _heat(new)))
    return found.reply(sentence("Yes, though it cooks differently, so I wrote it anew.", told(asked, found)))


def _heat(new: Food) -> str:
    """What the new food needs, which the recipe's own steps may not say."""
    return f"Cook it to {degrees(new.safe_c)} inside." if new.safe_c else ""


def _like(asked: Asked, new: Food) -> Line | None:
    """The line that the food is most like."""
    return max(
        (line for line in asked.lines if line.food and _shared(line.food, new)),
        key=lambda line: len(_shared(line.food, new)) if line.food else 0,
        default=None,
    )


def _shared(old: Food, new: Food) -> frozenset[str]:
    """The classes that both are in; the same role alone makes no stand-in: peanut butter is no butter."""
    return (tags(old) & tags(new)) - {old.role, old.kind, old.category}


def _added(asked: Asked, new: Food) -> Reply:
    found = refined(asked, f"with {new.name}")
    if isinstance(found, str):
        return Reply(
            text=f"{capital(called(new))} has no obvious place in {asked.recipe.title}, so I would leave it out."
        )
    return found.reply(told(asked, found))


def _not_in_it(asked: Asked) -> Reply:
    food = asked.named[0]
    found = stand_ins(food, asked.needs_with_said, 2)
    name = called(food)
    general = f" Elsewhere I would take {_options(found)} for it." if found else ""
    return Reply(text=f"{capital(name)} {are(name)} not in this recipe, so nothing is missing.{general}")
