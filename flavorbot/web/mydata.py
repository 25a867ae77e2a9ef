"""My data: taking everything along, and deleting the account for good."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import erasing, passwords
from flavorbot.errors import FieldError, FlavorBotError, InvalidInput, NotFound, StorageError, TooManyRequests
from flavorbot.model import Erasure, Mail, User
from flavorbot.web.account_schemas import DeletionInput
from flavorbot.web.bulk_schemas import ZipQuery
from flavorbot.web.errors import problem_of
from flavorbot.web.incoming import read_query
from flavorbot.web.logs import log_event
from flavorbot.web.people import login_required, sign_out, signed_in
from flavorbot.web.rates import check_own_password
from flavorbot.web.reauth import require_confirmation
from flavorbot.web.services import services
from flavorbot.web.validation import parse
from flavorbot.web.zips import all_of_it

blueprint = Blueprint("mydata", __name__)

NOTICE = """Your FlavorBot account with this address was deleted just now, and with it all its recipes.

If that was not you, somebody knows your password: change it wherever else you use it.
"""


@blueprint.get("/account/data")
@login_required
def show() -> str:
    return render_template("mydata/show.html")


@blueprint.get("/account/data/export.zip")
@login_required
def export() -> Response:
    """Everything, as it is read."""
    return all_of_it(signed_in(), read_query(ZipQuery), access=True)


@blueprint.get("/account/data/delete")
@login_required
def confirm() -> Response:
    return _form({}, 200)


@blueprint.post("/account/data/delete")
@login_required
def destroy() -> AnyResponse:
    """Delete what two seconds allow; what remains goes on by itself."""
    try:
        _, ticket = delete_account(parse(DeletionInput, request.form.to_dict(), strict=False))
    except InvalidInput as error:
        return _form({each.field: each.message for each in error.errors}, 422)
    except TooManyRequests as error:
        problem = problem_of(error)
        response = _form({"": problem.message}, problem.status)
        response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return redirect(f"/deleted/{ticket}", 303)


@blueprint.get("/deleted/<ticket>")
def report(ticket: str) -> str:
    """How far it is, for whoever was given this address."""
    return render_template("mydata/deleted.html", erasure=erasing.find(services().storage, ticket), ticket=ticket)


@blueprint.post("/deleted/<ticket>/continue")
def proceed(ticket: str) -> AnyResponse:
    storage = services().storage
    erasing.go_on(storage, erasing.find(storage, ticket), erasing.REQUEST_S)
    return redirect(f"/deleted/{ticket}", 303)


def delete_account(body: DeletionInput) -> tuple[Erasure, str]:
    """Take away the account of whoever asks; `InvalidInput`, `TooManyRequests`. Gives how far it is, and the ticket."""
    asking, found = signed_in(), services()
    check_own_password(asking.id)
    user = found.storage.get_user(asking.id)
    if user is None:
        raise NotFound("This account no longer exists.")
    if not user.password_hash:
        require_confirmation()
    elif not passwords.verify(user.password_hash, body.password):
        log_event("deletion refused", subject=user.id)
        raise InvalidInput([FieldError("password", "That is not your password.")])
    erasure, ticket = erasing.begin(found.storage, user, found.now())
    sign_out()
    log_event("account deleted", subject=user.id)
    _tell(user)
    erasure = _begun(erasure)
    if erasure.done_at is None:
        found.sweeper.wake()
    return erasure, ticket


def _begun(erasure: Erasure) -> Erasure:
    """The account is gone by now, so its owner gets the ticket, whatever the store does with the rest."""
    try:
        return erasing.go_on(services().storage, erasure, erasing.REQUEST_S)
    except StorageError as error:
        log_event("deleting goes on later", kind=type(error).__name__)
        return erasure


def _tell(user: User) -> None:
    """By mail, since whoever deleted it may be somebody else; the account is gone whether or not that succeeds."""
    try:
        services().mailer.send(Mail(to=user.email, subject="Your account is deleted", text=NOTICE))
    except FlavorBotError as error:
        log_event("mail failed", kind=type(error).__name__)


def _form(errors: dict[str, str], status: int) -> Response:
    user = services().storage.get_user(signed_in().id)
    has_password = bool(user and user.password_hash)
    page = render_template("mydata/delete.html", values={}, errors=errors, has_password=has_password)
    return make_response(page, status)
