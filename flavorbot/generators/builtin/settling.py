"""A wish whose text is settled: what it says stands in the wish's fields, where a refinement can change it."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.generators.builtin.choosing import cuisine_in, kinds_named, without_kinds
from flavorbot.generators.builtin.wanted import plainly
from flavorbot.kitchen.needs import joined
from flavorbot.kitchen.wishes import read_wish
from flavorbot.model import EQUIPMENT, Recipe, Wish


def settled(wish: Wish, recipe: Recipe) -> Wish:
    """The wish with what its text says moved into its fields, so that a change can replace it.

    Left in the text is what nobody understood, or all of it where it makes an exception that no field can hold.
    """
    understood = read_wish(plainly(wish.wish))
    needs = understood.needs
    kinds = kinds_named(wish.wish, needs)
    named = read_wish(plainly(without_kinds(kinds, wish.wish))).ingredients
    cuisine = cuisine_in(wish.wish)
    said = [name for name in (*understood.qualities, *sorted(kinds), *understood.using) if name not in wish.qualities]
    limits = [minutes for minutes in (wish.max_minutes, understood.max_minutes) if minutes]
    return replace(
        wish,
        wish=wish.wish if needs.except_for else "; ".join(understood.not_understood),
        ingredients=joined(wish.ingredients, named),
        category=wish.category or understood.category,
        cuisine=wish.cuisine or understood.cuisine or (cuisine.name if cuisine else None),
        diets=joined(wish.diets, needs.diets),
        allergies=joined(wish.allergies, needs.allergies),
        exclude=wish.exclude if needs.except_for else joined(wish.exclude, needs.exclude),
        eaters=joined(wish.eaters, needs.eaters),
        servings=recipe.servings,
        max_minutes=min(limits, default=None),
        equipment=equipment_left(wish.equipment, understood.without),
        qualities=(*wish.qualities, *said),
    )


def equipment_left(there: tuple[str, ...], without: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in there or EQUIPMENT if name not in without) if without else there
