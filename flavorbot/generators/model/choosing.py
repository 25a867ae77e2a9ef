"""Which foods a model may cook with: all allowed, the most relevant first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flavorbot.generators.builtin.book import Cuisine, cuisines, tags
from flavorbot.generators.builtin.filling import HOB, MADE, suits
from flavorbot.generators.builtin.liking import ANIMALS
from flavorbot.generators.builtin.qualities import bars
from flavorbot.generators.builtin.request import Request
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Recipe

MOST_FOODS, MOST_MORE = 24, 8
"""How many in all, and beside what was asked for and planned: a small model lists everything that it is offered."""
MOST_ASKED = 14
_SAVOURY = ("salt", "black pepper", "olive oil", "vegetable oil", "onion", "garlic", "lemon", "parsley")
_SWEET = ("sugar", "cinnamon", "vanilla extract", "lemon", "honey", "maple syrup", "oats", "yogurt")
_SWEET_MEALS = frozenset({"dessert", "breakfast", "snack", "drink"})


def asked_foods(request: Request) -> tuple[Food, ...]:
    """What the person named and may eat; as many as fit into one dish."""
    return request.foods[:MOST_ASKED]


def needed_foods(request: Request, plan: Recipe | None) -> tuple[Food, ...]:
    """What must be in it: all that was named, or as much of it as our own kitchen found a place for."""
    planned = {food.name for food in foods_of(plan)}
    placed = tuple(food for food in asked_foods(request) if food.name in planned)
    return placed or asked_foods(request)


def foods_of(recipe: Recipe | None) -> tuple[Food, ...]:
    """The foods that a recipe's list names."""
    read = (read_line(item.name).food for item in recipe.ingredients) if recipe else ()
    return tuple(food for food in read if food)


def choose(request: Request, plan: Recipe | None) -> tuple[Food, ...]:
    """At most so many foods: what was asked for, what the plan has, then what goes with them, in an order by seed."""
    asked, planned = asked_foods(request), foods_of(plan)
    sweet = (request.category or (plan.category if plan else "dinner")) in _SWEET_MEALS
    cuisine = request.cuisine or _named(plan.cuisine if plan else None)
    tiers: tuple[list[Food], ...] = (
        list(_known(_SWEET if sweet else _SAVOURY)),
        list(_known(name for food in asked for name in food.pairs)),
        list(_known(_of_cuisine(cuisine))),
        list(_known(name for food in planned for name in food.pairs)),
    )
    chance = request.chance("a model's foods")
    chosen = {food.name: food for food in (*asked, *(food for food in planned if may_be(food, request)))}
    most = min(MOST_FOODS, len(chosen) + MOST_MORE) if plan else MOST_FOODS
    for tier in tiers:
        fresh = {food.name: food for food in tier if food.name not in chosen}
        fitting = [food for food in fresh.values() if _fits(food, request, (*asked, *planned))]
        chance.shuffle(fitting)
        chosen |= {food.name: food for food in fitting}
    return tuple(chosen.values())[:most]


def may_be(food: Food, request: Request) -> bool:
    """Whether the food may be in the dish: by who eats it, and by what it should be like ("mild")."""
    return suits(food, request.needs) and not bars(request.qualities, food)


def is_plain(food: Food) -> bool:
    """Whether nobody minds it coming in unasked: no animal, no dish of its own, nothing to soak overnight."""
    return food.category not in ANIMALS and food.category not in MADE and "toxic_raw" not in food.flags


def _known(names: Iterable[str]) -> Iterator[Food]:
    return (food for name in names if (food := foods().get(name)))


def _named(word: str | None) -> Cuisine | None:
    return next((cuisine for cuisine in cuisines().values() if cuisine.word == word), None)


def _of_cuisine(cuisine: Cuisine | None) -> Iterator[str]:
    if cuisine:
        yield from (name for names in cuisine.foods.values() for name in names[:3])


def _fits(food: Food, request: Request, others: tuple[Food, ...]) -> bool:
    """Whether it may come in unasked: allowed, and at home beside these others."""
    if not is_plain(food):
        return False
    if food.category == "stock" and is_meat(food) and not any(is_meat(other) for other in others):
        return False
    if "kosher" in request.needs.diets and "milk" in food.contains and any(is_meat(other) for other in others):
        return False
    if request.equipment is not None and "stove" not in request.equipment and tags(food) & HOB:
        return False
    return may_be(food, request)
