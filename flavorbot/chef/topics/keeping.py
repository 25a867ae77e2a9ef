"""How long it keeps and how. FSA: leftovers within two days, rice within one; USDA: three to four days."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.kinds import family_of, has_rice, has_seafood
from flavorbot.chef.saying import are, do, names, sentence
from flavorbot.generators.builtin.book import tags
from flavorbot.model import Reply

_ASKS = (
    r"keep(?:s|ing)?|kept|lasts?|shelf life|stor(?:e|ed|es|ing|age)|left ?overs?|go(?:es)? (?:off|bad)|gone off|use by"
    r"|best before|expir\w*|fridge|refrigerat\w*|next day|tomorrow|(?:left|leave|sit|sat|stood|stand)\w* (?:it |them "
    r"|\w+ ){0,3}(?:out|overnight|on the)|still (?:good|ok|okay|edible|eat)|lunch ?box|airtight|room temperature"
    r"|pack(?:ed)? lunch|how many days|to (?:work|school)|picnic"
)
_OUT = (
    r"(?:left|leave|leaving|sit|sat|stood|stand|been) (?:\w+ ){0,4}(?:out|on the (?:counter|side|worktop|table|hob"
    r"|stove)|at room temperature)|room temperature|overnight on|out (?:of the fridge|overnight|all)"
)
_RAW = r"raw|uncooked|before (?:i )?cook\w*|fresh"
_LUNCH = r"lunch ?box|pack(?:ed)? lunch|to work|to school|picnic"


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS) or asked.says(r"crisp(?:y|ness)?|from sticking|stir\w*"):
        return None
    if asked.says(_OUT):
        return Reply(text=_left_out(asked))
    if asked.says(_RAW) and asked.subjects:
        return Reply(text=_raw(asked.subjects[0]))
    if asked.says(_LUNCH):
        return Reply(text=_lunch(asked))
    named = asked.subjects
    if len(named) == 1 and not asked.says(r"it|this|dish|left ?overs"):
        return Reply(text=_one(asked, named[0]))
    return Reply(text=_whole(asked))


def _whole(asked: Asked) -> str:
    family, title = family_of(asked), asked.recipe.title
    if family == "salad":
        late = _added_late(asked)
        return sentence(
            f"{title} is best at once. Undressed, it keeps until the next day in the fridge; once dressed, a few "
            "hours.",
            late,
        )
    if family == "drink":
        return (
            "It is best at once; in the fridge, in a full, closed jar, until the evening. Shake it before you drink it."
        )
    if family == "bake":
        return (
            "In a tin, once they are quite cold, 3 to 4 days; with fresh fruit or cream on top, in the fridge and 2 "
            "days. For longer, freeze them for up to 3 months."
        )
    if family == "batter":
        return (
            "Eat them fresh if you can; cold ones keep 2 days in the fridge and are best crisped in a dry pan or "
            "toaster."
        )
    if family == "at once":
        return (
            f"{title} is for eating at once. What is left goes into the fridge within two hours and should be gone the "
            "next day."
        )
    if has_rice(asked):
        return sentence(
            "Until tomorrow: because of the rice, cool it within an hour, put it in the fridge and eat it within 24 "
            "hours (FSA).",
            "Reheat it once only, until it is steaming hot all through.",
            _added_late(asked),
        )
    fish = " Fish is best the next day." if has_seafood(asked) else ""
    return sentence(
        f"Two days in the fridge, says the UK’s FSA; the USDA allows three to four.{fish}",
        "Cool it within two hours, cover it and keep it below 5 °C.",
        _added_late(asked),
    )


def _added_late(asked: Asked) -> str:
    """What should not be kept with the rest."""
    fresh = [
        line
        for line in asked.lines
        if line.food and "dried" not in line.name and (line.food.role == "herb" or "raw_vegetable" in tags(line.food))
    ]
    return (
        f"Keep the {names(fresh, 2)} apart and add {'them' if len(fresh) > 1 else 'it'} when you serve."
        if fresh
        else ""
    )


def _left_out(asked: Asked) -> str:
    if has_rice(asked):
        return (
            "Not longer than an hour, because of the rice: its spores survive cooking, and the poison that they make "
            "in the warm is not destroyed by reheating (FSA). What stood out longer, or overnight, goes in the bin, I "
            "am sorry to say."
        )
    if family_of(asked) == "bake":
        return (
            "Bakes without cream or fresh fruit may stand out, covered, for 3 to 4 days. With cream or custard, two "
            "hours at most."
        )
    return (
        "Two hours at most, one on a hot day above 32 °C (USDA); between 4 and 60 °C germs multiply fast and reheating "
        "does not destroy all that they leave behind. What stood out overnight goes in the bin, I am sorry to say."
    )


def _raw(line: Line) -> str:
    food, name = line.food, line.name
    if food is None or not food.safe_c:
        return _plain(line)
    days = (
        "1 to 2 days"
        if food.kind in ("poultry", "fish", "crustacean", "mollusc") or "mince" in food.name
        else "3 to 5 days"
    )
    if food.kind == "egg":
        return (
            "Eggs keep in the fridge until the date on the box, about 3 to 4 weeks from laying; use cracked ones the "
            "same day."
        )
    return (
        f"Raw, the {name} {do(name, 'keep', 'keeps')} {days} in the coldest part of the fridge (USDA), covered and at "
        "the bottom, and never past the use-by date on the packet."
    )


def _one(asked: Asked, line: Line) -> str:
    if line.food and tags(line.food) & {"plain_rice", "risotto_rice"}:
        return (
            f"Cooked {line.name} {do(line.name, 'keep', 'keeps')} 24 hours in the fridge, if it was cooled within an "
            "hour (FSA); reheat it once only, until it is steaming hot all through."
        )
    if line.food and line.food.safe_c:
        return sentence(_raw(line), "Once cooked, eat it within two days (FSA; the USDA allows three to four).")
    return sentence(_plain(line), "In the finished dish it keeps no longer than the rest.")


def _plain(line: Line) -> str:
    food, name = line.food, line.name
    them = "them" if are(name) == "are" else "it"
    if food is None:
        return f"I do not know {name}; go by its packet."
    if food.role == "herb":
        return (
            f"Stand the {name} in a glass of water, or wrap {them} in damp paper: that keeps {them} about a week in "
            "the fridge."
        )
    if food.role in ("leafy",) or "raw_vegetable" in tags(food):
        return (
            f"The {name} {do(name, 'keep', 'keeps')} 3 to 5 days in the fridge’s drawer; wash {them} only just before "
            "use."
        )
    if food.category in ("dairy", "cheese"):
        return (
            f"Once opened, keep the {name} closed in the fridge and go by the packet: about 3 days for cream and "
            "yogurt, weeks for hard cheese."
        )
    if food.name in ("potato", "onion", "garlic", "sweet potato", "red onion", "shallot"):
        return f"Keep the {name} somewhere cool, dark and airy: weeks. Throw away potatoes that are green or sprouting."
    if food.category in ("vegetable", "fruit", "mushroom"):
        return f"The {name} {do(name, 'keep', 'keeps')} about a week in the fridge; cut, 2 to 3 days in a closed box."
    return (
        f"The {name} {do(name, 'keep', 'keeps')} for months in a dry, closed jar; once a tin is open, 2 days in a box "
        "in the fridge."
    )


def _lunch(asked: Asked) -> str:
    cold = family_of(asked) in ("salad", "bake", "batter")
    how = (
        "with an ice pack, and the dressing in a jar of its own"
        if cold
        else "with an ice pack, or hot in a wide-necked flask"
    )
    limit = "It has to be cooled within an hour, because of the rice. " if has_rice(asked) else ""
    return f"Yes. {limit}Pack it cold from the fridge {how}; without either, eat it within two hours."
