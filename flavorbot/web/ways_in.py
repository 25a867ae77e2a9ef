"""The pages for changing one's password and address."""

from __future__ import annotations

from collections.abc import Callable, Collection

from flask import Blueprint, Response, make_response, redirect, render_template, request

from flavorbot.errors import InvalidInput, TooManyRequests
from flavorbot.web import credentials
from flavorbot.web.account_schemas import EmailInput, PasswordInput
from flavorbot.web.forms import errors_of, shown, typed
from flavorbot.web.people import login_required, signed_in
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("ways_in", __name__, url_prefix="/account")


@blueprint.get("/password")
@login_required
def password() -> Response:
    return _page("password", {}, {})


@blueprint.post("/password")
@login_required
def change_password() -> Response:
    def act() -> None:
        given = request.form.to_dict() | {"end_others": "end_others" in request.form}
        credentials.change_password(parse(PasswordInput, given, strict=False))

    return _answer("password", PasswordInput.model_fields, act, "/account?done=password-changed")


@blueprint.get("/email")
@login_required
def email() -> Response:
    return _page("email", {}, {})


@blueprint.post("/email")
@login_required
def change_email() -> Response:
    def act() -> None:
        credentials.change_email(parse(EmailInput, request.form.to_dict(), strict=False))

    return _answer("email", EmailInput.model_fields, act, "/account/email?done=move-mailed")


@blueprint.post("/email/confirm")
@login_required
def confirm_again() -> Response:
    user = services().storage.get_user(signed_in().id)
    if user and user.email_confirmed_at is None:
        credentials.send_confirmation(user)
    return _go("/account/email?done=confirm-mailed")


def _answer(name: str, fields: Collection[str], act: Callable[[], None], target: str) -> Response:
    try:
        act()
    except InvalidInput as error:
        return _page(name, errors_of(error, fields), typed(("email",)), 422)
    except TooManyRequests as error:
        return _page(name, {"": error.detail}, typed(("email",)), error.status)
    return _go(target)


def _page(name: str, errors: dict[str, str], values: dict[str, str | list[str]], status: int = 200) -> Response:
    user = services().storage.get_user(signed_in().id) if name == "email" else None
    page = render_template(
        f"ways_in/{name}.html",
        values=shown(values),
        errors=errors,
        ends_others=status == 200 or "end_others" in request.form,
        unconfirmed=user is not None and user.email_confirmed_at is None,
    )
    return make_response(page, status)


def _go(target: str) -> Response:
    return make_response(redirect(target, 303))
