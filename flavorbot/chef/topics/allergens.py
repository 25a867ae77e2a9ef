"""What the recipe contains, by the checker: presence is proved, absence never."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import listed, sentence
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.doubts import may_contain
from flavorbot.kitchen.groups import covers, group
from flavorbot.kitchen.labels import ALLERGEN_LABELS
from flavorbot.kitchen.needs import Needs, allergens_of
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.model import ALLERGENS, Reply

_ANY = r"allergens?|allergies|what (?:is|are) (?:in it|the allergens)"
_ASKS = (
    r"(?:does|do|has|have|is|are|will)\b.*\b(?:contain\w*|include\w*|any|traces? of|made with|in (?:it|this|there))"
    r"|allerg\w*|intoleran\w*|coeliac|celiac|\w+ free|free (?:of|from)|avoid(?:s|ing)?|cant (?:have|eat)"
    r"|cannot (?:have|eat)|(?:dont|do not|never) eat|contains?"
    r"|(?:does|do|has|have) (?:it|this|the \w+) (?:have|contain)"
)
_WORDS = {"coeliac": "gluten", "celiac": "gluten", "lactose": "milk", "dairy": "milk", "wheat": "gluten"}
_NO_ALLERGEN = frozenset("fat sugar salt meat alcohol cruelty cage range oil contain any all".split())


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS) or asked.says(
        r"(?:use|using|instead|substitut\w*|replace\w*|without|gone off|how much|how many)"
    ):
        return None
    asked_for = _named(asked)
    if not asked_for and asked.says(_ANY):
        return Reply(text=_all_of_them(asked))
    if not asked_for:
        return None
    told = sorted((_about(asked, word) for word in asked_for[:3]), key=lambda each: not each.startswith("Yes"))
    return Reply(text=sentence(*told))


def _named(asked: Asked) -> list[str]:
    """The allergens, by their EU names, or the foods, in the person's words, that the question is about."""
    found: list[str] = []
    for word in asked.text.split():
        meant = _WORDS.get(word, word)
        if meant not in _NO_ALLERGEN and (meant in ALLERGENS or (group(meant) and allergens_of(meant))):
            found += [each for each in ALLERGENS if each in allergens_of(meant)]
    if found:
        return list(dict.fromkeys(found))
    foods = [food for food in asked.named if food.name not in _NO_ALLERGEN]
    contained = [
        each for food in foods for each in ALLERGENS if each in food.contains and food.category in ("nut", "seed")
    ]
    if contained and asked.says(r"allerg\w*"):
        return list(dict.fromkeys(contained))
    words = [word for word in asked.text.split() if word not in _NO_ALLERGEN and group(word)]
    if words and not asked.says("vegan|vegetarian|halal|kosher"):
        return words[:1]
    return [food.name for food in foods]


def _about(asked: Asked, word: str) -> str:
    if word in ALLERGENS:
        return _about_allergen(asked, word)
    lines = [line.name for line in asked.lines if line.food and covers(word, line.food)]
    foods = find_foods(word)
    lines = lines or [line.name for line in asked.lines if line.food in foods]
    if lines:
        return (
            f"Yes: by our food table the {listed(lines)} {'are' if len(lines) > 1 else 'is'} or may be made with "
            f"{word}."
        )
    return f"Our food table finds no {word} in this list. It cannot prove that there is none: read the labels."


def _about_allergen(asked: Asked, allergen: str) -> str:
    label = ALLERGEN_LABELS[allergen].lower()
    readings = [
        (line, read_line(f"{line.name}, {line.item.note}" if line.item.note else line.name)) for line in asked.lines
    ]
    contains = [line.name for line, read in readings if allergen in read.contains]
    may = [line.name for line, read in readings if allergen in read.may]
    unknown = [line.name for line, read in readings if read.kind != "food"]
    beside = [] if contains else _in_the_text(asked, allergen)
    said = ""
    if contains:
        said = f"Yes, it contains {label}: that is in the {listed(contains)}."
    elif beside:
        said = f"Yes: {' '.join(beside)}"
    elif not may:
        said = (
            f"Our food table finds no {label} in these ingredients. It cannot prove that there is none: read the "
            "labels."
        )
    if may:
        also = "also " if contains else ""
        said = sentence(
            said, f"The {listed(may)} may {also}contain {label}: check the label{'s' if len(may) > 1 else ''}."
        )
    return sentence(said, f"I did not recognise {listed(unknown)}, so check that, too." if unknown else "")


def _in_the_text(asked: Asked, allergen: str) -> list[str]:
    """What the checker found of it in title and steps alone."""
    found = check_recipe(asked.recipe, Needs(allergies=(allergen,))).findings
    return [each.message for each in found if each.kind == "allergen" and each.line is None]


def _all_of_them(asked: Asked) -> str:
    contains = check_recipe(asked.recipe).contains
    may = [ALLERGEN_LABELS[each].lower() for each in may_contain(asked.recipe)]
    perhaps = f"It may contain {listed(may)}." if may else ""
    if not contains and may:
        return sentence(perhaps, "Our food table finds none of the other EU allergens in it: read the labels.")
    if not contains:
        return (
            "Our food table finds none of the 14 EU allergens in it. It cannot prove that there are none: read the "
            "labels."
        )
    told = []
    for allergen in contains:
        lines = [line.name for line in asked.lines if allergen in read_line(line.name).contains]
        where = f" (the {listed(lines)})" if lines else ""
        told.append(f"{ALLERGEN_LABELS[allergen].lower()}{where}")
    return sentence(
        f"It contains {listed(told)}, by our food table.", perhaps, "Brands differ, so read the labels as well."
    )
