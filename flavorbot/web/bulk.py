"""Acting on many recipes: on ticked ones, or step by step on all of a list; the page that tells what became of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot.bulk import (
    Report,
    binned_since,
    categorised,
    change_many,
    delete_many,
    one_step,
    rated,
    restore_many,
)
from flavorbot.collecting import remove_recipes
from flavorbot.errors import InvalidInput
from flavorbot.recipes import is_ulid
from flavorbot.tagging import retagged, tagged
from flavorbot.web.bulk_schemas import MOST_AT_ONCE, CategoryChoice, RatingChoice, TagChoice
from flavorbot.web.choosing import back_address, list_address, listed_ids, means_all, ticked_ids
from flavorbot.web.fields import printable
from flavorbot.web.people import Person, signed_in
from flavorbot.web.services import services
from flavorbot.web.steps import Steps, failed_fields, failed_in, ids_in, steps_in
from flavorbot.web.validation import parse

blueprint = Blueprint("bulk", __name__, url_prefix="/recipes/bulk")

FIELDS = ("do", "tag", "category", "rating", "back", "collection_id", "all")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does to recipes, and the word that tells it: a tag, a category, a number of stars."""

    act: Callable[[list[str]], Report]
    value: str = ""


@blueprint.post("")
def create() -> AnyResponse:
    """Do what the pressed button says: to each ticked recipe, or to the next hundred of the whole list."""
    asking, do = signed_in(), request.form.get("do", "")
    try:
        if do == "collect":
            return _to_collections()
        if do not in DEEDS:
            return _again({"": "Choose what to do with the recipes you ticked."})
        deed = DEEDS[do](asking)
        if not means_all():
            report = deed.act(ticked_ids())
            return told(do, report, deed.value)
        return _step(asking, do, deed)
    except InvalidInput as error:
        return _again({each.field if each.field in FIELDS else "": each.message for each in error.errors})


@blueprint.get("")
def show() -> str:
    """What became of each recipe, and how far a long job has come."""
    asking, args = signed_in(), request.args
    done, failed = ids_in(args.get("ids")), failed_in(args)
    known = [each for each in (*done, *(id_ for ids in failed.values() for id_ in ids)) if is_ulid(each)]
    steps = steps_in(args)
    return render_template(
        "recipes/bulk_done.html",
        did=args.get("did", ""),
        value=printable(args.get("value", ""))[:80],
        count=steps.changed if means_all() else len(done),
        done_ids=done,
        failed=failed,
        steps=steps,
        whole_list=means_all(),
        stored={each.id: each for each in services().storage.read_recipes(asking.id, known[:MOST_AT_ONCE])},
        reasons=WORDS,
        back=back_address(),
    )


def told(did: str, report: Report, value: str = "") -> AnyResponse:
    """Go to the page that tells what was done to ticked recipes."""
    by_reason: dict[str, list[str]] = {}
    for recipe_id, reason in report.failed.items():
        by_reason.setdefault(reason, []).append(recipe_id if is_ulid(recipe_id) else "x")
    done = {"did": did, "value": value, "ids": ".".join(report.done), "back": back_address()}
    return _to_report(done | failed_fields(by_reason))


def told_all(did: str, changed: int) -> AnyResponse:
    """Go to the page that tells what was done to a whole list in one step."""
    return _to_report({"did": did, "all": "1", "back": list_address()} | Steps(changed=changed).fields())


def _step(asking: Person, do: str, deed: Deed) -> AnyResponse:
    """The next hundred of the whole list."""
    before = steps_in(request.form)
    if not before.since:
        before = replace(before, since=int(services().now().timestamp()))
    ids = _undone(asking, before) if do == "restore" else listed_ids(asking)
    # The whole of a collection is one thing to change.
    most = len(ids) if do == "remove" else MOST_AT_ONCE
    steps = before.and_then(one_step(ids, before.after, most, deed.act))
    back = back_address() if do == "restore" else list_address()
    return _to_report({"did": do, "value": deed.value, "all": "1", "back": back} | steps.fields())


def _undone(asking: Person, before: Steps) -> list[str]:
    """What the same person moved to the bin since the job began whose undoing this is."""
    return binned_since(services().storage, asking.id, datetime.fromtimestamp(before.since, UTC))


def _to_report(query: Mapping[str, str]) -> AnyResponse:
    return redirect(f"{url_for('bulk.show')}?{urlencode({name: text for name, text in query.items() if text})}", 303)


def _to_collections() -> AnyResponse:
    """Go where collections are chosen for the recipes."""
    chosen = {"all": "1", "back": list_address()} if means_all() else {"ids": ".".join(ticked_ids())}
    query = urlencode({"back": back_address()} | chosen)
    return redirect(f"{url_for('bulk_collections.new')}?{query}", 303)


def _again(errors: dict[str, str]) -> Response:
    """The bar once more, with what was ticked and typed."""
    values = {name: request.form.get(name, "") for name in FIELDS}
    ids = [each for each in dict.fromkeys(request.form.getlist("id")) if is_ulid(each)][:MOST_AT_ONCE]
    page = render_template("recipes/bulk_again.html", values=values, ids=ids, errors=errors, back=back_address())
    return make_response(page, 422)


def _tag(asking: Person) -> Deed:
    tag = parse(TagChoice, request.form, strict=False).tag
    return Deed(lambda ids: change_many(services().storage, asking.id, ids, tagged(tag)), tag)


def _untag(asking: Person) -> Deed:
    tag = parse(TagChoice, request.form, strict=False).tag
    return Deed(lambda ids: change_many(services().storage, asking.id, ids, retagged(tag)), tag)


def _categorise(asking: Person) -> Deed:
    category = parse(CategoryChoice, request.form, strict=False).category
    return Deed(lambda ids: change_many(services().storage, asking.id, ids, categorised(category)), category)


def _rate(asking: Person) -> Deed:
    given = {name: text for name, text in request.form.items() if text.strip()}
    rating = parse(RatingChoice, given, strict=False).rating
    return Deed(lambda ids: change_many(services().storage, asking.id, ids, rated(rating)), str(rating or ""))


def _delete(asking: Person) -> Deed:
    return Deed(lambda ids: delete_many(services().storage, asking.id, ids))


def _restore(asking: Person) -> Deed:
    return Deed(lambda ids: restore_many(services().storage, asking.id, ids, asking.limits.saved))


def _remove(asking: Person) -> Deed:
    """Out of the collection that the form names."""

    def act(ids: list[str]) -> Report:
        remove_recipes(services().storage, asking.id, request.form.get("collection_id", ""), ids)
        return Report(tuple(each for each in ids if is_ulid(each)), {})

    return Deed(act)


DEEDS: Mapping[str, Callable[[Person], Deed]] = {
    "tag": _tag,
    "untag": _untag,
    "category": _categorise,
    "rate": _rate,
    "bin": _delete,
    "restore": _restore,
    "remove": _remove,
}

WORDS: Mapping[str, str] = {
    "missing": "not in your box, or not any more",
    "changing": "changed somewhere else again and again meanwhile; try once more",
    "full": "not back, since your box is full",
    "unacceptable": "left as it was, since it has 50 tags already or something in it cannot be kept",
    "unreadable": "damaged in our storage, so it was left alone",
    "unreached": "not reached, since our storage stopped answering; try once more",
}
