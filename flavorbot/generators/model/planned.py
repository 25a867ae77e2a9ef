"""What a dish takes from the plan that its model was shown and copied: the steps it passed over, amounts, a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from flavorbot.generators.builtin.classics import named_in
from flavorbot.generators.model.dishes import Dish, Step
from flavorbot.generators.model.prompts import EXAMPLE_STEPS
from flavorbot.generators.model.readying import CUTTING
from flavorbot.generators.model.timing import is_hot, minutes_in
from flavorbot.generators.model.wording import kind_in, names, sentences
from flavorbot.kitchen.checker import lines_of as lines_of_recipe
from flavorbot.kitchen.checker import texts_of
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.strays import strays
from flavorbot.model import Ingredient, Instruction, Recipe

_FOLLOWED, _COPIED = 0.45, 0.6
"""From this share of its runs of words on, a dish is the plan's, and a step another one's."""
_MOSTLY = 0.55
"""From this share of its steps on that are the plan's, the whole of the plan was meant."""
_COOKED = frozenset({"protein", "starch", "hard", "medium", "soft", "leafy", "mushroom"})
"""Roles of what a step of the plan is there to cook."""


def follows(dish: Dish, plan: Recipe) -> bool:
    """Whether about half of what the dish's steps say, or more, is the plan's, word for word."""
    told = _runs(dish.texts)
    return len(told & _runs(step.text for step in plan.instructions)) > _FOLLOWED * len(told)


def as_planned(dish: Dish, plan: Recipe) -> None:
    """Bring a dish that follows the plan to its words, foods and amounts, and cook what it only brings back or serves.

    A small model also copies steps of the example that it was shown: they go.
    """
    texts = [step.text for step in plan.instructions]
    example = _runs(EXAMPLE_STEPS)
    steps: dict[int | str, Step] = {}
    for step in dish.steps:
        place = _place_in(texts, step.text)
        if place is not None:
            steps[place] = _step(plan.instructions[place])
        elif _share(step.text, example) < _COPIED:
            steps[step.text] = step
    if sum(isinstance(place, int) for place in steps) >= _MOSTLY * len(steps):
        dish.steps = _whole(plan, [step for place, step in steps.items() if isinstance(place, str)])
    else:
        _cook_what_was_passed_over(steps, plan)
        dish.steps = list(steps.values())
    for item in plan.ingredients:
        food, grams = weigh(item)
        if food and any(names(food, text) for text in dish.texts):
            dish.add(food)
            dish.meant[food.name] = grams / plan.servings if grams else None


def lines_of(plan: Recipe) -> dict[str, Ingredient]:
    """The plan's lines by the names of their foods."""
    read = ((read_line(item.name).food, item) for item in plan.ingredients)
    return {food.name: item for food, item in read if food}


def said_of(plan: Recipe) -> frozenset[tuple[str, ...]]:
    """What the plan's own words name that is none of its foods, by the stems: "salty-sweet", "spiced tomato"."""
    readings = [read_line(line) for line in lines_of_recipe(plan)]
    return frozenset(mention.key for mention in strays(readings, plan.title, texts_of(plan)))


def is_the_plan(dish: Dish, plan: Recipe) -> bool:
    """Whether its steps are those of the plan and nothing else."""
    return dish.texts == [step.text for step in plan.instructions]


def settled_title(dish: Dish, plan: Recipe, written: str) -> str:
    """The title as the model wrote it for a dish that follows the plan; the plan's where that is not sound, or says
    that this is something else."""
    if dish.title_strays(plan.title):
        return dish.title
    if dish.title != written:
        return plan.title
    own, planned, kind = kind_in(dish.title), kind_in(plan.title), kind_of(plan)
    astray = own != planned if planned else own not in (None, kind)
    named = {food.name for food in find_foods(dish.title)}
    telling = named_in(dish.title) or named & (dish.asked or dish.foods.keys())
    return dish.title if telling and not astray else plan.title


def kind_of(plan: Recipe) -> str | None:
    """The kind of dish that our own kitchen's recipe is: its first tag."""
    return next(iter(plan.tags), None)


def _whole(plan: Recipe, others: Iterable[Step]) -> list[Step]:
    """All steps of the plan, and before the last one what else was written about foods that the plan has not."""
    planned = [_step(step) for step in plan.instructions]
    known = {food.name for step in planned for food in find_foods(step.text)}
    fresh = [step for step in others if any(food.name not in known for food in find_foods(step.text))]
    return [*planned[:-1], *fresh, *planned[-1:]]


def _cook_what_was_passed_over(steps: dict[int | str, Step], plan: Recipe) -> None:
    """Put in the plan's step for a food that is named first where the plan has it cut or cooked already."""
    for place, planned in enumerate(plan.instructions):
        order = list(steps)
        later = next((at for at, key in enumerate(order) if isinstance(key, int) and key > place), None)
        if place in steps or later is None:
            continue
        foods, before = find_foods(planned.text), [steps[key].text for key in order[:later]]
        raw = [food for food in foods if is_hot(planned.text) and _is_passed_over(food, before, planned)]
        knife_work = _is_knife_work(planned.text) and all(_is_used(food, steps) for food in foods)
        if not (knife_work or raw):
            continue
        first = foods if knife_work else [food for food in raw if food.role == "hard"]
        using = (at for at, text in enumerate(before) if any(names(food, text) for food in first))
        later = next((at for at in using if knife_work or is_hot(before[at])), later)
        told = list(steps.items())
        steps.clear()
        steps.update([*told[:later], (place, _step(planned)), *told[later:]])


def _is_knife_work(text: str) -> bool:
    """Whether a sentence of it begins with cutting: "Finely chop the onion", also after the oven is heated."""
    return any(CUTTING.search(" ".join(part.split()[:2])) for part in sentences(text))


def _is_used(food: Food, steps: Mapping[int | str, Step]) -> bool:
    return any(names(food, step.text) for step in steps.values())


def _is_passed_over(food: Food, before: Sequence[str], planned: Instruction) -> bool:
    """Whether no step before heats the food; or heats it for less than half as long, where it stays hard then."""
    heated = [minutes_in(text, 0) for text in before if is_hot(text) and names(food, text)]
    if food.role == "hard" and names(food, planned.text.partition(".")[0]):
        return sum(heated) < (planned.minutes or 0) / 2
    return food.role in _COOKED and not heated


def _step(planned: Instruction) -> Step:
    return Step(planned.text, frozenset(food.name for food in find_foods(planned.text)), planned.minutes)


def _place_in(planned: Sequence[str], text: str) -> int | None:
    """Which of the plan's steps a step tells, whole or in part, if any."""
    shares = [_share(text, _runs([each])) for each in planned]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= _COPIED else None


def _share(text: str, told: Set[tuple[str, ...]]) -> float:
    """How much of the text stands in what is told."""
    runs = _runs([text])
    return len(runs & told) / max(len(runs), 1)


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """All runs of three words."""
    words = re.findall(r"[a-z]+", " ".join(texts).casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
