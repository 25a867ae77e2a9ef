"""One line of JSON for each request, and for each event that matters to security.

They hold no password, token, cookie, e-mail address, query string or free text: the route stands for the path.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid

from flask import Flask, Response, g, request

from flavorbot.sessions import the_session
from flavorbot.web.services import services

requests_log = logging.getLogger("flavorbot.requests")
events_log = logging.getLogger("flavorbot.events")

_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:=/+-]{7,127}")


def init_app(app: Flask) -> None:
    """Number and time every request, and log it when it is answered."""
    root = logging.getLogger("flavorbot")
    root.setLevel(logging.INFO)
    if not root.hasHandlers():
        root.addHandler(logging.StreamHandler(sys.stderr))
    app.before_request(_begin)
    app.after_request(_finish)


def request_id() -> str:
    """The id of this request: the balancer's when it is well formed, else one made here."""
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if _WELL_FORMED.fullmatch(sent) else uuid.uuid4().hex
    found: str = g.request_id
    return found


def log_event(event: str, **facts: str | int | None) -> None:
    """Something that whoever watches over this site wants to know, such as "sign-in failed"."""
    _write(events_log, {"event": event, **facts})


def _begin() -> None:
    g.began = time.perf_counter()


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    facts: dict[str, str | int | None] = {
        "method": request.method[:10],
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.began) * 1000) if "began" in g else None,
    }
    _write(requests_log, facts)
    return response


def _write(log: logging.Logger, facts: dict[str, str | int | None]) -> None:
    line = {"at": services().now().isoformat(timespec="milliseconds"), "request_id": request_id(), **facts}
    log.info(json.dumps(line | {"user": _user_id()}))


def _user_id() -> str | None:
    """Whoever asks, as far as that is known by now."""
    if found := g.get("script_of"):
        return str(found)
    stored = the_session().stored
    return stored.user_id if stored else None
