"""What may stand in for a food, with ratio and reason, and the recipe with the one in the other's place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.proposals import Version, kept, worse
from flavorbot.chef.saying import called, is_many
from flavorbot.chef.tables import table
from flavorbot.generators.builtin.amounts import cookable
from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.naming import capital, short, shown
from flavorbot.generators.builtin.stand_ins import another_like
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import find_foods
from flavorbot.model import Ingredient, Recipe

IN_PLACE = frozenset({
    "fat", "dairy", "cheese", "acid", "liquid", "herb", "spice", "seasoning", "condiment", "sweet", "nut", "garnish",
})  # fmt: skip
"""Roles of foods that cook alike: one takes the other's place while the steps stay as they are."""
_ALIKE = frozenset(
    {"mince", "sausage", "fish_fillet", "pasta_shape", "flour", "oats", "leafy", "loaf", "wrap", "egg_noodle"}
)
"""Classes of foods that cook alike though their role asks for care."""
_MEASURED = frozenset({"g", "ml", "tsp", "tbsp", "cup", "kg", "l", "oz"})


@dataclass(frozen=True, slots=True)
class StandIn:
    """A food to take instead: so much of it for one part of the old one, and what to mind."""

    food: Food
    ratio: float = 1.0
    how: str = ""


def stand_ins(food: Food, needs: Needs, most: int = 3) -> tuple[StandIn, ...]:
    """What may take the food's place for someone with these needs, the best first."""
    found: dict[str, StandIn] = {}
    for each in _candidates(food, needs):
        alike = food.role not in IN_PLACE or each.food.role in IN_PLACE
        if each.food.name != food.name and alike and allowed(each.food, needs):
            found.setdefault(each.food.name, each)
    return tuple(found.values())[:most]


def adapted(asked: Asked, needs: Needs) -> Version | None:
    """The recipe with a stand-in for each line that these needs bar; None where one of them has none."""
    now, changed = asked, False
    for item in asked.recipe.ingredients:
        line = next(each for each in now.lines if each.name == item.name and each.item.quantity == item.quantity)
        if line.food is None or allowed(line.food, needs):
            continue
        versions = (swapped(now, line, each) for each in stand_ins(line.food, needs, 4))
        version = next((each for each in versions if each), None)
        if version is None:
            return None
        lines = tuple(Line(each, *weigh(each)) for each in version.recipe.ingredients)
        now, changed = replace(now, recipe=version.recipe, lines=lines), True
    return Version(kept(asked.recipe, now.recipe), asked.wish, cooked=False, notices=()) if changed else None


def known(old: Food, new: Food) -> StandIn:
    """How the one takes the place of the other."""
    return next((each for each in _listed(old) if each.food.name == new.name), StandIn(new))


def _candidates(food: Food, needs: Needs) -> Iterator[StandIn]:
    yield from _listed(food)
    reasons = {*needs.diets, *needs.allergies}
    for _, name in sorted(food.swaps.items(), key=lambda swap: swap[0] not in reasons):
        if name in foods():
            yield StandIn(foods()[name])
    other = another_like(food, needs, frozenset({food.name}))
    if other:
        yield StandIn(other)


def _listed(food: Food) -> Iterator[StandIn]:
    keys = [food.name, *sorted(tags(food) - {food.name})]
    for key in keys:
        for name, (ratio, how) in table("swaps").get(key, {}).items():
            yield StandIn(foods()[name], ratio, how)


def swapped(asked: Asked, line: Line, stand_in: StandIn) -> Version | None:
    """The recipe with the stand-in in the line's place; None where the steps would not fit or the check fails."""
    old, new = line.food, stand_in.food
    if old is None or not _cook_alike(old, new):
        return None
    if any(other.food == new for other in asked.lines):
        return None
    item = _item(line, stand_in, asked.recipe.servings)
    items = tuple(item if each is line.item else each for each in asked.recipe.ingredients)
    recipe = _said(replace(asked.recipe, ingredients=items), line, item.name, asked)
    texts = (recipe.title, recipe.description, *(step.text for step in recipe.instructions))
    if (
        any(old in find_foods(text) for text in texts)
        or _too_cool(recipe, new)
        or worse(asked.recipe, recipe, asked.needs)
    ):
        return None
    return Version(kept(asked.recipe, recipe), asked.wish, cooked=False, notices=())


def _cook_alike(old: Food, new: Food) -> bool:
    """Whether the steps for the one do for the other."""
    if old.role in IN_PLACE:
        return new.role in IN_PLACE
    return bool(tags(old) & tags(new) & _ALIKE)


def _too_cool(recipe: Recipe, new: Food) -> bool:
    """Whether a step asks for less heat inside than the new food needs."""
    asked = [step.temperature_c for step in recipe.instructions if step.temperature_c and step.temperature_c < 100]
    said = [int(each) for step in recipe.instructions for each in re.findall(r"\b(\d{2}) ?°C", step.text)]
    return bool(new.safe_c) and any(celsius < (new.safe_c or 0) for celsius in (*asked, *said))


def amount_for(line: Line, stand_in: StandIn, servings: int) -> Ingredient:
    """The line as it would stand in the list."""
    return _item(line, stand_in, servings)


def _item(line: Line, stand_in: StandIn, servings: int) -> Ingredient:
    item, new = line.item, stand_in.food
    if item.quantity is None:
        return replace(item, name=called(new), note=item.note if item.note == "to taste" else None)
    if item.unit in _MEASURED:
        quantity = _rounded(item.quantity * stand_in.ratio, item.unit)
        return replace(item, name=called(new), quantity=quantity, note=None)
    found = cookable(new, (line.grams or 20) * stand_in.ratio, servings)
    return replace(item, name=shown(new, plural=found.many), quantity=found.quantity, unit=found.unit, note=None)


def _rounded(quantity: float, unit: str) -> float:
    if unit in ("g", "ml"):
        step = 5 if quantity >= 15 else 1
        return float(max(round(quantity / step) * step, 1))
    return max(round(quantity * 4) / 4, 0.25)


def _said(recipe: Recipe, line: Line, name: str, asked: Asked) -> Recipe:
    """Title, description and steps with the new name where the old one stood."""
    old = line.food
    if old is None:
        return recipe
    called_so = {line.name, old.name, old.plural, shown(old), shown(old, plural=True)}
    if old.role == "protein":
        called_so |= {short(old), old.name.split()[0], old.name.split()[-1]}
    forms = [form for each in called_so for form in (f"{each} juice", each)]
    others = [
        other.name for other in asked.lines if other is not line and any(form in other.name for form in called_so)
    ]
    pattern = re.compile(
        "|".join(rf"(?<![\w-]){re.escape(form)}(?![\w-])" for form in sorted({*others, *forms}, key=len, reverse=True)),
        re.IGNORECASE,
    )

    def say(match: re.Match[str]) -> str:
        if match[0].casefold() in {other.casefold() for other in others}:
            return match[0]
        return capital(name) if match[0][0].isupper() else name

    def renamed(text: str) -> str:
        text = pattern.sub(say, text)
        return text if is_many(name) else re.sub(rf"\b({re.escape(name)}) are\b", r"\1 is", text)

    steps = tuple(replace(step, text=renamed(step.text)) for step in recipe.instructions)
    return replace(
        recipe, title=renamed(recipe.title), description=renamed(recipe.description), instructions=steps, nutrition=None
    )
