"""What a recipe was before its edits, and how to get it back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import recipes as box
from flavorbot.kitchen.units import in_units
from flavorbot.model import Recipe
from flavorbot.web.changes import Changes, changes_between
from flavorbot.web.forms import version_of
from flavorbot.web.people import signed_in
from flavorbot.web.services import services

blueprint = Blueprint("history", __name__, url_prefix="/recipes/<recipe_id>/history")


@dataclass(frozen=True, slots=True)
class Edit:
    """One version, and what it changed of the one before; None where that one is not kept."""

    recipe: Recipe
    changes: Changes | None


@blueprint.get("")
def index(recipe_id: str) -> str:
    """Every version that is kept, latest first, with what it changed."""
    asking, storage = signed_in(), services().storage
    current = box.open_recipe(storage, asking.id, recipe_id)
    versions = [current, *storage.list_versions(asking.id, recipe_id)]
    return render_template("history/index.html", recipe=current, edits=_edits(versions))


@blueprint.get("/<version>")
def show(recipe_id: str, version: str) -> str:
    """The recipe as it was."""
    asking, storage = signed_in(), services().storage
    current = box.open_recipe(storage, asking.id, recipe_id)
    past = box.open_version(storage, asking.id, recipe_id, version_of(version))
    shown = in_units(past, asking.units)
    return render_template("history/show.html", recipe=shown, current=current, units=asking.units)


@blueprint.post("/<version>/restore")
def restore(recipe_id: str, version: str) -> AnyResponse:
    """Make the recipe what it was, as a new version: what it is now stays in the history."""
    asking = signed_in()
    box.restore_version(services().storage, asking.id, recipe_id, version_of(version))
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="brought-back"), 303)


def _edits(versions: list[Recipe]) -> list[Edit]:
    befores = [*versions[1:], None]
    return [
        Edit(recipe, changes_between(before, recipe) if before else None)
        for recipe, before in zip(versions, befores, strict=True)
    ]
