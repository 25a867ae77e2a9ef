"""The bin: what was deleted in the last 30 days, to bring back or to delete for good."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from flavorbot import recipes as box
from flavorbot.web.people import signed_in
from flavorbot.web.services import services

blueprint = Blueprint("bin", __name__, url_prefix="/recipes")


@blueprint.get("/bin")
def index() -> str:
    """What is in it, deleted last first."""
    found = services()
    binned = found.storage.list_bin(signed_in().id)
    return render_template("recipes/bin.html", binned=binned, now=found.now())


@blueprint.post("/bin/empty")
def empty() -> Response:
    """Delete for good all that is in it, or as much of it as one request may take."""
    left = box.empty_bin(services().storage, signed_in().id)
    return redirect(url_for("bin.index", done="partly-emptied" if left else "emptied"), 303)


@blueprint.post("/<recipe_id>/purge")
def purge(recipe_id: str) -> Response:
    """Delete one for good."""
    box.purge_recipe(services().storage, signed_in().id, recipe_id)
    return redirect(url_for("bin.index", done="purged"), 303)
