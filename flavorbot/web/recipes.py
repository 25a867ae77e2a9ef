"""The recipe box: find, open, write, edit, delete and bring back."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import recipes as box
from flavorbot.errors import AllowanceSpent, BoxFull, InvalidInput, NotFound, RequestReused, VersionConflict
from flavorbot.kitchen.cards import against
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.nutrition import reckon
from flavorbot.model import Page, Recipe
from flavorbot.web import finding
from flavorbot.web.asking import panel
from flavorbot.web.conflicts import conflict_page
from flavorbot.web.conversation import carry
from flavorbot.web.cooking import own_draft
from flavorbot.web.drafts import draft_page
from flavorbot.web.errors import note_refused
from flavorbot.web.fields import printable
from flavorbot.web.forms import (
    RECIPE_FIELDS,
    Errors,
    Values,
    errors_of,
    recipe_values,
    typed,
    version_of,
    written_recipe,
)
from flavorbot.web.forms import shown as shown_values
from flavorbot.web.home import limit_page, request_id_of
from flavorbot.web.incoming import read_query
from flavorbot.web.people import Person, signed_in
from flavorbot.web.schemas import ListQuery
from flavorbot.web.services import services
from flavorbot.web.showing import as_asked

blueprint = Blueprint("recipes", __name__, url_prefix="/recipes")


@blueprint.get("")
def index() -> Response:
    """A page of cards; what cannot be asked for is told beside its field."""
    asking = signed_in()
    try:
        sent, errors, status = read_query(ListQuery), Errors(), 200
    except InvalidInput as error:
        sent, errors, status = ListQuery(), errors_of(error, ListQuery.model_fields), 422
    counted = bool(errors) or "filters" in request.args or finding.is_filtered(sent)
    page = services().storage.list_recipes(asking.id, sent.query(counted=counted), sent.limit, sent.cursor)
    return make_response(_list(asking, sent, page, errors, counted), status)


def _list(asking: Person, sent: ListQuery, page: Page, errors: Errors, counted: bool) -> str:
    undo_id = request.args.get("undo", "")
    return render_template(
        "recipes/index.html",
        page=page,
        counted=counted,
        reasons={card.id: against(card, asking.needs) for card in page.items},
        sent=sent,
        values=finding.values(sent, page.found, errors),
        errors=errors,
        filters=finding.filters(sent),
        ways=finding.ways(sent, page.found),
        options=finding.options(sent, page),
        undo_id=undo_id if box.is_ulid(undo_id) else None,
    )


@blueprint.get("/new")
def new() -> Response:
    """An empty form."""
    signed_in()
    return _form({"servings": "2", "category": "dinner"}, {})


@blueprint.post("")
def create() -> AnyResponse:
    """Save a draft, or a recipe written by hand."""
    asking = signed_in()
    if "draft_id" in request.form:
        return _save_draft(asking, request.form["draft_id"])
    values = typed(RECIPE_FIELDS)
    try:
        recipe = box.create_recipe(
            services().storage,
            asking.id,
            written_recipe(values),
            request_id_of(values),
            limit=asking.limits.saved,
            now=services().now(),
        )
    except InvalidInput as error:
        return _form(values, errors_of(error, RECIPE_FIELDS), status=422)
    except BoxFull as error:
        note_refused(error)
        return _form(values, {"": error.detail}, status=403)
    except RequestReused:
        again = "This form was saved already and has changed since. Save once more to make a second recipe."
        return _form(values, {"": again}, status=409)
    return _saved(recipe, "saved")


@blueprint.get("/<recipe_id>")
def show(recipe_id: str) -> Response:
    """A recipe as it was written, or for other servings and units."""
    return recipe_page(box.open_recipe(services().storage, signed_in().id, recipe_id))


def recipe_page(
    original: Recipe,
    status: int = 200,
    *,
    question: str = "",
    asked_in_vain: str = "",
    note_values: Values | None = None,
    note_error: str = "",
) -> Response:
    """The recipe with the conversation about it; `asked_in_vain` and `note_error` say why nothing came of either."""
    asking = signed_in()
    shown = as_asked(original, asking.units)
    path = url_for("recipes.show", recipe_id=original.id)
    page = render_template(
        "recipes/show.html",
        **shown.values(),
        address=path,
        checked=check_recipe(original, asking.needs),
        reckoned=reckon(original),
        note_values=shown_values(note_values) if note_values else None,
        note_error=note_error,
        chef=panel(path, original.id or "", original, question=printable(question), error=asked_in_vain),
    )
    return make_response(page, status)


@blueprint.get("/<recipe_id>/edit")
def edit(recipe_id: str) -> Response:
    """The form, filled."""
    recipe = box.open_recipe(services().storage, signed_in().id, recipe_id)
    return _form(recipe_values(recipe), {}, recipe_id=recipe_id, version=recipe.version)


@blueprint.post("/<recipe_id>/edit")
def update(recipe_id: str) -> AnyResponse:
    """Store an edit, unless the recipe changed since the form was opened."""
    asking, storage, values = signed_in(), services().storage, typed(RECIPE_FIELDS)
    version = version_of(str(values.get("version", "")))
    try:
        current = box.open_recipe(storage, asking.id, recipe_id)
    except NotFound:
        return _gone(values)
    try:
        changed = written_recipe(values, current)
    except InvalidInput as error:
        errors = errors_of(error, RECIPE_FIELDS)
        return _form(values, errors, recipe_id=recipe_id, version=version, status=422)
    try:
        return _saved(box.edit_recipe(storage, asking.id, current, changed, version), "changed")
    except VersionConflict:
        theirs = box.open_recipe(storage, asking.id, recipe_id)
        base = box.made_from(storage, asking.id, theirs, changed, version)
        return conflict_page(values, changed, theirs, base)
    except NotFound:
        return _gone(values)


@blueprint.post("/<recipe_id>/delete")
def destroy(recipe_id: str) -> AnyResponse:
    """Move it to the bin."""
    box.delete_recipe(services().storage, signed_in().id, recipe_id)
    return redirect(url_for("recipes.index", done="deleted", undo=recipe_id), 303)


@blueprint.post("/<recipe_id>/restore")
def restore(recipe_id: str) -> AnyResponse:
    """Take it out of the bin."""
    asking = signed_in()
    box.restore_recipe(services().storage, asking.id, recipe_id, asking.limits.saved)
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="restored"), 303)


def _save_draft(asking: Person, draft_id: str) -> AnyResponse:
    try:
        draft = own_draft(draft_id)
    except AllowanceSpent as error:
        return limit_page(error)
    try:
        recipe = box.save_draft(services().storage, asking.id, draft, asking.limits.saved)
    except BoxFull as error:
        note_refused(error)
        return draft_page(draft, {"": error.detail}, status=403)
    carry(draft_id, recipe.id or "")
    return _saved(recipe, "saved")


def _saved(recipe: Recipe, done: str) -> AnyResponse:
    return redirect(url_for("recipes.show", recipe_id=recipe.id, done=done), 303)


def _form(
    values: Values, errors: Errors, *, recipe_id: str | None = None, version: int | None = None, status: int = 200
) -> Response:
    page = render_template(
        "recipes/form.html",
        values=shown_values(values),
        errors=errors,
        mode="edit" if recipe_id else "new",
        recipe_id=recipe_id,
        version=version,
        request_id=str(uuid4()),
    )
    return make_response(page, status)


def _gone(values: Values) -> Response:
    """A late edit does not bring a deleted recipe back; what was typed can become a new one."""
    gone = "There is no such recipe in your box, or not any more. Saving this text makes a new one."
    return _form(values, {"": gone}, status=404)
