"""A recipe as a mail: readable text, and the same as HTML without anything to load."""

from __future__ import annotations

from flask import render_template

from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.units import in_units
from flavorbot.model import Mail, Recipe, Share
from flavorbot.sharing import public_copy
from flavorbot.web.links import share_link
from flavorbot.web.people import signed_in
from flavorbot.writing import ingredient_lines


def recipe_mail(recipe: Recipe, share: Share, *, to: str, sender: str, message: str) -> Mail:
    """What goes to somebody in a person's name; in the units that person reads."""
    told = in_units(public_copy(recipe), signed_in().units)
    facts = {
        "recipe": told,
        "lines": ingredient_lines(told),
        "warnings": [each.message for each in check_recipe(told).findings if each.severity != "info"],
        "share": share,
        "link": share_link(share),
        "sender": sender or "Somebody",
        "message": message,
    }
    return Mail(
        to=to,
        subject=f"{sender} sends you a recipe: {recipe.title}" if sender else f"A recipe for you: {recipe.title}",
        text=render_template("mail/recipe.txt", **facts),
        html=render_template("mail/recipe.html", **facts),
    )
