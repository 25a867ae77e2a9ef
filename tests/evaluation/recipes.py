"""Whether recipes keep what was asked for, and whether they can be cooked as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flavorbot.generators.builtin.request import read_request
from flavorbot.generators.builtin.wanted import plainly
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.strays import strays
from flavorbot.model import Generated, Recipe
from tests.evaluation.cooking import Cooked
from tests.evaluation.figures import Figure, none, share
from tests.evaluation.oracle import violations

_MAINS = ("lunch", "dinner")


def figures(found: Sequence[Cooked]) -> Iterator[Figure]:
    served = [(each, each.generated) for each in found if each.generated]
    yield none("requests answered wrongly (refused, or not)", _misanswered(found), len(found))
    yield none("recipes that break a rule", _broken(served), len(served))
    yield share("foods asked for that are used (up to 8)", _used(served), 0.98)
    yield share("foods left out that are explained", _explained(served), 1)
    yield share("ingredients named in a step", _named(served), 1)
    yield none("foods in a step that are not listed", _unlisted(served), len(served))
    yield share("temperature given where one is needed", _heated(served), 1)
    yield share("total within its steps and the limit", _timed(served), 1)
    yield share("amounts within the food's range", _measured(served), 0.99)
    yield none("amounts of more than twice the range", _far_out(served), len(served))
    yield share("lines whose weight and nutrition are known", _weighed(served), 0.98)
    yield share("keto with 12 g net carbohydrate or less", _keto(served), 1)
    yield share("mains of 300 to 900 kcal", _nourishing(served), 0.97)
    yield share("mains of 15 g protein or more", _strong(served), 0.85)
    yield share("mains of 3 g salt or less", _salted(served), 0.9)


Served = Sequence[tuple[Cooked, Generated]]
Facts = Iterator[tuple[bool, str]]


def foods_of(recipe: Recipe) -> list[Food]:
    """The foods that the recipe's list is read as, in its order."""
    return [food for item in recipe.ingredients if (food := read_line(item.name).food)]


def _misanswered(found: Iterable[Cooked]) -> Iterator[str]:
    for each in found:
        if each.request.expect == "" and not each.generated:
            yield f"{each.label}: {each.refusal}"
        if each.request.expect == "refused" and each.generated:
            yield f"{each.label}: served"


def _broken(served: Served) -> Iterator[str]:
    for each, made in served:
        needs = read_request(each.request.wish).needs
        errors = (finding for finding in check_recipe(made.recipe, needs).findings if finding.severity == "error")
        wrong = [*(finding.message for finding in errors), *violations(made.recipe, needs)]
        if wrong:
            yield f"{each.label}: {made.recipe.title}: {wrong[0]}"


def _used(served: Served) -> Facts:
    for each, made in served:
        asked = {food.name for food in read_request(each.request.wish).foods}
        listed = {food.name for food in foods_of(made.recipe)}
        if len(asked) <= 8:
            yield from ((name in listed, f"{each.label}: {name}") for name in asked)


def _explained(served: Served) -> Facts:
    """Every line of the request is in the list, or a notice speaks of it; "peppers" are the vegetable."""
    for each, made in served:
        listed = {food.name for food in foods_of(made.recipe)}
        said = " ".join(f"{notice.subject} {notice.message}" for notice in made.notices).casefold()
        for line in each.request.wish.ingredients:
            names = {food.name for food in read_line(plainly(line)).foods}
            told = line.casefold() in said or any(name in said for name in names)
            used = any(name in other.split() or name == other for name in names for other in listed)
            yield used or told, f"{each.label}: {line}"


def _named(served: Served) -> Facts:
    for each, made in served:
        text = " ".join(step.text for step in made.recipe.instructions)
        named = {food.name for food in (*find_foods(text), *find_foods(text.replace(" juice", "")))}
        yield from ((food.name in named, f"{each.label}: {food.name}") for food in foods_of(made.recipe))


def _unlisted(served: Served) -> Iterator[str]:
    for each, made in served:
        readings = [read_line(item.name) for item in made.recipe.ingredients]
        found = strays(readings, "", [step.text for step in made.recipe.instructions])
        names = [mention.entry.name for mention in found if mention.entry.name != "water"]
        if names:
            yield f"{each.label}: {made.recipe.title}: {', '.join(names)}"


def _heated(served: Served) -> Facts:
    for each, made in served:
        text = " ".join(step.text for step in made.recipe.instructions)
        reached = max(_inner_celsius(text), default=0)
        for food in foods_of(made.recipe):
            if food.safe_c and food.kind != "plant":
                yield reached >= food.safe_c - 1, f"{each.label}: {made.recipe.title}: {food.name}"


def _inner_celsius(text: str) -> Iterator[float]:
    """The temperatures in the text that are no oven's, whole degrees of either scale."""
    for value, scale in re.findall(r"(\d{2,3}) ?°([CF])", text):
        celsius = int(value) if scale == "C" else (int(value) - 32) / 1.8
        if celsius <= 100:
            yield celsius


def _timed(served: Served) -> Facts:
    for each, made in served:
        recipe, steps = made.recipe, [step.minutes or 0 for step in made.recipe.instructions]
        total, limit = recipe.total_minutes or 0, each.request.wish.max_minutes or 10_000
        parts = (recipe.prep_minutes or 0) + (recipe.cook_minutes or 0)
        yield total == parts and max(steps) <= total <= min(sum(steps), limit), f"{each.label}: {total}"


def _measured(served: Served) -> Facts:
    for each, made in served:
        for item in made.recipe.ingredients:
            food, grams = weigh(item)
            if food and grams and food.serving_g and food.name != "salt":
                least, _, most = food.serving_g
                part = grams / made.recipe.servings
                yield least * 0.99 <= part <= most * 1.01, f"{each.label}: {food.name} {part:.0f} g"


def _far_out(served: Served) -> Iterator[str]:
    for each, made in served:
        for item in made.recipe.ingredients:
            food, grams = weigh(item)
            if food and grams and food.serving_g and grams > 2 * food.serving_g[2] * made.recipe.servings:
                yield f"{each.label}: {grams:.0f} g {food.name}"


def _weighed(served: Served) -> Facts:
    """One fact for each line that has an amount: the table knows what it weighs and what is in it."""
    for each, made in served:
        for item in made.recipe.ingredients:
            if item.quantity is not None:
                food, grams = weigh(item)
                yield food is not None and grams is not None, f"{each.label}: {item.name}"


def _keto(served: Served) -> Facts:
    for each, made in served:
        if "keto" in read_request(each.request.wish).needs.diets:
            nutrition = made.recipe.nutrition
            net = nutrition.carbohydrate_g - nutrition.fibre_g if nutrition else 99
            yield net <= 12, f"{each.label}: {made.recipe.title} {net:.0f} g"


def _mains(served: Served) -> Iterator[tuple[Cooked, Recipe]]:
    return ((each, made.recipe) for each, made in served if made.recipe.category in _MAINS)


def _nourishing(served: Served) -> Facts:
    for each, recipe in _mains(served):
        kcal = recipe.nutrition.kcal if recipe.nutrition else 0
        yield 300 <= kcal <= 900, f"{each.label}: {recipe.title} {kcal:.0f}"


def _strong(served: Served) -> Facts:
    return (
        (bool(recipe.nutrition and recipe.nutrition.protein_g >= 15), each.label) for each, recipe in _mains(served)
    )


def _salted(served: Served) -> Facts:
    return ((bool(recipe.nutrition and recipe.nutrition.salt_g <= 3), each.label) for each, recipe in _mains(served))
