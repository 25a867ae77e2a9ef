"""The pages for registering, signing in and signing out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request

from flavorbot.errors import (
    CodeNeeded,
    Conflict,
    InvalidInput,
    NotSignedIn,
    StorageError,
    TooBusy,
    TooManyRequests,
)
from flavorbot.model import User
from flavorbot.second_factors import NEEDED
from flavorbot.web.account_schemas import LoginInput, RegisterInput
from flavorbot.web.errors import Problem, problem_of
from flavorbot.web.fields import printable
from flavorbot.web.people import person, sign_out
from flavorbot.web.redirects import safe_next
from flavorbot.web.signing import (
    FirstStepGone,
    begin_log_in,
    finish_log_in,
    log_in_with_passkey,
    passkey_options,
    register,
    waiting_for_code,
)
from flavorbot.web.validation import parse

blueprint = Blueprint("auth", __name__)

TRIED_TOO_OFTEN = "Too many codes were tried. Wait a quarter of an hour, or use a recovery code or a passkey."


@blueprint.get("/register")
def new() -> Response:
    return _empty_form("auth/register.html")


@blueprint.post("/register")
def create() -> Response:
    answer = _answer("auth/register.html", lambda: register(parse(RegisterInput, _typed(), strict=False)))
    return answer if answer.status_code != 303 or person() else _go("/check-mail")


@blueprint.get("/login")
def login() -> Response:
    return _empty_form("auth/login.html")


@blueprint.post("/login")
def start() -> Response:
    """Signed in, or on to the page that asks for a code."""
    return _answer("auth/login.html", lambda: begin_log_in(parse(LoginInput, _typed(), strict=False)))


@blueprint.get("/login/code")
def code() -> Response:
    if waiting_for_code() is None:
        return _go("/login")
    return make_response(_code_page({}))


@blueprint.post("/login/code")
def start_by_code() -> Response:
    target = safe_next(request.form.get("next"))
    try:
        finish_log_in(_typed())
    except FirstStepGone:
        return _go(f"/login?{urlencode({'next': target})}")
    except InvalidInput:
        return make_response(_code_page({"code": NEEDED}), 422)
    except CodeNeeded as error:
        return make_response(_code_page({"code": error.detail}), 422)
    except TooManyRequests as error:
        return _later(problem_of(error), make_response(_code_page({"": TRIED_TOO_OFTEN}), error.status))
    return _go(target)


def _code_page(errors: dict[str, str]) -> str:
    by_recovery = request.values.get("by") == "recovery"
    target = safe_next(request.values.get("next"))
    return render_template("auth/code.html", values={}, errors=errors, next=_shown(target), by_recovery=by_recovery)


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


def _answer(template: str, act: Callable[[], User | None]) -> Response:
    """Go on to where the person wanted, or first to a code where nobody came of it; or show the form again."""
    target = safe_next(request.form.get("next") or request.args.get("next"))
    try:
        signed_in = act()
    except InvalidInput as error:
        return _again(template, target, {each.field: each.message for each in error.errors}, 422)
    except NotSignedIn as error:
        return _again(template, target, {"": error.detail}, 422)
    except (Conflict, TooManyRequests, TooBusy, StorageError) as error:
        problem = problem_of(error)
        return _later(problem, _again(template, target, {"": problem.message}, problem.status))
    return _go(target if signed_in else f"/login/code?{urlencode({'next': target})}")


def _later(problem: Problem, response: Response) -> Response:
    """The answer, which says when it is worth another try."""
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _again(template: str, target: str, errors: dict[str, str], status: int) -> Response:
    values = {name: printable(text) for name, text in _typed().items() if name in ("email", "name")}
    return make_response(render_template(template, values=values, errors=errors, next=_shown(target)), status)


def _typed() -> dict[str, str]:
    return request.form.to_dict()


def _shown(target: str) -> str | None:
    return None if target == "/" else target


def _go(target: str) -> Response:
    return make_response(redirect(target, 303))
