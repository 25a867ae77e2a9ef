"""A plan cooked into a recipe: amounts, steps, times, title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from flavorbot.errors import FlavorBotError
from flavorbot.generators.builtin.amounts import Amount, cookable, grams_per_serving
from flavorbot.generators.builtin.belonging import word_of
from flavorbot.generators.builtin.book import FRESH_TOMATOES, cuts, in_part
from flavorbot.generators.builtin.book import tags as classes
from flavorbot.generators.builtin.cutting import roasts
from flavorbot.generators.builtin.liking import ANIMALS
from flavorbot.generators.builtin.naming import capital, sentence_case, shown
from flavorbot.generators.builtin.planning import Plan
from flavorbot.generators.builtin.qualities import amount
from flavorbot.generators.builtin.request import Request
from flavorbot.generators.builtin.steps import Written, instructions, prep_minutes
from flavorbot.generators.builtin.timing import total_minutes
from flavorbot.generators.builtin.titles import Titler
from flavorbot.generators.builtin.writing import Writer
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import allowed
from flavorbot.kitchen.units import in_units
from flavorbot.model import NO_COOKING, Ingredient, Recipe, Source

_ORDER = ("protein", "starch", "hard", "medium", "soft", "leafy", "mushroom", "aromatic", "fruit")
_LEAST_KCAL, _MOST_KCAL, _TOO_RICH_KCAL = 340.0, 780.0, 800.0
_MAINS = frozenset({"lunch", "dinner"})
MOST_SALT_G, _CHILD_SALT_G, _BABY_SALT_G = 2.8, 1.8, 0.9
"""For one serving; 3 g of salt are 1.2 g of sodium. The NHS's most for a whole day is 2 g from one to three years, and
less than 1 g before."""
_WORTH_SALTING_G, _WELL_SALTED_G = 0.2, 2.2
_SEASONED_G = 2.65
"""Of salt for one, with that of cheese, stock and all else: more is not added."""
_PINCH_G = 0.25
"""Of salt that rounds off porridge or batter and is not tasted."""
_LEAST_HELP = 0.03
"""A smaller part of a dish's energy or salt is not worth leaving a food out."""
_COOKED = "ready cooked"
_GRAINS = {"curry": "basmati", "pilaf": "basmati", "dal": "basmati", "baked rice": "basmati", "chilli": "long-grain"}
_GRAINS |= dict.fromkeys(("stir-fry", "fried rice", "bowl"), "long-grain")
_GRAINS["rice pudding"] = "short-grain (pudding rice)"
"""The kind of rice that suits a kind of dish."""
_SHORT_SHAPES, _MASHED = frozenset({"one-pan pasta", "pasta bake", "pasta salad"}), frozenset({"mash", "pie"})
_BONED = frozenset({"lamb shoulder", "pork shoulder", "goat meat", "rabbit"})
_SHELLED = "weighed without shells; buy four times as much in them"
_WHEATEN = re.compile(r"pancake|muffin|batter|brownie|crumble|pie\b|pudding|flapjack|toast|sandwich", re.IGNORECASE)
"""Dishes that people take for wheat, and that are told to be without where they are."""
_SOLID_FATS = frozenset({"ghee", "coconut oil", "lard", "goose fat", "beef dripping"})
_THIRSTY, _MORE_OIL = frozenset({"aubergine"}), 1.5
"""What stays leathery in the oil that is enough for other vegetables, and how much more of it there is."""
_FILLING, _PLATEFUL_KCAL, _HARDLY_LESS = frozenset({"potato", "ready_pulse", "dry_pulse"}), 460.0, 0.85
"""What fills beside the starches, how much of it all one person eats, and what is near enough to a usual serving."""
_FRESH_FOR_TINNED = 1.6
"""How much more of fresh tomatoes makes as much sauce as tinned ones."""
_MOST_RAW_G = 2.0
"""Of garlic, ginger or chilli that no pan tames."""
_MOST_RAW_BULB_G = 30.0
"""The same of onions."""
_SOUP_PASTA_G = 50.0
"""Of pasta that swims."""
_BESIDE_PULSES = 0.7
"""How much of the usual meat does beside pulses."""
_STUFFING, _HELD_G = ("meat", "pulse", "quick", "leaf", "tomato"), 100.0
"""What goes into the vegetables of one person beside couscous and onion, and how much of it they hold."""
_HELD_GRAIN = 0.7
"""The part of the usual couscous that has room beside so much."""
_SPOON_OF_NUTS_G = 16.0
"""A tablespoon: more of a nut butter makes a sauce heavy."""
_SOUP_TOMATOES_G = 150.0
_BESIDE = ("side",)
"""What is eaten with a dish and does not salt it."""
_MOST_GRATED_G, _GRATED = 20.0, frozenset({"parmesan", "pecorino", "grana padano", "vegetarian hard cheese"})
"""Of cheeses of which little tastes of much, for one."""
_PULSES_G, _PULSES_ALONE_G = 75.0, 120.0
"""Of each of several pulses for one: on rice, couscous or bread, and without."""
_MEATS_G = 170.0
"""Of several meats or fishes, for one."""
_LEFT_WHOLE = frozenset({"sandwich", "smoothie", "lassi", "cooler"})
"""Dishes that need nothing grated or chopped: it is sliced, or goes into a blender."""
_BAKED_ON_TOP = frozenset({"gratin", "bake"})
"""Dishes whose nuts brown in the oven."""
_ON_THE_BONE = frozenset({"lamb chop", "pork chop"})
_RENDERED = frozenset({"crisp", "duck"})
_LEAST_STOCK, _MOST_STOCK = 0.85, 1.2
"""How far stock and tinned tomatoes follow a smaller or larger serving: what cooks in them stays covered."""
_LEAST_FAT, _LIGHT_KCAL = 0.85, 60.0
"""The same of oil, so that a dressing does not turn sour, and of vegetables that hardly fill."""
_FLAKES = re.compile(r"\bchil\w+ flakes\b", re.IGNORECASE)
_POWDER, _GRIND_CHILLI = "chilli powder", frozenset({"indian", "mexican", "american"})
_GROUND_IN = frozenset({"chilli", "curry", "dal", "tacos"})
"""Where dried chilli is a powder: elsewhere it comes in flakes."""
_HOTTER = 2.0
"""How much more of it a dish has that is called after it."""
_MOST_SAVED = 8
"""Minutes that haste saves at most: a kettle, and pasta on before anything is cut."""
_LONG_WAIT = 25
"""Minutes from which a dish that needs no cooking mostly stands and waits."""
_LEMON_FOR_TITLE = 0.25
"""Of a lemon for one, from which a dish is called after it."""
_FOR_SOUR = 0.8
"""Of the usual sugar, for what is all rhubarb or gooseberries."""
_KETO_G, _LOW_CARB_G = 12.0, 30.0


