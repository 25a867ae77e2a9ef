"""`GET /api/v1/openapi.json`: every endpoint as it is registered, from the models that validate it."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import Any

from flask import Response, current_app
from pydantic import BaseModel

from flavorbot.web.api.answers import Problem
from flavorbot.web.api.endpoint import ENDPOINTS, blueprint, endpoint
from flavorbot.web.api.events import EVENT_STREAM
from flavorbot.web.fields import ULID_TEXT
from flavorbot.web.guard import UPLOAD

Node = dict[str, Any]

ABOUT = "Recipes from what you have, checked for your needs. What may answer 401 is for people who are signed in."

EVENTS = (
    "Events whose data is JSON: `progress` {message}; `delta` {title}, {ingredient} (with its amount as text), "
    "{instruction}, or {restart: true}, which takes all of them back; then `recipe` as the JSON answer, or `error` as "
    "a problem. A delta was checked by itself, the recipe as a whole. Closing the connection cancels, and nothing is "
    "counted."
)

PART = re.compile(r"<(\w+)>")
PARTS: dict[str, Node] = {
    "recipe_id": {"type": "string", "pattern": ULID_TEXT},
    "collection_id": {"type": "string", "pattern": ULID_TEXT},
    "draft_id": {"type": "string", "format": "uuid"},
    "month": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"},
    "token_id": {"type": "string", "pattern": ULID_TEXT},
    "sid": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
TAG = '^"[0-9]{1,9}"$'
REQUEST_HEADERS: dict[str, Node] = {
    "Idempotency-Key": {"type": "string", "pattern": "^[!-~]{1,200}$", "description": "A request is done once for it."},
    "If-Match": {"type": "string", "pattern": TAG, "description": "The ETag that the edit was made from; 428 without."},
    "If-None-Match": {"type": "string", "description": "An ETag; the answer may be 304."},
}
ERRORS = {
    304: "Not changed",
    400: "It could not be read",
    401: "Not signed in",
    403: "Refused",
    404: "There is no such thing, or it is someone else's",
    409: "It cannot be done as things stand now",
    412: "It was changed since that version",
    413: "The body is too large: most may hold 1 MB",
    415: "The body is not JSON",
    422: "Readable, but not acceptable: `errors` says what to change",
    428: "If-Match is missing",
    429: "Over an allowance or a rate, until `resets_at`",
    503: "Not possible just now: try again",
}


@blueprint.get("/openapi.json")
def document() -> Response:
    """This document."""
    return Response(_document(str(current_app.config["SESSION_COOKIE_NAME"])), mimetype="application/json")


@cache
def _document(cookie: str) -> str:
    # Loaded here: it takes a tenth of the start and 3 MB that most workers never need.
    from openapi_pydantic import OpenAPI
    from openapi_pydantic.util import construct_open_api_with_schema_class

    paths: dict[str, Node] = {}
    for name, (each, view) in ENDPOINTS.items():
        summary = (inspect.getdoc(view) or "").partition("\n")[0]
        operation = {"operationId": name, "tags": [name.partition("_")[0]], "summary": summary} | _operation(each)
        paths.setdefault("/api/v1" + PART.sub(r"{\1}", each.path), {})[each.method.lower()] = operation
    api = OpenAPI.model_validate(
        {
            "info": {"title": "FlavorBot", "version": "1", "description": ABOUT},
            "paths": paths,
            "security": [{"cookie": []}, {"token": []}, {}],
            "components": {
                "securitySchemes": {
                    "cookie": {"type": "apiKey", "in": "cookie", "name": cookie},
                    "token": {"type": "http", "scheme": "bearer"},
                }
            },
        }
    )
    return construct_open_api_with_schema_class(api).model_dump_json(by_alias=True, exclude_none=True)


def _operation(each: endpoint) -> Node:
    operation: Node = {
        "parameters": _parameters(each),
        "responses": {str(each.status): _answer(each)} | {str(status): _error(status) for status in _errors(each)},
    }
    if shapes := [_schema(model) for model in (each.body, each.alternative) if model]:
        shape = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
        content: Node = {"application/json": {"schema": shape}}
        if each.upload:
            content[UPLOAD] = {"schema": _form_with(each.upload)}
        operation["requestBody"] = {"required": each.body_required, "content": content}
    return operation


def _form_with(file: str) -> Node:
    return {"type": "object", "required": [file], "properties": {file: {"type": "string", "format": "binary"}}}


def _parameters(each: endpoint) -> list[Node]:
    asked = each.query.model_json_schema()["properties"] if each.query else {}
    return [
        *(_parameter("path", name, PARTS[name], required=True) for name in PART.findall(each.path)),
        *(
            _parameter("header", name, REQUEST_HEADERS[name], required=name == "If-Match")
            for name in each.request_headers
        ),
        *(_parameter("query", name, _given(schema), required=False) for name, schema in asked.items()),
    ]


def _parameter(where: str, name: str, schema: Node, *, required: bool) -> Node:
    return {"in": where, "name": name, "required": required, "schema": schema}


def _given(schema: Node) -> Node:
    """A query parameter is given, blank or left out, never null."""
    options = [option for option in schema.get("anyOf", [schema]) if option != {"type": "null"}]
    blank = {"type": "string", "maxLength": 0}
    return {"anyOf": [*options, blank]}


def _answer(each: endpoint) -> Node:
    answer: Node = {"description": "Done"}
    if each.returns:
        answer["content"] = {"application/json": {"schema": _schema(each.returns)}}
    if each.media:
        answer["content"] = {each.media: {"schema": {"type": "string", "format": "binary"}}}
    if each.events:
        answer["content"][EVENT_STREAM] = {"schema": {"type": "string", "description": EVENTS}}
    if each.answer_headers:
        answer["headers"] = {name: {"schema": {"type": "string"}, "required": True} for name in each.answer_headers}
    return answer


def _errors(each: endpoint) -> list[int]:
    """The statuses that this endpoint may answer with besides its own."""
    found = {400, 503, *each.errors}
    if each.signed_in:
        found.add(401)
    if each.method not in ("GET", "HEAD"):
        found |= {403, 413}
    if each.body:
        found |= {415, 422}
    if each.query:
        found.add(422)
    if PART.search(each.path):
        found.add(404)
    return sorted(found)


def _error(status: int) -> Node:
    error: Node = {"description": ERRORS[status]}
    if status >= 400:
        error["content"] = {"application/problem+json": {"schema": _schema(Problem)}}
    if status in (429, 503):
        error["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    return error


def _schema(model: type[BaseModel]) -> object:
    from openapi_pydantic.util import PydanticSchema

    return PydanticSchema.model_validate({"schema_class": model})
