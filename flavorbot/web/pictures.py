"""The picture of a recipe: no page loads anything from elsewhere, so it is read here and handed on."""

from __future__ import annotations

from flask import Blueprint, Response

from flavorbot import recipes as box
from flavorbot.errors import InvalidInput, NotFound
from flavorbot.model import Recipe
from flavorbot.web.people import signed_in
from flavorbot.web.rates import check_rate
from flavorbot.web.services import services

blueprint = Blueprint("pictures", __name__, url_prefix="/recipes")

AN_HOUR = 600
HOUR_S, DAY_S = 3600, 24 * 3600


@blueprint.get("/<recipe_id>/picture")
def show(recipe_id: str) -> Response:
    """The picture, which a browser may keep for a day; `NotFound` when there is none, or it cannot be had."""
    asking = signed_in()
    url = picture_of(box.open_recipe(services().storage, asking.id, recipe_id))
    check_rate("picture", asking.id, AN_HOUR, HOUR_S)
    return handed_on(url)


def picture_of(recipe: Recipe) -> str:
    """Where its picture is; `NotFound` when there is none."""
    if not recipe.image_url:
        raise NotFound("This recipe has no picture.")
    return recipe.image_url


def handed_on(url: str) -> Response:
    """The picture at an address, for a browser alone to keep; `NotFound` when it cannot be had."""
    try:
        picture = services().fetch_picture(url)
    except InvalidInput:
        raise NotFound("The picture of this recipe cannot be had just now.") from None
    answer = Response(picture.content, mimetype=picture.kind)
    answer.headers["Cache-Control"] = f"private, max-age={DAY_S}"
    return answer