class TooSlow(FlavorBotError):
    """This plan takes longer than the person has."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"takes {minutes} minutes")
        self.minutes = minutes


def cook(plan: Plan, request: Request) -> Recipe:
    """The recipe of a plan, not checked yet; `TooSlow` when it takes longer than asked."""
    plan, grams = _light_enough(_in_its_own_fat(plan), request)
    grams = {food.name: amount(request.qualities, food, grams[food.name]) for food in plan.all_foods()}
    amounts = {
        food.name: cookable(food, grams[food.name] * request.servings, request.servings) for food in plan.all_foods()
    }
    amounts |= _two_each(plan, amounts, request.servings)
    written = _written(plan, amounts, request)
    total = total_minutes(written)
    if request.max_minutes and total > request.max_minutes:
        raise TooSlow(total)
    prep = min(prep_minutes(written), total)
    if not plan.formula.needs - {"blender"} and total < _LONG_WAIT:
        prep = total
    faint = {food.name for food in plan.all_foods() if _is_faint(food, amounts[food.name], request)}
    titler = Titler(plan, request.chance(f"title {plan.formula.name}"), faint)
    recipe = Recipe(
        title=titler.title(),
        description=" ".join(filter(None, (titler.description(), _for_small(plan, request)))),
        ingredients=tuple(
            _line(food, amounts[food.name], plan) for food in sorted(plan.all_foods(), key=_place_in_list)
        ),
        instructions=instructions(written),
        category=request.category or plan.formula.categories[0],
        cuisine=_kitchen(plan, request),
        servings=request.servings,
        prep_minutes=prep,
        cook_minutes=total - prep,
        total_minutes=total,
        tags=_tags(plan, total),
        source=Source(kind="built-in"),
    )
    return in_units(_plainly_free(_as_flakes(recipe, plan, request)), request.units)


def _written(plan: Plan, amounts: Mapping[str, Amount], request: Request) -> list[Written]:
    """The steps; those of someone in a hurry where they would else take just too long."""

    def steps(hurried: bool) -> list[Written]:
        chance = request.chance(f"steps {plan.formula.name}")
        return Writer(plan, amounts, request.servings, chance, hurried).steps()

    written = steps(False)
    over = total_minutes(written) - request.max_minutes if request.max_minutes else 0
    return steps(True) if 0 < over <= _MOST_SAVED and any(step.beside for step in written) else written


def _for_small(plan: Plan, request: Request) -> str:
    """Why it tastes mild, where small children eat along."""
    if plan.formula.sweet:
        return ""
    if "infant" in request.needs.eaters:
        salted = any(food.name == "salt" for food in plan.all_foods())
        return "" if salted else "No salt is added, since a baby eats along."
    return "Mild and only lightly salted, for small children." if "young_child" in request.needs.eaters else ""


def _kitchen(plan: Plan, request: Request) -> str | None:
    """The cuisine's word, where it was asked for or the dish tastes of it."""
    asked = plan.cuisine is not None and request.cuisine == plan.cuisine
    return plan.cuisine.word if asked and plan.cuisine else word_of(plan)


