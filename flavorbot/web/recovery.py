"""Pages that mails lead to, and those for whoever forgot the password: confirm an address, set a new password."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request

from flavorbot.accounts import clean_email
from flavorbot.errors import Conflict, InvalidInput, NotFound, StorageError, TooBusy, TooManyRequests
from flavorbot.mail_links import open_link
from flavorbot.web import credentials
from flavorbot.web.account_schemas import ForgotInput, ResetInput
from flavorbot.web.errors import problem_of
from flavorbot.web.forms import Values, errors_of, shown, typed
from flavorbot.web.people import person
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("recovery", __name__)


def of_link(view: Callable[[str], Response]) -> Callable[[str], Response]:
    """A link that is no good any more gets a page that tells where to get another."""

    @wraps(view)
    def checked(token: str) -> Response:
        try:
            return view(token)
        except NotFound as error:
            return _page("over", {}, {}, error.status, message=error.detail)

    return checked


@blueprint.get("/check-mail")
def sent() -> str:
    return render_template("recovery/sent.html", in_files=not services().mailer.delivers)


@blueprint.get("/forgot")
def forgot() -> Response:
    return _page("forgot", {"email": person_email()}, {})


@blueprint.post("/forgot")
def ask() -> Response:
    values = typed(("email",))

    def act() -> None:
        body = parse(ForgotInput, values, strict=False)
        clean_email(body.email)
        credentials.forget(body)

    return _answer("forgot", values, act) or _go("/check-mail")


@blueprint.get("/reset/<token>")
@of_link
def reset(token: str) -> Response:
    return _page("reset", {}, {}, **_reset_link(token))


@blueprint.post("/reset/<token>")
@of_link
def set_password(token: str) -> Response:
    facts = _reset_link(token)
    values = {"token": token, "password": request.form.get("password", "")}
    act = lambda: credentials.reset(parse(ResetInput, values, strict=False))  # noqa: E731
    return _answer("reset", {}, act, **facts) or _go("/login?done=password-reset")


@blueprint.get("/confirm/<token>")
@of_link
def confirm(token: str) -> Response:
    return _page("confirm", {}, {}, **_link(token))


@blueprint.post("/confirm/<token>")
@of_link
def use(token: str) -> Response:
    facts = _link(token)
    given = request.form.get("password", "") if facts["asks_password"] else None
    if failed := _answer("confirm", {}, lambda: credentials.confirm(token, given), **facts):
        return failed
    done = "confirmed" if facts["kind"] == "confirm" else "moved-address"
    return _go(f"/{'account' if person() else 'login'}?done={done}")


def person_email() -> str:
    asking = person()
    return asking.email if asking else ""


def _reset_link(token: str) -> dict[str, Any]:
    """What the page for a new password shows."""
    _, user = open_link(services().storage, token, "reset")
    return {"token": token, "email": user.email, "ends_others": credentials.may_be_anothers(user)}


def _link(token: str) -> dict[str, Any]:
    """What the page of a link shows; whoever is signed in as its person need not give the password again."""
    found, user = open_link(services().storage, token, "confirm", "email")
    asking = person()
    asks = asking is None or asking.id != user.id
    return {"token": token, "kind": found.kind, "email": found.email, "asks_password": asks}


def _answer(name: str, values: Values, act: Callable[[], object], **facts: Any) -> Response | None:  # noqa: ANN401
    """The form again with what is wrong; None when all went well."""
    try:
        act()
    except InvalidInput as error:
        return _page(name, values, errors_of(error, ("email", "password")), 422, **facts)
    except (Conflict, TooManyRequests, TooBusy, StorageError) as error:
        problem = problem_of(error)
        response = _page(name, values, {"": problem.message}, problem.status, **facts)
        if problem.retry_after:
            response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return None


def _page(name: str, values: Values, errors: dict[str, str], status: int = 200, **facts: Any) -> Response:  # noqa: ANN401
    page = render_template(f"recovery/{name}.html", values=shown(values), errors=errors, **facts)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _go(target: str) -> Response:
    return make_response(redirect(target, 303))
