"""A recipe on paper."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from flavorbot import recipes as box
from flavorbot.kitchen.nutrition import reckon
from flavorbot.web.people import signed_in
from flavorbot.web.services import services
from flavorbot.web.showing import as_asked

blueprint = Blueprint("printing", __name__, url_prefix="/recipes")


@blueprint.get("/<recipe_id>/print")
def show(recipe_id: str) -> str:
    """The sheet as it will come out, with or without picture and notes; everything is on it until somebody chooses."""
    asking = signed_in()
    original = box.open_recipe(services().storage, asking.id, recipe_id)
    shown = as_asked(original, asking.units)
    chosen = "chosen" in request.args
    parts = {name: not chosen or name in request.args for name in ("picture", "notes", "nutrition")}
    return render_template(
        "printing/show.html",
        shown=shown,
        recipe=shown.recipe,
        units=shown.units,
        reckoned=reckon(original),
        parts=parts,
    )