def _two_each(plan: Plan, amounts: Mapping[str, Amount], servings: int) -> dict[str, Amount]:
    """The slices that close a sandwich, and the tortillas that hold what one person eats: two at least."""
    slices = plan.foods.get("bread", ()) if plan.formula.kind == "sandwich" else ()
    held = {food.name: amounts[food.name] for food in slices if amounts[food.name].unit == "slice"}
    held |= {food.name: amounts[food.name] for food in plan.foods.get("wrap", ()) if "tortilla" in food.name}
    least = 2.0 * servings
    return {name: replace(amount, quantity=max(amount.quantity or 0.0, least)) for name, amount in held.items()}


def _in_its_own_fat(plan: Plan) -> Plan:
    """The plan without the oil that nobody named, where bacon or duck gives the fat that the rest is fried in.

    Potatoes are fried before the duck, in oil.
    """
    rendered = plan.formula.parts & (_RENDERED - {"duck"} if plan.foods.get("potato") else _RENDERED)
    renders = any(in_part(food, part) for food in plan.all_foods() for part in rendered)
    fats = [food for food in plan.foods.get("fat", ()) if food.name not in plan.owned]
    return plan.without(fats[0]) if renders and fats else plan


def _as_flakes(recipe: Recipe, plan: Plan, request: Request) -> Recipe:
    """The recipe with dried chilli as flakes: where they were asked for, or the kitchen does not grind it and nobody
    asked for powder."""
    kitchen = plan.cuisine.name if plan.cuisine else ""
    ground = _POWDER in plan.owned or kitchen in _GRIND_CHILLI or plan.formula.kind in _GROUND_IN
    if ground and not _FLAKES.search(request.said):
        return recipe
    flakes = {_POWDER: "chilli flakes"}
    return replace(
        recipe,
        ingredients=tuple(replace(item, name=flakes.get(item.name, item.name)) for item in recipe.ingredients),
        instructions=tuple(
            replace(step, text=step.text.replace(_POWDER, flakes[_POWDER])) for step in recipe.instructions
        ),
    )


