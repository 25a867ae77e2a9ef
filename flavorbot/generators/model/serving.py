"""A mended dish as a recipe of ours: amounts, times and marks by code, and the checker's word before it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.generators.builtin.amounts import Amount
from flavorbot.generators.builtin.choosing import is_kind
from flavorbot.generators.builtin.measuring import short_of
from flavorbot.generators.builtin.naming import capital, shown
from flavorbot.generators.builtin.qualities import qualities
from flavorbot.generators.builtin.request import Request
from flavorbot.generators.model.answers import Written
from flavorbot.generators.model.choosing import needed_foods
from flavorbot.generators.model.dishes import Dish, Step, dish_of
from flavorbot.generators.model.failures import Unfit
from flavorbot.generators.model.measuring import amounts
from flavorbot.generators.model.mending import mend
from flavorbot.generators.model.planned import (
    as_planned,
    follows,
    is_the_plan,
    kind_of,
    lines_of,
    said_of,
    settled_title,
)
from flavorbot.generators.model.presenting import is_sound_about, is_true_of, plain_title
from flavorbot.generators.model.readying import way_of, written_way
from flavorbot.generators.model.timing import celsius_in, is_hot, minutes_in, total_minutes, unowned, used_in
from flavorbot.generators.model.wording import kind_in, sentences
from flavorbot.kitchen.checker import Finding, check_recipe, checked_recipe
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.units import in_units
from flavorbot.model import NO_COOKING, Ingredient, Instruction, Recipe, Source

_ROUNDS = 4
_BRISK = 2.0
"""Minutes for cutting or mixing when time is short."""
_MOST_WORDS = 40
_MAINS = frozenset({"lunch", "dinner"})
_ORDER = ("protein", "starch", "hard", "medium", "soft", "leafy", "mushroom", "aromatic", "fruit")
_AGAINST = frozenset({"allergen", "may_contain", "diet", "excluded", "poison", "not_food", "unknown"})


def serve(written: Written, request: Request, chosen: Sequence[Food], plan: Recipe | None, model: str) -> Recipe:
    """The recipe, put right and checked; `Unfit` with the reason when it cannot be."""
    dish = dish_of(written, request, chosen, needed_foods(request, plan))
    if plan and follows(dish, plan):
        as_planned(dish, plan)
    written_title = dish.title
    for _ in range(_ROUNDS):
        mend(dish, chosen)
        if plan and follows(dish, plan):
            dish.title = settled_title(dish, plan, written_title)
        recipe = _recipe(dish, plan, model)
        if request.max_minutes and (recipe.total_minutes or 0) > request.max_minutes:
            _hurry(dish)
            recipe = _recipe(dish, plan, model)
        against = faults(recipe, dish)
        if not against:
            _need_what_was_asked(recipe, dish, plan)
            return checked_recipe(in_units(recipe, request.units))
        _take_out(dish, recipe, against[0])
    raise Unfit(f"it names {against[0].subject}, which is not among the foods", against[0].kind)


def _hurry(dish: Dish) -> None:
    """Take the model's guesses for less: a step that itself tells no time is quickly done."""
    for step in dish.steps:
        step.guess = min(step.guess or _BRISK, _BRISK)


def faults(recipe: Recipe, dish: Dish) -> list[Finding]:
    """What speaks against the recipe, its description read like a step."""
    whole = replace(recipe, instructions=(*recipe.instructions, Instruction(text=recipe.description)))
    return [finding for finding in check_recipe(whole, dish.request.needs).findings if is_fault(finding)]


def is_fault(finding: Finding) -> bool:
    """Errors, doubts about what someone needs, and dangers that the steps tell; rice's are advice for leftovers."""
    if finding.severity == "error":
        return True
    told_by_steps = finding.kind == "hazard" and finding.line is None and finding.subject != "cooked rice"
    return finding.severity == "warning" and (finding.kind in _AGAINST or told_by_steps)


def _take_out(dish: Dish, recipe: Recipe, fault: Finding) -> None:
    """Leave out the line, or the one sentence, title or description, without which the fault is gone."""
    if fault.line is not None:
        name = list(_in_order(dish))[fault.line].name
        dish.drop(name)
        return
    if _gone(fault, replace(recipe, description=""), dish):
        dish.about = ""
        return
    if _gone(fault, replace(recipe, title=plain_title(dish)), dish):
        dish.title = plain_title(dish)
        return
    for step in dish.steps:
        kept = [part for part in sentences(step.text) if not _has(fault, part, recipe, dish)]
        if len(kept) < len(sentences(step.text)):
            step.text = " ".join(kept)
            dish.steps = [step for step in dish.steps if step.text]
            return
    raise Unfit(f"it goes against the rules with {fault.subject}", fault.kind)


def _gone(fault: Finding, recipe: Recipe, dish: Dish) -> bool:
    return fault.subject not in {other.subject for other in faults(recipe, dish)}


def _has(fault: Finding, sentence: str, recipe: Recipe, dish: Dish) -> bool:
    """Whether this sentence alone already has the fault."""
    alone = replace(recipe, description="", instructions=(Instruction(text=sentence),))
    return not _gone(fault, alone, dish)


