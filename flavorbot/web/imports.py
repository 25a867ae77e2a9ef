"""Bringing recipes in: the form, the page of an import that goes on step by step, and its report."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import bounds, importing
from flavorbot.errors import FieldError, InvalidInput, NotFound, RequestReused
from flavorbot.model import ImportJob, ImportState
from flavorbot.web import bringing
from flavorbot.web.forms import Errors, Values, errors_of, recipe_values, shown, typed
from flavorbot.web.guard import takes_uploads
from flavorbot.web.home import request_id_of
from flavorbot.web.people import Person, signed_in
from flavorbot.web.services import services

blueprint = Blueprint("imports", __name__, url_prefix="/import")

FIELDS = ("url", "text", "files", "request_id")
MOST_SHOWN = 500
UNSURE = "We could not tell for sure what is what in this text. Put each line where it belongs, then save."


@blueprint.get("")
def new() -> Response:
    """The form, and what was begun and is not done."""
    signed_in()
    return _form({}, {})


@blueprint.post("")
@takes_uploads(bringing.MOST_BYTES, bringing.MOST_TEXT_BYTES)
def create() -> AnyResponse:
    """Read what was given, and bring in what two seconds allow."""
    asking = signed_in()
    bringing.check_import_rate(asking)
    values = typed(FIELDS)
    try:
        brought = bringing.bring(
            str(values.get("url", "")), str(values.get("text", "")), request.files.getlist("files")
        )
        if brought.is_unsure:
            return _to_sort(str(values["text"]), brought)
        if (problem := brought.problem()) is not None:
            raise problem
        job = bringing.begin(asking, request_id_of(values), brought)
    except InvalidInput as error:
        return _form(values, _errors(error), 422)
    except RequestReused:
        again = "This form was sent already and has changed since. Send it once more to bring in what it says now."
        return _form(values, {"": again}, 409)
    return _after(bringing.go_on(asking, job, bringing.BATCH_S))


@blueprint.get("/<import_id>")
def show(import_id: str) -> str:
    """How far it is, or the report."""
    job = _open(signed_in(), import_id)
    rows = [(entry, importing.recipe_id_of(job, place)) for place, entry in enumerate(job.entries)]
    return render_template(
        "imports/show.html",
        job=job,
        rows={state: [row for row in rows if row[0].state == state] for state in ("in", "known", "failed")},
        goes_on=job.left and not job.stopped and "hold" not in request.args,
        most=MOST_SHOWN,
    )


@blueprint.post("/<import_id>/continue")
def proceed(import_id: str) -> AnyResponse:
    """Bring in what two seconds allow."""
    asking = signed_in()
    return _after(bringing.go_on(asking, _open(asking, import_id), bringing.BATCH_S))


@blueprint.post("/<import_id>/retry")
def retry(import_id: str) -> AnyResponse:
    """Try again what failed, or bring in what the box has already."""
    asking = signed_in()
    job = _open(asking, import_id)
    state: ImportState = "known" if request.form.get("state") == "known" else "failed"
    job = importing.try_again(services().storage, asking.id, job, state)
    return _after(bringing.go_on(asking, job, bringing.BATCH_S))


@blueprint.post("/<import_id>/delete")
def destroy(import_id: str) -> AnyResponse:
    """Forget it; what came in stays."""
    asking = signed_in()
    if not services().storage.delete_import(asking.id, import_id):
        raise NotFound("There is no such import, or not any more.")
    return redirect(url_for("imports.new", done="import-deleted"), 303)


def _open(asking: Person, import_id: str) -> ImportJob:
    return importing.open_job(services().storage, asking.id, import_id)


def _after(job: ImportJob) -> AnyResponse:
    """To the one recipe, or to the page that tells about all of them."""
    (first, *more) = job.entries
    if not more and first.state == "in" and not first.reason and not job.collections:
        return redirect(url_for("recipes.show", recipe_id=importing.recipe_id_of(job, 0), done="imported"), 303)
    return redirect(url_for("imports.show", import_id=job.id), 303)


def _form(values: Values, errors: Errors, status: int = 200) -> Response:
    jobs = services().storage.list_imports(signed_in().id) if not errors else ()
    page = render_template(
        "imports/new.html",
        values=shown(values),
        errors=errors,
        request_id=str(uuid4()),
        unfinished=[job for job in jobs if job.left],
        most=f"{bringing.MOST_BYTES // 1024**2} MB",
    )
    return make_response(page, status)


def _errors(error: InvalidInput) -> Errors:
    """Files have to be chosen again: no browser keeps them in a form."""
    chosen = any(file.filename for file in request.files.getlist("files"))
    again = [FieldError("files", "Please choose the files again.")] if chosen else []
    return errors_of(InvalidInput([*error.errors, *again]), FIELDS)


def _to_sort(text: str, brought: bringing.Brought) -> Response:
    """The recipe form with what was understood, for a person to put in order."""
    found = brought.found[0]
    if found.recipe is not None:
        values = recipe_values(found.recipe)
    else:
        lines = [line.strip()[: bounds.STEP] for line in text.splitlines() if line.strip()]
        values = {"title": lines[0][: bounds.TITLE], "instructions": "\n".join(lines[1 : bounds.STEPS + 1])}
    page = render_template(
        "recipes/form.html",
        values=shown(values),
        errors={"": UNSURE},
        mode="new",
        recipe_id=None,
        version=None,
        request_id=str(uuid4()),
    )
    return make_response(page)