def _plainly_free(recipe: Recipe) -> Recipe:
    """The recipe saying "gluten-free pasta" wherever it says "pasta", if that is what is in it; bread likewise."""
    for item in recipe.ingredients:
        if item.name.startswith("gluten-free "):
            noun = item.name.removeprefix("gluten-free ")
            bare = re.compile(
                rf"(?<!gluten-free )\b{noun}\b|\b(?<=on ){'toast' if noun == 'bread' else noun}\b",
                re.IGNORECASE,
            )
            said = partial(bare.sub, lambda match: f"gluten-free {match[0].lower()}")
            steps = tuple(replace(step, text=said(step.text)) for step in recipe.instructions)
            title, about = sentence_case(said(recipe.title)), capital(said(recipe.description))
            if _WHEATEN.search(title) and "gluten-free" not in title.casefold():
                title = f"Gluten-free {title[:1].lower()}{title[1:]}"
            recipe = replace(recipe, title=title, description=about, instructions=steps)
    return recipe


def _light_enough(plan: Plan, request: Request) -> tuple[Plan, dict[str, float]]:
    """The plan without what nobody asked for, as long as a main dish is too rich or too salty; and its grams."""
    grams = _balanced(plan, request)
    if _salt(plan, grams) > most_salt(request) and (mild := _with_mild_stock(plan, request)):
        plan, grams = mild, _balanced(mild, request)
    while _is_too_much(plan, grams, request):
        extras = [
            food
            for name, members in plan.foods.items()
            if name not in ("sauce", *plan.formula.require) and name not in plan.formula.one_of
            for food in members
            if food.name not in plan.owned and not (name in plan.formula.mains and _only_main(plan, name))
        ]
        if not extras:
            break
        too_rich = _energy(plan, grams) > _TOO_RICH_KCAL
        worst = max(extras, key=lambda food: (food.kcal if too_rich else food.salt_g) * grams[food.name])
        if (worst.kcal if too_rich else worst.salt_g) * grams[worst.name] < _LEAST_HELP * _whole(plan, grams, too_rich):
            break
        plan = plan.without(worst)
        grams = _balanced(plan, request)
    if unsalted := [food for food in plan.all_foods() if food.name == "salt" and grams["salt"] < _WORTH_SALTING_G]:
        plan = plan.without(unsalted[0])
    return plan, grams


def _with_mild_stock(plan: Plan, request: Request) -> Plan | None:
    """The plan with a stock of little salt; None where the person named theirs, or there is no such sort of it."""
    for food in plan.foods.get("stock", ()):
        mild = foods().get(f"low-salt {food.name}")
        if mild and food.name not in plan.owned and allowed(mild, request.needs):
            return plan.with_instead(food, mild)
    return None


def _whole(plan: Plan, grams: Mapping[str, float], too_rich: bool) -> float:
    """Of which 100 parts are the plan's energy or its salt."""
    return 100 * (_energy(plan, grams) if too_rich else _salt(plan, grams))


def _is_too_much(plan: Plan, grams: Mapping[str, float], request: Request) -> bool:
    """Whether a main dish is too rich, or it or anything for small children too salty."""
    main, most = _is_main(plan, request), most_salt(request)
    rich = main and _energy(plan, grams) > _TOO_RICH_KCAL
    return rich or ((main or most < MOST_SALT_G) and _salt(plan, grams) > most)


def _only_main(plan: Plan, name: str) -> bool:
    return not any(other in plan.foods for other in plan.formula.mains if other != name)


def _is_main(plan: Plan, request: Request) -> bool:
    return (request.category or plan.formula.categories[0]) in _MAINS and not plan.formula.sweet


def _balanced(plan: Plan, request: Request) -> dict[str, float]:
    """Grams per serving, larger or smaller until the energy is that of a main dish; few carbohydrates if asked."""
    grams = _grams(plan, 1.0)
    if _is_main(plan, request):
        for factor in (1.2, 1.45, 1.7, 2.0):
            if _energy(plan, grams) >= _LEAST_KCAL:
                break
            grams = _grams(plan, factor)
        for factor in (0.85, 0.7, 0.55, 0.4):
            if _energy(plan, grams) <= _MOST_KCAL:
                break
            grams = _grams(plan, factor)
    return _less_salt(plan, _fewer_carbohydrates(plan, request, grams), most_salt(request))