def _need_what_was_asked(recipe: Recipe, dish: Dish, plan: Recipe | None) -> None:
    request = dish.request
    ours = plan is not None and recipe.description == plan.description
    told = ("" if ours else recipe.description, *(step.text for step in recipe.instructions))
    if unlisted := (*dish.title_strays(recipe.title), *dish.strays(*told)):
        raise Unfit(f"it names {unlisted[0].entry.name}, which is not in the list")
    diets = set(request.needs.diets) - set(check_recipe(recipe, request.needs).diets)
    if diets:
        raise Unfit(f"it is not {sorted(diets)[0].replace('_', '-')}")
    if request.max_minutes and (recipe.total_minutes or 0) > request.max_minutes:
        raise Unfit(f"it takes {recipe.total_minutes} minutes, and {request.max_minutes} is the most")
    if request.equipment is not None and (name := unowned(dish.texts, request.equipment)):
        raise Unfit(f"it needs: {name.replace('_', ' ')}")
    possible = unmet(plan, request) if plan else ()
    if missed := [wanted for wanted in unmet(recipe, request) if wanted not in possible]:
        raise Unfit(f"it is not {missed[0]}")


def unmet(recipe: Recipe, request: Request) -> tuple[str, ...]:
    """What the dish should be like, of what kind or made with what, and is not."""
    wants = [qualities()[name].want for name in short_of(recipe, request.qualities)]
    kind = next(iter(recipe.tags), "")
    if request.kinds and not any(is_kind(kind, asked) for asked in request.kinds):
        wants += [f"a {asked}" for asked in sorted(request.kinds)]
    used = used_in([step.text for step in recipe.instructions])
    return (*wants, *(f"made with the {name.replace('_', ' ')}" for name in sorted(request.using - used)))


def _recipe(dish: Dish, plan: Recipe | None, model: str) -> Recipe:
    request = dish.request
    category = request.category or (plan.category if plan else "dinner")
    measured = amounts(list(dish.foods.values()), dish.meant, request, category in _MAINS)
    steps = instructions_of(dish.steps)
    planned = lines_of(plan) if plan and follows(dish, plan) else {}
    if plan and is_the_plan(dish, plan):
        steps, total, prep = plan.instructions, plan.total_minutes or 0, plan.prep_minutes or 0
    else:
        total = total_minutes([(step.text, step.minutes or 0) for step in steps])
        prep = min(_cold_minutes(steps), total)
    cuisine = request.cuisine.word if request.cuisine else plan.cuisine if plan else None
    return Recipe(
        title=dish.title,
        description=_about(dish, plan),
        ingredients=tuple(planned.get(food.name) or _line(food, measured[food.name], dish) for food in _in_order(dish)),
        instructions=steps,
        category=category,
        cuisine=cuisine,
        servings=request.servings,
        prep_minutes=prep,
        cook_minutes=total - prep,
        total_minutes=total,
        tags=tuple(_tags(dish, plan, steps, total)),
        source=Source(kind="model", model=model),
    )


def _about(dish: Dish, plan: Recipe | None) -> str:
    """What the model says of it; what our own kitchen says, as far as it is true, of a dish that follows the plan, or
    that is of its kind and has nothing said of it."""
    if plan is None or not plan.description:
        return dish.about
    if follows(dish, plan):
        return plan.description if is_true_of(plan.description, dish, said_of(plan)) else dish.about
    like_it = not dish.about and kind_in(dish.title) == kind_of(plan)
    return plan.description if like_it and is_sound_about(plan.description, dish) else dish.about


def _in_order(dish: Dish) -> list[Food]:
    return sorted(dish.foods.values(), key=lambda food: _ORDER.index(food.role) if food.role in _ORDER else len(_ORDER))


def instructions_of(steps: Sequence[Step]) -> tuple[Instruction, ...]:
    return tuple(_instruction(text, guess) for step in steps for text, guess in _parted(step))


def _line(food: Food, amount: Amount, dish: Dish) -> Ingredient:
    """The line once the steps are known."""
    line = line_of(food, amount, dish)
    return line if line.quantity is None else replace(line, note=way_of(food, dish, line.note))


def line_of(food: Food, amount: Amount, dish: Dish) -> Ingredient:
    name = shown(food, plural=amount.many)
    return Ingredient(
        name=name,
        quantity=amount.quantity,
        unit=amount.unit,
        note=written_way(dish.preps[food.name], food) or ("to taste" if amount.quantity is None else None),
    )


def _parted(step: Step) -> list[tuple[str, float | None]]:
    """A step too long to follow, as two."""
    parts = sentences(step.text)
    if len(step.text.split()) <= _MOST_WORDS or len(parts) < 2:
        return [(step.text, step.guess)]
    half = (len(parts) + 1) // 2
    guess = step.guess / 2 if step.guess else None
    return [(" ".join(parts[:half]), guess), (" ".join(parts[half:]), guess)]


def _instruction(text: str, guess: float | None) -> Instruction:
    text = capital(text if text.endswith((".", "!")) else f"{text.rstrip(' ,;:')}.")
    return Instruction(text=text, minutes=minutes_in(text, guess), temperature_c=celsius_in(text))


def _cold_minutes(steps: Sequence[Instruction]) -> int:
    """Washing and cutting: what is done without heat before the last step."""
    return sum(step.minutes or 0 for step in steps[:-1] if not is_hot(step.text))


def _tags(dish: Dish, plan: Recipe | None, steps: Sequence[Instruction], total: int) -> Iterator[str]:
    """The kind of dish that the title names, or else the plan that the steps follow; and what the times tell."""
    if kind := kind_in(dish.title) or (kind_of(plan) if plan and follows(dish, plan) else None):
        yield kind
    if total <= 30:
        yield "quick"
    if not any(is_hot(step.text) for step in steps):
        yield NO_COOKING
