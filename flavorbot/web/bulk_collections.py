"""Putting many recipes into collections."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from flavorbot.bulk import Report
from flavorbot.collecting import add_recipes, make_collection, own
from flavorbot.errors import Conflict, InvalidInput
from flavorbot.recipes import is_ulid
from flavorbot.web.bulk import told, told_all
from flavorbot.web.bulk_schemas import CollectionInput
from flavorbot.web.choosing import back_address, listed_ids, means_all
from flavorbot.web.forms import shown
from flavorbot.web.people import Person, signed_in
from flavorbot.web.services import services
from flavorbot.web.steps import ids_in
from flavorbot.web.validation import parse

blueprint = Blueprint("bulk_collections", __name__, url_prefix="/recipes/bulk/collections")


@blueprint.get("")
def new() -> str:
    """Which collections to put the recipes into."""
    asking = signed_in()
    return _page(asking, _chosen(asking), {}, "")


@blueprint.post("")
def create() -> AnyResponse:
    """Put the recipes into the ticked collections, and into a new one where it is named."""
    asking, storage, form = signed_in(), services().storage, request.form
    ids, name = _chosen(asking), form.get("name", "").strip()
    if not form.getlist("collection") and not name:
        return make_response(_page(asking, ids, {"name": "Tick a collection, or name a new one."}, name), 422)
    try:
        if name:
            make_collection(storage, asking.id, _named(name), ids=ids, now=services().now())
        for collection_id in form.getlist("collection"):
            add_recipes(storage, asking.id, collection_id, ids)
    except (InvalidInput, Conflict) as error:
        return make_response(_page(asking, ids, {"name": error.detail}, name), error.status)
    if means_all():
        return told_all("collect", len(ids))
    there = own(storage, asking.id, ids)
    return told("collect", Report(there, {each: "missing" for each in ids if each not in there}))


def _named(name: str) -> str:
    return parse(CollectionInput, {"name": name}, strict=False).name


def _chosen(asking: Person) -> list[str]:
    return listed_ids(asking) if means_all() else [each for each in ids_in(request.values.get("ids")) if is_ulid(each)]


def _page(asking: Person, ids: list[str], errors: dict[str, str], name: str) -> str:
    return render_template(
        "collections/add_many.html",
        shelves=services().storage.list_collections(asking.id),
        ticked=request.form.getlist("collection"),
        ids=ids,
        whole_list=means_all(),
        values=shown({"name": name}),
        errors=errors,
        back=back_address(),
    )
