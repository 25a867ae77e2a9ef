"""The request's body and query string, read and validated."""

from __future__ import annotations

import json
from typing import Any, NoReturn, TypeVar

from flask import request
from pydantic import BaseModel
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from flavorbot.errors import BadRequest
from flavorbot.web.validation import parse

M = TypeVar("M", bound=BaseModel)

JSON_TYPES = ("application/json", "application/merge-patch+json")


def read_query(model: type[M], args: MultiDict[str, str] | None = None) -> M:
    """The query string, or another one; a blank counts as not given.

    A parameter given twice is a `BadRequest` where one is meant.
    """
    several: frozenset[str] = getattr(model, "several", frozenset())
    given: dict[str, Any] = {}
    for name, values in (request.args if args is None else args).lists():
        if len(values) > 1 and name in model.model_fields and name not in several:
            raise BadRequest(f"The parameter {name} was given {len(values)} times.")
        text = "\n".join(values) if name in several else values[0]
        if text.strip():
            given[name] = text
    return parse(model, given, strict=False)


def read_body(
    model: type[BaseModel], alternative: type[BaseModel] | None = None, *, required: bool = True
) -> BaseModel:
    """The JSON body in the one shape, or in the alternative one when it has any of its keys.

    Where it is not `required`, none at all is the same as one without keys.
    """
    sent = read_json() if required or request.get_data() else {}
    if alternative and isinstance(sent, dict) and alternative.model_fields.keys() & sent.keys():
        return parse(alternative, sent, strict=True)
    return parse(model, sent, strict=True)


def read_json() -> object:
    """The request's body; 415 when it is not JSON, `BadRequest` when it cannot be read."""
    if request.mimetype not in JSON_TYPES:
        raise UnsupportedMediaType
    try:
        return json.loads(request.get_data().decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON that can be read.") from None


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are JavaScript, not JSON."""
    raise ValueError(constant)
