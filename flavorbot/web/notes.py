"""One's own rating of a recipe and notes on it, without opening the whole form."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import recipes as box
from flavorbot.errors import InvalidInput, VersionConflict
from flavorbot.web.forms import typed
from flavorbot.web.people import signed_in
from flavorbot.web.recipes import recipe_page
from flavorbot.web.schemas import NoteInput
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("notes", __name__, url_prefix="/recipes")


@blueprint.post("/<recipe_id>/note")
def update(recipe_id: str) -> AnyResponse:
    """Store both, unless the recipe changed since the page was opened."""
    asking, storage = signed_in(), services().storage
    recipe = box.open_recipe(storage, asking.id, recipe_id)
    values = typed(NoteInput.model_fields)
    try:
        sent = parse(NoteInput, {name: value for name, value in values.items() if value}, strict=False)
        changed = replace(recipe, rating=sent.rating, notes=sent.notes)
        box.edit_recipe(storage, asking.id, recipe, changed, sent.version)
    except InvalidInput as error:
        return recipe_page(recipe, 422, note_values=values, note_error=error.detail)
    except VersionConflict:
        changed_since = (
            "This recipe changed since you opened it. It is shown as it is now; save again to add your note."
        )
        return recipe_page(recipe, 409, note_values=values, note_error=changed_since)
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="noted"), 303)
