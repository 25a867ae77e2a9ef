"""What goes with it: sides, drinks and finishing touches that this person may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.chef.asked import Asked
from flavorbot.chef.kinds import family_of
from flavorbot.chef.saying import called, capital, either, listed, sentence
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed, joined
from flavorbot.model import Reply

_ASKS = (
    r"go(?:es)? (?:well |nicely |best )?with|serve (?:it |this |them )?(?:with|alongside)|served with|side dish\w*"
    r"|sides?|accompan\w*|to drink|wine|pair\w*|what (?:else )?(?:should|could|can|do|would) (?:i|we) (?:serve|eat|have"
    r"|put) (?:\w+ )?(?:with|on)|beside it|alongside|topping|garnish|drink with|beer"
)
_DRINK = r"drink|wine|beer|beverage|glass of"
_STARCHES = ("rice", "bread", "potato", "couscous", "quinoa", "gluten-free bread", "sweet potato", "cauliflower")
_GREENS = ("salad leaves", "green bean", "broccoli", "spinach", "cucumber", "tomato", "carrot")
_SWEET = ("cream", "greek yogurt", "soya yogurt", "coconut yogurt", "raspberry", "strawberry", "mint")
_TOUCHES = ("lemon", "parsley", "yogurt", "soya yogurt", "coriander leaf", "chive", "pumpkin seed")
_MAIN = frozenset({"protein", "starch", "hard", "medium", "soft", "leafy", "mushroom", "fruit"})
_NO_PAIR = frozenset({"seasoning", "spice", "fat", "liquid", "drink", "binder"})


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS) or asked.says("instead|other side|each side|both sides|side up|on the side of"):
        return None
    if asked.says(_DRINK):
        return Reply(text=_drinks(asked))
    if asked.recipe.category == "dessert" or family_of(asked) == "bake":
        with_it = [called(food) for food in _allowed(_SWEET, asked)[:3]]
        return Reply(text=f"A spoonful of {either(with_it)}; and a cup of tea or coffee beside it.")
    return Reply(text=sentence(_sides(asked), _friends(asked)))


def _sides(asked: Asked) -> str:
    roles = {food.role for food in asked.foods}
    starch = [] if "starch" in roles else [called(food) for food in _allowed(_STARCHES, asked)[:3]]
    greens = [called(food) for food in _allowed(_GREENS, asked)[:2]]
    touches = [called(food) for food in _allowed(_TOUCHES, asked)[:2]]
    title = asked.recipe.title
    if starch and greens:
        return (
            f"{title} wants something to soak up the juices, such as {either(starch)}, and {_green(greens)} for "
            "freshness."
        )
    if greens:
        return (
            f"It has its starch already, so keep it fresh: {_green(greens)}, with {either(touches) or 'a little oil'} "
            "at the table."
        )
    return f"It is a whole meal; a little {either(touches) or 'black pepper'} at the table is enough."


def _green(greens: Sequence[str]) -> str:
    return f"a bowl of {either(greens)}"


def _friends(asked: Asked) -> str:
    """What the main food gets on with, by the food table."""
    main = next(
        (
            line
            for line in sorted(asked.lines, key=lambda line: -(line.grams or 0))
            if line.food and line.food.pairs and line.food.role in _MAIN
        ),
        None,
    )
    if main is None or main.food is None:
        return ""
    friends = list(_pairs(main.food, asked))[:3]
    return (
        f"{capital(main.name)} also like{'' if main.name.endswith('s') else 's'} {listed(friends)}." if friends else ""
    )


def _pairs(food: Food, asked: Asked) -> Iterator[str]:
    here = {each.name for each in asked.foods}
    for name in food.pairs:
        other = foods().get(name)
        if (
            other
            and name not in here
            and other.role not in _NO_PAIR
            and other.role != "protein"
            and allowed(other, asked.needs)
        ):
            yield called(other)


def _drinks(asked: Asked) -> str:
    water = "Sparkling water with a slice of lemon, or a cold mint tea, always fits."
    sober = (
        "halal" in asked.needs.diets or asked.needs.eaters or not allowed(foods()["white wine"], _as_drunk(asked.needs))
    )
    if sober or asked.recipe.category == "breakfast":
        return water
    kinds = {food.kind for food in asked.foods if food.role == "protein"}
    if asked.recipe.category == "dessert":
        wine = "A small glass of something sweet, such as a late-harvest Riesling."
    elif kinds & {"beef", "lamb", "game"}:
        wine = "A red with some grip: a Côtes du Rhône, a Rioja or a Malbec."
    elif kinds & {"fish", "crustacean", "mollusc", "scaleless"}:
        wine = "A dry, crisp white: a Muscadet, an Albariño or a dry Riesling."
    elif kinds & {"poultry", "pork"}:
        wine = "A white with some body, such as a Chardonnay, or a light red like a Beaujolais."
    elif any(food.name.startswith(("chilli", "curry", "garam", "cumin")) for food in asked.foods):
        wine = "An off-dry Riesling, or a cold lager: both calm the spices."
    else:
        wine = "A dry rosé or a light white such as a Pinot Grigio."
    return sentence(wine, "Without alcohol:", water.replace("Sparkling", "sparkling").replace(", always fits", ""))


def _as_drunk(needs: Needs) -> Needs:
    return Needs(
        diets=tuple(each for each in needs.diets if each == "halal"), allergies=needs.allergies, exclude=needs.exclude
    )


def _allowed(names: Sequence[str], asked: Asked) -> list[Food]:
    here = {food.name for food in asked.foods}
    found = [foods()[name] for name in names if name in foods()]
    needs = replace(asked.needs, diets=_diets_of(asked))
    return [food for food in found if food.name not in here and allowed(food, needs)]


def _diets_of(asked: Asked) -> tuple[str, ...]:
    """The person's diets, and vegan where the dish is: nobody wants a vegan curry served with cream."""
    return joined(asked.needs.diets, ("vegan",) if "vegan" in asked.recipe.diets else ())