def _grams(plan: Plan, factor: float) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, members in plan.foods.items():
        share = plan.formula.places[name].grams
        if share and name == "fat" and any(food.name in _THIRSTY for food in plan.all_foods()):
            share *= _MORE_OIL
        if share and name == "tomato" and any(food.name in FRESH_TOMATOES for food in members):
            share *= _FRESH_FOR_TINNED
        for food in members:
            if share and name in ("sweet", "baking_sweet"):
                share *= _sweetening(plan)
            part = None if share is None else share / len(members)
            if share is None and len(members) > 1 and food.serving_g and food.role not in ("spice", "aromatic"):
                part = food.serving_g[1] / len(members) ** 0.8
            found[food.name] = grams_per_serving(food, part, _factor(food, name, factor))
            if food.name == _POWDER and plan.formula.kind == "chilli":
                found[food.name] *= _HOTTER
            if food.name in _GRATED:
                found[food.name] = min(found[food.name], _MOST_GRATED_G)
            if "nut_butter" in classes(food) and not plan.formula.sweet and not _is_raw(plan):
                found[food.name] = min(found[food.name], _SPOON_OF_NUTS_G)
            if _is_raw(plan) and "scorching" in classes(food):
                found[food.name] = min(found[food.name], _MOST_RAW_G)
            if _is_raw(plan) and "bulb" in classes(food):
                found[food.name] = min(found[food.name], _MOST_RAW_BULB_G)
            if food.name in FRESH_TOMATOES & plan.owned and plan.formula.kind == "soup":
                found[food.name] = max(found[food.name], _SOUP_TOMATOES_G)
            if name == "pasta" and plan.formula.kind == "soup":
                found[food.name] = min(found[food.name], _SOUP_PASTA_G)
            if "dry_pulse" in classes(food) and plan.formula.simmers_pulses:
                found[food.name] = min(found[food.name], _least(food))
    return _as_much_as_fits(plan, _one_plateful(plan, found))


def _sweetening(plan: Plan) -> float:
    """How much more sugar the fruit needs for being sour."""
    fruit = [food for name in ("fruit", "fruit_fresh") for food in plan.foods.get(name, ())]
    return 1.0 + _FOR_SOUR * sum("sour_fruit" in classes(food) for food in fruit) / max(len(fruit), 1)


def _as_much_as_fits(plan: Plan, grams: dict[str, float]) -> dict[str, float]:
    """No more filling than vegetables hold that are stuffed."""
    inside = [food for name in _STUFFING for food in plan.foods.get(name, ()) if "shell" in plan.foods]
    weight = sum(grams[food.name] for food in inside)
    if weight > _HELD_G:
        grams |= {food.name: grams[food.name] * _HELD_G / weight for food in inside}
        grams |= {food.name: grams[food.name] * _HELD_GRAIN for food in plan.foods.get("couscous_bowl", ())}
    return grams


def _is_raw(plan: Plan) -> bool:
    return not plan.formula.needs - {"blender"}


def _factor(food: Food, place: str, factor: float) -> float:
    if food.role in ("spice", "seasoning", "herb"):
        return 1.0
    if food.role == "fat" or "scorching" in classes(food):
        return max(factor, _LEAST_FAT)
    if food.category == "stock" or place in ("tomato", "milk"):
        return min(max(factor, _LEAST_STOCK), _MOST_STOCK)
    if food.category == "vegetable" and food.kcal < _LIGHT_KCAL:
        return max(factor, _LEAST_FAT)
    return factor


