"""The recipe box, over JSON."""

from __future__ import annotations

from flask import Response, url_for

from flavorbot import recipes as box
from flavorbot.errors import VersionConflict
from flavorbot.kitchen.units import in_units, scale
from flavorbot.model import Recipe
from flavorbot.web.api.answers import PageAnswer, RecipeAnswer, page_answer, recipe_answer
from flavorbot.web.api.conditions import StaleVersion, check_version, etag, idempotency_key, is_known
from flavorbot.web.api.endpoint import answer, endpoint, no_content
from flavorbot.web.cooking import own_draft
from flavorbot.web.people import signed_in
from flavorbot.web.schemas import CookedInput, DraftChoice, ListQuery, RecipeInput, RecipePatch, ShowQuery
from flavorbot.web.services import services


@endpoint("GET", "/recipes", query=ListQuery, returns=PageAnswer, errors=(400,))
def index(query: ListQuery) -> Response:
    """My recipes, a page at a time."""
    page = services().storage.list_recipes(signed_in().id, query.query(), query.limit, query.cursor)
    return answer(page_answer(page))


@endpoint(
    "POST",
    "/recipes",
    body=RecipeInput,
    alternative=DraftChoice,
    returns=RecipeAnswer,
    status=201,
    errors=(403, 404, 409, 429),
    request_headers=("Idempotency-Key",),
    answer_headers=("ETag", "Location"),
)
def create(body: RecipeInput | DraftChoice) -> Response:
    """Save a recipe written by hand, or a draft."""
    asking, storage = signed_in(), services().storage
    limit = asking.limits.saved
    if isinstance(body, DraftChoice):
        recipe = box.save_draft(storage, asking.id, own_draft(body.draft_id), limit)
    else:
        recipe = box.create_recipe(
            storage, asking.id, body.recipe(), idempotency_key(), limit=limit, now=services().now()
        )
    headers = {"ETag": etag(recipe), "Location": url_for("api.recipes_show", recipe_id=recipe.id)}
    return answer(recipe_answer(recipe), 201, headers)


@endpoint(
    "GET",
    "/recipes/<recipe_id>",
    query=ShowQuery,
    returns=RecipeAnswer,
    errors=(304,),
    request_headers=("If-None-Match",),
    answer_headers=("ETag",),
)
def show(recipe_id: str, query: ShowQuery) -> Response:
    """A recipe as it was written, or for other servings and units."""
    recipe = _open(recipe_id)
    headers = {"ETag": etag(recipe), "Cache-Control": "private, no-cache"}
    if is_known(recipe):
        return Response(status=304, headers=headers)
    shown = scale(recipe, query.servings) if query.servings else recipe
    return answer(recipe_answer(in_units(shown, query.units) if query.units else shown), headers=headers)


@endpoint(
    "PUT",
    "/recipes/<recipe_id>",
    body=RecipeInput,
    returns=RecipeAnswer,
    errors=(412, 428),
    request_headers=("If-Match",),
    answer_headers=("ETag",),
)
def replace(recipe_id: str, body: RecipeInput) -> Response:
    """Replace a recipe; `If-Match` names the version that the new text was made from."""
    return _store(_open(recipe_id), body.recipe())


@endpoint(
    "PATCH",
    "/recipes/<recipe_id>",
    body=RecipePatch,
    returns=RecipeAnswer,
    errors=(412, 428),
    request_headers=("If-Match",),
    answer_headers=("ETag",),
)
def update(recipe_id: str, body: RecipePatch) -> Response:
    """Change the fields that are sent; `If-Match` as for PUT."""
    current = _open(recipe_id)
    return _store(current, body.applied_to(current))


@endpoint("DELETE", "/recipes/<recipe_id>", status=204)
def destroy(recipe_id: str) -> Response:
    """Delete a recipe; it stays in the bin for 30 days."""
    box.delete_recipe(services().storage, signed_in().id, recipe_id)
    return no_content()


@endpoint("POST", "/recipes/<recipe_id>/restore", returns=RecipeAnswer, errors=(403,), answer_headers=("ETag",))
def restore(recipe_id: str) -> Response:
    """Take a recipe out of the bin."""
    asking, storage = signed_in(), services().storage
    box.restore_recipe(storage, asking.id, recipe_id, asking.limits.saved)
    recipe = box.open_recipe(storage, asking.id, recipe_id)
    return answer(recipe_answer(recipe), headers={"ETag": etag(recipe)})


@endpoint(
    "POST",
    "/recipes/<recipe_id>/cooked",
    body=CookedInput,
    returns=RecipeAnswer,
    status=201,
    errors=(409,),
    answer_headers=("ETag",),
)
def cook(recipe_id: str, body: CookedInput) -> Response:
    """Keep that a recipe was cooked; the same day with the same note is the same meal."""
    recipe = box.log_cooking(services().storage, signed_in().id, recipe_id, body.cooking(), services().now())
    return answer(recipe_answer(recipe), 201, {"ETag": etag(recipe)})


def _open(recipe_id: str) -> Recipe:
    return box.open_recipe(services().storage, signed_in().id, recipe_id)


def _store(current: Recipe, changed: Recipe) -> Response:
    version = check_version(current)
    try:
        recipe = box.edit_recipe(services().storage, signed_in().id, current, changed, version)
    except VersionConflict as error:
        raise StaleVersion(error.detail) from None
    return answer(recipe_answer(recipe), headers={"ETag": etag(recipe)})
