"""Bringing recipes in, over JSON."""

from __future__ import annotations

import json

from flask import Response, request
from pydantic import BaseModel

from flavorbot import importing
from flavorbot.errors import FieldError, InvalidInput
from flavorbot.model import ImportEntry, ImportJob
from flavorbot.web import bringing
from flavorbot.web.api.conditions import request_id
from flavorbot.web.api.endpoint import answer, endpoint
from flavorbot.web.guard import takes_uploads
from flavorbot.web.people import signed_in
from flavorbot.web.schemas import ImportInput

WITHIN_S = 20.0
LATER = "There was no time left for it. Send the same again, with the same Idempotency-Key, to go on."
MOST_ERRORS = 20


class SkippedAnswer(BaseModel):
    """What did not come in, or was in the box already."""

    title: str
    reason: str


class ImportAnswer(BaseModel):
    """The ids of the recipes that are in the box now, in the order in which they were found, and the rest by name."""

    imported: list[str]
    skipped: list[SkippedAnswer]


@endpoint(
    "POST",
    "/import",
    body=ImportInput,
    upload="file",
    returns=ImportAnswer,
    status=201,
    errors=(409, 429),
    request_headers=("Idempotency-Key",),
)
@takes_uploads(bringing.MOST_BYTES, bringing.MOST_TEXT_BYTES)
def create(body: ImportInput | None) -> Response:
    """Bring recipes in from an address, text, HTML, JSON-LD or a file; the same key again brings nothing in twice."""
    asking = signed_in()
    bringing.check_import_rate(asking)
    brought = _brought(body)
    job = bringing.go_on(asking, bringing.begin(asking, request_id(), brought), WITHIN_S)
    found = _answer(job)
    if not found.imported:
        told = [FieldError(brought.field, f"{each.title}: {each.reason}") for each in found.skipped[:MOST_ERRORS]]
        raise InvalidInput(told, "Nothing came in. " + told[0].message)
    return answer(found, 201)


def _brought(body: ImportInput | None) -> bringing.Brought:
    if body is None:
        files = [file for file in request.files.getlist("file") if file.filename]
        if not files:
            raise InvalidInput([FieldError("file", "Send at least one file with its name.")])
        return bringing.from_files(files, field="file")
    if body.url is not None:
        return bringing.from_address(body.url)
    if body.jsonld is not None:
        return bringing.from_text(json.dumps(body.jsonld), field="jsonld")
    if body.html is not None:
        return bringing.from_html(body.html)
    return bringing.from_text(body.text or "")


def _answer(job: ImportJob) -> ImportAnswer:
    imported = [importing.recipe_id_of(job, place) for place, each in enumerate(job.entries) if each.state == "in"]
    skipped = [SkippedAnswer(title=each.title, reason=_reason(job, each)) for each in job.entries if each.state != "in"]
    skipped += [
        SkippedAnswer(title=f"Collection “{each.name}”", reason=each.reason) for each in job.collections if each.reason
    ]
    return ImportAnswer(imported=imported, skipped=skipped)


def _reason(job: ImportJob, entry: ImportEntry) -> str:
    return (job.stopped or LATER) if entry.state == "waiting" else entry.reason