def _one_plateful(plan: Plan, grams: dict[str, float]) -> dict[str, float]:
    """Less of each where several meats meet, or rice, potatoes, bread and pulses: together they fill one plate."""
    meats = [food for food in plan.all_foods() if food.role == "protein" and food.category in ANIMALS]
    if len(meats) > 1 and (weight := sum(grams[food.name] for food in meats)) > _MEATS_G and not plan.formula.oven:
        grams |= {food.name: grams[food.name] * _MEATS_G / weight for food in meats}
    pulses = [food for food in plan.all_foods() if classes(food) & {"ready_pulse", "dry_pulse"}]
    if pulses and plan.formula.base in plan.foods and plan.formula.base != "egg":
        grams |= {food.name: grams[food.name] * _BESIDE_PULSES for food in meats}
    ready = [food for food in pulses if "ready_pulse" in classes(food)]
    if len(ready) > 1:
        starchy = any(food.role == "starch" for food in plan.all_foods())
        grams |= {food.name: min(grams[food.name], _PULSES_G if starchy else _PULSES_ALONE_G) for food in ready}
    filling = [food for food in plan.all_foods() if food.role == "starch" or classes(food) & _FILLING]
    energy = sum(food.kcal * grams[food.name] / 100 for food in filling)
    if len(filling) > 1 and energy > _PLATEFUL_KCAL and not plan.formula.sweet:
        for food in filling:
            less, least = grams[food.name] * _PLATEFUL_KCAL / energy, min(_least(food), grams[food.name])
            grams[food.name] = max(less, least) if less > _HARDLY_LESS * least else less
    return grams


def _energy(plan: Plan, grams: Mapping[str, float]) -> float:
    return sum(food.kcal * grams[food.name] / 100 for food in plan.all_foods())


def _salt(plan: Plan, grams: Mapping[str, float]) -> float:
    return sum(food.salt_g * grams[food.name] / 100 for food in plan.all_foods())


def _fewer_carbohydrates(plan: Plan, request: Request, grams: dict[str, float]) -> dict[str, float]:
    limit = _KETO_G if "keto" in request.needs.diets else _LOW_CARB_G if "low_carb" in request.needs.diets else None
    if limit is None:
        return grams
    net = {food.name: max(food.carbohydrate_g - food.fibre_g, 0.0) for food in plan.all_foods()}
    for _ in range(12):
        if sum(net[name] * amount / 100 for name, amount in grams.items()) <= limit * 0.9:
            break
        worst = max(grams, key=lambda name: net[name] * grams[name])
        grams[worst] *= 0.75
    return grams


def most_salt(request: Request) -> float:
    """Grams of salt in one serving."""
    eaters = request.needs.eaters
    return _BABY_SALT_G if "infant" in eaters else _CHILD_SALT_G if "young_child" in eaters else MOST_SALT_G


def _less_salt(plan: Plan, grams: dict[str, float], most: float) -> dict[str, float]:
    """The saltiest things reduced, the salt itself most, until a serving is within bounds."""
    small = most < MOST_SALT_G
    salty = {food.name: food for food in plan.all_foods() if food.salt_g > (0.4 if small else 0.8)}
    others = sum(food.salt_g * grams[food.name] / 100 for food in plan.all_foods() if food.name != "salt")
    if "salt" in grams and plan.formula.sweet:
        grams["salt"] = _PINCH_G
    elif "salt" in grams:
        beside = [food for name in _BESIDE for food in plan.foods.get(name, ())]
        within = others - sum(food.salt_g * grams[food.name] / 100 for food in beside)
        pinch = 0.6 if within < _WELL_SALTED_G else _WORTH_SALTING_G
        wanted = min(2.0 - 0.7 * within, _SEASONED_G - within, 1.7, max(most - others, pinch))
        grams["salt"] = min(max(most - others, 0.0), 0.8) if small else max(wanted, pinch)
    least = {name: _least(food) * (0.4 if small else 1.0) for name, food in salty.items()}
    least |= {name: 0.7 * grams[name] for name, food in salty.items() if food.category == "stock" and not small}
    for _ in range(25):
        reducible = [name for name in salty if name != "salt" and grams[name] > least[name]]
        if _salt(plan, grams) <= most or not reducible:
            break
        worst = max(reducible, key=lambda name: salty[name].salt_g * grams[name])
        grams[worst] = max(grams[worst] * 0.9, least[worst])
    return grams


