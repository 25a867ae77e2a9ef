"""Cook mode: a step a screen, with its amounts and timers, and at the end a note of how it went."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import recipes as box
from flavorbot.errors import InvalidInput
from flavorbot.kitchen.cook_steps import cook_steps
from flavorbot.model import Recipe
from flavorbot.web.forms import COOKED_FIELDS, Errors, Values, cooked_input, errors_of, typed
from flavorbot.web.forms import shown as shown_values
from flavorbot.web.incoming import read_query
from flavorbot.web.people import signed_in
from flavorbot.web.schemas import CookQuery
from flavorbot.web.services import services
from flavorbot.web.showing import as_asked

blueprint = Blueprint("cook_mode", __name__, url_prefix="/recipes")


@blueprint.get("/<recipe_id>/cook")
def show(recipe_id: str) -> Response:
    """The step that the address names, the others hidden; script shows them without another request."""
    recipe = box.open_recipe(services().storage, signed_in().id, recipe_id)
    return _page(recipe, read_query(CookQuery).step or 1, {"on": _today()}, {})


@blueprint.post("/<recipe_id>/cooked")
def create(recipe_id: str) -> AnyResponse:
    """Keep that the recipe was cooked."""
    asking, storage, values = signed_in(), services().storage, typed(COOKED_FIELDS)
    try:
        box.log_cooking(storage, asking.id, recipe_id, cooked_input(values).cooking(), services().now())
    except InvalidInput as error:
        recipe = box.open_recipe(storage, asking.id, recipe_id)
        return _page(recipe, len(recipe.instructions) + 1, values, errors_of(error, COOKED_FIELDS), status=422)
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="cooked"), 303)


@blueprint.post("/<recipe_id>/cooked/delete")
def destroy(recipe_id: str) -> AnyResponse:
    """Take out what was noted by mistake."""
    asking, values = signed_in(), typed(("on", "note"))
    on, note = str(values.get("on", "")), str(values.get("note", ""))
    box.forget_cooking(services().storage, asking.id, recipe_id, on, note)
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="uncooked", _anchor="cooked"), 303)


def _page(original: Recipe, step: int, values: Values, errors: Errors, status: int = 200) -> Response:
    """At this step, or behind the last one at the form for what is noted."""
    shown = as_asked(original, signed_in().units)
    steps = cook_steps(shown.recipe)
    page = render_template(
        "cook_mode/show.html",
        **shown.values(),
        steps=steps,
        current=min(step, len(steps) + 1),
        today=_today(),
        values=shown_values(values),
        errors=errors,
    )
    return make_response(page, status)


def _today() -> str:
    """In UTC; a browser with script puts in its own."""
    return services().now().date().isoformat()
