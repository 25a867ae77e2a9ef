"""Many recipes as one zip, sent while they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from flask import Blueprint, Response, request

from flavorbot.collecting import open_collection
from flavorbot.errors import NotFound
from flavorbot.exchange import Further, RecipeZip, slug
from flavorbot.exchange.everything import ABOUT, ABOUT_ACCESS, everything
from flavorbot.model import Collection, Recipe, Unreadable
from flavorbot.web.bulk_schemas import ZipQuery
from flavorbot.web.choosing import listed_ids, means_all, ticked_ids
from flavorbot.web.incoming import read_query
from flavorbot.web.people import Person, signed_in
from flavorbot.web.services import services

blueprint = Blueprint("zips", __name__)

Recipes = Iterator[Recipe | Unreadable]


@blueprint.get("/recipes/export.zip")
def index() -> Response:
    """The whole box, all of a list, or the recipes that are named by their ids."""
    asking, wanted = signed_in(), read_query(ZipQuery)
    storage = services().storage
    if means_all():
        ids = listed_ids(asking)
    elif "id" in request.args:
        ids = ticked_ids()
    else:
        return whole_box(asking, wanted)
    return _zip(_some(storage.read_recipes(asking.id, ids)), wanted, "recipes", wanted_ids=ids)


@blueprint.get("/collections/<collection_id>/export.zip")
def show(collection_id: str) -> Response:
    """The recipes of a collection, in its order."""
    asking, wanted = signed_in(), read_query(ZipQuery)
    storage = services().storage
    collection = open_collection(storage, asking.id, collection_id)
    recipes = storage.read_recipes(asking.id, collection.recipe_ids)
    return _zip(recipes, wanted, slug(collection.name, "collection"), [collection])


def whole_box(asking: Person, wanted: ZipQuery) -> Response:
    """Every recipe, and the collections."""
    storage = services().storage
    kept = (storage.get_collection(asking.id, each.id) for each in storage.list_collections(asking.id))
    return _zip(storage.read_recipes(asking.id), wanted, "flavorbot-recipes", (each for each in kept if each))


def all_of_it(asking: Person, wanted: ZipQuery, *, access: bool) -> Response:
    """Every recipe, the collections, and whatever else is kept of a person; see `everything`."""
    storage = services().storage
    kept = (storage.get_collection(asking.id, each.id) for each in storage.list_collections(asking.id))
    further = Further(
        lambda names: everything(storage, asking.id, names, access=access), ABOUT + (ABOUT_ACCESS if access else "")
    )
    return _zip(storage.read_recipes(asking.id), wanted, "flavorbot", (each for each in kept if each), further=further)


def _zip(
    recipes: Recipes,
    wanted: ZipQuery,
    name: str,
    collections: Iterable[Collection] | None = None,
    wanted_ids: Iterable[str] = (),
    further: Further | None = None,
) -> Response:
    """The answer; what fails at its beginning still becomes an error page."""
    listed = None if collections is None else lambda: collections
    body = () if request.method == "HEAD" else RecipeZip(_begun(recipes), wanted.kinds, listed, wanted_ids, further)
    answer = Response(body, mimetype="application/zip")
    filename = f"{name}-{services().now():%Y-%m-%d}.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer


def _begun(recipes: Recipes) -> Recipes:
    """The same recipes, the first of them read already."""
    return chain(list(islice(recipes, 1)), recipes)


def _some(recipes: Recipes) -> Recipes:
    """The same recipes; `NotFound` where there are none."""
    first = list(islice(recipes, 1))
    if not first:
        raise NotFound("None of these recipes is in your box.")
    return chain(first, recipes)
