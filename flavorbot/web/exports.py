"""A recipe as a file to take along."""

from __future__ import annotations

from flask import Blueprint, Response

from flavorbot import recipes as box
from flavorbot.exchange import WRITERS, slug
from flavorbot.kitchen.units import in_units, scale
from flavorbot.web.incoming import read_query
from flavorbot.web.people import signed_in
from flavorbot.web.schemas import ShowQuery
from flavorbot.web.services import services

blueprint = Blueprint("exports", __name__, url_prefix="/recipes")


@blueprint.get("/<recipe_id>.jsonld")
def jsonld(recipe_id: str) -> Response:
    """schema.org JSON-LD, with all that FlavorBot knows of the recipe."""
    return _file(recipe_id, "jsonld", "application/ld+json")


@blueprint.get("/<recipe_id>.md")
def markdown(recipe_id: str) -> Response:
    """Markdown, to read and to keep in one's notes."""
    return _file(recipe_id, "md", "text/markdown")


@blueprint.get("/<recipe_id>.cook")
def cooklang(recipe_id: str) -> Response:
    """Cooklang, with the amounts in the steps."""
    return _file(recipe_id, "cook", "text/plain")


def _file(recipe_id: str, ending: str, kind: str) -> Response:
    """The recipe for the servings and in the units that the address asks for, else as it was written."""
    asking, wanted = signed_in(), read_query(ShowQuery)
    recipe = box.open_recipe(services().storage, asking.id, recipe_id)
    if wanted.servings and wanted.servings != recipe.servings:
        recipe = scale(recipe, wanted.servings)
    if wanted.units:
        recipe = in_units(recipe, wanted.units)
    answer = Response(WRITERS[ending](recipe), mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug(recipe.title)}.{ending}")
    return answer
