"""The page of the second factor: turning it on with an authenticator app, recovery codes, turning it off."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, session
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import second_factors
from flavorbot.errors import InvalidInput
from flavorbot.web.account_schemas import CodeInput
from flavorbot.web.forms import Errors, errors_of, typed
from flavorbot.web.noticing import record_change
from flavorbot.web.people import signed_in
from flavorbot.web.rates import check_rate
from flavorbot.web.reauth import confirmation_required
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")

NEW_APP = "new_app"
"""Where a session keeps what the key of an app is made from, until the app has shown its first code."""
QUARTER_OF_AN_HOUR_S = 900


@blueprint.get("")
@confirmation_required
def show() -> str:
    user = services().storage.get_user(signed_in().id)
    on = user is not None and user.second_factor_at is not None
    factor = services().storage.get_second_factor(signed_in().id) if on else None
    return render_template("second_factor/show.html", factor=factor, most=second_factors.RECOVERY_CODES)


@blueprint.post("/new")
@confirmation_required
def begin() -> AnyResponse:
    session[NEW_APP] = second_factors.new_nonce()
    return redirect("/account/second-factor/new", 303)


@blueprint.get("/new")
@confirmation_required
def new() -> AnyResponse:
    return _new_page({}) if _nonce() else redirect("/account/second-factor", 303)


@blueprint.post("")
@confirmation_required
def create() -> AnyResponse:
    """The recovery codes, this once."""
    nonce, person, found = _nonce(), signed_in(), services()
    if nonce is None:
        return redirect("/account/second-factor", 303)
    check_rate("first code", person.id, 30, QUARTER_OF_AN_HOUR_S)
    try:
        code = parse(CodeInput, typed(["code"]), strict=False).code
        codes = second_factors.turn_on(found.storage, found.app_keys, person.id, nonce, code, found.now())
    except InvalidInput as error:
        return _new_page(errors_of(error, ["code"]), 422)
    session.pop(NEW_APP)
    record_change("Second factor turned on", "", "A second factor is on for your FlavorBot account")
    return _codes_page(codes, "Your second factor is on")


@blueprint.post("/codes")
@confirmation_required
def create_codes() -> AnyResponse:
    """Other recovery codes, this once."""
    codes = second_factors.renew_recovery_codes(services().storage, signed_in().id)
    record_change("Recovery codes renewed", "", "Your FlavorBot account has new recovery codes")
    return _codes_page(codes, "Your new recovery codes")


@blueprint.post("/end")
@confirmation_required
def destroy() -> AnyResponse:
    second_factors.turn_off(services().storage, signed_in().id)
    record_change("Second factor turned off", "", "The second factor of your FlavorBot account is off")
    return redirect("/account/second-factor?done=second-factor-off", 303)


def _nonce() -> str | None:
    nonce = session.get(NEW_APP)
    return nonce if isinstance(nonce, str) else None


def _new_page(errors: Errors, status: int = 200) -> Response:
    key = services().app_keys.of(signed_in().id, _nonce() or "")
    address = second_factors.address_of(key, signed_in().email)
    text = second_factors.typed_key(key)
    page = render_template(
        "second_factor/new.html",
        values={},
        errors=errors,
        address=address,
        key=" ".join(text[place : place + 4] for place in range(0, len(text), 4)),
        picture=_picture(address),
    )
    return make_response(page, status)


def _picture(text: str) -> Markup:
    """A QR code as SVG: black on white whatever the page's colours, since many apps read no other."""
    code = segno.make(text, error="m", micro=False)
    svg: str = code.svg_inline(dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704


def _codes_page(codes: tuple[str, ...], title: str) -> Response:
    return make_response(render_template("second_factor/codes.html", codes=codes, heading=title), 201)
