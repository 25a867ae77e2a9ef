"""What people and scripts see when something goes wrong: words to act on, never what is inside."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from flavorbot.errors import (
    AllowanceSpent,
    BoxFull,
    CodeNeeded,
    FieldError,
    FlavorBotError,
    InvalidInput,
    NotConfirmed,
    NotSignedIn,
    StorageError,
    TooManyRequests,
)
from flavorbot.sessions import the_session
from flavorbot.web.forms import sent
from flavorbot.web.logs import log_event, request_id
from flavorbot.web.people import person
from flavorbot.web.services import services

TRY_AGAIN_S = 5
# Statuses of bodies that could not be read, or not wholly.
UNREAD = (400, 408, 413, 415)
SERVER_ERROR = ("Something went wrong", "It is our fault, not yours, and it has been noted. Please try again.")
WORDS = {
    400: ("That request could not be read", "Something in it is malformed."),
    401: ("Please sign in", "This is only for people who are signed in."),
    403: ("That is not allowed", "You may not do that."),
    404: ("We could not find that", "It may have been moved or deleted, or the address may be mistyped."),
    405: ("That does not work here", "This address cannot be used in that way."),
    406: ("That form is not available", "This cannot be sent in the form that was asked for."),
    408: ("That took too long", "The request did not arrive in time. Please try again."),
    413: ("That is too much at once", "This may hold at most {most}. Send less, or send it in several parts."),
    414: ("That address is too long", "Shorten it and try again."),
    415: ("That form cannot be read", "Send a form, or JSON with Content-Type: application/json."),
    416: ("That part does not exist", "The part of the file that was asked for does not exist."),
    429: ("Too many requests", "Please wait a little and try again."),
    503: (
        "Our storage is not answering just now",
        "Please try again in a moment.",
    ),
}

logger = logging.getLogger("flavorbot.errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error as it is shown; `retry_after` in seconds."""

    status: int
    title: str
    message: str
    fields: tuple[FieldError, ...] = ()
    resets_at: datetime | None = None
    retry_after: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Answer every error here."""
    app.register_error_handler(FlavorBotError, _answer_ours)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unknown)


def wants_json() -> bool:
    """Whether a script is asking: under /api/, or when it says so."""
    if request.path.startswith("/api/"):
        return True
    kinds = ["text/html", "application/json", "application/problem+json"]
    return request.accept_mimetypes.best_match(kinds, "text/html") != "text/html"


def problem_of(error: FlavorBotError) -> Problem:
    """How one of our errors is shown; what is wrong inside stays in the log."""
    note_refused(error)
    inner = isinstance(error, StorageError) or error.status == 500
    if inner:
        logger.error("%s %s: %s", request_id(), type(error).__name__, error.detail)
    resets_at = error.resets_at if isinstance(error, TooManyRequests) else None
    return Problem(
        status=error.status,
        title=error.title,
        message=WORDS.get(error.status, SERVER_ERROR)[1] if inner else error.detail,
        fields=error.errors if isinstance(error, (CodeNeeded, InvalidInput)) else (),
        resets_at=resets_at,
        retry_after=_retry_after(error.status, resets_at),
        headers={"WWW-Authenticate": "Bearer"} if error.status == 401 else {},
    )


def note_refused(error: FlavorBotError) -> None:
    """Count it where something was used up; a page that shows the error by itself calls this."""
    if isinstance(error, AllowanceSpent):
        services().counting.refused(error.what)
    elif isinstance(error, BoxFull):
        services().counting.refused("box")


def answer(problem: Problem) -> Response:
    """A page, or problem+json (RFC 9457) for scripts."""
    response = (
        json_answer(problem) if wants_json() else Response(_page(problem), content_type="text/html; charset=utf-8")
    )
    response.status_code = problem.status
    response.headers.update(problem.headers)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _answer_ours(error: FlavorBotError) -> Response:
    if isinstance(error, NotSignedIn) and not wants_json():
        return redirect(url_for("auth.login", next=_way_back()), 303)  # type: ignore[return-value]
    if isinstance(error, NotConfirmed) and not wants_json():
        return redirect(url_for("reauth.new", next=_way_back()), 303)  # type: ignore[return-value]
    if error.status in (403, 429):
        log_event("refused", kind=type(error).__name__, status=error.status)
    return answer(problem_of(error))


def _way_back() -> str | None:
    """The page that was asked for, or whose form was sent: it offers text that the browser kept."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    page = request.referrer or ""
    return page.removeprefix(request.host_url.rstrip("/")) if page.startswith(request.host_url) else None


def _answer_http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    title, message = WORDS.get(status, SERVER_ERROR if status >= 500 else WORDS[400])
    if status == 413:
        message = message.format(most=f"{(request.max_content_length or 0) // 1024**2} MB")
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return answer(Problem(status=status, title=title, message=message, headers=headers))


def _answer_unknown(error: Exception) -> Response:
    logger.error("%s %s", request_id(), type(error).__name__, exc_info=error)
    return answer(Problem(status=500, title=SERVER_ERROR[0], message=SERVER_ERROR[1]))


def _retry_after(status: int, resets_at: datetime | None) -> int | None:
    if resets_at is not None:
        return max(1, math.ceil((resets_at - services().now()).total_seconds()))
    return TRY_AGAIN_S if status == 503 else None


def json_answer(problem: Problem) -> Response:
    """The problem as RFC 9457 tells it."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.message,
        "errors": [{"field": each.field, "message": each.message} for each in problem.fields],
        "request_id": request_id(),
    }
    if problem.resets_at is not None:
        body["resets_at"] = problem.resets_at.isoformat().replace("+00:00", "Z")
    return Response(json.dumps(body), content_type="application/problem+json")


def _page(problem: Problem) -> str:
    """The site's error page, which asks storage for nothing (a cookie may do for the menu) and must not fail itself."""
    session = the_session()
    try:
        return render_template(
            "error.html",
            status=problem.status,
            title=problem.title,
            message=problem.message,
            request_id=request_id(),
            retry_after=problem.retry_after,
            sent=sent() if problem.status not in UNREAD else [],
            person=person() if session.stored else None,
            maybe_signed_in=session.sid is not None and not session.looked_at,
        )
    except Exception:
        logger.exception("%s the error page itself failed", request_id())
        return f"<!doctype html><html lang=en><title>{problem.status}</title><h1>{problem.title}</h1>"
