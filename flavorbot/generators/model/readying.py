"""How a model's foods are made ready: in the list, where no step tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flavorbot.generators.builtin.book import cuts, tags
from flavorbot.generators.builtin.naming import shown
from flavorbot.generators.model.dishes import Dish
from flavorbot.generators.model.wording import claims, names, sentences
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.reading import read_line

CUTTING = re.compile(
    r"\b(?:bruis|chop|core|crumbl|crush|cut|deseed|dic|grat|halv|hull|mash|minc|peel|quarter|rins|scrub|shred|slic|stone"
    r"|strip|tear|trim|wash)\w*",
    re.IGNORECASE,
)
_DONE = {
    "bruise": "bruised", "chop": "chopped", "core": "cored", "crush": "crushed", "cube": "cubed", "cut": "cut",
    "deseed": "deseeded", "dice": "diced", "grate": "grated", "halve": "halved", "hull": "hulled", "mash": "mashed",
    "mince": "minced", "peel": "peeled", "quarter": "quartered", "rinse": "rinsed", "scoop": "scooped",
    "scrub": "scrubbed", "segment": "segmented", "shred": "shredded", "slice": "sliced", "stone": "stoned",
    "strip": "stripped", "tail": "tailed", "tear": "torn", "top": "topped", "trim": "trimmed", "wash": "washed",
}  # fmt: skip
_AS_IT_IS = (
    "beaten boned cleaned cooked cooled crumbled defrosted drained dried ground juiced melted rinsed shelled skinned"
    " soaked softened thawed toasted unpeeled washed whisked zested"
).split()
"""What is also done to foods that nobody takes a knife to."""
_SHAPES = (
    "batons|chunks|cubes|dice|florets|halves|lengths|matchsticks|pieces|quarters|rings|rounds|slices|strips|wedges"
)
_WAY = (
    r"(?:(?:coarsely|evenly|finely|freshly|lightly|roughly|thickly|thinly|well) )?(?:{done})"
    rf"(?: (?:in|into) (?:[\w.-]+ ){{{{0,3}}}}(?:{_SHAPES}))?"
)


def _ways(done: Iterable[str]) -> re.Pattern[str]:
    way = _WAY.format(done="|".join(done))
    return re.compile(rf"{way}(?:(?:,|,? and) {way})*")


_CUT, _UNCUT = _ways([*_DONE.values(), *_AS_IT_IS, "fresh"]), _ways(_AS_IT_IS)
_KNIVES = frozenset(
    "bread cheese dairy_free fat fish fruit herb meat mushroom nut poultry prepared shellfish vegetable".split()
)
"""Categories that are cut; nobody chops lentils."""
_LONGEST = 32
_WHOLE = frozenset({"protein", "starch", "herb", "acid", "liquid"})
"""Roles of what is cooked as it is, or cut by the dish and not by its kind."""


def written_way(prep: str, food: Food) -> str | None:
    """The model's words for how it is made ready: "thinly sliced", no order, no claim and nothing of other foods."""
    said = prep.strip(" .,;").lower()
    soft = tags(food) & {"firm_plant_protein", "ready_pulse"}
    ways = _CUT if food.category in _KNIVES or soft else _UNCUT
    sound = len(said) <= _LONGEST and ways.fullmatch(said) and not claims(said)
    return said if sound and read_line(f"{shown(food)}, {said}").foods == (food,) else None


def way_of(food: Food, dish: Dish, written: str | None) -> str | None:
    """What the list says of it where no step tells it: as the model wrote it, else the usual way."""
    told = (part for text in dish.texts for part in sentences(text) if CUTTING.search(part))
    return None if any(names(food, part) for part in told) else written or _usual(food)


def _usual(food: Food) -> str | None:
    """ "finely chopped" for what our own kitchen would finely chop."""
    if food.role in _WHOLE:
        return None
    book = cuts()
    ways = (book.always.get(food.name), *(cut for tag, cut in book.by_class.items() if tag in tags(food)))
    way = next((way for way in ways if way is not None), book.by_role.get(food.role, ""))
    plain = " ".join(way.replace("*", "").split())
    return re.sub(r"(?<!cm )\b[a-z]+", lambda match: _DONE.get(match[0], match[0]), plain) or None
