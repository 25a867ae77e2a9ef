"""Freezing: whether, how long and how. Months of best quality: USDA FSIS cold storage chart; cooling: FSA."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.kinds import family_of, has_meat, has_rice, has_seafood, kind_of
from flavorbot.chef.saying import are, capital, do, listed, names, sentence
from flavorbot.generators.builtin.book import tags
from flavorbot.model import Reply

_ASKS = r"freez\w*|frozen|deep freeze\w*"
_THAW = r"defrost\w*|thaw\w*"
_FROM_FROZEN = (
    r"(?:use|with|from|take|buy|be|cook\w*|start with|instead of fresh) (?:\w+ ){0,2}frozen"
    r"|frozen \w+ (?:instead|work|ok|okay)"
)
_NEVER = {
    "salad": "No, I would not: leaves and raw vegetables turn limp and watery in the freezer. Keep it undressed in the "
    "fridge and eat it within a day.",
    "drink": "Freeze it only as ice cubes or lollies; as a drink it separates. It is best the moment it is made.",
    "at once": "No, it goes soggy. It is quickly made, so make it fresh.",
}
_MONTHS = {"bake": 3, "batter": 2, "sweet": 3}
_POORLY = (
    ({"potato"}, "turn grainy"),
    ({"pasta_shape", "noodle"}, "turn soft, so freeze the sauce and boil them fresh"),
    ({"raw_vegetable", "salad_leaf"}, "go limp, so add them fresh"),
    (
        {"yogurt", "soured_cream", "cream", "plant_cream"},
        "may split, so stir it in fresh after reheating",
    ),
    ({"whole_egg"}, "may turn rubbery"),
    ({"firm_plant_protein"}, "comes out firmer and spongier, which some prefer"),
)


def answers(asked: Asked) -> Reply | None:
    if asked.says(_THAW) and not asked.says(r"can (?:i|you|we|it) (?:be )?freez\w*"):
        return _thawing(asked)
    if not asked.says(_ASKS):
        return None
    if asked.says(_FROM_FROZEN) and asked.named:
        return _frozen_food(asked)
    if asked.subjects and len(asked.subjects) <= 2 and not asked.says("this|it|dish|leftovers?|rest"):
        return Reply(text=_one(asked, asked.subjects[0]))
    return Reply(text=_whole(asked))


def _whole(asked: Asked) -> str:
    family = family_of(asked)
    if family in _NEVER:
        return _NEVER[family]
    months = _MONTHS.get(family, 2 if has_seafood(asked) else 3)
    title = asked.recipe.title
    if family == "bake":
        return (
            f"Yes. Let {title} cool, wrap each piece well and freeze for up to {months} months; a piece thaws on the "
            "table in about an hour, and five minutes in a warm oven freshens it."
        )
    if family == "batter":
        return (
            f"Yes. Let them cool, lay baking paper between them, and freeze for up to {months} months; reheat them "
            "from frozen in a toaster or dry pan until hot right through."
        )
    opening = _opening(asked, family)
    return sentence(
        opening,
        f"Cool it within {'an hour, since there is rice in it' if has_rice(asked) else 'two hours'}, freeze it in "
        f"portions with little air, and eat it within {months} months for the best taste.",
        _poorly(asked),
        "Thaw it in the fridge overnight and reheat it once, to 74 °C (165 °F) all through.",
    )


def _opening(asked: Asked, family: str) -> str:
    title = asked.recipe.title
    if family == "stew":
        return f"Yes, {title} freezes well."
    if family == "crisp":
        return (
            "You can, though what is crisp now will be soft when it thaws; ten minutes in a hot oven brings some of it "
            "back."
        )
    if family == "sweet":
        return f"Yes, {title} can be frozen."
    return "Yes, with small losses." if _poorly(asked) else f"Yes, {title} can be frozen."


def _poorly(asked: Asked) -> str:
    """What does not come out as it went in."""
    told: list[str] = []
    for classes, what in _POORLY:
        lines = [line for line in asked.lines if line.food and tags(line.food) & classes]
        if lines:
            name = names(lines, 2)
            many = len(lines) > 1 or are(name) == "are"
            told.append(f"the {name} {_agreeing(what, many)}")
    return f"Mind that {listed(told[:2])}." if told else ""


def _agreeing(what: str, many: bool) -> str:
    first, _, rest = what.partition(" ")
    if many:
        first = first.removesuffix("s") if first == "comes" else first
    elif first in ("turn", "go"):
        first = f"{first}{'es' if first == 'go' else 's'}"
        rest = rest.replace("boil them", "boil it").replace("add them", "add it")
    return f"{first} {rest}".replace("stir it in", "stir them in" if many else "stir it in")


def _one(asked: Asked, line: Line) -> str:
    food, name = line.food, line.name
    if food is None:
        return f"I do not know {name}, so go by its packet. {_whole(asked)}"
    if food.kind == "egg":
        return "Not in the shell: beat the eggs first and freeze them for up to a year. Boiled whites turn rubbery."
    if tags(food) & {"raw_vegetable", "salad_leaf"}:
        return (
            f"No: {name} {do(name, 'go', 'goes')} limp and watery. Keep {'them' if are(name) == 'are' else 'it'} in "
            "the fridge."
        )
    if has_rice(asked) and tags(food) & {"plain_rice", "risotto_rice"}:
        return (
            f"Yes, cooked {name} {do(name, 'freeze', 'freezes')} well for a month or two: cool it within an hour, "
            "freeze it flat in bags, and reheat it once, from frozen, until steaming hot all through."
        )
    raw = {"poultry": "9 months", "fish": "3 to 6 months", "pork": "4 to 6 months", "beef": "4 to 6 months"}
    if food.safe_c:
        months = raw.get(food.kind, "3 to 4 months")
        return (
            f"Yes: raw, {name} {do(name, 'keep', 'keeps')} about {months} at −18 °C; cooked, 2 to 3 months. Thaw in "
            "the fridge, never on the worktop, and do not freeze raw meat or fish again once it has thawed."
        )
    return (
        f"Yes, {name} can be frozen for a few months; texture suffers a little, so use "
        f"{'them' if are(name) == 'are' else 'it'} in something cooked, such as this {kind_of(asked)}."
    )


def _frozen_food(asked: Asked) -> Reply:
    line = asked.subjects[0] if asked.subjects else None
    if line is None or line.food is None:
        name = asked.named[0].name
        return Reply(text=f"{capital(name)} from the freezer works in cooked dishes; this recipe has none, though.")
    name = line.name
    if line.food.safe_c:
        may = "Rather not" if asked.says("from frozen|straight from") else "Yes, but"
        return Reply(
            text=f"{may}{':' if may == 'Rather not' else ''} thaw the {name} in the fridge overnight first and pat "
            f"{'them' if are(name) == 'are' else 'it'} dry, or the outside is done before the middle reaches "
            f"{line.food.safe_c} °C."
        )
    return Reply(
        text=f"Yes, frozen {name} {do(name, 'work', 'works')} here. Use {'them' if are(name) == 'are' else 'it'} "
        "straight from the freezer, allow two or three minutes more, and let the extra water boil off."
    )


def _thawing(asked: Asked) -> Reply:
    meat = [line for line in asked.lines if line.food and line.food.safe_c and line.food.kind != "egg"]
    subject = f"the {names(meat, 2)}" if meat or has_meat(asked) else "it"
    return Reply(
        text=f"Thaw {subject} in the fridge, on a plate at the bottom: overnight for pieces, about 10 hours a kilo for "
        "a whole joint. In a hurry, use the microwave’s defrost setting or cold water in a sealed bag, and cook at "
        "once. Never on the worktop: the outside is warm for hours before the middle is thawed."
    )
