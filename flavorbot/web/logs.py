"""One line of JSON for each request, and for each event that matters to security.

They hold no password, token, cookie, e-mail address, query string or free text: the route stands for the path, and a
name that only the secret leads back for the person.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid

from flask import Flask, Response, g, request

from flavorbot import waiting
from flavorbot.json_lines import JsonLines, current_request
from flavorbot.model import Answered
from flavorbot.sessions import the_session
from flavorbot.web.services import services

requests_log = logging.getLogger("flavorbot.requests")
events_log = logging.getLogger("flavorbot.events")

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:=/+-]{7,127}")


def init_app(app: Flask) -> None:
    """Number and time every request, and log and count it when it is over, its session stored and its stream sent."""
    root = logging.getLogger("flavorbot")
    root.setLevel(logging.INFO)
    if not root.hasHandlers():
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    app.before_request(_begin)
    app.after_request(_number)
    app.teardown_request(_finish)


def request_id() -> str:
    """The id of this request: the balancer's when it is well formed, else one made here."""
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if _WELL_FORMED.fullmatch(sent) else uuid.uuid4().hex
    found: str = g.request_id
    return found


def log_event(event: str, *, subject: str | None = None, **facts: str | int | None) -> None:
    """Something that whoever watches over this site wants to know, such as "sign-in failed".

    `subject` is the id of the person it is about.
    """
    about = {} if subject is None else {"subject": services().log_names.of(subject)}
    _write(events_log, {"event": event, **about, **facts}, _user_id())


def _begin() -> None:
    g.began = time.perf_counter()
    current_request.set(request_id())
    g.tally = services().counting.begin()
    waiting.begin()


def _number(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    g.response = response
    return response


def _finish(_: BaseException | None) -> None:
    """What failed below every handler has no response, and is told as 500.

    For an answer that is streamed with its request at hand this is called when the stream begins, and when it ends.
    """
    if "began" not in g or g.pop("streaming", False):
        return
    response: Response | None = g.get("response")
    answered = Answered(
        method=request.method if request.method in METHODS else "other",
        route=request.url_rule.rule if request.url_rule else None,
        status=response.status_code if response else 500,
        seconds=time.perf_counter() - g.began,
        request_id=request_id(),
        trace_parent=request.headers.get("traceparent"),
    )
    waiting.end()
    user_id = _user_id()
    services().counting.request(answered, services().log_names.digest(user_id) if user_id else None)
    _write(requests_log, _facts(answered), user_id)
    current_request.set(None)


def _facts(answered: Answered) -> dict[str, str | float | None]:
    tally = g.tally
    facts: dict[str, str | float | None] = {
        "method": answered.method,
        "route": answered.route,
        "status": answered.status,
        "ms": round(answered.seconds * 1000),
        "calls": tally.calls,
    }
    if tally.read_units or tally.write_units:
        facts |= {"read_units": tally.read_units, "write_units": tally.write_units}
    return facts


def _write(log: logging.Logger, facts: dict[str, str | float | None], user_id: str | None) -> None:
    line = {"at": services().now().isoformat(timespec="milliseconds"), "request_id": request_id(), **facts}
    log.info(json.dumps(line | {"person": services().log_names.of(user_id) if user_id else None}))


def _user_id() -> str | None:
    """Whoever asks, as far as that is known by now."""
    if found := g.get("script_of"):
        return str(found)
    stored = the_session().stored
    return stored.user_id if stored else None
