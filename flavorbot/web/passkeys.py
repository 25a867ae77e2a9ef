"""The page of one's passkeys, and what the pages of signing in and confirming share with it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import passkeys
from flavorbot.errors import Conflict, InvalidInput, NotSignedIn, TooManyRequests
from flavorbot.sessions.browser import browser_name
from flavorbot.web import ceremonies
from flavorbot.web.account_schemas import PasskeyInput
from flavorbot.web.forms import Errors, Values, errors_of, shown, typed
from flavorbot.web.noticing import record_change
from flavorbot.web.people import signed_in
from flavorbot.web.rates import check_rate
from flavorbot.web.reauth import confirmation_required
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("passkeys", __name__, url_prefix="/account/passkeys")

HOUR_S = 3_600
MOST_AN_HOUR = 60


@blueprint.get("")
@confirmation_required
def index() -> Response:
    return _page({}, {})


@blueprint.post("/options")
@confirmation_required
def ask() -> Response:
    """What the browser is to make, as JSON for the script that does it."""
    person, storage = signed_in(), services().storage
    check_rate("new passkey", person.id, MOST_AN_HOUR, HOUR_S)
    known = storage.list_passkeys(person.id)
    options = passkeys.creation_options(person.id, person.email, person.name, known, ceremonies.site())
    return ceremonies.ask("add", *options)


@blueprint.post("")
@confirmation_required
def create() -> AnyResponse:
    values = typed(PasskeyInput.model_fields)
    try:
        _add(parse(PasskeyInput, values, strict=False))
    except InvalidInput as error:
        return _page(values, errors_of(error, ["name"]), 422)
    except (Conflict, TooManyRequests) as error:
        return _page(values, {"": error.detail}, error.status)
    except NotSignedIn as error:
        return _page(values, {"": error.detail}, 422)
    return redirect("/account/passkeys?done=passkey-added", 303)


@blueprint.post("/<passkey_id>/delete")
@confirmation_required
def destroy(passkey_id: str) -> AnyResponse:
    try:
        deleted = passkeys.delete_passkey(services().storage, signed_in().id, passkey_id)
    except Conflict as error:
        return _page({}, {"": error.detail}, error.status)
    record_change("Passkey deleted", deleted.name, "A passkey of your FlavorBot account was deleted")
    return redirect("/account/passkeys?done=passkey-deleted", 303)


def _add(body: PasskeyInput) -> None:
    challenge, found = ceremonies.asked("add"), services()
    name = body.name or browser_name(request.user_agent.string)
    passkeys.add_passkey(
        found.storage, signed_in().id, body.credential, challenge, ceremonies.site(), name, found.now()
    )
    record_change("Passkey added", name, "A passkey was added to your FlavorBot account")


def _page(values: Values, errors: Errors, status: int = 200) -> Response:
    first: Values = {"name": browser_name(request.user_agent.string)}
    page = render_template(
        "passkeys/index.html",
        passkeys=services().storage.list_passkeys(signed_in().id),
        values=shown(first | values),
        errors=errors,
    )
    return make_response(page, status)
