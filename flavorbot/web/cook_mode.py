"""Cook mode: a step a screen, with its amounts and timers, and at the end a note of how it went."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import recipes as box
from flavorbot.errors import InvalidInput
from flavorbot.kitchen.cook_steps import cook_steps
from flavorbot.kitchen.units import in_units, scale
from flavorbot.model import Recipe
from flavorbot.web.forms import COOKED_FIELDS, Errors, Values, cooked_input, errors_of, shown, typed
from flavorbot.web.incoming import read_query
from flavorbot.web.people import signed_in
from flavorbot.web.schemas import CookQuery
from flavorbot.web.services import services

blueprint = Blueprint("cook_mode", __name__, url_prefix="/recipes")


@blueprint.get("/<recipe_id>/cook")
def show(recipe_id: str) -> Response:
    """The step that the address names, the others hidden; script shows them without another request."""
    recipe = box.open_recipe(services().storage, signed_in().id, recipe_id)
    return _page(recipe, read_query(CookQuery), {"on": _today()}, {})


@blueprint.post("/<recipe_id>/cooked")
def create(recipe_id: str) -> AnyResponse:
    """Keep that the recipe was cooked."""
    asking, storage, values = signed_in(), services().storage, typed(COOKED_FIELDS)
    try:
        box.log_cooking(storage, asking.id, recipe_id, cooked_input(values).cooking(), services().now())
    except InvalidInput as error:
        recipe = box.open_recipe(storage, asking.id, recipe_id)
        behind_all = read_query(CookQuery).model_copy(update={"step": len(recipe.instructions) + 1})
        return _page(recipe, behind_all, values, errors_of(error, COOKED_FIELDS), status=422)
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="cooked"), 303)


def _page(original: Recipe, wanted: CookQuery, values: Values, errors: Errors, status: int = 200) -> Response:
    servings, units = wanted.servings or original.servings, wanted.units or signed_in().units
    recipe = in_units(scale(original, servings) if servings != original.servings else original, units)
    steps = cook_steps(recipe)
    page = render_template(
        "cook_mode/show.html",
        recipe=recipe,
        original=original,
        servings=servings,
        units=units,
        steps=steps,
        current=min(wanted.step or 1, len(steps) + 1),
        today=_today(),
        values=shown(values),
        errors=errors,
    )
    return make_response(page, status)


def _today() -> str:
    """In UTC; a browser with script puts in its own."""
    return services().now().date().isoformat()
