"""Collections, over JSON."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, url_for

from flavorbot import collecting
from flavorbot.errors import NotFound, VersionConflict
from flavorbot.web.api.box_answers import CollectionAnswer, CollectionsAnswer
from flavorbot.web.api.conditions import StaleVersion, check_version, etag
from flavorbot.web.api.endpoint import answer, endpoint, no_content
from flavorbot.web.bulk_schemas import CollectionInput, Several
from flavorbot.web.people import signed_in
from flavorbot.web.services import services


@endpoint("GET", "/collections", returns=CollectionsAnswer)
def index() -> Response:
    """My collections, by name."""
    shelves = services().storage.list_collections(signed_in().id)
    return answer(CollectionsAnswer.model_validate({"items": shelves}))


@endpoint(
    "POST",
    "/collections",
    body=CollectionInput,
    returns=CollectionAnswer,
    status=201,
    errors=(409,),
    answer_headers=("ETag", "Location"),
)
def create(body: CollectionInput) -> Response:
    """Make a collection; recipes that are not in my box are left out, and a name that is taken is refused."""
    made = collecting.make_collection(
        services().storage, signed_in().id, body.name, body.description, body.recipe_ids, now=services().now()
    )
    headers = {"ETag": etag(made), "Location": url_for("api.collections_show", collection_id=made.id)}
    return answer(CollectionAnswer.model_validate(made), 201, headers)


@endpoint("GET", "/collections/<collection_id>", returns=CollectionAnswer, answer_headers=("ETag",))
def show(collection_id: str) -> Response:
    """A collection with the ids of its recipes in order, those in the bin included."""
    found = collecting.open_collection(services().storage, signed_in().id, collection_id)
    return answer(CollectionAnswer.model_validate(found), headers={"ETag": etag(found)})


@endpoint(
    "PUT",
    "/collections/<collection_id>",
    body=CollectionInput,
    returns=CollectionAnswer,
    errors=(409, 412, 428),
    request_headers=("If-Match",),
    answer_headers=("ETag",),
)
def update(collection_id: str, body: CollectionInput) -> Response:
    """Replace its name, description and recipes; `If-Match` names the version that the change was made from."""
    storage, asking = services().storage, signed_in()
    current = collecting.open_collection(storage, asking.id, collection_id)
    changed = replace(
        current,
        name=body.name,
        description=body.description,
        recipe_ids=tuple(body.recipe_ids),
        version=check_version(current),
    )
    try:
        stored = collecting.store_collection(storage, asking.id, changed)
    except VersionConflict as error:
        raise StaleVersion(error.detail) from None
    return answer(CollectionAnswer.model_validate(stored), headers={"ETag": etag(stored)})


@endpoint("DELETE", "/collections/<collection_id>", status=204)
def destroy(collection_id: str) -> Response:
    """Delete a collection; its recipes stay in the box."""
    collecting.delete_collection(services().storage, signed_in().id, collection_id)
    return no_content()


@endpoint(
    "POST",
    "/collections/<collection_id>/recipes",
    body=Several,
    returns=CollectionAnswer,
    errors=(409,),
    answer_headers=("ETag",),
)
def add(collection_id: str, body: Several) -> Response:
    """Put recipes at its end; what is not in my box is left out, and what is in it already stays in its place."""
    stored = collecting.add_recipes(services().storage, signed_in().id, collection_id, body.recipe_ids)
    return answer(CollectionAnswer.model_validate(stored), headers={"ETag": etag(stored)})


@endpoint("DELETE", "/collections/<collection_id>/recipes/<recipe_id>", status=204, errors=(409,))
def remove(collection_id: str, recipe_id: str) -> Response:
    """Take a recipe out of it; the recipe stays in the box."""
    storage, asking = services().storage, signed_in()
    if recipe_id not in collecting.open_collection(storage, asking.id, collection_id).recipe_ids:
        raise NotFound("This recipe is not in the collection.")
    collecting.remove_recipes(storage, asking.id, collection_id, [recipe_id])
    return no_content()
