"""One decorator for every JSON endpoint: it checks what comes in and remembers what to document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import wraps

from flask import Blueprint, Response, request
from pydantic import BaseModel

from flavorbot.web import people
from flavorbot.web.bearer import refuse_tokens
from flavorbot.web.guard import UPLOAD
from flavorbot.web.incoming import read_body, read_query

View = Callable[..., Response]

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@dataclass(frozen=True, slots=True)
class endpoint:  # noqa: N801
    """Serves a view at a path of `/api/v1`; the view gets the path's parts and, as asked, `body` and `query`.

    `alternative` is the body's shape when it has one of that shape's keys; without `body_required` none need be sent.
    `upload` names the file that may come in its place, as a browser sends it; `body` is None then. `media` is what an
    answer that is no JSON is. `errors` are the statuses beyond those that every endpoint has. `signed_in` asks who it
    is before anything is read. With `by_token` off it is for browsers alone. `events` and the headers only document:
    the view looks at them itself.
    """

    method: str
    path: str
    _: KW_ONLY
    body: type[BaseModel] | None = None
    alternative: type[BaseModel] | None = None
    upload: str | None = None
    body_required: bool = True
    query: type[BaseModel] | None = None
    returns: type[BaseModel] | None = None
    media: str | None = None
    status: int = 200
    errors: tuple[int, ...] = ()
    signed_in: bool = True
    by_token: bool = True
    events: bool = False
    request_headers: tuple[str, ...] = ()
    answer_headers: tuple[str, ...] = ()

    def __call__(self, view: View) -> View:
        @wraps(view)
        def checked(**parts: str) -> Response:
            if not self.by_token:
                refuse_tokens()
            if self.signed_in:
                people.signed_in()
            given: dict[str, object] = dict(parts)
            if self.query:
                given["query"] = read_query(self.query)
            if self.body:
                uploaded = self.upload and request.mimetype == UPLOAD
                given["body"] = (
                    None if uploaded else read_body(self.body, self.alternative, required=self.body_required)
                )
            return view(**given)

        name = f"{view.__module__.rpartition('.')[2]}_{view.__name__}"
        ENDPOINTS[name] = (self, view)
        blueprint.add_url_rule(self.path, name, checked, methods=[self.method])
        return checked


ENDPOINTS: dict[str, tuple[endpoint, View]] = {}
"""Every endpoint by its name, in the order of registration."""


def answer(value: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(value.model_dump_json(), status, headers, mimetype="application/json")


def no_content() -> Response:
    return Response(status=204)
