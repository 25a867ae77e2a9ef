"""Confirm that it is you: asked before a way in is changed, and good for ten minutes in this browser.

Signing in counts, since it asked for the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import TypeVar, cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, session

from flavorbot import accounts, passkeys
from flavorbot.errors import InvalidInput, NotConfirmed, NotSignedIn, TooManyRequests
from flavorbot.web import ceremonies
from flavorbot.web.account_schemas import ConfirmInput
from flavorbot.web.errors import problem_of
from flavorbot.web.logs import log_event
from flavorbot.web.people import CONFIRMED, login_required, moment_s, signed_in
from flavorbot.web.rates import check_own_password, check_rate
from flavorbot.web.recording import record
from flavorbot.web.redirects import safe_next
from flavorbot.web.services import services
from flavorbot.web.validation import parse

V = TypeVar("V", bound=Callable[..., object])

GOOD_FOR = timedelta(minutes=10)
QUARTER_OF_AN_HOUR_S = 900

blueprint = Blueprint("reauth", __name__, url_prefix="/account/confirm")


def confirmation_required(view: V) -> V:
    """Only for whoever is signed in and confirmed lately; pages send everybody else to do so, JSON answers 403."""

    @wraps(view)
    def checked(*args: object, **parts: object) -> object:
        require_confirmation()
        return view(*args, **parts)

    return cast(V, login_required(checked))


def require_confirmation() -> None:
    """`NotConfirmed` unless this browser confirmed lately who is at it."""
    if not is_confirmed():
        raise NotConfirmed


def is_confirmed() -> bool:
    at = session.get(CONFIRMED)
    return isinstance(at, int) and moment_s() - at < GOOD_FOR.total_seconds()


def confirmed() -> None:
    """Note that the person at this browser has just shown who they are."""
    session[CONFIRMED] = moment_s()
    log_event("confirmed", subject=signed_in().id)


def confirm_by_password(body: ConfirmInput) -> None:
    """Raises `InvalidInput`, `TooManyRequests`, and `StorageError` rather than not counting."""
    person = signed_in()
    check_own_password(person.id)
    try:
        accounts.check_password(services().storage, person.id, body.password)
    except InvalidInput:
        record(person.id, "Confirmation failed", "wrong password")
        raise
    confirmed()


def confirm_by_passkey(answer: str) -> None:
    """Raises `NotSignedIn` for anything but a passkey of this person's."""
    person, found = signed_in(), services()
    try:
        challenge = ceremonies.asked("confirm")
        passkeys.holder(found.storage, answer, challenge, ceremonies.site(), found.now(), person.id)
    except NotSignedIn:
        record(person.id, "Confirmation failed", "by passkey")
        raise
    confirmed()


@blueprint.get("")
@login_required
def new() -> Response:
    return _page({}, 200)


@blueprint.post("")
@login_required
def create() -> Response:
    try:
        confirm_by_password(parse(ConfirmInput, request.form.to_dict(), strict=False))
    except InvalidInput as error:
        return _page({each.field: each.message for each in error.errors}, 422)
    except TooManyRequests as error:
        problem = problem_of(error)
        response = _page({"": problem.message}, problem.status)
        response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return make_response(redirect(_target(), 303))


@blueprint.post("/passkey/options")
@login_required
def ask_passkey() -> Response:
    """What the browser is to sign, as JSON for the script that asks it to."""
    person = signed_in()
    check_rate("confirm by passkey", person.id, 30, QUARTER_OF_AN_HOUR_S)
    known = services().storage.list_passkeys(person.id)
    return ceremonies.ask("confirm", *passkeys.request_options(known, ceremonies.site()))


@blueprint.post("/passkey")
@login_required
def create_by_passkey() -> Response:
    try:
        confirm_by_passkey(request.form.get("credential", ""))
    except NotSignedIn as error:
        return _page({"": error.detail}, 422)
    return make_response(redirect(_target(), 303))


def _page(errors: dict[str, str], status: int) -> Response:
    user = services().storage.get_user(signed_in().id)
    page = render_template(
        "confirm/new.html",
        values={},
        errors=errors,
        next=_target(),
        has_password=bool(user and user.password_hash),
        has_passkeys=bool(services().storage.list_passkeys(signed_in().id)),
    )
    return make_response(page, status)


def _target() -> str:
    return safe_next(request.form.get("next") or request.args.get("next"), "/account")
