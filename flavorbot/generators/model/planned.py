"""What a dish takes from the plan that its model was shown and copied: the steps it passed over, amounts, a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flavorbot.generators.builtin.classics import named_in
from flavorbot.generators.model.dishes import Dish, Step
from flavorbot.generators.model.timing import is_hot
from flavorbot.generators.model.wording import kind_in, names
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import find_foods
from flavorbot.model import Recipe

_FOLLOWED, _TOLD = 0.5, 0.5
"""From this share of its runs of words on, a dish is the plan's, and a step is told by another."""
_COOKED = frozenset({"protein", "starch", "hard", "medium", "soft", "leafy", "mushroom"})
"""Roles of what a step of the plan is there to cook."""


def follows(dish: Dish, plan: Recipe | None) -> bool:
    """Whether most of the dish's steps are those of the plan, word for word."""
    told = _runs(dish.texts)
    return plan is not None and len(told & _runs(step.text for step in plan.instructions)) > _FOLLOWED * len(told)


def as_planned(dish: Dish, plan: Recipe) -> None:
    """Bring a dish that follows the plan to its amounts, and cook what it only brings back or serves."""
    for item in plan.ingredients:
        food, grams = weigh(item)
        if food and food.name in dish.foods and grams:
            dish.meant[food.name] = grams / plan.servings
    _cook_what_was_passed_over(dish, plan)


def settled_title(dish: Dish, plan: Recipe) -> str:
    """The model's title for a dish that follows the plan; the plan's where it says that this is something else."""
    if dish.title_strays(plan.title):
        return dish.title
    own, planned, kind = kind_in(dish.title), kind_in(plan.title), kind_of(plan)
    astray = own != planned if planned else own not in (None, kind)
    telling = named_in(dish.title) or any(food.name in dish.foods for food in find_foods(dish.title))
    return dish.title if telling and not astray else plan.title


def kind_of(plan: Recipe) -> str | None:
    """The kind of dish that our own kitchen's recipe is: its first tag."""
    return next(iter(plan.tags), None)


def _cook_what_was_passed_over(dish: Dish, plan: Recipe) -> None:
    """Put in the plan's step for a food that the dish names first where the plan has it cooked already."""
    texts = [step.text for step in plan.instructions]
    for place, planned in enumerate(plan.instructions):
        at = [_place_in(texts, text) for text in dish.texts]
        foods = [food for food in find_foods(planned.text) if food.name != "water"]
        if place in at or not is_hot(planned.text) or any(food.name not in dish.foods for food in foods):
            continue
        later = next((number for number, found in enumerate(at) if found is not None and found > place), None)
        if later is not None and any(_is_passed_over(food, dish, later) for food in foods):
            step = Step(planned.text, frozenset(food.name for food in foods), planned.minutes)
            dish.steps.insert(later, step)


def _is_passed_over(food: Food, dish: Dish, later: int) -> bool:
    """Whether no step before that one heats the food."""
    return food.role in _COOKED and not any(is_hot(text) and names(food, text) for text in dish.texts[:later])


def _place_in(planned: Sequence[str], text: str) -> int | None:
    """Which of the plan's steps a step tells, if any."""
    runs = _runs([text])
    shares = [len(runs & _runs([each])) / max(len(_runs([each])), 1) for each in planned]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= _TOLD else None


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """All runs of three words."""
    words = re.findall(r"[a-z]+", " ".join(texts).casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