def _least(food: Food) -> float:
    return food.serving_g[0] if food.serving_g else 2.0


def _line(food: Food, amount: Amount, plan: Plan) -> Ingredient:
    return Ingredient(
        name=shown(food, plural=amount.many),
        quantity=amount.quantity,
        unit=amount.unit,
        note=_note(food, amount, plan) or ("to taste" if amount.quantity is None else None),
    )


def _sets(food: Food) -> bool:
    """Whether a fat is hard when it is cold."""
    return "butter" in classes(food) or food.name in _SOLID_FATS


def _note(food: Food, amount: Amount, plan: Plan) -> str | None:
    """What stands behind a food in the list: how it is bought, or made ready where no step says so."""
    if food.name in ("mussel", "clam"):
        return _SHELLED
    if food.name == "beetroot" and _is_bought_cooked(food, plan):
        return _COOKED
    if (
        food.name in _ON_THE_BONE
        and "strips" in plan.formula.cuts.get("meat", "")
        and not plan.formula.parts & {"whole"}
    ):
        return "boneless"
    if amount.unit in ("tin", "g") and "in_brine" in classes(food):
        return "drained"
    if roasts(plan.formula) and _sets(food) and food in plan.foods.get("fat", ()):
        return "melted"
    if plan.formula.kind == "muffins" and food in plan.foods.get("fat_sweet", ()) and _sets(food):
        return "melted"
    if sort := _sort(food, plan):
        return sort
    if plan.formula.kind in _LEFT_WHOLE and not (plan.formula.kind == "sandwich" and food.role == "herb"):
        return None
    said = next((said for tag, said in cuts().notes.items() if tag in classes(food)), None)
    place = "extra_sweet" if plan.formula.sweet else "nut"
    baked = plan.formula.oven is not None if plan.formula.sweet else plan.formula.kind in _BAKED_ON_TOP
    baked = baked or ("stove" in plan.formula.needs and "nutty" in plan.formula.parts)
    if "toasted" in classes(food) and food in plan.foods.get(place, ()) and not baked:
        return f"toasted and {said}" if said else "toasted"
    return said


def _sort(food: Food, plan: Plan) -> str | None:
    """Which sort of it to buy, where that decides how the dish turns out."""
    kind = plan.formula.kind
    if food.name == "rice" and plan.formula.name != "paella":
        thai = plan.cuisine is not None and plan.cuisine.name == "thai" and kind == "curry"
        return "jasmine" if thai else _GRAINS.get(kind)
    if food.name == "pasta" and kind in _SHORT_SHAPES:
        return "a short shape"
    if food.name == "potato" and kind in _MASHED:
        return "floury"
    if food.name in _BONED and food in plan.foods.get("braise", ()):
        return "boneless"
    return "softened" if kind == "bread pudding" and "butter" in classes(food) else None


def _is_bought_cooked(food: Food, plan: Plan) -> bool:
    """Whether the dish does not cook the beetroot itself."""
    places = (place for place, members in plan.foods.items() if food in members)
    raw = not plan.formula.needs or plan.formula.kind == "soup"
    return raw or any(place in ("fresh", "pulse") for place in places)


def _is_faint(food: Food, amount: Amount, request: Request) -> bool:
    """Whether it is a squeeze of lemon that nobody asked for."""
    squeezed = "citrus" in classes(food) and food not in request.foods
    return squeezed and (amount.quantity or 0.0) < _LEMON_FOR_TITLE * request.servings


def _place_in_list(food: Food) -> int:
    return _ORDER.index(food.role) if food.role in _ORDER else len(_ORDER)


def _tags(plan: Plan, total: int) -> tuple[str, ...]:
    tags = [plan.formula.kind]
    if total <= 30:
        tags.append("quick")
    if plan.formula.needs == frozenset() and not any("dry_pulse" in classes(food) for food in plan.all_foods()):
        tags.append(NO_COOKING)
    return tuple(tags)
