"""The account page: what a person says about themselves, and where they are signed in."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request

from flavorbot import accounts
from flavorbot.errors import InvalidInput, VersionConflict
from flavorbot.kitchen.needs import Needs
from flavorbot.model import Card
from flavorbot.recipes import against_needs
from flavorbot.web import devices
from flavorbot.web.account_schemas import AccountInput
from flavorbot.web.fields import printable
from flavorbot.web.people import Person, current_sid, login_required, sign_out, signed_in
from flavorbot.web.reauth import confirmation_required, require_confirmation
from flavorbot.web.services import services
from flavorbot.web.validation import parse

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@login_required
def show() -> Response:
    return _page(_values(signed_in()), {}, 200)


@blueprint.post("")
@login_required
def update() -> Response:
    try:
        body = parse(AccountInput, _typed(), strict=False)
        save(body)
    except InvalidInput as error:
        return _page(_typed(), {each.field: each.message for each in error.errors}, 422)
    except VersionConflict:
        message = "Your account was changed in another window. Look at this again, then save."
        return _page(_typed() | {"version": _stored_version()}, {"": message}, 409)
    needs = Needs(diets=tuple(body.diets), allergies=tuple(body.allergies or ()), exclude=tuple(body.exclude))
    return _go(f"/account?done={'needs' if needs not in (Needs(), signed_in().needs) else 'account'}")


@blueprint.post("/sessions/<sid>/end")
@login_required
def end_session(sid: str) -> Response:
    if sid == current_sid():
        sign_out()
        return _go("/?done=signed-out")
    require_confirmation()
    devices.end(signed_in().id, sid)
    return _go("/account?done=ended")


@blueprint.post("/sessions/end-others")
@confirmation_required
def end_others() -> Response:
    devices.end_others(signed_in().id)
    return _go("/account?done=others-ended")


def save(body: AccountInput) -> None:
    """Store what a person says about themselves; raises `VersionConflict`."""
    preferences = accounts.Preferences(
        name=body.name,
        diets=tuple(body.diets),
        allergies=None if body.allergies is None else tuple(body.allergies),
        exclude=tuple(body.exclude),
        units=body.units,
        theme=body.theme,
    )
    found = services()
    accounts.update_account(found.storage, signed_in().id, body.version, preferences, found.now())


def _page(values: dict[str, object], errors: dict[str, str], status: int) -> Response:
    page = render_template(
        "account/show.html",
        values={name: _shown(value) for name, value in values.items()},
        errors=errors,
        sessions=devices.of(signed_in().id),
        unsuitable=_unsuitable() if request.args.get("done") == "needs" else None,
        current_sid=current_sid(),
        plan=signed_in().limits,
    )
    return make_response(page, status)


def _shown(value: object) -> object:
    """What was typed, with a sign in place of what no page may hold."""
    if isinstance(value, list):
        return [_shown(each) for each in value]
    return printable(value) if isinstance(value, str) else value


def _unsuitable() -> list[tuple[Card, tuple[str, ...]]]:
    """The saved recipes that do not suit the needs that were just changed."""
    asking = signed_in()
    return against_needs(services().storage, asking.id, asking.needs)


def _values(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "diets": person.diets,
        "allergies": person.allergies or (),
        "allergies_answered": person.allergies == (),
        "exclude": ", ".join(person.exclude),
        "units": person.units,
        "theme": person.theme,
        "version": person.version,
    }


def _typed() -> dict[str, object]:
    """The form; no allergy ticked means "none" only where the box that says so is ticked, else nobody answered."""
    form = request.form
    typed: dict[str, object] = {name: text for name, text in form.items() if name not in ("diets", "allergies")}
    allergies, answered = form.getlist("allergies"), "allergies_answered" in form
    typed["diets"] = form.getlist("diets")
    typed["allergies"] = allergies if allergies or answered else None
    return typed


def _stored_version() -> int:
    user = services().storage.get_user(signed_in().id)
    return user.version if user else signed_in().version


def _go(target: str) -> Response:
    return make_response(redirect(target, 303))
