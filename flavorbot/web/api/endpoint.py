"""One decorator for every JSON endpoint: it checks what comes in and remembers what to document."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel
from werkzeug.exceptions import UnsupportedMediaType

from flavorbot.errors import BadRequest
from flavorbot.web import people
from flavorbot.web.validation import parse

M = TypeVar("M", bound=BaseModel)
View = Callable[..., Response]

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
JSON_TYPES = ("application/json", "application/merge-patch+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One method on one path, as the OpenAPI document tells it; `path` is Flask's, below `/api/v1`."""

    name: str
    method: str
    path: str
    summary: str
    body: type[BaseModel] | None
    alternative: type[BaseModel] | None
    query: type[BaseModel] | None
    returns: type[BaseModel] | None
    status: int
    errors: tuple[int, ...]
    signed_in: bool
    events: bool
    request_headers: tuple[str, ...]
    answer_headers: tuple[str, ...]


ENDPOINTS: list[Endpoint] = []


def endpoint(
    method: str,
    path: str,
    *,
    body: type[BaseModel] | None = None,
    alternative: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
    returns: type[BaseModel] | None = None,
    status: int = 200,
    errors: tuple[int, ...] = (),
    signed_in: bool = True,
    events: bool = False,
    request_headers: tuple[str, ...] = (),
    answer_headers: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Serve a view at a path of `/api/v1`; it gets its path's parts and, as asked, `body` and `query`.

    `alternative` is the body's shape when it has one of that shape's keys. `errors` are the statuses beyond those that
    every endpoint has. `signed_in` asks who it is before anything is read. `events` and the headers only document: the
    view looks at them itself.
    """

    def register(view: View) -> View:
        @wraps(view)
        def checked(**parts: str) -> Response:
            if signed_in:
                people.signed_in()
            given: dict[str, object] = dict(parts)
            if query:
                given["query"] = read_query(query)
            if body:
                given["body"] = read_body(body, alternative)
            return view(**given)

        name = f"{view.__module__.rpartition('.')[2]}_{view.__name__}"
        ENDPOINTS.append(
            Endpoint(
                name=name,
                method=method,
                path=path,
                summary=(inspect.getdoc(view) or "").partition("\n")[0],
                body=body,
                alternative=alternative,
                query=query,
                returns=returns,
                status=status,
                errors=errors,
                signed_in=signed_in,
                events=events,
                request_headers=request_headers,
                answer_headers=answer_headers,
            )
        )
        blueprint.add_url_rule(path, name, checked, methods=[method])
        return checked

    return register


def answer(value: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(value.model_dump_json(), status, headers, mimetype="application/json")


def no_content() -> Response:
    return Response(status=204)


def read_body(model: type[M], alternative: type[M] | None = None) -> M:
    """The request's JSON body as one of these shapes."""
    sent = read_json()
    if alternative and isinstance(sent, dict) and alternative.model_fields.keys() & sent.keys():
        return parse(alternative, sent, strict=True)
    return parse(model, sent, strict=True)


def read_json() -> object:
    """The request's body; 415 when it is not JSON, `BadRequest` when it cannot be read."""
    if request.mimetype not in JSON_TYPES:
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
    try:
        return json.loads(request.get_data(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON that can be read.") from None


def read_query(model: type[M]) -> M:
    """The query string; a blank counts as not given, a parameter given twice is a `BadRequest`."""
    for name, values in request.args.lists():
        if len(values) > 1 and name in model.model_fields:
            raise BadRequest(f"The parameter {name} was given {len(values)} times.")
    given: dict[str, Any] = {name: value for name, value in request.args.items() if value.strip()}
    return parse(model, given, strict=False)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
