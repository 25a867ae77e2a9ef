"""What a dish of a model's is called and what is said of it: nothing that the recipe does not keep."""

from __future__ import annotations

import re
from collections.abc import Set

from flavorbot.generators.builtin.naming import listed, sentence_case, short, short_plural, shown
from flavorbot.generators.model.dishes import Dish
from flavorbot.generators.model.wording import kind_in
from flavorbot.kitchen.mentions import mentions

_MOST_NAMED = 4
"""More foods than these make a description a second list."""
_LISTED = re.compile(r"\b(?:with|of|and)\b[^,]*,(?!.*(?: and |&))", re.IGNORECASE)
"""A list of foods that ends without an "and"."""
_PROMISED = re.compile(r"\b(?:crisp|crunch|smok|stick|caramel|char)", re.IGNORECASE)
"""Textures and flavours that a step brings about, if anything does."""
_DONE_WITH = re.compile(r"\b(?:kettle|microwave|oven|tray|wok)\b", re.IGNORECASE)
_PRAISED = re.compile(r"\b(?:delicious|mouth-?watering|nutritious|scrumptious|tasty|yummy)\b", re.IGNORECASE)
"""Praise that says nothing of the dish."""
_CREAMY_FOODS = frozenset({"dairy", "dairy_free", "cheese", "egg", "pulse", "nut"})


def is_sound_title(title: str, dish: Dish) -> bool:
    """Whether it names nothing that is not in the dish, and is no list: "soup with leek, carrot" lacks an "and"."""
    listed = title.count(",") > 1 or _LISTED.search(title)
    return bool(title) and not listed and not dish.title_strays(title)


def plain_title(dish: Dish) -> str:
    """A title from what is in it, with the kind of dish that its own title names unless that makes another food."""
    ranked = sorted(dish.foods.values(), key=lambda food: (food.role != "protein", food.name not in dish.asked))
    main, *others = ranked
    kind = kind_in(dish.title) or ""
    beside = [food for food in others if food.category in ("vegetable", "mushroom", "pulse") or food.role == "starch"]
    beside = [food for food in beside if short(food) not in kind.split()]
    with_others = f" with {listed([short_plural(food) for food in beside[:2]])}" if beside else ""
    named = f"{kind} {short(main)}" if kind.endswith("ed") else f"{short(main)} {kind}"
    if short(main).endswith(kind):
        named = short(main)
    elif short(main) in kind.split():
        named = kind
    titles = [sentence_case(f"{words}{with_others}") for words in (named, short(main), shown(main))]
    return next((title for title in titles if not dish.title_strays(title)), sentence_case(shown(main)))


def is_sound_about(about: str, dish: Dish) -> bool:
    """Whether a description is true of the dish and tells something: no other food in it, no mere list or praise, no
    promise that nothing keeps."""
    if len({mention.key for mention in mentions(about)}) > _MOST_NAMED or _PRAISED.search(about):
        return False
    if not is_true_of(about, dish) or not _is_told(_PROMISED, about, dish):
        return False
    creamy = any(food.category in _CREAMY_FOODS or "cream" in food.name for food in dish.foods.values())
    return creamy or "cream" not in about.casefold()


def is_true_of(about: str, dish: Dish, known: Set[tuple[str, ...]] = frozenset()) -> bool:
    """Whether a description of our own kitchen's is still true: no other food, nothing it is not cooked in.

    `known`: what it says of the dish that it was written for, though that has no such food: "salty-sweet".
    """
    return all(stray.key in known for stray in dish.strays(about)) and _is_told(_DONE_WITH, about, dish)


def _is_told(words: re.Pattern[str], about: str, dish: Dish) -> bool:
    """Whether the steps have those of the words that the description has."""
    told = " ".join(dish.texts).casefold()
    return all(match[0].casefold() in told for match in words.finditer(about))
