"""Collections: the list of them, each with its recipes, and which ones a recipe is in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import collecting
from flavorbot.errors import Conflict, InvalidInput
from flavorbot.kitchen.cards import against
from flavorbot.model import Card, Collection, RecipeQuery
from flavorbot.recipes import all_cards, open_recipe
from flavorbot.web.bulk_schemas import CollectionInput, CollectionQuery
from flavorbot.web.forms import Errors, Values, errors_of, shown, typed
from flavorbot.web.incoming import read_query
from flavorbot.web.people import signed_in
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("collections", __name__)

PAGE = 24
STEPS = {"top": collecting.TO_TOP, "up": -1, "down": 1}
FIELDS = ("name", "description")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a collection's cards, and how many there are in all; `first` is the place of the page's first."""

    cards: tuple[Card, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE


@blueprint.get("/collections")
def index() -> str:
    """All of them, with how many recipes each holds."""
    return _index({}, {})


@blueprint.post("/collections")
def create() -> AnyResponse:
    """Make an empty one."""
    asking, values = signed_in(), typed(FIELDS)
    try:
        wanted = _named(values)
        made = collecting.make_collection(
            services().storage, asking.id, wanted.name, wanted.description, now=services().now()
        )
    except (InvalidInput, Conflict) as error:
        return make_response(_index(values, _errors(error)), error.status)
    return redirect(url_for("collections.show", collection_id=made.id, done="collection-made"), 303)


@blueprint.get("/collections/<collection_id>")
def show(collection_id: str) -> str:
    """Its recipes, in its own order or in another."""
    asking, wanted = signed_in(), read_query(CollectionQuery)
    collection = collecting.open_collection(services().storage, asking.id, collection_id)
    shown = _shown(asking.id, collection, wanted)
    return render_template(
        "collections/show.html",
        collection=collection,
        shown=shown,
        sort=wanted.sort,
        reasons={card.id: against(card, asking.needs) for card in shown.cards},
    )


@blueprint.get("/collections/<collection_id>/edit")
def edit(collection_id: str) -> str:
    """Another name, or away with it."""
    collection = collecting.open_collection(services().storage, signed_in().id, collection_id)
    return _edit(collection, {"name": collection.name, "description": collection.description}, {})


@blueprint.post("/collections/<collection_id>/edit")
def update(collection_id: str) -> AnyResponse:
    """Give it another name and description."""
    asking, storage, values = signed_in(), services().storage, typed(FIELDS)
    collection = collecting.open_collection(storage, asking.id, collection_id)
    try:
        wanted = _named(values)
        collecting.rename_collection(storage, asking.id, collection_id, wanted.name, wanted.description)
    except (InvalidInput, Conflict) as error:
        return make_response(_edit(collection, values, _errors(error)), error.status)
    return redirect(url_for("collections.show", collection_id=collection_id, done="collection-saved"), 303)


@blueprint.post("/collections/<collection_id>/delete")
def destroy(collection_id: str) -> AnyResponse:
    """Delete it; its recipes stay."""
    collecting.delete_collection(services().storage, signed_in().id, collection_id)
    return redirect(url_for("collections.index", done="collection-deleted"), 303)


@blueprint.post("/collections/<collection_id>/move")
def move(collection_id: str) -> AnyResponse:
    """Move a recipe to the top, one place up or down, or out of the collection."""
    asking, storage = signed_in(), services().storage
    recipe_id, step = request.form.get("recipe_id", ""), request.form.get("step", "")
    if step == "out":
        collecting.remove_recipes(storage, asking.id, collection_id, [recipe_id])
        return redirect(url_for("collections.show", collection_id=collection_id, done="removed"), 303)
    moved = collecting.move_recipe(storage, asking.id, collection_id, recipe_id, STEPS.get(step, 0))
    page = moved.recipe_ids.index(recipe_id) // PAGE + 1
    there = url_for("collections.show", collection_id=collection_id, page=page if page > 1 else None, done="moved")
    return redirect(f"{there}#recipe-{recipe_id}", 303)


@blueprint.get("/recipes/<recipe_id>/collections")
def show_recipe(recipe_id: str) -> Response:
    """Which collections a recipe is in."""
    return _recipe_page(recipe_id, "", {}, 200)


@blueprint.post("/recipes/<recipe_id>/collections")
def update_recipe(recipe_id: str) -> AnyResponse:
    """Put a recipe into the ticked collections, out of those that were unticked, and into a new one if it is named."""
    asking, storage, form = signed_in(), services().storage, request.form
    open_recipe(storage, asking.id, recipe_id)
    name, ticked = form.get("name", "").strip(), set(form.getlist("collection"))
    try:
        if name:
            wanted = _named({"name": name})
            collecting.make_collection(storage, asking.id, wanted.name, ids=[recipe_id], now=services().now())
        # Those that the page did not show stay as they are.
        for shelf in storage.list_collections(asking.id, recipe_id):
            if shelf.id in ticked and not shelf.holds:
                collecting.add_recipes(storage, asking.id, shelf.id, [recipe_id])
            elif shelf.id in form.getlist("shown") and shelf.id not in ticked and shelf.holds:
                collecting.remove_recipes(storage, asking.id, shelf.id, [recipe_id])
    except (InvalidInput, Conflict) as error:
        return _recipe_page(recipe_id, name, _errors(error), error.status)
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="collected"), 303)


def _named(values: Values) -> CollectionInput:
    return parse(CollectionInput, values, strict=False)


def _errors(error: InvalidInput | Conflict) -> Errors:
    """A conflict is about the name."""
    return errors_of(error, FIELDS) if isinstance(error, InvalidInput) else {"name": error.detail}


def _index(values: Values, errors: Errors) -> str:
    shelves = services().storage.list_collections(signed_in().id)
    return render_template("collections/index.html", shelves=shelves, values=shown(values), errors=errors)


def _edit(collection: Collection, values: Values, errors: Errors) -> str:
    return render_template("collections/edit.html", collection=collection, values=shown(values), errors=errors)


def _recipe_page(recipe_id: str, name: str, errors: Errors, status: int) -> Response:
    asking, storage = signed_in(), services().storage
    recipe = open_recipe(storage, asking.id, recipe_id)
    shelves = storage.list_collections(asking.id, recipe_id)
    sent = request.form.getlist("collection") if errors else [shelf.id for shelf in shelves if shelf.holds]
    page = render_template(
        "collections/of_recipe.html",
        recipe=recipe,
        shelves=shelves,
        ticked=sent,
        values=shown({"name": name}),
        errors=errors,
    )
    return make_response(page, status)


def _shown(user_id: str, collection: Collection, wanted: CollectionQuery) -> Shown:
    """The page that was asked for, or the last one where there are fewer."""
    held = set(collection.recipe_ids)
    cards = all_cards(services().storage, user_id, RecipeQuery(sort=wanted.sort or "newest")) if held else ()
    found = {card.id: card for card in cards if card.id in held}
    ordered = list(found.values()) if wanted.sort else [found[each] for each in collection.recipe_ids if each in found]
    page = min(wanted.page, max(1, -(-len(ordered) // PAGE)))
    return Shown(tuple(ordered[(page - 1) * PAGE : page * PAGE]), len(ordered), page)
