"""The pages for registering, signing in and signing out."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request

from flavorbot.errors import Conflict, InvalidInput, NotSignedIn, StorageError, TooManyRequests
from flavorbot.web.account_schemas import LoginInput, RegisterInput
from flavorbot.web.errors import problem_of
from flavorbot.web.fields import printable
from flavorbot.web.people import person, sign_out
from flavorbot.web.redirects import safe_next
from flavorbot.web.signing import log_in, log_in_with_passkey, passkey_options, register
from flavorbot.web.validation import parse

blueprint = Blueprint("auth", __name__)


@blueprint.get("/register")
def new() -> Response:
    return _empty_form("auth/register.html")


@blueprint.post("/register")
def create() -> Response:
    return _answer("auth/register.html", lambda: register(parse(RegisterInput, _typed(), strict=False)))


@blueprint.get("/login")
def login() -> Response:
    return _empty_form("auth/login.html")


@blueprint.post("/login")
def start() -> Response:
    return _answer("auth/login.html", lambda: log_in(parse(LoginInput, _typed(), strict=False)))


@blueprint.post("/login/passkey/options")
def ask_passkey() -> Response:
    """What the browser is to sign, as JSON for the script that asks it to."""
    return passkey_options()


@blueprint.post("/login/passkey")
def start_by_passkey() -> Response:
    return _answer("auth/login.html", lambda: log_in_with_passkey(request.form.get("credential", "")))


@blueprint.post("/logout")
def end() -> Response:
    sign_out()
    return _go("/?done=signed-out")


def _empty_form(template: str) -> Response:
    target = safe_next(request.args.get("next"))
    if person():
        return _go(target)
    return make_response(render_template(template, values={}, errors={}, next=_shown(target)))


def _answer(template: str, act: Callable[[], object]) -> Response:
    """Go on to where the person wanted, or show the form again with all but the password."""
    target = safe_next(request.form.get("next") or request.args.get("next"))
    try:
        act()
    except InvalidInput as error:
        return _again(template, target, {each.field: each.message for each in error.errors}, 422)
    except NotSignedIn as error:
        return _again(template, target, {"": error.detail}, 422)
    except (Conflict, TooManyRequests, StorageError) as error:
        problem = problem_of(error)
        response = _again(template, target, {"": problem.message}, problem.status)
        if problem.retry_after:
            response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return _go(target)


def _again(template: str, target: str, errors: dict[str, str], status: int) -> Response:
    values = {name: printable(text) for name, text in _typed().items() if name in ("email", "name")}
    return make_response(render_template(template, values=values, errors=errors, next=_shown(target)), status)


def _typed() -> dict[str, str]:
    return request.form.to_dict()


def _shown(target: str) -> str | None:
    return None if target == "/" else target


def _go(target: str) -> Response:
    return make_response(redirect(target, 303))
