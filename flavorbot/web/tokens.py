"""The page of one's tokens for scripts."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import access_tokens
from flavorbot.errors import Conflict, InvalidInput, TooManyRequests
from flavorbot.model import AccessToken, TokenScope
from flavorbot.web.account_schemas import TokenInput
from flavorbot.web.forms import Errors, Values, errors_of, shown, typed
from flavorbot.web.noticing import record_change
from flavorbot.web.people import signed_in
from flavorbot.web.rates import check_rate
from flavorbot.web.reauth import confirmation_required
from flavorbot.web.recording import record
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("tokens", __name__, url_prefix="/account/tokens")

HOUR_S = 3_600
MOST_AN_HOUR = 30


@blueprint.get("")
@confirmation_required
def index() -> Response:
    return _page({}, {})


@blueprint.post("")
@confirmation_required
def create() -> Response:
    values = typed(TokenInput.model_fields)
    try:
        token, text = make(parse(TokenInput, values, strict=False))
    except InvalidInput as error:
        return _page(values, errors_of(error, TokenInput.model_fields), 422)
    except (Conflict, TooManyRequests) as error:
        return _page(values, {"": error.detail}, error.status)
    return make_response(render_template("account/new_token.html", token=token, text=text), 201)


@blueprint.post("/<token_id>/end")
@confirmation_required
def destroy(token_id: str) -> AnyResponse:
    end(token_id)
    return redirect("/account/tokens?done=token-ended", 303)


def make(body: TokenInput) -> tuple[AccessToken, str]:
    """A new token and its text; `Conflict`, `TooManyRequests`."""
    found, user_id = services(), signed_in().id
    check_rate("new token", user_id, MOST_AN_HOUR, HOUR_S)
    scope = cast(TokenScope, body.scope)
    token, text = access_tokens.make_token(found.storage, user_id, body.name, scope, body.days, found.now())
    record_change("Token made", token.name, "A token for scripts was made for your FlavorBot account")
    return token, text


def end(token_id: str) -> None:
    """End one of this person's tokens; `NotFound`."""
    user_id = signed_in().id
    access_tokens.end_token(services().storage, user_id, token_id)
    record(user_id, "Token ended")


def _page(values: Values, errors: Errors, status: int = 200) -> Response:
    first: Values = {"days": str(access_tokens.DAYS), "scope": "read"}
    page = render_template(
        "account/tokens.html",
        tokens=access_tokens.tokens_of(services().storage, signed_in().id),
        values=shown(first | values),
        errors=errors,
    )
    return make_response(page, status)
