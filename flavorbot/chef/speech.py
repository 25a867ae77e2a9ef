"""A model's answer as plain words, without the sentences that are for the house to say or against someone's needs."""

from __future__ import annotations

import json
import re

from flavorbot.generators.model.answers import text_of
from flavorbot.generators.model.wording import claims, sentences, without
from flavorbot.kitchen.checker import check
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.model import Recipe

MOST_SENTENCES, MOST_CHARACTERS = 5, 900
_OURS = re.compile(
    r"\b(?:safe(?:ly|ty)?|unsafe|danger\w*|toxic|poison\w*|bacteria|germs|salmonella|listeria|botulism|vegans?"
    r"|vegetarians?|pescatarians?|plant-based|halal|kosher|keto\w*|paleo|coeliac|celiac|low[- ]carb|fodmap"
    r"|[a-z]+[- ]free|keeps?|keeping|kept|stor(?:e|es|ed|age|ing)|fridge|refrigerat\w*|freez\w*|frozen|leftovers?"
    r"|reheat\w*|overnight|pregnan\w*|bab(?:y|ies)|infants?|toddlers?|child(?:ren)?|doctors?|medic\w*|diseases?"
    r"|diabet\w*|cholesterol|blood pressure|temperatures?|degrees|celsius|fahrenheit|rare|raw|undercooked|pink"
    r"|thermometer)\b|°|\b\d{2,3} ?[CF]\b",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\b\d+ ?(?:-|–|to)? ?\d* ?(?:minutes?|mins?|hours?|seconds?)\b", re.IGNORECASE)
_AGAINST = frozenset({"allergen", "may_contain", "diet", "excluded", "poison", "not_food"})


def spoken(answer: str) -> str:
    """The text in a model's answer, JSON or not: no tags, links, markup or invisible characters."""
    return text_of(_content(answer), MOST_CHARACTERS)


def checked(text: str, recipe: Recipe, needs: Needs) -> str:
    """What is left when all is gone that only code may say, and all that names a food this person must not have."""
    here = tuple(food for item in recipe.ingredients for food in read_line(item.name).foods)
    left = sentences(without(text, lambda part: _is_ours(part) or _is_against(part, here, needs)))
    whole = [part for part in left if part.endswith((".", "!", "?"))]
    return " ".join((whole or left)[:MOST_SENTENCES])


def _is_ours(part: str) -> bool:
    """Claims, temperatures, storage; and how long something cooks that must be cooked through."""
    timed = _TIMED.search(part) and any(food.safe_c for food in find_foods(part))
    return bool(claims(part) or _OURS.search(part) or timed)


def _is_against(part: str, here: tuple[Food, ...], needs: Needs) -> bool:
    """Whether it names a food that is not in the recipe and not allowed, or anything that nobody should eat."""
    if any(food not in here and not allowed(food, needs) for food in find_foods(part)):
        return True
    own = {food.name for food in here}
    found = check((), (part,), needs).findings
    return any(each.kind in _AGAINST and each.severity != "info" and each.subject not in own for each in found)


def _content(answer: str) -> str:
    """The field `answer` of a JSON object, else all of the text."""
    text = re.sub(r"<think>.*?(?:</think>|\Z)", " ", answer, flags=re.DOTALL | re.IGNORECASE)
    start = text.find("{")
    if start < 0:
        return text
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except (ValueError, RecursionError):
        return ""
    said = found.get("answer") if isinstance(found, dict) else None
    return said if isinstance(said, str) else ""
