"""Tags: how often each is used, and renaming or dropping one in all recipes, some at a time."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from flavorbot.errors import InvalidInput
from flavorbot.recipes import all_cards, is_ulid
from flavorbot.tagging import change_tag, count_tags, find_tag
from flavorbot.web.bulk_schemas import MOST_AT_ONCE, TagChange
from flavorbot.web.fields import printable
from flavorbot.web.forms import shown
from flavorbot.web.people import signed_in
from flavorbot.web.services import services
from flavorbot.web.steps import steps_in
from flavorbot.web.validation import parse

blueprint = Blueprint("tags", __name__, url_prefix="/tags")

# To complete what is typed.
MOST_OFFERED = 200


@blueprint.get("")
def index() -> str:
    """Every tag with its count, and how far a change of one has come."""
    asking, args, storage = signed_in(), request.args, services().storage
    steps = steps_in(args)
    failed = [each for ids in steps.failed.values() for each in ids if is_ulid(each)]
    return render_template(
        "tags/index.html",
        tags=count_tags(all_cards(storage, asking.id)),
        old=printable(args.get("old", ""))[:80],
        new=printable(args.get("new", ""))[:80],
        steps=steps,
        failed=[(each.id, each.title) for each in storage.read_recipes(asking.id, failed)] if failed else [],
        told="changed" in args,
    )


@blueprint.get("/edit")
def edit() -> str:
    """Another name for a tag, or away with it."""
    asking, tag = signed_in(), request.args.get("tag", "")
    return _edit(asking.id, tag, tag, {})


@blueprint.post("/edit")
def update() -> AnyResponse:
    """Change a tag in the next recipes that have it; the page it leads to goes on until all are done."""
    asking, form = signed_in(), request.form
    drop = form.get("do") == "drop"
    old, typed = form.get("old", ""), form.get("new", "")
    try:
        change = parse(TagChange, {"old": old} if drop else {"old": old, "new": typed}, strict=False)
    except InvalidInput as error:
        errors = {each.field: each.message for each in error.errors}
        return make_response(_edit(asking.id, old, typed, errors), 422)
    before = steps_in(form)
    steps = before.and_then(
        change_tag(services().storage, asking.id, change.old, change.new, before.after, MOST_AT_ONCE)
    )
    query = {"old": change.old} | ({"new": change.new} if change.new else {}) | steps.fields()
    return redirect(f"/tags?{urlencode(query)}", 303)


def _edit(user_id: str, old: str, typed: str, errors: dict[str, str]) -> str:
    tags = count_tags(all_cards(services().storage, user_id))
    found = find_tag(tags, old)
    others = [tag.name for tag in tags if tag != found][:MOST_OFFERED]
    return render_template(
        "tags/edit.html", tag=found, others=others, old=printable(old), values=shown({"new": typed}), errors=errors
    )
